/**
 * What a cloud holds of its servers at this instant: those that Nova has stored, its hosts, the guests on their
 * hypervisors, what projects use. Nothing here sends a message or lets time go by.
 */
import { describe } from "../../text/complaints.js";
import type { Bus } from "../../bus/index.js";
import type { Durable } from "../../framework/project.js";
import type { Network } from "../../http/index.js";
import { assertText, DriverError, type Kernel } from "../../kernel/index.js";
import { hypervisor } from "../../services/hardware.js";
import { cinderDatabase } from "../../services/cinder/project.js";
import { keystoneDatabase } from "../../services/keystone/project.js";
import { novaDatabase } from "../../services/nova/project.js";
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
import { quotasIn } from "./rows.js";
import { SERVERS, serversIn, type ServerState } from "./server-state.js";

/**
 * The questions about servers, hosts and quotas that a cloud answers from what is stored.
 *
 * @example
 * ```ts
 * import { Cloud, type ComputeReading } from "novasim";
 *
 * const hosts = (cloud: ComputeReading): number => cloud.nodes().length;
 * hosts(new Cloud({ seed: 1, computes: 3 })); // → 3
 * ```
 */
export abstract class ComputeReading {
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
    if (project !== undefined) assertText(project, "quotas", "the name or id of a project");
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
    throw new DriverError(
      `there is no project ${describe(project)}. ${didYouMeanOrSome(project, names)}`,
    );
  }
}
