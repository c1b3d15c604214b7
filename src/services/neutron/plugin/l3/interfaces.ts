/**
 * The interfaces of routers: a port on each subnet that they serve, made for it or taken over.
 * Upstream: neutron/db/l3_db.py, l3_dvr_db.py (add_router_interface, remove_router_interface) at 2014.2.
 */
import type { RequestContext, Row } from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import {
  contains,
  Exception,
  get,
  item,
  str,
  truth,
  type Json,
  type JsonObject,
} from "../../../../python/index.js";
import { AdminRequired, PortNotFound } from "../../errors.js";
import type { L3AgentNotifier } from "../../notifiers/l3-agent.js";
import {
  PortInUse,
  RouterInterfaceInUseByFloatingIP,
  RouterInterfaceNotFound,
  RouterInterfaceNotFoundForSubnet,
  SubnetMismatchForPort,
} from "../../routing/errors.js";
import { ROUTER_INTERFACE, type Router } from "../../routing/rows.js";
import type { Port, Subnet } from "../../db/rows.js";
import type { NeutronApp } from "../app.js";
import type { Ports } from "../ports/ports.js";
import type { Subnets } from "../subnets/subnets.js";
import { isIn, type ExtraRoutes } from "./extra-routes.js";
import { refused, type Gateways } from "./gateways.js";
import type { RouterStore } from "./router-store.js";

export interface InterfaceParts {
  readonly store: RouterStore;
  readonly gateways: Gateways;
  readonly routes: ExtraRoutes;
  readonly ports: Ports;
  readonly subnets: Subnets;
  readonly notifier: L3AgentNotifier;
}

export class Interfaces {
  readonly #app: NeutronApp;
  readonly #parts: InterfaceParts;

  constructor(app: NeutronApp, parts: InterfaceParts) {
    this.#app = app;
    this.#parts = parts;
  }

  /** @param asked the body as it came @throws BadRequest, PortInUse, SubnetNotFound ... */
  *add(ctxt: RequestContext, routerId: string, asked: Json): Op<JsonObject> {
    const [byPort, bySubnet] = ["port_id", "subnet_id"].map(
      (name) => truth(asked) && contains(asked, name),
    );
    if (byPort !== true && bySubnet !== true) throw neither();
    if (byPort === true && bySubnet === true) {
      throw refused("Cannot specify both subnet-id and port-id");
    }
    const router = this.#parts.store.row(ctxt, routerId);
    const port =
      byPort === true
        ? this.#take(ctxt, router, item(asked, "port_id"))
        : yield* this.#make(ctxt, router, item(asked, "subnet_id"));
    this.#parts.store.addPort(router.uuid, port.uuid, ROUTER_INTERFACE);
    return yield* this.#told(ctxt, "create", infoOf(router, port, this.#subnetOf(port)));
  }

  /** @param asked the body as it came @throws BadRequest, RouterInterfaceNotFound ... */
  *remove(ctxt: RequestContext, routerId: string, asked: Json): Op<JsonObject> {
    if (!truth(asked)) throw neither();
    const [portId, subnetId] = ["port_id", "subnet_id"].map((name) => get(asked, name));
    const router = this.#parts.store.row(ctxt, routerId);
    const port = truth(portId)
      ? this.#byPort(ctxt, router, portId as Json, subnetId ?? null)
      : this.#bySubnet(ctxt, router, subnetId ?? null);
    const info = infoOf(router, port, this.#subnetOf(port));
    yield* this.#parts.ports.deleteAny(ctxt, port.uuid);
    return yield* this.#told(ctxt, "delete", info);
  }

  /** A port that nobody uses becomes the router's. */
  #take(ctxt: RequestContext, router: Row<Router>, asked: Json): Row<Port> {
    const { gateways, ports, store, subnets } = this.#parts;
    if (typeof asked !== "string") throw new PortNotFound({ port_id: str(asked) });
    const port = ports.row(ctxt, asked);
    const { uuid: port_id, network_id: net_id, device_id } = port;
    if (device_id !== "") throw new PortInUse({ net_id, port_id, device_id });
    const [address, ...others] = store.addressesOf(port_id);
    if (address === undefined || others.length > 0) {
      throw refused("Router port must have exactly one fixed IP");
    }
    gateways.refuseOverlap(router.uuid, subnets.row(ctxt, address.subnet_id));
    const changes = { device_id: router.uuid, device_owner: ROUTER_INTERFACE };
    this.#app.database.ports.update(port_id, changes);
    return port;
  }

  /** A new port has the address of the subnet's gateway, and is the subnet's tenant's. */
  *#make(ctxt: RequestContext, router: Row<Router>, asked: Json): Op<Row<Port>> {
    const { gateways, ports, subnets } = this.#parts;
    const subnet = subnets.row(ctxt, asked);
    const { gateway_ip, tenant_id, network_id, uuid: subnet_id } = subnet;
    if (gateway_ip === null || gateway_ip === "") {
      throw refused("Subnet for router interface must have a gateway IP");
    }
    gateways.refuseOverlap(router.uuid, subnet);
    if (!ctxt.is_admin && tenant_id !== ctxt.project_id) {
      throw new AdminRequired({ reason: "Cannot create resource for another tenant" });
    }
    const port = yield* ports.create(ctxt, {
      tenant_id,
      network_id,
      fixed_ips: [{ ip_address: gateway_ip, subnet_id }],
      admin_state_up: true,
      device_id: router.uuid,
      device_owner: ROUTER_INTERFACE,
      name: "",
    });
    return this.#app.database.ports.get(port["id"] as string) as Row<Port>;
  }

  #byPort(ctxt: RequestContext, router: Row<Router>, portId: Json, subnetId: Json): Row<Port> {
    const { store, subnets } = this.#parts;
    const port = store.portsOf(router.uuid, ROUTER_INTERFACE).find(({ uuid }) => uuid === portId);
    if (port === undefined) {
      throw new RouterInterfaceNotFound({ router_id: router.uuid, port_id: str(portId) });
    }
    const own = this.#subnetOf(port);
    if (truth(subnetId) && own !== subnetId) {
      throw new SubnetMismatchForPort({ port_id: port.uuid, subnet_id: str(subnetId) });
    }
    const subnet = subnets.row(ctxt, own);
    this.#refuseInUse(router, subnet);
    return port;
  }

  #bySubnet(ctxt: RequestContext, router: Row<Router>, subnetId: Json): Row<Port> {
    const { store, subnets } = this.#parts;
    if (!truth(subnetId)) {
      throw new UnboundLocalError("local variable 'port' referenced before assignment");
    }
    const subnet = subnets.row(ctxt, subnetId);
    this.#refuseInUse(router, subnet);
    const port = store
      .portsOf(router.uuid, ROUTER_INTERFACE)
      .filter(({ network_id }) => network_id === subnet.network_id)
      .find((each) => this.#subnetOf(each) === subnet.uuid);
    if (port !== undefined) return port;
    throw new RouterInterfaceNotFoundForSubnet({
      router_id: router.uuid,
      subnet_id: subnet.uuid,
    });
  }

  /** @throws RouterInterfaceInUseByFloatingIP, RouterInterfaceInUseByRoute */
  #refuseInUse(router: Row<Router>, subnet: Row<Subnet>): void {
    const { uuid: router_id } = router;
    const used = this.#app.database.floatingIps
      .find({ router_id })
      .some(({ fixed_ip_address }) => isIn(fixed_ip_address ?? "", subnet.cidr));
    if (used) throw new RouterInterfaceInUseByFloatingIP({ router_id, subnet_id: subnet.uuid });
    this.#parts.routes.refuseInUse(router, subnet);
  }

  /** That of its first address. @throws IndexError if it has none */
  #subnetOf({ uuid }: Port & { uuid: string }): string {
    const [address] = this.#parts.store.addressesOf(uuid);
    if (address === undefined) throw new IndexError("list index out of range");
    return address.subnet_id;
  }

  /** The agent hears of it, and whoever listens. */
  *#told(ctxt: RequestContext, act: "create" | "delete", info: JsonObject): Op<JsonObject> {
    yield* this.#parts.notifier.routersUpdated(ctxt, [info["id"] as string]);
    const payload = { router_interface: info };
    yield* this.#app.notifier.info(ctxt, `router.interface.${act}`, payload);
    return info;
  }
}

class UnboundLocalError extends Exception {
  override readonly name = "UnboundLocalError";
}

class IndexError extends Exception {
  override readonly name = "IndexError";
}

const neither = () => refused("Either subnet_id or port_id must be specified");

const infoOf = (router: Row<Router>, { uuid, tenant_id }: Row<Port>, subnet_id: string) => ({
  id: router.uuid,
  tenant_id,
  port_id: uuid,
  subnet_id,
});
