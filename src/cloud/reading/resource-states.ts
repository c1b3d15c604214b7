/**
 * What else a cloud has, one interface for each kind, with upstream's names of columns; what is `uuid` in a
 * table is `id` here, as on the wire. Each is a row as it is stored at that instant, not an answer of an API.
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

/**
 * An image of Glance.
 *
 * @example
 * ```ts
 * import { Cloud, type ImageState } from "novasim";
 *
 * const [cirros]: readonly ImageState[] = new Cloud({ seed: 1 }).images({ name: "cirros" });
 * cirros?.status; // → "active"
 * ```
 */
export interface ImageState {
  readonly id: string;
  readonly name: string | null;
  readonly status: "queued" | "saving" | "active" | "killed" | "deleted" | "pending_delete";
  /** Bytes. */
  readonly size: number | null;
  readonly project_id: string | null;
  readonly public: boolean;
  readonly min_disk: number;
  readonly min_ram: number;
}

export const IMAGES: Kind<ImageState> = {
  name: "images",
  fields: ["id", "name", "status", "size", "project_id", "public", "min_disk", "min_ram"],
  values: { status: ["queued", "saving", "active", "killed", "deleted", "pending_delete"] },
};

/**
 * A volume of Cinder; a cloud without Cinder has none.
 *
 * @example
 * ```ts
 * import { Cloud, type VolumeState } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1, services: ["cinder"] });
 * cloud.user("demo").command("cinder create 1 --display-name data");
 * cloud.settle();
 * const [volume]: readonly VolumeState[] = cloud.volumes();
 * volume?.status; // → "available"
 * ```
 */
export interface VolumeState {
  readonly id: string;
  readonly name: string | null;
  readonly status: string;
  readonly attach_status: string;
  /** GB. */
  readonly size: number;
  readonly project_id: string | null;
  /** The server that it is attached to. */
  readonly server: string | null;
  readonly mountpoint: string | null;
  /** `controller#LVM_iSCSI`. */
  readonly host: string | null;
  readonly bootable: boolean;
}

export const VOLUMES: Kind<VolumeState> = {
  name: "volumes",
  fields: [
    "id",
    "name",
    "status",
    "attach_status",
    "size",
    "project_id",
    "server",
    "mountpoint",
    "host",
    "bootable",
  ],
};

/**
 * A stack of Heat; a cloud without Heat has none.
 *
 * @example
 * ```ts
 * import { Cloud, type StackState } from "novasim";
 *
 * const stacks: readonly StackState[] = new Cloud({ seed: 1, services: ["heat"] }).stacks();
 * stacks.length; // → 0
 * ```
 */
export interface StackState {
  readonly id: string;
  readonly name: string;
  /** `CREATE`, `UPDATE`, `DELETE` ... */
  readonly action: string;
  readonly status: "IN_PROGRESS" | "COMPLETE" | "FAILED";
  readonly status_reason: string;
  readonly project_id: string | null;
  /** Of a nested stack. */
  readonly parent: string | null;
}

export const STACKS: Kind<StackState> = {
  name: "stacks",
  fields: ["id", "name", "action", "status", "status_reason", "project_id", "parent"],
  values: { status: ["IN_PROGRESS", "COMPLETE", "FAILED"] },
};

/**
 * An alarm of Ceilometer; a cloud without Ceilometer has none.
 *
 * @example
 * ```ts
 * import { Cloud, type AlarmState } from "novasim";
 *
 * const alarms: readonly AlarmState[] = new Cloud({ seed: 1, services: ["ceilometer"] }).alarms();
 * alarms.length; // → 0
 * ```
 */
export interface AlarmState {
  readonly id: string;
  readonly name: string | null;
  readonly state: string;
  readonly enabled: boolean;
  readonly project_id: string | null;
}

export const ALARMS: Kind<AlarmState> = {
  name: "alarms",
  fields: ["id", "name", "state", "enabled", "project_id"],
  values: { state: ["ok", "alarm", "insufficient data"] },
};

/**
 * A database instance of Trove; a cloud without Trove has none.
 *
 * @example
 * ```ts
 * import { Cloud, type DatabaseState } from "novasim";
 *
 * const databases: readonly DatabaseState[] = new Cloud({ seed: 1 }).databases();
 * databases.length; // → 0
 * ```
 */
export interface DatabaseState {
  readonly id: string;
  readonly name: string;
  /** What Trove does with it: `No tasks for the instance.` */
  readonly task: string;
  /** What its agent last said: `running`. */
  readonly service_status: string;
  /** Its server at Nova, and its volume. */
  readonly server: string | null;
  readonly volume: string | null;
  readonly project_id: string | null;
}

export const DATABASES: Kind<DatabaseState> = {
  name: "databases",
  fields: ["id", "name", "task", "service_status", "server", "volume", "project_id"],
};

/**
 * A queue of the broker.
 *
 * @example
 * ```ts
 * import { Cloud, type QueueState } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1 });
 * cloud.stop("nova-scheduler@controller");
 * cloud.user("demo").command("nova boot t1 --flavor m1.nano --image cirros");
 * cloud.advance("1s");
 * const [queue]: readonly QueueState[] = cloud.queues({ name: "scheduler" });
 * queue?.depth; // → 1
 * ```
 */
export interface QueueState {
  readonly exchange: string;
  readonly name: string;
  /** Messages that wait because nobody consumes. */
  readonly depth: number;
  /** Messages that were handed out and are not yet acknowledged. */
  readonly unacknowledged: number;
  readonly consumers: number;
}

export const QUEUES: Kind<QueueState> = {
  name: "queues",
  fields: ["exchange", "name", "depth", "unacknowledged", "consumers"],
};

/**
 * Those who serve a topic: how many requests a process sees to at once.
 *
 * @example
 * ```ts
 * import { Cloud, type PoolState } from "novasim";
 *
 * const [pool]: readonly PoolState[] = new Cloud({ seed: 1 }).pools({ topic: "conductor" });
 * pool?.size; // → 64
 * ```
 */
export interface PoolState {
  /** `nova-conductor@controller`. */
  readonly actor: string;
  readonly topic: string;
  readonly size: number;
}

export const POOLS: Kind<PoolState> = { name: "pools", fields: ["actor", "topic", "size"] };
