/**
 * Configurations of software and their deployments, as rows: what a server is to do is put into the metadata of its
 * resource, where it looks. Upstream: heat/engine/service.py (show_software_config and its like),
 * heat/engine/api.py (format_software_config, format_software_deployment), heat/db/sqlalchemy/api.py at 2014.2.
 */
import type { Row } from "../../../../framework/database/row.js";
import type { Op } from "../../../../kernel/index.js";
import {
  dumps,
  str,
  truth,
  ValueError,
  type Json,
  type JsonObject,
} from "../../../../python/index.js";
import type { HeatContext } from "../../context.js";
import type { HeatDatabase } from "../../db/database.js";
import type { SoftwareConfigRow, SoftwareDeploymentRow } from "../../db/schema.js";
import { resourceByPhysicalId } from "../../db/queries.js";
import { NotFound } from "../../exception.js";
import type { Engine } from "../engine.js";
import type { ConfigValues, DeploymentChanges, DeploymentValues } from "../rpcapi.js";
import { DBReferenceError } from "./errors.js";

type Config = Row<SoftwareConfigRow>;
type Deployment = Row<SoftwareDeploymentRow>;

/** @throws NotFound */
function configOf({ db }: Engine, ctxt: HeatContext, id: string): Config {
  const row = db.software_configs.get(id);
  if (row?.tenant === ctxt.tenant_id) return row;
  throw new NotFound();
}

function formatConfig({ uuid, name, group, config }: Config): JsonObject {
  const { config: text = null, inputs = null, outputs = null, options = null } = config;
  return { id: uuid, name, group, config: text, inputs, outputs, options };
}

export const showConfig = (engine: Engine, ctxt: HeatContext, id: string): JsonObject =>
  formatConfig(configOf(engine, ctxt, id));

export function createConfig(
  { db, parts }: Engine,
  { tenant_id: tenant }: HeatContext,
  { group, name, config, inputs, outputs, options }: ConfigValues,
): JsonObject {
  const row = db.software_configs.insert({
    uuid: parts.ids.uuid(),
    name: textOrNull(name),
    group: textOrNull(group),
    config: { inputs, outputs, options, config },
    tenant,
  });
  return formatConfig(row);
}

const textOrNull = (value: Json): string | null => (value === null ? null : str(value));

/** @throws NotFound; DBReferenceError while it is deployed */
export function deleteConfig(engine: Engine, ctxt: HeatContext, id: string): void {
  const { uuid } = configOf(engine, ctxt, id);
  if (engine.db.software_deployments.first({ config_id: uuid }) !== undefined) {
    throw new DBReferenceError("(1048, \"Column 'config_id' cannot be null\")");
  }
  engine.db.software_configs.remove(uuid);
}

const isTheirs = (
  { tenant_id }: HeatContext,
  { tenant, stack_user_project_id }: Deployment,
): boolean => tenant_id === tenant || tenant_id === stack_user_project_id;

/** @throws NotFound */
function deploymentOf({ db }: Engine, ctxt: HeatContext, id: string): Deployment {
  const row = db.software_deployments.get(id);
  if (row !== undefined && isTheirs(ctxt, row)) return row;
  throw new NotFound();
}

/** `software_deployment_get_all`. */
const deploymentsOf = ({ db }: Engine, ctxt: HeatContext, server: string | null): Deployment[] =>
  db.software_deployments
    .find(server === null ? {} : { server_id: server })
    .filter((row) => isTheirs(ctxt, row));

const formatDeployment = (row: Deployment): JsonObject => ({
  id: row.uuid,
  server_id: row.server_id,
  input_values: row.input_values,
  output_values: row.output_values,
  action: row.action,
  status: row.status,
  status_reason: row.status_reason,
  config_id: row.config_id,
});

export const listDeployments = (
  engine: Engine,
  ctxt: HeatContext,
  server: string | null,
): JsonObject[] => deploymentsOf(engine, ctxt, server).map(formatDeployment);

/** The configurations of a server, by their names. @throws ValueError */
export function deploymentMetadata(
  engine: Engine,
  ctxt: HeatContext,
  server: string,
): JsonObject[] {
  if (server === "") throw new ValueError("server_id must be specified");
  return deploymentsOf(engine, ctxt, server)
    .flatMap(({ config_id }) => engine.db.software_configs.get(config_id) ?? [])
    .sort((one, other) => compareNames(one.name, other.name))
    .map(formatConfig);
}

/** Nothing comes before every text. */
function compareNames(one: string | null, other: string | null): number {
  if (one === other) return 0;
  if (one === null || other === null) return one === null ? -1 : 1;
  return one < other ? -1 : 1;
}

export const showDeployment = (engine: Engine, ctxt: HeatContext, id: string): JsonObject =>
  formatDeployment(deploymentOf(engine, ctxt, id));

/** @throws DBReferenceError for a configuration that there is not */
export function* createDeployment(
  engine: Engine,
  ctxt: HeatContext,
  { server_id, config_id, input_values, action, ...rest }: DeploymentValues,
): Op<JsonObject> {
  const { db, parts } = engine;
  const row = db.software_deployments.insert({
    uuid: parts.ids.uuid(),
    config_id: knownConfig(db, config_id),
    server_id: str(server_id),
    ...{ input_values, output_values: null },
    tenant: ctxt.tenant_id,
    stack_user_project_id: textOrNull(rest.stack_user_project_id),
    action: textOrNull(action),
    status: textOrNull(rest.status),
    status_reason: textOrNull(rest.status_reason),
  });
  yield* pushMetadata(engine, ctxt, row.server_id);
  return formatDeployment(row);
}

/** The foreign key. @throws DBReferenceError */
function knownConfig(db: HeatDatabase, id: Json): string {
  if (typeof id === "string" && db.software_configs.get(id) !== undefined) return id;
  const words = "Cannot add or update a child row: a foreign key constraint fails";
  throw new DBReferenceError(
    id === null ? "(1048, \"Column 'config_id' cannot be null\")" : `(1452, '${words}')`,
  );
}

/** What is nothing stays as it is. @throws NotFound, DBReferenceError */
export function* updateDeployment(
  engine: Engine,
  ctxt: HeatContext,
  { deployment_id, config_id, ...given }: DeploymentChanges,
): Op<JsonObject> {
  const { db } = engine;
  const { uuid } = deploymentOf(engine, ctxt, deployment_id);
  const changes = Object.fromEntries(
    Object.entries(given).filter(([, value]) => truth(value)),
  ) as Partial<SoftwareDeploymentRow>;
  const row = db.software_deployments.update(uuid, {
    ...changes,
    ...(truth(config_id) && { config_id: knownConfig(db, config_id) }),
  });
  if (row === undefined) throw new NotFound();
  if (truth(config_id)) yield* pushMetadata(engine, ctxt, row.server_id);
  return formatDeployment(row);
}

/** @throws NotFound */
export function deleteDeployment(engine: Engine, ctxt: HeatContext, id: string): void {
  engine.db.software_deployments.remove(deploymentOf(engine, ctxt, id).uuid);
}

/**
 * `_push_metadata_software_deployments`: to the resource that has made the server, if one has, and to the URL where
 * the server reads it, if it does.
 */
function* pushMetadata(engine: Engine, ctxt: HeatContext, server: string): Op<void> {
  const { db } = engine;
  const resource = resourceByPhysicalId(db, ctxt, server);
  if (resource === undefined) return;
  const metadata = {
    ...resource.rsrc_metadata,
    deployments: deploymentMetadata(engine, ctxt, server),
  };
  db.resources.update(resource.uuid, { rsrc_metadata: metadata });
  const key = "metadata_put_url";
  const url = db.resource_data.first({ resource_id: resource.uuid, key })?.value ?? "";
  if (url !== "") yield* engine.env.http.request("PUT", url, { body: dumps(metadata) });
}
