/**
 * Security groups, which Nova leaves to Neutron. Upstream: nova/network/neutronv2/api.py
 * (allocate_for_instance), nova/network/security_group/neutron_driver.py.
 */
import type { RequestContext } from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import type { JsonObject } from "../../../../python/index.js";
import { NeutronClientException, type NeutronClient } from "../../../neutron/client/index.js";
import { NoUniqueMatch, SecurityGroupNotFound } from "../../exception.js";
import type { NeutronClients } from "./clients.js";

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
   * A group by id or by name: looked for as an id, then as a name of the tenant's, then read.
   * @throws SecurityGroupNotFound, NoUniqueMatch
   */
  *get(ctxt: RequestContext, nameOrId: string): Op<JsonObject> {
    const neutron = this.#clients.user(ctxt);
    const [byId] = yield* neutron.list("security_groups", { fields: "id", id: nameOrId });
    const found = byId ?? (yield* this.#byName(neutron, ctxt, nameOrId));
    try {
      return yield* neutron.show("security_groups", found["id"] as string);
    } catch (error) {
      if (error instanceof NeutronClientException && error.status === 404) {
        throw new SecurityGroupNotFound({ security_group_id: nameOrId });
      }
      throw error;
    }
  }

  /** The tenant's groups. */
  *list(ctxt: RequestContext): Op<JsonObject[]> {
    const search = { tenant_id: ctxt.project_id ?? "" };
    return [...(yield* this.#clients.user(ctxt).list("security_groups", search))];
  }

  /** The groups of each server, by name, as its ports have them. */
  *get_instances_security_groups_bindings(
    ctxt: RequestContext,
    servers: readonly string[],
  ): Op<Map<string, { readonly name: string }[]>> {
    const bindings = new Map<string, { readonly name: string }[]>();
    if (servers.length === 0) return bindings;
    const neutron = this.#clients.user(ctxt);
    const ports = yield* neutron.list("ports", { device_id: servers });
    const ids = [...new Set(ports.flatMap(groupsOf))];
    if (ids.length === 0) return bindings;
    const groups = yield* neutron.list("security_groups", { id: ids });
    const names = new Map(groups.map(({ id, name }) => [id as string, name as string] as const));
    for (const port of ports) {
      const server = port["device_id"] as string;
      const known = bindings.get(server) ?? [];
      for (const id of groupsOf(port)) {
        const given = names.get(id);
        // A group without a name is called by its id.
        const name = given === "" ? id : given;
        if (name === undefined || known.some((group) => group.name === name)) continue;
        known.push({ name });
      }
      bindings.set(server, known);
    }
    return bindings;
  }

  *#byName(neutron: NeutronClient, ctxt: RequestContext, name: string): Op<JsonObject> {
    const search = { tenant_id: ctxt.project_id ?? "", fields: "id", name };
    const found = yield* neutron.list("security_groups", search);
    if (found.length > 1) throw noUniqueMatch(name);
    const [group] = found;
    if (group === undefined) throw new SecurityGroupNotFound({ security_group_id: name });
    return group;
  }
}

const groupsOf = (port: JsonObject): readonly string[] =>
  (port["security_groups"] ?? []) as readonly string[];

const noUniqueMatch = (name: string): NoUniqueMatch =>
  new NoUniqueMatch(
    {},
    `Multiple security groups found matching '${name}'. Use an ID to be more specific.`,
  );
