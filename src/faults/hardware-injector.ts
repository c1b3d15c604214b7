/**
 * What goes wrong with the hardware of hosts: its operations fail or take long, as often as was declared.
 * Which hardware there is, projects say.
 */
import type { Equipment, OperationFailure } from "../hardware/equipment.js";
import type { Kernel } from "../kernel/index.js";
import type { Fault } from "./fault.js";
import { Tally, type Frequency } from "./tally.js";

interface OperationFault {
  readonly fault: Fault;
  readonly equipment: object;
  readonly operation: string;
  readonly tally: Tally;
  readonly failure: OperationFailure;
}

/** A class of hardware. */
export type HardwareClass<T> = abstract new (...args: never) => T;

export class HardwareInjector {
  readonly #kernel: Kernel;
  readonly #hardware: () => Iterable<object>;
  #faults: OperationFault[] = [];

  constructor(kernel: Kernel, hardware: () => Iterable<object>) {
    this.#kernel = kernel;
    this.#hardware = hardware;
  }

  /** All of a class, by host. */
  of<T extends { readonly host: string }>(type: HardwareClass<T>): ReadonlyMap<string, T> {
    const found = new Map<string, T>();
    for (const piece of this.#hardware()) if (piece instanceof type) found.set(piece.host, piece);
    return found;
  }

  /** Strike operations of a kind, after faults that were declared before. */
  strikeOperations<O extends string>(
    fault: Fault,
    equipment: Equipment<O>,
    operation: O,
    frequency: Frequency,
    failure: OperationFailure,
  ): void {
    const tally = new Tally(this.#kernel, fault, frequency);
    this.#faults = this.#faults.filter((one) => !one.tally.over);
    this.#faults.push({ fault, equipment, operation, tally, failure });
    equipment.failures = { next: (attempted) => this.#next(equipment, attempted) };
  }

  /** An operation is struck by one fault at most. */
  #next(equipment: object, operation: string): OperationFailure | undefined {
    const found = this.#faults.find(
      (one) =>
        one.equipment === equipment &&
        one.operation === operation &&
        one.tally.due &&
        one.tally.count(),
    );
    found?.fault.strike();
    return found?.failure;
  }
}
