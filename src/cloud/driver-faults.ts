/** Operations of hypervisors that fail: which, how often, and whether it has happened yet. */
import type { Kernel } from "../kernel/index.js";
import { HYPERVISOR_OPERATIONS, type Hypervisor } from "../hardware/hypervisor.js";
import type { Fault } from "../timeline/index.js";

/** An operation of a host's hypervisor that fails. */
export interface DriverFaultSpec {
  /** `spawn`, `snapshot`, `power_off`, `power_on`, `destroy`. */
  readonly driver: string;
  readonly host: string;
  /** How often; default 1. */
  readonly times?: number | undefined;
  /** What the hypervisor says. */
  readonly error?: string | undefined;
}

interface Declared {
  readonly text: string;
  readonly operation: string;
  readonly host: string;
  left: number;
  struck: boolean;
}

export class DriverFaults {
  readonly #kernel: Kernel;
  readonly #hypervisors: ReadonlyMap<string, Hypervisor>;
  readonly #declared: Declared[] = [];

  constructor(kernel: Kernel, hypervisors: ReadonlyMap<string, Hypervisor>) {
    this.#kernel = kernel;
    this.#hypervisors = hypervisors;
    for (const hypervisor of hypervisors.values()) {
      hypervisor.onFault((operation) => {
        this.#struck(operation, hypervisor.host);
      });
    }
  }

  /** @throws Error for an operation or a host that there is not */
  inject({ driver, host, times = 1, error }: DriverFaultSpec): void {
    const operation = HYPERVISOR_OPERATIONS.find((each) => each === driver);
    if (operation === undefined) {
      throw new Error(
        `no driver operation "${driver}" can fail; ${HYPERVISOR_OPERATIONS.join(", ")} can`,
      );
    }
    this.#at(host).failNext(operation, times, error);
    const often = times === 1 ? "" : `, ${String(times)} times`;
    const text = `${operation} on ${host} fails${often}`;
    this.#declared.push({ text, operation, host, left: times, struck: false });
    this.#tell("declared", text);
  }

  /** Lift the faults of one host, or all. */
  heal(host?: string): void {
    const healed = [...this.#hypervisors.values()].filter(
      (each) => host === undefined || host === each.host,
    );
    for (const hypervisor of healed) hypervisor.heal();
    this.#tell("lifted", host === undefined ? "all faults" : `faults of ${host}`);
  }

  neverStruck(): string[] {
    return this.#declared.filter(({ struck }) => !struck).map(({ text }) => text);
  }

  #struck(operation: string, host: string): void {
    const fault = this.#declared.find(
      (each) => each.operation === operation && each.host === host && each.left > 0,
    );
    if (fault !== undefined) {
      fault.struck = true;
      fault.left--;
    }
    this.#tell("struck", `${operation} on ${host}`);
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
