/**
 * Neutron as Horizon asks it. What comes of one call is often what is asked next, so that a page is many requests: a list of
 * networks is always one of all subnets as well. Upstream: openstack_dashboard/api/neutron.py at 2014.2.
 */
import type { TokenSource } from "../../../framework/apiclient/index.js";
import { asLibrary } from "../../../framework/apiclient/index.js";
import type { QueryValue } from "../../../http/index.js";
import type { Op } from "../../../kernel/index.js";
import { str, textOf, type JsonObject } from "../../../python/index.js";
import { NeutronClient, NeutronClientException } from "../../neutron/client/index.js";
import { SETTINGS } from "../settings.js";
import type { HorizonRequest } from "../web/request.js";
import { urlFor } from "./base.js";

type Search = Readonly<Record<string, QueryValue>>;

export function neutronClient(request: HorizonRequest): NeutronClient {
  const { env } = request;
  return new NeutronClient({
    http: asLibrary(env.http, "python-neutronclient"),
    url: urlFor(request, "network"),
    tokens: tokensOf(request),
    timeout: null,
  });
}

/** A token that is refused leads to a login with the name and password that nobody has given: another refusal. */
const tokensOf = (request: HorizonRequest): TokenSource => {
  let refused = false;
  return {
    *token() {
      if (!refused) return request.user.token.id;
      const http = asLibrary(request.env.http, "python-neutronclient");
      const passwordCredentials = { username: null, password: null };
      const body = { auth: { tenantName: null, passwordCredentials } };
      const answer = yield* http.request("POST", `${urlFor(request, "identity")}/tokens`, { body });
      throw new NeutronClientException(401, "", str(answer.body), "Unauthorized");
    },
    renew() {
      refused = true;
      return true;
    },
  };
};

/** All extensions, once in a request. */
export const networkExtensions = (request: HorizonRequest): Op<readonly JsonObject[]> =>
  request.memoized("neutron.list_extensions", () => neutronClient(request).list("extensions"));

export function* networkExtension(request: HorizonRequest, alias: string): Op<boolean> {
  const extensions = yield* networkExtensions(request);
  return extensions.some((extension) => extension["alias"] === alias);
}

/** Upstream: `is_quotas_extension_supported`. */
export const quotasSupported = (request: HorizonRequest): Op<boolean> =>
  networkExtension(request, "quotas");

/** Networks, each with its subnets in the place of their ids. */
export function* networkList(request: HorizonRequest, search: Search = {}): Op<JsonObject[]> {
  const client = neutronClient(request);
  const networks = yield* client.list("networks", search);
  const subnets = new Map(
    (yield* client.list("subnets")).map((subnet) => [textOf(subnet, "id"), subnet]),
  );
  return networks.map((network) => {
    const ids = (network["subnets"] ?? []) as readonly string[];
    return { ...network, subnets: ids.flatMap((id) => subnets.get(id) ?? []) };
  });
}

/** Those of one's own, then those of all. */
export function* networkListForTenant(request: HorizonRequest): Op<JsonObject[]> {
  const tenant_id = request.user.tenantId;
  const own = yield* networkList(request, { tenant_id, shared: "False" });
  const shared = yield* networkList(request, { shared: "True" });
  return [...own, ...shared];
}

/** What a network is called on a page. Upstream: `set_id_as_name_if_empty`. */
export const nameOrId = (thing: JsonObject): string => {
  const name = textOf(thing, "name");
  return name.trim() === "" ? `(${textOf(thing, "id").slice(0, 8)})` : name;
};

export const portList = (request: HorizonRequest, search: Search = {}): Op<readonly JsonObject[]> =>
  neutronClient(request).list("ports", search);

/** A floating IP with whose port it is on. */
export type FloatingIp = JsonObject & {
  readonly instance_id: string | null;
  /** `compute`, `loadbalancer`, or whatever owns the port. */
  readonly instance_type: string | null;
};

/** Floating IPs, and the ports that they are on. @param all those of other projects as well */
export function* floatingIpList(
  request: HorizonRequest,
  search: Search = {},
  all = false,
): Op<FloatingIp[]> {
  const client = neutronClient(request);
  const own: Search = all ? {} : { tenant_id: request.user.tenantId };
  const found = yield* client.list("floatingips", { ...search, ...own });
  const ports = new Map((yield* portList(request, own)).map((port) => [textOf(port, "id"), port]));
  const addresses: FloatingIp[] = [];
  for (const address of found) {
    const id = address["port_id"];
    const port =
      typeof id !== "string" || id === ""
        ? undefined
        : (ports.get(id) ?? (yield* client.show("ports", id)));
    addresses.push({
      ...address,
      instance_id: port === undefined ? null : textOf(port, "device_id"),
      instance_type: port === undefined ? null : instanceType(textOf(port, "device_owner")),
    });
  }
  return addresses;
}

function instanceType(owner: string): string {
  if (owner.startsWith("compute:")) return "compute";
  return owner.startsWith("neutron:LOADBALANCER") ? "loadbalancer" : owner;
}

export const securityGroupList = (request: HorizonRequest): Op<readonly JsonObject[]> =>
  neutronClient(request).list("security_groups", { tenant_id: request.user.tenantId });

export const tenantQuota = (request: HorizonRequest): Op<Readonly<Record<string, number>>> =>
  neutronClient(request).showQuota(request.user.tenantId);

/** By the name of a network, the addresses that a server has in it. */
export type Addresses = Readonly<Record<string, readonly { readonly addr: string }[]>>;

/**
 * By server, its addresses as Neutron has them; nothing, and a message, if that cannot be told. Upstream:
 * `servers_update_addresses`.
 */
export function* serverAddresses(
  request: HorizonRequest,
  servers: readonly string[],
  all = false,
): Op<ReadonlyMap<string, Addresses>> {
  const ports = yield* portList(request, { device_id: servers });
  const port_id = ports.map((port) => textOf(port, "id"));
  const floating = SETTINGS.enable_router ? yield* floatingIpList(request, { port_id }, all) : [];
  const id = ports.map((port) => textOf(port, "network_id"));
  const networks = yield* networkList(request, { id });
  const names = new Map(networks.map((network) => [network["id"], textOf(network, "name")]));
  const found = new Map<string, Record<string, { addr: string }[]>>(
    servers.map((one) => [one, {}]),
  );
  for (const port of ports) {
    const name = names.get(port["network_id"]);
    const addresses = found.get(textOf(port, "device_id"));
    if (name === undefined || addresses === undefined) continue;
    const fixed = (port["fixed_ips"] ?? []) as readonly JsonObject[];
    const own = floating.filter((address) => address["port_id"] === port["id"]);
    (addresses[name] ??= []).push(
      ...fixed.map((ip) => ({ addr: textOf(ip, "ip_address") })),
      ...own.map((address) => ({ addr: textOf(address, "floating_ip_address") })),
    );
  }
  return found;
}
