/**
 * What a floating IP leads to: a port, one of its addresses, and the router in between. Of the routers
 * on that subnet only the first is looked at, and any gateway of it will do, as in Juno. Upstream:
 * neutron/db/l3_db.py (_check_and_get_fip_assoc, _internal_fip_assoc_data,
 * _get_router_for_floatingip) at 2014.2.
 */
import type { RequestContext } from "../../../../framework/index.js";
import { truth, type JsonObject } from "../../../../python/index.js";
import { BadRequest } from "../../errors.js";
import {
  ExternalGatewayForFloatingIPNotFound,
  FloatingIPPortAlreadyAssociated,
} from "../../routing/errors.js";
import { ROUTER_INTERFACE, type FloatingIp } from "../../routing/rows.js";
import type { Port } from "../../db/rows.js";
import type { NeutronApp } from "../app.js";
import type { Ports } from "../ports/ports.js";
import type { Subnets } from "../subnets/subnets.js";
import type { RouterStore } from "./router-store.js";

export type Association = Pick<FloatingIp, "fixed_port_id" | "fixed_ip_address" | "router_id">;

/** The floating IP that is to lead somewhere. */
type Holder = Pick<
  FloatingIp & { readonly uuid: string },
  "uuid" | "tenant_id" | "floating_ip_address" | "floating_network_id"
>;

const NONE: Association = { fixed_port_id: null, fixed_ip_address: null, router_id: null };

export class Associations {
  readonly #app: NeutronApp;
  readonly #store: RouterStore;
  readonly #ports: Ports;
  readonly #subnets: Subnets;

  constructor(app: NeutronApp, store: RouterStore, ports: Ports, subnets: Subnets) {
    this.#app = app;
    this.#store = store;
    this.#ports = ports;
    this.#subnets = subnets;
  }

  /**
   * What a request says of it; without a port, none.
   * @throws PortNotFound, BadRequest, ExternalGatewayForFloatingIPNotFound, FloatingIPPortAlreadyAssociated
   */
  asked(
    ctxt: RequestContext,
    { port_id = null, fixed_ip_address = null }: JsonObject,
    holder: Holder,
    age: "new" | "known",
  ): Association {
    if (typeof port_id !== "string" || port_id === "") {
      if (!truth(fixed_ip_address)) return NONE;
      throw refusedFloatingIp("fixed_ip_address cannot be specified without a port_id");
    }
    const port = this.#ports.row(ctxt, port_id);
    if (port.tenant_id !== holder.tenant_id) throw othersPort(port_id, holder, age);
    const { subnet_id, ip_address } = this.#inside(port, fixed_ip_address as string | null);
    const router_id = this.#routerTo(ctxt, port, subnet_id, holder.floating_network_id);
    const { floating_network_id } = holder;
    const association = { fixed_port_id: port_id, fixed_ip_address: ip_address };
    const other = this.#app.database.floatingIps.first({ ...association, floating_network_id });
    if (other === undefined) return { ...association, router_id };
    throw new FloatingIPPortAlreadyAssociated({
      port_id,
      fip_id: holder.uuid,
      floating_ip_address: holder.floating_ip_address,
      fixed_ip: ip_address,
      net_id: floating_network_id,
    });
  }

  /** The address that is asked for, or the only one that there is. @throws BadRequest */
  #inside({ uuid }: Port & { uuid: string }, asked: string | null) {
    const addresses = this.#store.addressesOf(uuid);
    if (asked !== null && asked !== "") {
      const found = addresses.findLast(({ ip_address }) => ip_address === asked);
      if (found !== undefined) return found;
      throw refusedFloatingIp(`Port ${uuid} does not have fixed ip ${asked}`);
    }
    const [only, ...others] = addresses;
    if (only === undefined) {
      throw refusedFloatingIp(
        `Cannot add floating IP to port ${uuid} that hasno fixed IP addresses`,
      );
    }
    if (others.length === 0) return only;
    throw refusedFloatingIp(
      `Port ${uuid} has multiple fixed IPs.  Must provide a specific IP when assigning a floating IP`,
    );
  }

  /** @throws SubnetNotFound, BadRequest, ExternalGatewayForFloatingIPNotFound */
  #routerTo(
    ctxt: RequestContext,
    { uuid: port_id, network_id }: Port & { uuid: string },
    subnet_id: string,
    external_network_id: string,
  ): string {
    const { gateway_ip } = this.#subnets.row(ctxt, subnet_id);
    if (gateway_ip === null || gateway_ip === "") {
      const message = `Cannot add floating IP to port on subnet ${subnet_id} which has no gateway_ip`;
      throw refusedFloatingIp(message);
    }
    const { ports, routerPorts, routers } = this.#app.database;
    const first = routerPorts.find({ port_type: ROUTER_INTERFACE }).find(({ port_id: own }) => {
      if (ports.get(own)?.network_id !== network_id) return false;
      return this.#store.addressesOf(own).some((address) => address.subnet_id === subnet_id);
    });
    const router = first === undefined ? undefined : routers.get(first.router_id);
    if (router !== undefined && router.gw_port_id !== null) return router.uuid;
    throw new ExternalGatewayForFloatingIPNotFound({ subnet_id, external_network_id, port_id });
  }
}

/** @returns `Bad floatingip request: ...` */
export const refusedFloatingIp = (msg: string): BadRequest =>
  new BadRequest({ resource: "floatingip", msg });

const othersPort = (port: string, { uuid }: Holder, age: "new" | "known"): BadRequest =>
  refusedFloatingIp(
    age === "known"
      ? `Port ${port} is associated with a different tenant than Floating IP ${uuid} and therefore cannot be bound.`
      : `Cannot create floating IP and bind it to Port ${port}, since that port is owned by a different tenant.`,
  );
