/**
 * The DHCP server's own port on a network: kept, changed or made, so that it has an address of each
 * subnet. Upstream: neutron/agent/linux/dhcp.py (DeviceManager).
 */
import type { ClientOf } from "../../../bus/index.js";
import type { RequestContext } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import type { JsonObject } from "../../../python/index.js";
import { dhcpDeviceId, RESERVED_DHCP_PORT } from "../dhcp-device.js";
import { Conflict } from "../errors.js";
import type { DhcpNetwork, dhcpServerApi } from "../rpcapi.js";

export class DeviceManager {
  readonly #server: ClientOf<typeof dhcpServerApi, RequestContext>;
  readonly #ctxt: RequestContext;
  readonly #host: string;

  constructor(
    server: ClientOf<typeof dhcpServerApi, RequestContext>,
    ctxt: RequestContext,
    host: string,
  ) {
    this.#server = server;
    this.#ctxt = ctxt;
    this.#host = host;
  }

  /** The port, with an address of each of `subnets`: its own, one that nobody uses, or a new one. */
  *setup(network: DhcpNetwork, subnets: readonly string[]): Op<JsonObject> {
    const { id: network_id, ports, tenant_id } = network;
    const device_id = dhcpDeviceId(network_id, this.#host);
    const known = ports.find((port) => port["device_id"] === device_id);
    if (known !== undefined) return yield* this.#complete(known, network_id, subnets);
    const reserved = ports.find((port) => port["device_id"] === RESERVED_DHCP_PORT);
    if (reserved !== undefined) return yield* this.#update(reserved, { network_id, device_id });
    const port: JsonObject = {
      name: "",
      admin_state_up: true,
      device_id,
      network_id,
      tenant_id,
      fixed_ips: subnets.map((subnet_id) => ({ subnet_id })),
    };
    const made = yield* this.#server.create_dhcp_port(this.#ctxt, {
      port: { port },
      host: this.#host,
    });
    return made ?? conflict();
  }

  /** Addresses that it has stay, whatever became of their subnets. */
  *#complete(port: JsonObject, network_id: string, subnets: readonly string[]): Op<JsonObject> {
    const ips = (port["fixed_ips"] ?? []) as readonly JsonObject[];
    const missing = subnets.filter((subnet) => !ips.some((ip) => ip["subnet_id"] === subnet));
    if (missing.length === 0) return port;
    const fixed_ips = [...ips, ...missing.map((subnet_id) => ({ subnet_id }))];
    return yield* this.#update(port, { network_id, fixed_ips });
  }

  *#update(port: JsonObject, changes: JsonObject): Op<JsonObject> {
    const updated = yield* this.#server.update_dhcp_port(this.#ctxt, {
      port_id: port["id"] as string,
      port: { port: changes },
      host: this.#host,
    });
    return updated ?? conflict();
  }

  release(networkId: string): Op<void> {
    const args = {
      network_id: networkId,
      device_id: dhcpDeviceId(networkId, this.#host),
      host: this.#host,
    };
    return this.#server.release_dhcp_port(this.#ctxt, args);
  }
}

/** The server could do nothing for the network: it is no longer as this agent knows it. */
function conflict(): never {
  throw new Conflict();
}
