/**
 * The DHCP server's own port on a network: kept, changed or made, so that it has an address of each
 * subnet. Upstream: neutron/agent/linux/dhcp.py (DeviceManager).
 */
import type { ClientOf } from "../../../bus/index.js";
import type { RequestContext } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import type { JsonObject } from "../../../python/index.js";
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

  /** The port, with an address of each of `subnets` and no others. */
  *setup(network: DhcpNetwork, subnets: readonly string[]): Op<JsonObject> {
    const host = this.#host;
    const device_id = this.#deviceId(network.id);
    const known = network.ports.find((port) => port["device_id"] === device_id);
    const ips = (known?.["fixed_ips"] ?? []) as readonly JsonObject[];
    const kept = ips.filter((ip) => subnets.includes(ip["subnet_id"] as string));
    const missing = subnets.filter((subnet) => !kept.some((ip) => ip["subnet_id"] === subnet));
    if (known !== undefined && missing.length === 0 && kept.length === ips.length) return known;
    const fixed_ips = [...kept, ...missing.map((subnet_id) => ({ subnet_id }))];
    if (known !== undefined) {
      return yield* this.#server.update_dhcp_port(this.#ctxt, {
        port_id: known["id"] as string,
        port: { port: { fixed_ips } },
        host,
      });
    }
    const port: JsonObject = {
      name: "",
      admin_state_up: true,
      device_id,
      network_id: network.id,
      tenant_id: network.tenant_id,
      fixed_ips,
    };
    return yield* this.#server.create_dhcp_port(this.#ctxt, { port: { port }, host });
  }

  release(networkId: string): Op<void> {
    const args = { network_id: networkId, device_id: this.#deviceId(networkId), host: this.#host };
    return this.#server.release_dhcp_port(this.#ctxt, args);
  }

  /** Upstream has a name-based UUID of the host there; the host's name says the same. */
  #deviceId(networkId: string): string {
    return `dhcp-${this.#host}-${networkId}`;
  }
}
