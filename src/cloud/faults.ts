/**
 * Things that are made to go wrong, as acts on the world: services have no branches for tests. Each
 * is recorded when it is declared, when it strikes and when it is lifted.
 */
import type { Kernel } from "../kernel/index.js";
import { HYPERVISOR_OPERATIONS, type Hypervisor } from "../services/nova/virt/hypervisor.js";
import type { Fault } from "../timeline/index.js";

/** An operation of a host's hypervisor that fails. */
export interface FaultSpec {
  /** `spawn`, `snapshot`, `power_off`, `power_on`, `destroy`. */
  readonly driver: string;
  readonly host: string;
  /** How often; default 1. */
  readonly times?: number;
  /** What the hypervisor says. */
  readonly error?: string;
}

export class Faults {
  readonly #kernel: Kernel;
  readonly #hypervisors: ReadonlyMap<string, Hypervisor>;

  constructor(kernel: Kernel, hypervisors: ReadonlyMap<string, Hypervisor>) {
    this.#kernel = kernel;
    this.#hypervisors = hypervisors;
    for (const hypervisor of hypervisors.values()) {
      hypervisor.onFault((operation) => {
        this.#tell("struck", `${operation} on ${hypervisor.host}`);
      });
    }
  }

  /** @throws Error for an operation or a host that there is not */
  inject({ driver, host, times = 1, error }: FaultSpec): void {
    const operation = HYPERVISOR_OPERATIONS.find((each) => each === driver);
    if (operation === undefined) {
      throw new Error(
        `no driver operation "${driver}" can fail; ${HYPERVISOR_OPERATIONS.join(", ")} can`,
      );
    }
    this.#at(host).failNext(operation, times, error);
    const often = times === 1 ? "" : `, ${String(times)} times`;
    this.#tell("declared", `${operation} on ${host} fails${often}`);
  }

  /** Lift the faults of one host, or all. @throws Error for a host that there is not */
  heal(host?: string): void {
    const healed = host === undefined ? [...this.#hypervisors.values()] : [this.#at(host)];
    for (const hypervisor of healed) hypervisor.heal();
    this.#tell("lifted", host === undefined ? "all faults" : `faults of ${host}`);
  }

  #at(host: string): Hypervisor {
    const hypervisor = this.#hypervisors.get(host);
    if (hypervisor !== undefined) return hypervisor;
    const hosts = [...this.#hypervisors.keys()];
    throw new Error(`no compute host is named "${host}"; there are ${hosts.join(", ")}`);
  }

  #tell(event: Fault["event"], fault: string): void {
    this.#kernel.observe<Fault>({ kind: "fault", event, fault });
  }
}
