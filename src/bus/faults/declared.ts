/**
 * A fault from its declaration to its end: whether it is due, how often it has struck, and what the
 * record says of it.
 */
import {
  sleep,
  type Cause,
  type Detail,
  type Kernel,
  type Micros,
  type Observation,
  type Op,
} from "../../kernel/index.js";
import type { WireFaultSpec, WireVerb, Window } from "./spec.js";
import { faultText } from "./words.js";

/** What is recorded of a fault: that it was declared, that it struck (what), that it was lifted. */
export interface FaultTold extends Observation {
  readonly kind: "fault";
  readonly event: "declared" | "struck" | "lifted";
  readonly fault: string;
  readonly entry?: number;
}

/** What a fault strikes: the entry of a message or request, and how closely that is recorded. */
export interface Struck {
  readonly cause: Cause;
  readonly detail: Detail;
}

export class Declared<S extends WireFaultSpec = WireFaultSpec> {
  readonly spec: S;
  readonly verb: WireVerb;
  readonly text: string;
  readonly #kernel: Kernel;
  readonly #window: Window;
  readonly #declaredAt: Micros;
  #strikes = 0;
  #lifted = false;

  constructor(kernel: Kernel, spec: S, window: Window = {}) {
    this.spec = spec;
    this.verb = Object.keys(spec)[0] as WireVerb;
    this.text = faultText(spec);
    this.#kernel = kernel;
    this.#window = window;
    this.#declaredAt = kernel.now;
    this.#tell("declared");
  }

  get strikes(): number {
    return this.#strikes;
  }

  get lifted(): boolean {
    return this.#lifted;
  }

  /** Whether its time is now. */
  get due(): boolean {
    const { after = 0, for: length = Infinity } = this.#window;
    const since = this.#kernel.now - this.#declaredAt;
    return !this.#lifted && since >= after && since < after + length;
  }

  /** It struck. @returns what follows from it */
  struck(what?: Struck): Cause {
    this.#strikes++;
    const { cause, detail } = what ?? { cause: this.#kernel.cause, detail: "flow" };
    const entry = what !== undefined && cause >= 0 ? { entry: cause } : {};
    const told: FaultTold = { kind: "fault", event: "struck", fault: this.text, ...entry };
    return this.#kernel.observe(told, cause, detail);
  }

  /** Once and for all. */
  lift(): void {
    if (this.#lifted) return;
    this.#lifted = true;
    this.#tell("lifted");
  }

  /**
   * What lifts it when its window ends, if it has an end. For a daemon: nobody waits for a fault to
   * be over.
   */
  liftInTime(): Op<void> | undefined {
    const { after = 0, for: length } = this.#window;
    return length === undefined ? undefined : this.#liftAfter(after + length);
  }

  *#liftAfter(delay: Micros): Op<void> {
    yield* sleep(delay);
    this.lift();
  }

  #tell(event: FaultTold["event"]): void {
    this.#kernel.observe<FaultTold>({ kind: "fault", event, fault: this.text });
  }
}

/** Whether `actor` (`nova-compute@compute-1`) is, or runs on, `whom` (a process or a host). */
export const isOn = (actor: string, whom: string): boolean =>
  actor === whom || actor.endsWith(`@${whom}`);
