/**
 * Builds of agents for guests, for administrators. Upstream: contrib/agents.py, nova/objects/agent.py at 2014.2.
 */
import type { Row } from "../../../../../framework/index.js";
import { HttpFault, respond } from "../../../../../http/index.js";
import {
  intOf,
  item,
  KeyError,
  PythonTypeError,
  ValueError,
  type Json,
  type JsonObject,
} from "../../../../../python/index.js";
import {
  createAgentBuild,
  deleteAgentBuild,
  updateAgentBuild,
} from "../../../db/operations/agents.js";
import type { AgentBuildRow } from "../../../db/operations/rows.js";
import { AgentBuildExists, AgentBuildNotFound } from "../../../exception.js";
import { badRequest, stringOfLength } from "../../input.js";
import { route, type NovaRoute } from "../../route.js";

const RULE = "compute_extension:agents";
const LIST = "/os-agents";
const ITEM = "/os-agents/{id}";

export const agentRoutes: readonly NovaRoute[] = [
  route("GET", LIST, RULE, function* ({ app, request: { query } }) {
    const hypervisor = query.get("hypervisor");
    const wanted = hypervisor === undefined || hypervisor === "" ? {} : { hypervisor };
    return respond(200, { agents: app.db.agent_builds.find(wanted).map(view) });
  }),
  route("POST", LIST, RULE, function* ({ app, request: { body } }) {
    const agent = read(body, "agent", [
      ...["hypervisor", "os", "architecture", "version", "url", "md5hash"],
    ]);
    const texts = checked(agent, [
      ...["hypervisor", "os", "architecture", "version", "url", "md5hash"],
    ]) as unknown as AgentBuildRow;
    try {
      const { id } = createAgentBuild(app.db, texts);
      return respond(200, { agent: { ...agent, agent_id: id } });
    } catch (error) {
      throw error instanceof AgentBuildExists ? new HttpFault(409, error.message) : error;
    }
  }),
  route("PUT", ITEM, RULE, function* ({ app, request: { body }, params: { id } }) {
    const given = read(body, "para", ["url", "md5hash", "version"]);
    const { url = "", md5hash = "", version = "" } = checked(given, ["url", "md5hash", "version"]);
    try {
      updateAgentBuild(app.db, intOf(id), { version, url, md5hash });
    } catch (error) {
      if (error instanceof ValueError) throw malformed(error);
      throw error instanceof AgentBuildNotFound ? new HttpFault(404, error.message) : error;
    }
    // The id as it stands in the URL: a text (bug 1333494).
    return respond(200, { agent: { agent_id: id, version, url, md5hash } });
  }),
  route("DELETE", ITEM, RULE, function* ({ app, params: { id } }) {
    try {
      deleteAgentBuild(app.db, intOf(id));
    } catch (error) {
      throw error instanceof AgentBuildNotFound ? new HttpFault(404, error.message) : error;
    }
    return respond(200);
  }),
];

/** The object at `key`, which must have `fields`. @throws HttpFault 400 */
function read(body: Json, key: string, fields: readonly string[]): JsonObject {
  try {
    const member = item(body, key);
    return { ...(member as JsonObject), ...fieldsOf(member, fields) };
  } catch (error) {
    if (!(error instanceof KeyError || error instanceof PythonTypeError)) throw error;
    throw malformed(error);
  }
}

const fieldsOf = (member: Json, fields: readonly string[]): JsonObject =>
  Object.fromEntries(fields.map((field) => [field, item(member, field)]));

const malformed = ({ message }: Error): HttpFault => badRequest(`Invalid request body: ${message}`);

/** @throws InvalidInput, a 400 */
const checked = (given: JsonObject, fields: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    fields.map((field) => [field, stringOfLength(given[field] ?? null, field, 0, 255)]),
  );

const view = (row: Row<AgentBuildRow>): JsonObject => ({
  hypervisor: row.hypervisor,
  os: row.os,
  architecture: row.architecture,
  version: row.version,
  md5hash: row.md5hash,
  agent_id: row.id,
  url: row.url,
});
