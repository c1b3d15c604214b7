/**
 * What a cloud holds at this instant, kind by kind: questions with types, answered from the rows that are stored.
 * Nothing here sends a message or lets time go by.
 */
import { ceilometerDatabase } from "../../services/ceilometer/project.js";
import { cinderDatabase } from "../../services/cinder/project.js";
import { glanceDatabase } from "../../services/glance/project.js";
import { heatDatabase } from "../../services/heat/project.js";
import { neutronDatabase } from "../../services/neutron/project.js";
import { troveDatabase } from "../../services/trove/project.js";
import { POOLS, QUEUES, type PoolState, type QueueState } from "./bus-states.js";
import { ComputeReading } from "./compute-reading.js";
import {
  FLOATING_IPS,
  NETWORKS,
  PORTS,
  ROUTERS,
  type FloatingIpState,
  type NetworkState,
  type PortState,
  type RouterState,
} from "./network-states.js";
import {
  ALARMS,
  DATABASES,
  STACKS,
  type AlarmState,
  type DatabaseState,
  type StackState,
} from "./platform-states.js";
import { select, type Filter } from "./query.js";
import {
  alarmsIn,
  databasesIn,
  floatingIpsIn,
  imagesIn,
  networksIn,
  portsIn,
  routersIn,
  stacksIn,
  volumesIn,
} from "./rows.js";
import { IMAGES, VOLUMES, type ImageState, type VolumeState } from "./storage-states.js";

/**
 * The questions that a cloud answers from what is stored.
 *
 * @example
 * ```ts
 * import { Cloud, type StoredReading } from "novasim";
 *
 * const hosts = (cloud: StoredReading): number => cloud.nodes().length;
 * hosts(new Cloud({ seed: 1, computes: 3 })); // → 3
 * ```
 */
export abstract class StoredReading extends ComputeReading {
  /**
   * Ports of Neutron, with addresses and bindings.
   * @throws DriverError for a field or a value that there is not
   *
   * @example
   * ```ts
   * import { Cloud } from "novasim";
   *
   * const cloud = new Cloud({ seed: 1 });
   * cloud.ports({ device_owner: "network:dhcp" }).length; // → 1
   * ```
   */
  ports(filter: Filter<PortState> = {}): readonly PortState[] {
    return select(PORTS, portsIn(this.stored(neutronDatabase)), filter);
  }

  /**
   * Networks of Neutron, with the ranges of their subnets.
   * @throws DriverError for a field or a value that there is not
   *
   * @example
   * ```ts
   * import { Cloud } from "novasim";
   *
   * const cloud = new Cloud({ seed: 1 });
   * cloud.networks({ name: "private" })[0]?.status; // → "ACTIVE"
   * ```
   */
  networks(filter: Filter<NetworkState> = {}): readonly NetworkState[] {
    return select(NETWORKS, networksIn(this.stored(neutronDatabase)), filter);
  }

  /**
   * Routers of Neutron.
   * @throws DriverError for a field or a value that there is not
   *
   * @example
   * ```ts
   * import { Cloud } from "novasim";
   *
   * const cloud = new Cloud({ seed: 1 });
   * cloud.routers().length; // → 0
   * ```
   */
  routers(filter: Filter<RouterState> = {}): readonly RouterState[] {
    return select(ROUTERS, routersIn(this.stored(neutronDatabase)), filter);
  }

  /**
   * Floating addresses of Neutron.
   * @throws DriverError for a field or a value that there is not
   *
   * @example
   * ```ts
   * import { Cloud } from "novasim";
   *
   * const cloud = new Cloud({ seed: 1 });
   * cloud.floatingIps().length; // → 0
   * ```
   */
  floatingIps(filter: Filter<FloatingIpState> = {}): readonly FloatingIpState[] {
    return select(FLOATING_IPS, floatingIpsIn(this.stored(neutronDatabase)), filter);
  }

  /**
   * Images of Glance, whoever may see them.
   * @throws DriverError for a field or a value that there is not
   *
   * @example
   * ```ts
   * import { Cloud } from "novasim";
   *
   * const cloud = new Cloud({ seed: 1 });
   * cloud.images({ status: "active", name: "cirros" }).length; // → 1
   * ```
   */
  images(filter: Filter<ImageState> = {}): readonly ImageState[] {
    return select(IMAGES, imagesIn(this.stored(glanceDatabase)), filter);
  }

  /**
   * Volumes of Cinder; none in a cloud without it.
   * @throws DriverError for a field or a value that there is not
   *
   * @example
   * ```ts
   * import { Cloud } from "novasim";
   *
   * const cloud = new Cloud({ seed: 1 });
   * cloud.volumes({ status: "in-use" }).length; // → 0
   * ```
   */
  volumes(filter: Filter<VolumeState> = {}): readonly VolumeState[] {
    return select(VOLUMES, volumesIn(this.stored(cinderDatabase)), filter);
  }

  /**
   * Stacks of Heat, nested ones too; none in a cloud without it.
   * @throws DriverError for a field or a value that there is not
   *
   * @example
   * ```ts
   * import { Cloud } from "novasim";
   *
   * const cloud = new Cloud({ seed: 1 });
   * cloud.stacks({ status: "FAILED" }).length; // → 0
   * ```
   */
  stacks(filter: Filter<StackState> = {}): readonly StackState[] {
    return select(STACKS, stacksIn(this.stored(heatDatabase)), filter);
  }

  /**
   * Alarms of Ceilometer; none in a cloud without it.
   * @throws DriverError for a field or a value that there is not
   *
   * @example
   * ```ts
   * import { Cloud } from "novasim";
   *
   * const cloud = new Cloud({ seed: 1 });
   * cloud.alarms({ state: "alarm" }).length; // → 0
   * ```
   */
  alarms(filter: Filter<AlarmState> = {}): readonly AlarmState[] {
    return select(ALARMS, alarmsIn(this.stored(ceilometerDatabase)), filter);
  }

  /**
   * Database instances of Trove; none in a cloud without it.
   * @throws DriverError for a field or a value that there is not
   *
   * @example
   * ```ts
   * import { Cloud } from "novasim";
   *
   * const cloud = new Cloud({ seed: 1 });
   * cloud.databases().length; // → 0
   * ```
   */
  databases(filter: Filter<DatabaseState> = {}): readonly DatabaseState[] {
    return select(DATABASES, databasesIn(this.stored(troveDatabase)), filter);
  }

  /**
   * Queues of the broker, by exchange and name.
   * @throws DriverError for a field or a value that there is not
   *
   * @example
   * ```ts
   * import { Cloud } from "novasim";
   *
   * const cloud = new Cloud({ seed: 1 });
   * cloud.queues({ name: "conductor" })[0]?.consumers; // → 1
   * ```
   */
  queues(filter: Filter<QueueState> = {}): readonly QueueState[] {
    return select(
      QUEUES,
      this.bus.queues().map(({ exchange, name, depth, unacknowledged, consumers }) => ({
        exchange,
        name,
        depth,
        unacknowledged,
        consumers,
      })),
      filter,
    );
  }

  /**
   * Who serves which topic, and how many requests at once.
   * @throws DriverError for a field or a value that there is not
   *
   * @example
   * ```ts
   * import { Cloud } from "novasim";
   *
   * const cloud = new Cloud({ seed: 1 });
   * cloud.pools({ topic: "scheduler" })[0]?.actor; // → "nova-scheduler@controller"
   * ```
   */
  pools(filter: Filter<PoolState> = {}): readonly PoolState[] {
    return select(
      POOLS,
      this.bus.servers().map(({ actor, topic, poolSize }) => ({ actor, topic, size: poolSize })),
      filter,
    );
  }
}
