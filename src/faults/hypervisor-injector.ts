/** What goes wrong on hypervisors: operations that fail, as often as was declared. */
import { LibvirtError, type Hypervisor, type HypervisorOperation } from "../hardware/hypervisor.js";
import type { Exception } from "../python/index.js";
import type { Fault } from "./fault.js";

interface Failure {
  readonly fault: Fault;
  readonly hypervisor: Hypervisor;
  readonly operation: HypervisorOperation;
  readonly times: number;
  readonly error: Exception;
}

export class HypervisorInjector {
  readonly #hypervisors: ReadonlyMap<string, Hypervisor>;
  readonly #failures: Failure[] = [];

  constructor(hypervisors: ReadonlyMap<string, Hypervisor>) {
    this.#hypervisors = hypervisors;
  }

  /** @throws Error naming the hosts that there are */
  at(host: string): Hypervisor {
    const hypervisor = this.#hypervisors.get(host);
    if (hypervisor !== undefined) return hypervisor;
    const hosts = [...this.#hypervisors.keys()];
    throw new Error(`no compute host is named "${host}"; there are ${hosts.join(", ")}`);
  }

  /** The next `times` operations of that kind fail, after those of faults declared before. */
  fail(
    fault: Fault,
    {
      host,
      operation,
      times,
      error,
    }: Omit<Failure, "fault" | "hypervisor" | "error"> & {
      readonly host: string;
      readonly error: string;
    },
  ): void {
    const hypervisor = this.at(host);
    this.#failures.push({ fault, hypervisor, operation, times, error: new LibvirtError(error) });
    hypervisor.failures = { next: (attempted) => this.#next(hypervisor, attempted) };
  }

  #next(hypervisor: Hypervisor, operation: HypervisorOperation): Exception | undefined {
    const failure = this.#failures.find(
      (one) =>
        one.hypervisor === hypervisor &&
        one.operation === operation &&
        one.fault.strikes < one.times &&
        !one.fault.lifted,
    );
    failure?.fault.strike();
    return failure?.error;
  }
}
