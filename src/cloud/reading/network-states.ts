/**
 * What a cloud has of Neutron, with upstream's names of columns; what is `uuid` in a table is `id` here, as on the
 * wire. Each is a row as it is stored at that instant, not an answer of an API.
 */
import type { Kind } from "./query.js";

/**
 * A port of Neutron, with its addresses and where it is bound.
 *
 * @example
 * ```ts
 * import { Cloud, type PortState } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1 });
 * cloud.user("demo").command("nova boot t1 --flavor m1.nano --image cirros --nic net-id=private");
 * cloud.settle();
 * const port: PortState | undefined = cloud.ports({ device_id: cloud.server("t1")?.id })[0];
 * port?.status; // → "ACTIVE"
 * ```
 */
export interface PortState {
  readonly id: string;
  readonly name: string;
  readonly status: "ACTIVE" | "BUILD" | "DOWN" | "ERROR";
  readonly network_id: string;
  readonly project_id: string;
  /** The server, router or DHCP agent that it serves; empty: nobody. */
  readonly device_id: string;
  /** `compute:nova`, `network:dhcp` ... */
  readonly device_owner: string;
  readonly mac_address: string;
  readonly addresses: readonly string[];
  /** Empty while nobody has said where it is to be. */
  readonly host: string;
  /** `ovs`, `unbound`, `binding_failed`. */
  readonly vif_type: string;
}

export const PORTS: Kind<PortState> = {
  name: "ports",
  fields: [
    "id",
    "name",
    "status",
    "network_id",
    "project_id",
    "device_id",
    "device_owner",
    "mac_address",
    "addresses",
    "host",
    "vif_type",
  ],
  values: { status: ["ACTIVE", "BUILD", "DOWN", "ERROR"] },
};

/**
 * A network of Neutron.
 *
 * @example
 * ```ts
 * import { Cloud, type NetworkState } from "novasim";
 *
 * const [network]: readonly NetworkState[] = new Cloud({ seed: 1 }).networks({ name: "private" });
 * network?.subnets.length; // → 1
 * ```
 */
export interface NetworkState {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly project_id: string;
  readonly shared: boolean;
  readonly external: boolean;
  /** Their ranges: `10.0.0.0/24`. */
  readonly subnets: readonly string[];
}

export const NETWORKS: Kind<NetworkState> = {
  name: "networks",
  fields: ["id", "name", "status", "project_id", "shared", "external", "subnets"],
  values: { status: ["ACTIVE", "BUILD", "DOWN", "ERROR"] },
};

/**
 * A router of Neutron.
 *
 * @example
 * ```ts
 * import { Cloud, type RouterState } from "novasim";
 *
 * const routers: readonly RouterState[] = new Cloud({ seed: 1 }).routers();
 * routers.length; // → 0
 * ```
 */
export interface RouterState {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly project_id: string;
  /** The port of its gateway, if it has one. */
  readonly gateway_port_id: string | null;
}

export const ROUTERS: Kind<RouterState> = {
  name: "routers",
  fields: ["id", "name", "status", "project_id", "gateway_port_id"],
};

/**
 * A floating address of Neutron.
 *
 * @example
 * ```ts
 * import { Cloud, type FloatingIpState } from "novasim";
 *
 * const addresses: readonly FloatingIpState[] = new Cloud({ seed: 1 }).floatingIps();
 * addresses.length; // → 0
 * ```
 */
export interface FloatingIpState {
  readonly id: string;
  readonly address: string;
  readonly status: string;
  readonly project_id: string;
  /** The port that it leads to, and that port's address. */
  readonly port_id: string | null;
  readonly fixed_address: string | null;
  readonly router_id: string | null;
}

export const FLOATING_IPS: Kind<FloatingIpState> = {
  name: "floatingIps",
  fields: ["id", "address", "status", "project_id", "port_id", "fixed_address", "router_id"],
};
