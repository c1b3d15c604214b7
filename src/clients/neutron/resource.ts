/**
 * The kinds of things that Neutron has, and how one is found by what a user calls it. Upstream:
 * neutronclient/neutron/v2_0/__init__.py (find_resourceid_by_id, find_resourceid_by_name_or_id).
 */
import { CommandError } from "../../framework/apiclient/index.js";
import type { Op } from "../../kernel/index.js";
import { AttributeError, textOf } from "../../python/index.js";
import { objectsIn, type NeutronApi } from "./api.js";

export interface Resource {
  /** `security_group`: in messages, in bodies. */
  readonly name: string;
  /** `/security-groups`. */
  readonly path: string;
  /** A list of it comes in pages. */
  readonly paged: boolean;
}

const resource = (name: string, paged = true): Resource => ({
  name,
  path: `/${name.replaceAll("_", "-")}s`,
  paged,
});

export const NETWORK = resource("network");
export const SUBNET = resource("subnet");
export const PORT = resource("port");
export const SECURITY_GROUP = resource("security_group");
export const SECURITY_GROUP_RULE = resource("security_group_rule");
export const QUOTA = resource("quota", false);
export const ROUTER = resource("router");
export const FLOATING_IP = resource("floatingip");
export const AGENT = resource("agent", false);
export const EXTENSION = resource("extension", false);

/** Those of load balancing have a path of their own. */
const balancing = (name: string): Resource => ({ name, path: `/lb/${name}s`, paged: true });

export const VIP = balancing("vip");
export const POOL = balancing("pool");
export const MEMBER = balancing("member");
export const HEALTH_MONITOR = balancing("health_monitor");
export const SERVICE_PROVIDER = resource("service_provider");

const KINDS: readonly Resource[] = [
  ...[NETWORK, SUBNET, PORT, ROUTER, FLOATING_IP],
  ...[VIP, POOL, MEMBER, HEALTH_MONITOR, SERVICE_PROVIDER],
];

/** The kind of that name. @throws AttributeError for one that the client has no list of */
export function resourceNamed(name: string): Resource {
  const found = KINDS.find((kind) => kind.name === name);
  if (found !== undefined) return found;
  throw new AttributeError(`'Client' object has no attribute 'list_${name}s'`);
}

/** `networks`: what a list of it is called. */
export const collectionOf = ({ name }: Resource): string => `${name}s`;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;

/** The id of the only one that `id` is the id of. @throws CommandError if there is none */
export function* idOf(api: NeutronApi, kind: Resource, id: string): Op<string> {
  const found = yield* knownId(api, kind, id);
  if (found !== undefined) return found;
  throw new CommandError(`Unable to find ${kind.name} with id '${id}'`);
}

/** The id of the only one that is called so, by id or by name. @throws CommandError */
export function* find(api: NeutronApi, kind: Resource, nameOrId: string): Op<string> {
  const known = yield* knownId(api, kind, nameOrId);
  if (known !== undefined) return known;
  const [first, ...others] = yield* ids(api, kind, { name: nameOrId, fields: "id" });
  if (first === undefined) {
    throw new CommandError(`Unable to find ${kind.name} with name '${nameOrId}'`);
  }
  if (others.length === 0) return first;
  throw new CommandError(
    `Multiple ${kind.name} matches found for name '${nameOrId}', use an ID to be more specific.`,
  );
}

function* knownId(api: NeutronApi, kind: Resource, id: string): Op<string | undefined> {
  if (!UUID.test(id)) return undefined;
  const [found] = yield* ids(api, kind, { id, fields: "id" });
  return found;
}

function* ids(
  api: NeutronApi,
  kind: Resource,
  search: Readonly<Record<string, string>>,
): Op<string[]> {
  const { path, paged } = kind;
  const collection = collectionOf(kind);
  const things = paged
    ? yield* api.list(collection, path, search)
    : objectsIn((yield* api.get(path, search))[collection]);
  return things.map((thing) => textOf(thing, "id"));
}
