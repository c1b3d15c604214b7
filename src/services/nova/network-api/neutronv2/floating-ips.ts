/**
 * Floating IPs, which Nova leaves to Neutron: a pool is an external network. Upstream:
 * nova/network/neutronv2/api.py (get_floating_ip to disassociate_floating_ip) at 2014.2.
 */
import type { RequestContext } from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import {
  isUuidLike,
  KeyError,
  str,
  truth,
  type Json,
  type JsonObject,
} from "../../../../python/index.js";
import { NeutronClientException, type NeutronClient } from "../../../neutron/client/index.js";
import {
  FixedIpNotFoundForAddress,
  FloatingIpLimitExceeded,
  FloatingIpMultipleFoundForAddress,
  FloatingIpNotFound,
  FloatingIpNotFoundForAddress,
  FloatingIpPoolNotFound,
  NoMoreFloatingIps,
  NovaException,
} from "../../exception.js";
import type { NeutronClients } from "./clients.js";
import type { NetworkedInstance } from "./requests.js";

/** `_format_floating_ip_model`: what nova-network would know of it as well. */
export interface FloatingIp {
  readonly id: string;
  readonly address: string;
  /** The name of its network, or the id of one without a name. */
  readonly pool: string;
  readonly fixedAddress: string | null;
  /** The port that it leads to, in the place of `fixed_ip_id`. */
  readonly portId: string | null;
}

const EXTERNAL = { "router:external": "True" } as const;

export class FloatingIpApi {
  readonly #clients: NeutronClients;

  constructor(clients: NeutronClients) {
    this.#clients = clients;
  }

  /** @throws FloatingIpNotFound */
  *get_floating_ip(ctxt: RequestContext, id: string): Op<FloatingIp> {
    const neutron = this.#clients.user(ctxt);
    let found: JsonObject;
    try {
      found = yield* neutron.show("floatingips", id);
    } catch (error) {
      if (!(error instanceof NeutronClientException)) throw error;
      if (error.status === 404) throw new FloatingIpNotFound({ id });
      this.#clients.env.log("error", `Unable to access floating IP ${id}`);
      throw error;
    }
    return yield* this.#model(neutron, found);
  }

  /** The names of the external networks. */
  *get_floating_ip_pools(ctxt: RequestContext): Op<string[]> {
    const pools = yield* this.#clients.user(ctxt).list("networks", EXTERNAL);
    return pools.map(poolName);
  }

  /** @throws FloatingIpNotFoundForAddress, FloatingIpMultipleFoundForAddress */
  *get_floating_ip_by_address(ctxt: RequestContext, address: Json): Op<FloatingIp> {
    const neutron = this.#clients.user(ctxt);
    return yield* this.#model(neutron, yield* this.#byAddress(neutron, address));
  }

  *get_floating_ips_by_project(ctxt: RequestContext): Op<FloatingIp[]> {
    const neutron = this.#clients.user(ctxt);
    const tenant_id = ctxt.project_id ?? "";
    const found = yield* neutron.list("floatingips", { tenant_id });
    const pools = yield* neutron.list("networks", EXTERNAL);
    const ports = yield* neutron.list("ports", { tenant_id });
    return found.map((each) => modelOf(each, pools, ports));
  }

  /** @throws FloatingIpNotFoundForAddress, FloatingIpMultipleFoundForAddress */
  *get_instance_id_by_floating_address(
    ctxt: RequestContext,
    address: Json,
  ): Op<string | undefined> {
    const neutron = this.#clients.user(ctxt);
    const { port_id } = yield* this.#byAddress(neutron, address);
    if (typeof port_id !== "string") return undefined;
    const { device_id } = yield* neutron.show("ports", port_id);
    return typeof device_id === "string" && device_id !== "" ? device_id : undefined;
  }

  /**
   * One more for the project. @returns its address
   * @throws FloatingIpPoolNotFound, NoMoreFloatingIps, FloatingIpLimitExceeded
   */
  *allocate_floating_ip(ctxt: RequestContext, pool: Json): Op<string> {
    const neutron = this.#clients.user(ctxt);
    const name = truth(pool) ? pool : this.#clients.flags.default_floating_pool;
    const floating_network_id = yield* poolId(neutron, str(name));
    try {
      const made = yield* neutron.create("floatingips", { floating_network_id });
      return made["floating_ip_address"] as string;
    } catch (error) {
      if (!(error instanceof NeutronClientException)) throw error;
      switch (error.name) {
        case "IpAddressGenerationFailureClient":
        case "ExternalIpAddressExhaustedClient":
          throw new NoMoreFloatingIps({}, error.message);
        case "OverQuotaClient":
          throw new FloatingIpLimitExceeded({}, error.message);
        default:
          throw error;
      }
    }
  }

  /** Whether it leads anywhere or not, it is gone. */
  *disassociate_and_release_floating_ip(ctxt: RequestContext, address: string): Op<void> {
    const neutron = this.#clients.user(ctxt);
    const { id } = yield* this.#byAddress(neutron, address);
    yield* neutron.delete("floatingips", id as string);
  }

  /**
   * Without a look at what either server's cache has. @returns the id of the server that it led to
   * @throws FixedIpNotFoundForAddress, FloatingIpNotFoundForAddress, what Neutron says
   */
  *associate(
    ctxt: RequestContext,
    instance: NetworkedInstance,
    address: Json,
    fixed_ip_address: string,
  ): Op<string | undefined> {
    const neutron = this.#clients.user(ctxt);
    const port_id = yield* portWith(neutron, instance, fixed_ip_address);
    const { id, port_id: before } = yield* this.#byAddress(neutron, address);
    yield* neutron.update("floatingips", id as string, { port_id, fixed_ip_address });
    if (typeof before !== "string") return undefined;
    const { device_id } = yield* neutron.show("ports", before);
    const server = str(device_id ?? null);
    this.#clients.env.log("info", `re-assign floating IP ${str(address)} from instance ${server}`);
    return server;
  }

  *disassociate(ctxt: RequestContext, address: Json): Op<void> {
    const neutron = this.#clients.user(ctxt);
    const { id } = yield* this.#byAddress(neutron, address);
    yield* neutron.update("floatingips", id as string, { port_id: null });
  }

  *#byAddress(neutron: NeutronClient, address: Json): Op<JsonObject> {
    if (!truth(address)) throw new FloatingIpNotFoundForAddress({ address });
    const search = { floating_ip_address: str(address) };
    const [found, another] = yield* neutron.list("floatingips", search);
    if (found === undefined) throw new FloatingIpNotFoundForAddress({ address });
    if (another === undefined) return found;
    throw new FloatingIpMultipleFoundForAddress({ address });
  }

  /** With its pool, and its port if it has one, each asked for by id. */
  *#model(neutron: NeutronClient, found: JsonObject): Op<FloatingIp> {
    const network = found["floating_network_id"];
    const pools = typeof network === "string" ? [yield* neutron.show("networks", network)] : [];
    const port = found["port_id"];
    const ports = typeof port === "string" ? [yield* neutron.show("ports", port)] : [];
    return modelOf(found, pools, ports);
  }
}

const poolName = ({ name, id }: JsonObject): string => (name || id) as string;

/** @throws KeyError for a network or port that was not found with it */
function modelOf(
  found: JsonObject,
  pools: readonly JsonObject[],
  ports: readonly JsonObject[],
): FloatingIp {
  const { id, floating_ip_address, floating_network_id, fixed_ip_address, port_id } = found;
  const pool = pools.find((network) => network["id"] === floating_network_id);
  if (pool === undefined) throw new KeyError(str(floating_network_id ?? null));
  if (port_id !== null && !ports.some((port) => port["id"] === port_id)) {
    throw new KeyError(str(port_id ?? null));
  }
  return {
    id: id as string,
    address: floating_ip_address as string,
    pool: poolName(pool),
    fixedAddress: fixed_ip_address as string | null,
    portId: port_id as string | null,
  };
}

/** @throws FloatingIpPoolNotFound, NovaException if several are called so */
function* poolId(neutron: NeutronClient, nameOrId: string): Op<string> {
  const by = isUuidLike(nameOrId) ? { id: nameOrId } : { name: nameOrId };
  const [found, another] = yield* neutron.list("networks", {
    ...EXTERNAL,
    ...by,
    fields: "id",
  });
  if (found === undefined) throw new FloatingIpPoolNotFound();
  if (another === undefined) return found["id"] as string;
  throw new NovaException({}, `Multiple floating IP pools matches found for name '${nameOrId}'`);
}

/** The port of a server that has an address. @throws FixedIpNotFoundForAddress */
function* portWith(
  neutron: NeutronClient,
  { uuid, availability_zone }: NetworkedInstance,
  address: string,
): Op<string> {
  const device_owner = `compute:${availability_zone ?? "None"}`;
  const ports = yield* neutron.list("ports", { device_owner, device_id: uuid });
  const found = ports.findLast((port) =>
    (port["fixed_ips"] as readonly JsonObject[]).some((ip) => ip["ip_address"] === address),
  );
  if (found === undefined) throw new FixedIpNotFoundForAddress({ address });
  return found["id"] as string;
}
