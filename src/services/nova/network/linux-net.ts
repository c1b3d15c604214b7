/**
 * What a network host does to its Linux: bridges, dnsmasq, address translation. Nothing of a packet
 * is simulated, so each act is a line of the log. Upstream: nova/network/linux_net.py, l3.py.
 */
import type { Row, Env } from "../../../framework/index.js";
import type { NetworkRow } from "../db/schema.js";

export class LinuxNet {
  readonly #env: Env;

  constructor(env: Env) {
    this.#env = env;
  }

  /** `_setup_network_on_host`: the bridge, its address, and dnsmasq. */
  setUp({ bridge, gateway, vlan }: Row<NetworkRow>): void {
    const tagged = vlan === null ? "" : ` on VLAN ${String(vlan)}`;
    this.#tell(`bridge ${bridge}${tagged} is up, dnsmasq listens on ${gateway}`);
  }

  addFloatingIp(floating: string, fixed: string, device: string): void {
    this.#tell(`${floating} is bound to ${device} and translated to ${fixed}`);
  }

  removeFloatingIp(floating: string, fixed: string, device: string): void {
    this.#tell(`${floating} leaves ${device} and is no longer translated to ${fixed}`);
  }

  #tell(message: string): void {
    this.#env.log("debug", message);
  }
}
