/** A fault in the hands of whoever let it go wrong: how often it has struck, and its end. */
import type { Fault } from "../../faults/index.js";

/**
 * What `cloud.inject`, `partition` and `hold` give back, and what `cloud.faults` has.
 *
 * @example
 * ```ts
 * import { Cloud } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1, computes: 2 });
 * const fault = cloud.inject({ driver: "spawn", host: "compute-1", error: "no disk" });
 * cloud.user("demo").command("nova boot t1 --flavor m1.nano --image cirros");
 * cloud.settle();
 * fault.strikes <= 1; // → true
 * fault.heal();
 * fault.lifted; // → true
 * ```
 */
export class FaultHandle {
  readonly #fault: Fault;
  readonly #heal: (act: () => void) => void;

  /** @internal A cloud makes these. */
  constructor(fault: Fault, heal: (act: () => void) => void) {
    this.#fault = fault;
    this.#heal = heal;
  }

  /** What it does, as recordings and warnings have it: `drop build_and_run_instance on compute`. */
  get text(): string {
    return this.#fault.text;
  }

  /** The word for what goes wrong: `drop`, `driver`. All of a kind are healed by it. */
  get kind(): string {
    return this.#fault.title.verb;
  }

  /** The processes and hosts that it is aimed at, by whose names it is healed too. */
  get places(): readonly string[] {
    return this.#fault.title.places;
  }

  /** How often it has struck. */
  get strikes(): number {
    return this.#fault.strikes;
  }

  /** Whether it is over: healed, or its time is up. */
  get lifted(): boolean {
    return this.#fault.lifted;
  }

  /** End it; what it held goes on. Does nothing if it is over. */
  heal(): void {
    this.#heal(() => {
      this.#fault.lift();
    });
  }

  /** The same, for what is held: let it go on. */
  release(): void {
    this.heal();
  }
}
