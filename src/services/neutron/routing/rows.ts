/**
 * The rows of routers and floating IPs. Upstream: neutron/db/l3_db.py, l3_gwmode_db.py, l3_attrs_db.py,
 * extraroute_db.py, l3_agentschedulers_db.py at 2014.2.
 */
import { column, nullableColumn, type Columns } from "../../../framework/index.js";
import type { HostRoute } from "../db/rows.js";

export interface Router {
  readonly uuid: string;
  readonly tenant_id: string;
  readonly name: string;
  /** ACTIVE from its birth: no agent ever changes it. */
  readonly status: string;
  readonly admin_state_up: boolean;
  readonly gw_port_id: string | null;
  readonly enable_snat: boolean;
  /** Upstream: rows in `routerroutes`. */
  readonly routes: readonly HostRoute[];
}

/** A port that a router has, as its interface or as its gateway. */
export interface RouterPort {
  readonly router_id: string;
  readonly port_id: string;
  /** The port's owner at that time: users may change the port's own. */
  readonly port_type: string;
}

export type FloatingIpStatus = "ACTIVE" | "DOWN" | "ERROR";

export interface FloatingIp {
  readonly uuid: string;
  readonly tenant_id: string;
  readonly floating_ip_address: string;
  readonly floating_network_id: string;
  /** The port that holds the address on the external network, which its tenant does not see. */
  readonly floating_port_id: string;
  readonly fixed_port_id: string | null;
  readonly fixed_ip_address: string | null;
  readonly router_id: string | null;
  /** Where it was before its last change: an agent that reports on that router lets go of it. */
  readonly last_known_router_id: string | null;
  readonly status: FloatingIpStatus;
}

/** What agents' messages write into (l3_db.py). */
export const floatingIpColumns: Columns<FloatingIp> = {
  uuid: column("text"),
  tenant_id: nullableColumn("text"),
  floating_ip_address: column("text"),
  floating_network_id: column("text"),
  floating_port_id: column("text"),
  fixed_port_id: nullableColumn("text"),
  fixed_ip_address: nullableColumn("text"),
  router_id: nullableColumn("text"),
  last_known_router_id: nullableColumn("text"),
  status: nullableColumn("text"),
};

export interface RouterL3AgentBinding {
  readonly router_id: string;
  readonly l3_agent_id: string;
}

export const ROUTER_INTERFACE = "network:router_interface";
export const ROUTER_GATEWAY = "network:router_gateway";
export const FLOATING_IP = "network:floatingip";

/** Ports that are not deleted by who asks for just that (`router_device_owners`). */
export const ROUTER_OWNERS: readonly string[] = [
  ROUTER_INTERFACE,
  ROUTER_GATEWAY,
  FLOATING_IP,
  "network:router_interface_distributed",
];
