/**
 * Things that are made to go wrong, as acts on the world: services have no branches for tests. Each
 * is recorded when it is declared, when it strikes and when it is lifted; one that never strikes is
 * remembered, because whoever declared it was mistaken. Faults on the wire are the bus's
 * (`bus/faults`); here are those of hosts, and what both have in common.
 */
import {
  WIRE_VERBS,
  type Bus,
  type Declared,
  type WireFaultSpec,
  type WireVerb,
} from "../bus/index.js";
import type { Network } from "../http/index.js";
import type { Kernel } from "../kernel/index.js";
import type { Hypervisor } from "../hardware/hypervisor.js";
import { didYouMean } from "../text/nearest.js";
import { DriverFaults, type DriverFaultSpec } from "./driver-faults.js";

/** One thing that goes wrong: an operation of a hypervisor, or something on the wire. */
export type FaultSpec = DriverFaultSpec | WireFaultSpec;

export interface FaultPlaces {
  readonly kernel: Kernel;
  readonly bus: Bus;
  readonly network: Network;
  readonly hypervisors: ReadonlyMap<string, Hypervisor>;
  /** The processes and hosts that there are. */
  readonly names: () => readonly string[];
}

export class Faults {
  readonly #places: FaultPlaces;
  readonly #drivers: DriverFaults;

  constructor(places: FaultPlaces) {
    this.#places = places;
    this.#drivers = new DriverFaults(places.kernel, places.hypervisors);
  }

  /** @throws Error for an operation, a process or a host that there is not */
  inject(fault: FaultSpec): void {
    if ("driver" in fault) {
      this.#drivers.inject(fault);
      return;
    }
    this.#checkNames(fault);
    const { bus, network } = this.#places;
    if ("cut_off" in fault) network.barrier ??= this.#barrier();
    bus.faults.declare(fault);
  }

  /**
   * Lift faults: all, those of one kind (`delay`, `driver`), or those aimed at a process or host.
   * @throws Error for what is none of these
   */
  heal(what?: string): void {
    const { bus } = this.#places;
    const verb = [...WIRE_VERBS].find((each) => each === what);
    const host = verb === undefined && what !== "driver" ? what : undefined;
    if (host !== undefined) this.#known(host);
    if (verb === undefined) this.#drivers.heal(host);
    if (what === "driver" || bus.wire === undefined) return;
    bus.wire.heal((fault) => isMeant(fault, verb, host));
  }

  /** Each fault that was declared and has not struck, in words. */
  neverStruck(): string[] {
    const wire = this.#places.bus.wire?.faults ?? [];
    const idle = wire.filter(({ strikes }) => strikes === 0).map(({ text }) => text);
    return [...this.#drivers.neverStruck(), ...idle];
  }

  #barrier(): NonNullable<Network["barrier"]> {
    const { faults } = this.#places.bus;
    return {
      stops(one, other, what): boolean {
        const cut = faults.cutBetween(one, other);
        cut?.struck(what);
        return cut !== undefined;
      },
      afterLift(go): void {
        faults.afterCut(go);
      },
    };
  }

  #checkNames(fault: WireFaultSpec): void {
    for (const { host, from } of Object.values(fault) as { host?: string; from?: string }[]) {
      if (host !== undefined) this.#known(host);
      if (from !== undefined) this.#known(from);
    }
  }

  #known(name: string): void {
    const names = this.#places.names();
    if (names.includes(name)) return;
    const hint = didYouMean(name, names);
    throw new Error(
      `there is no process or host "${name}"${hint === undefined ? "" : `. ${hint}`}`,
    );
  }
}

function isMeant(fault: Declared, verb: WireVerb | undefined, host: string | undefined): boolean {
  if (verb !== undefined) return fault.verb === verb;
  if (host === undefined) return true;
  const aims = Object.values(fault.spec) as { readonly host?: string; readonly from?: string }[];
  return aims.some((aim) => aim.host === host || aim.from === host);
}
