/**
 * What a cloud holds at this instant, kind by kind: questions with types, answered from the rows that are stored.
 * Nothing here sends a message or lets time go by.
 */
import type { Bus } from "../../bus/index.js";
import type { Durable } from "../../framework/project.js";
import type { Network } from "../../http/index.js";
import { DriverError, type Kernel } from "../../kernel/index.js";
import { hypervisor } from "../../services/hardware.js";
import { ceilometerDatabase } from "../../services/ceilometer/project.js";
import { cinderDatabase } from "../../services/cinder/project.js";
import { glanceDatabase } from "../../services/glance/project.js";
import { heatDatabase } from "../../services/heat/project.js";
import { keystoneDatabase } from "../../services/keystone/project.js";
import { neutronDatabase } from "../../services/neutron/project.js";
import { novaDatabase } from "../../services/nova/project.js";
import { troveDatabase } from "../../services/trove/project.js";
import { didYouMeanOrSome } from "../../text/nearest.js";
import type { Assembly } from "../assembly.js";
import {
  GUESTS,
  NODES,
  QUOTAS,
  guestsOn,
  nodesIn,
  type GuestState,
  type NodeState,
  type QuotaState,
} from "./compute-states.js";
import { select, type Filter } from "./query.js";
import {
  ALARMS,
  DATABASES,
  FLOATING_IPS,
  IMAGES,
  NETWORKS,
  POOLS,
  PORTS,
  QUEUES,
  ROUTERS,
  STACKS,
  VOLUMES,
  type AlarmState,
  type DatabaseState,
  type FloatingIpState,
  type ImageState,
  type NetworkState,
  type PoolState,
  type PortState,
  type QueueState,
  type RouterState,
  type StackState,
  type VolumeState,
} from "./resource-states.js";
import {
  alarmsIn,
  databasesIn,
  floatingIpsIn,
  imagesIn,
  networksIn,
  portsIn,
  quotasIn,
  routersIn,
  stacksIn,
  volumesIn,
} from "./rows.js";
import { SERVERS, serversIn, type ServerState } from "./server-state.js";

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
export abstract class StoredReading {
  readonly kernel: Kernel;
  readonly bus: Bus;
  readonly network: Network;
  protected readonly assembly: Assembly;

  protected constructor(assembly: Assembly) {
    this.assembly = assembly;
    this.kernel = assembly.kernel;
    this.bus = assembly.bus;
    this.network = assembly.network;
  }

  /**
   * Servers as they are stored, oldest first; not those that are deleted.
   * @throws DriverError for a field or a value that there is not
   *
   * @example
   * ```ts
   * import { Cloud } from "novasim";
   *
   * const cloud = new Cloud({ seed: 1 });
   * cloud.user("demo").command("nova boot t1 --flavor m1.nano --image cirros");
   * cloud.settle();
   * cloud.servers({ status: "ACTIVE", host: "compute-1" }).length; // → 1
   * ```
   */
  servers(filter: Filter<ServerState> = {}): readonly ServerState[] {
    return select(SERVERS, serversIn(this.stored(novaDatabase)), filter);
  }

  /**
   * Compute hosts as the resource tracker last wrote them.
   * @throws DriverError for a field or a value that there is not
   *
   * @example
   * ```ts
   * import { Cloud } from "novasim";
   *
   * const cloud = new Cloud({ seed: 1 });
   * cloud.nodes({ host: "compute-1" })[0]?.vcpus_used; // → 0
   * ```
   */
  nodes(filter: Filter<NodeState> = {}): readonly NodeState[] {
    return select(NODES, nodesIn(this.stored(novaDatabase)), filter);
  }

  /**
   * Guests on hypervisors, host by host, whatever Nova believes of them.
   * @throws DriverError for a field or a value that there is not
   *
   * @example
   * ```ts
   * import { Cloud } from "novasim";
   *
   * const cloud = new Cloud({ seed: 1 });
   * cloud.user("demo").command("nova boot t1 --flavor m1.nano --image cirros");
   * cloud.settle();
   * cloud.guests({ host: "compute-1" })[0]?.power_state; // → "Running"
   * ```
   */
  guests(filter: Filter<GuestState> = {}): readonly GuestState[] {
    return select(GUESTS, guestsOn(this.assembly.infrastructure.onComputes(hypervisor)), filter);
  }

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

  /**
   * What projects use of what they may have: of Nova and of Cinder.
   * @param project a name or an id; without one, of all projects
   * @throws DriverError for a project, a field or a value that there is not
   *
   * @example
   * ```ts
   * import { Cloud } from "novasim";
   *
   * const cloud = new Cloud({ seed: 1 });
   * cloud.user("demo").command("nova boot t1 --flavor m1.nano --image cirros");
   * cloud.quotas("demo", { resource: "cores" })[0]?.in_use; // → 1
   * ```
   */
  quotas(project?: string, filter: Filter<QuotaState> = {}): readonly QuotaState[] {
    const id = project === undefined ? undefined : this.#projectId(project);
    const of = id === undefined ? {} : { project_id: id };
    return select(QUOTAS, quotasIn(this.stored(novaDatabase), this.stored(cinderDatabase)), {
      ...filter,
      ...of,
    });
  }

  /** What projects hold, for whoever reads it here. */
  protected stored<T>(durable: Durable<T>): T {
    return this.assembly.infrastructure.of(durable);
  }

  /** @throws DriverError if there is none of that name or id */
  #projectId(project: string): string {
    const { deployment, infrastructure } = this.assembly;
    const { projects } = infrastructure.of(keystoneDatabase);
    const id = deployment.resolve("project", project) ?? projects.get(project)?.uuid;
    if (id !== undefined) return id;
    const names = projects.find().map(({ name }) => name);
    throw new DriverError(`there is no project "${project}". ${didYouMeanOrSome(project, names)}`);
  }
}
