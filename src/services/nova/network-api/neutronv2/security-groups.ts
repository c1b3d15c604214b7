/**
 * Security groups, which Nova leaves to Neutron. Upstream: nova/network/neutronv2/api.py
 * (allocate_for_instance), nova/network/security_group/neutron_driver.py over neutronclient/neutron/v2_0
 * (find_resourceid_by_name_or_id) of 2.3.9.
 */
import type { RequestContext } from "../../../../framework/index.js";
import { HttpFault, explanation } from "../../../../http/index.js";
import { caught, type Op } from "../../../../kernel/index.js";
import {
  dictOrder,
  str,
  truth,
  type Exception,
  type Json,
  type JsonObject,
} from "../../../../python/index.js";
import {
  findIdByNameOrId,
  NeutronClientException,
  NeutronClientNoUniqueMatch,
  type NeutronClient,
} from "../../../neutron/client/index.js";
import {
  Invalid,
  NoUniqueMatch,
  SecurityGroupLimitExceeded,
  SecurityGroupNotFound,
} from "../../exception.js";
import type { NeutronClients } from "./clients.js";
import { addToServer, removeFromServer } from "./server-security-groups.js";
import { neutronRule, type IngressRule } from "./security-group-rules.js";

/**
 * The ids of groups given by name or id; a name goes before an id.
 * @throws NoUniqueMatch, SecurityGroupNotFound
 */
export function* securityGroupIds(
  neutron: NeutronClient,
  projectId: string | null,
  wanted: readonly string[],
): Op<string[]> {
  if (wanted.length === 0) return [];
  const groups = yield* neutron.list("security_groups", { tenant_id: projectId ?? "" });
  return wanted.map((nameOrId) => {
    const named = groups.filter(({ name }) => name === nameOrId);
    if (named.length > 1) throw noUniqueMatch(nameOrId);
    const group = named[0] ?? groups.find(({ id }) => id === nameOrId);
    if (group === undefined) throw new SecurityGroupNotFound({ security_group_id: nameOrId });
    return group["id"] as string;
  });
}

export class SecurityGroupApi {
  readonly #clients: NeutronClients;

  constructor(clients: NeutronClients) {
    this.#clients = clients;
  }

  /**
   * A group by id or by name: looked for as an id if it looks like one, then as a name of the tenant's,
   * then read. @throws SecurityGroupNotFound, NoUniqueMatch
   */
  *get(ctxt: RequestContext, nameOrId: string): Op<JsonObject> {
    try {
      return yield* this.show(ctxt, yield* this.#idOf(ctxt, nameOrId));
    } catch (error) {
      if (error instanceof NeutronClientNoUniqueMatch) throw new NoUniqueMatch({}, error.message);
      throw notFoundAs(error, (said) => said);
    }
  }

  /** A group by its id. @throws SecurityGroupNotFound, with Neutron's words */
  *show(ctxt: RequestContext, id: string): Op<JsonObject> {
    try {
      return yield* this.#clients.user(ctxt).show("security_groups", id);
    } catch (error) {
      throw notFoundAs(error, (said) => said);
    }
  }

  /** The tenant's groups. */
  *list(ctxt: RequestContext): Op<JsonObject[]> {
    const search = { tenant_id: ctxt.project_id ?? "" };
    return [...(yield* this.#clients.user(ctxt).list("security_groups", search))];
  }

  /** @throws SecurityGroupLimitExceeded, HttpFault 400, NeutronClientException */
  *create(ctxt: RequestContext, name: Json, description: Json): Op<JsonObject> {
    try {
      const neutron = this.#clients.user(ctxt);
      return yield* neutron.create("security_groups", { name, description });
    } catch (thrown) {
      const error = yield* caught(thrown);
      const full = error instanceof NeutronClientException && error.status === 409;
      const refused = this.#refused(error, `creating security group ${str(name)}`);
      throw full ? new SecurityGroupLimitExceeded({}, error.message) : refused;
    }
  }

  /** What Neutron refuses stays its own error: a default group that gets a name. @throws HttpFault 400, NeutronClientException */
  *update(ctxt: RequestContext, id: string, name: Json, description: Json): Op<JsonObject> {
    try {
      const neutron = this.#clients.user(ctxt);
      return yield* neutron.update("security_groups", id, { name, description });
    } catch (thrown) {
      throw this.#refused(yield* caught(thrown), `updating security group ${str(name)}`);
    }
  }

  /** @throws SecurityGroupNotFound; Invalid while ports have it */
  *destroy(ctxt: RequestContext, id: string): Op<void> {
    try {
      yield* this.#clients.user(ctxt).delete("security_groups", id);
    } catch (error) {
      if (!(error instanceof NeutronClientException)) throw error;
      if (error.status === 404) throw new SecurityGroupNotFound({}, error.message);
      throw error.status === 409 ? new Invalid({}, error.message) : error;
    }
  }

  /** One rule more, in the form of requests for several. @throws as `create`, SecurityGroupNotFound */
  *addRule(ctxt: RequestContext, group: string, rule: IngressRule): Op<JsonObject> {
    try {
      const neutron = this.#clients.user(ctxt);
      const rules = [neutronRule(group, rule)];
      const [made = {}] = yield* neutron.createAll("security_group_rules", rules);
      return made;
    } catch (error) {
      if (!(error instanceof NeutronClientException)) throw error;
      if (error.status === 404) throw new SecurityGroupNotFound({}, error.message);
      throw error.status === 409 ? new SecurityGroupLimitExceeded({}, error.message) : error;
    }
  }

  /** @throws SecurityGroupNotFound, with Neutron's words */
  *rule(ctxt: RequestContext, id: string): Op<JsonObject> {
    try {
      return yield* this.#clients.user(ctxt).show("security_group_rules", id);
    } catch (error) {
      throw notFoundAs(error, (said) => said);
    }
  }

  *removeRule(ctxt: RequestContext, id: string): Op<void> {
    yield* this.#clients.user(ctxt).delete("security_group_rules", id);
  }

  /** A group by name or id onto all ports of a server. @throws SecurityGroupNotFound, NoUniqueMatch, SecurityGroupCannotBeApplied */
  *add_to_instance(ctxt: RequestContext, server: string, group: string): Op<void> {
    try {
      const id = yield* this.#idFor(ctxt, group);
      yield* addToServer(this.#clients, ctxt, { server, group, id });
    } catch (error) {
      throw error instanceof NeutronClientNoUniqueMatch
        ? new NoUniqueMatch({}, error.message)
        : error;
    }
  }

  /** And off them. @throws SecurityGroupNotFound; NeutronClientNoUniqueMatch, which nobody foresaw */
  *remove_from_instance(ctxt: RequestContext, server: string, group: string): Op<void> {
    const id = yield* this.#idFor(ctxt, group);
    yield* removeFromServer(this.#clients, ctxt, { server, group, id });
  }

  /** It is not read. @throws SecurityGroupNotFound, NeutronClientNoUniqueMatch */
  *#idFor(ctxt: RequestContext, group: string): Op<string> {
    try {
      return yield* this.#idOf(ctxt, group);
    } catch (error) {
      const project = str(ctxt.project_id);
      throw notFoundAs(error, () => `Security group ${group} is not found for project ${project}`);
    }
  }

  #idOf(ctxt: RequestContext, group: string): Op<string> {
    const neutron = this.#clients.user(ctxt);
    return findIdByNameOrId(neutron, "security_group", group, ctxt.project_id);
  }

  #refused(error: Exception, what: string): unknown {
    if (!(error instanceof NeutronClientException)) return error;
    this.#clients.env.log("error", `Neutron Error ${what}`);
    return error.status === 401 ? new HttpFault(400, explanation(400)) : error;
  }

  /** The groups of each server, by name, as its ports have them: once for each port. */
  *get_instances_security_groups_bindings(
    ctxt: RequestContext,
    servers: readonly string[],
  ): Op<Map<string, { readonly name: string }[]>> {
    const bound = yield* this.#bindings(ctxt, servers);
    return new Map(
      [...bound].map(([server, groups]) => [
        server,
        // A group without a name is called by its id.
        groups.map(({ id, name }) => ({ name: (truth(name) ? name : id) as string })),
      ]),
    );
  }

  /** The groups of one server in full. */
  *get_instance_security_groups(ctxt: RequestContext, server: string): Op<JsonObject[]> {
    return (yield* this.#bindings(ctxt, [server])).get(server) ?? [];
  }

  *#bindings(ctxt: RequestContext, servers: readonly string[]): Op<Map<string, JsonObject[]>> {
    const neutron = this.#clients.user(ctxt);
    const ports: JsonObject[] = [];
    for (const ids of chunks(servers))
      ports.push(...(yield* neutron.list("ports", { device_id: ids })));
    const groups = new Map<string, JsonObject>();
    for (const ids of chunks(dictOrder(ports.flatMap(groupsOf)))) {
      const found = yield* neutron.list("security_groups", { id: ids });
      for (const group of found) groups.set(group["id"] as string, group);
    }
    const bindings = new Map<string, JsonObject[]>();
    for (const port of ports) {
      for (const id of groupsOf(port)) {
        // It may be one that this user does not see.
        const group = groups.get(id);
        if (group === undefined) continue;
        const server = port["device_id"] as string;
        const known = bindings.get(server) ?? [];
        bindings.set(server, [...known, group]);
      }
    }
    return bindings;
  }
}

/** Neutron's 404 in Nova's terms; another error as it is. */
const notFoundAs = (error: unknown, words: (said: string) => string): unknown =>
  error instanceof NeutronClientException && error.status === 404
    ? new SecurityGroupNotFound({}, words(error.message))
    : error;

/** As many ids as a URL has room for. */
const MAX_SEARCH_IDS = 150;

function chunks(ids: readonly string[]): (readonly string[])[] {
  const parts: (readonly string[])[] = [];
  for (let at = 0; at < ids.length; at += MAX_SEARCH_IDS) {
    parts.push(ids.slice(at, at + MAX_SEARCH_IDS));
  }
  return parts;
}

const groupsOf = (port: JsonObject): readonly string[] =>
  (port["security_groups"] ?? []) as readonly string[];

const noUniqueMatch = (name: string): NoUniqueMatch =>
  new NoUniqueMatch(
    {},
    `Multiple security groups found matching '${name}'. Use an ID to be more specific.`,
  );
