/**
 * Where the tunnels of each host end: agents say it, and learn of all others. Nobody is ever taken out.
 * Upstream: TunnelRpcCallbackMixin of neutron/plugins/ml2/drivers/type_tunnel.py, `add_endpoint` of
 * type_gre.py and type_vxlan.py at 2014.2.
 */
import type { RequestContext } from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import { AttributeError, str, type Json, type JsonObject } from "../../../../python/index.js";
import type { NeutronApp } from "../app.js";
import { invalid } from "./type-driver.js";
import type { TypeManager } from "./type-manager.js";

/** `VXLAN_UDP_PORT`: whatever port an agent has been told to use. */
const VXLAN_PORT = 4789;

export class TunnelEndpoints {
  readonly #app: NeutronApp;
  readonly #types: TypeManager;

  constructor(app: NeutronApp, types: TypeManager) {
    this.#app = app;
    this.#types = types;
  }

  /**
   * Take note of one, and tell every agent; the one that said so as well.
   * @returns all of that type
   * @throws InvalidInput, AttributeError for a type without tunnels
   */
  *sync(ctxt: RequestContext, ip: Json, type: Json): Op<JsonObject[]> {
    if (type === null || type === "") throw invalid("Network_type value needed by the ML2 plugin");
    const name = str(type);
    if (!this.#types.has(name)) throw invalid(`network_type value '${name}' not supported`);
    const tunnels = this.#add(name, ip);
    yield* this.#app.agentNotifier.tunnelUpdate(ctxt, ip as string, name);
    return tunnels;
  }

  #add(type: string, ip: Json): JsonObject[] {
    const { greEndpoints, vxlanEndpoints } = this.#app.database;
    const ip_address = ip as string;
    if (type === "gre") {
      if (greEndpoints.get(ip_address) === undefined) greEndpoints.insert({ ip_address });
      else this.#known("Gre", ip_address);
      return byAddress(greEndpoints.find().map((row) => ({ ip_address: row.ip_address })));
    }
    if (type === "vxlan") {
      const row = { ip_address, udp_port: VXLAN_PORT };
      if (vxlanEndpoints.get(ip_address) === undefined) vxlanEndpoints.insert(row);
      else this.#known("Vxlan", ip_address);
      return byAddress(
        vxlanEndpoints.find().map(({ ip_address, udp_port }) => ({ ip_address, udp_port })),
      );
    }
    throw new AttributeError(`the type driver of ${type} has no attribute 'add_endpoint'`);
  }

  #known(what: string, ip: string): void {
    this.#app.env.log("warning", `${what} endpoint with ip ${ip} already exists`);
  }
}

/** As the tables' keys have them. */
const byAddress = <R extends { readonly ip_address: string }>(endpoints: R[]): R[] =>
  endpoints.sort((one, other) => (one.ip_address < other.ip_address ? -1 : 1));
