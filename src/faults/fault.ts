/**
 * A fault from its declaration to its end: how often it has struck, and what the record says of it.
 * Not what it does: that is its verb's (`verbs/`), through one of the injectors.
 */
import type { Cause, Detail, Kernel, Micros, Observation } from "../kernel/index.js";

/** What is recorded of a fault: that it was declared, that it struck (what), that it was lifted. */
export interface FaultObservation extends Observation {
  readonly kind: "fault";
  readonly event: "declared" | "struck" | "lifted";
  readonly fault: string;
  readonly entry?: number;
}

/** What a fault strikes: the entry of a message or request, and how closely that is recorded. */
export interface Victim {
  readonly cause: Cause;
  readonly detail: Detail;
  /** The request that it is part of. */
  readonly request?: string | undefined;
}

/** What a fault comes between. */
export type FaultKind = "message" | "connection" | "request" | "operation";

/** Once that a fault struck. */
export interface Blow {
  readonly at: Micros;
  readonly request: string | undefined;
}

/** What a fault is known by. */
export interface FaultTitle {
  /** `drop`, `driver`. */
  readonly verb: string;
  readonly kind: FaultKind;
  readonly text: string;
  /** What is recorded when it strikes, if not its text. */
  readonly struckText?: string | undefined;
  /** The processes and hosts that it is aimed at. */
  readonly places: readonly string[];
}

export class Fault {
  readonly title: FaultTitle;
  readonly #kernel: Kernel;
  readonly #afterLift: (() => void)[] = [];
  readonly #blows: Blow[] = [];
  #lifted = false;

  constructor(kernel: Kernel, title: FaultTitle) {
    this.title = title;
    this.#kernel = kernel;
    this.#observe("declared");
  }

  get text(): string {
    return this.title.text;
  }

  get strikes(): number {
    return this.#blows.length;
  }

  get blows(): readonly Blow[] {
    return this.#blows;
  }

  get lifted(): boolean {
    return this.#lifted;
  }

  /** It strikes; without `victim`, something that has no entry. @returns what follows from it */
  strike(victim?: Victim): Cause {
    this.#blows.push({ at: this.#kernel.now, request: victim?.request });
    const { struckText = this.text } = this.title;
    const { cause, detail } = victim ?? this.#kernel;
    const entry = victim !== undefined && cause >= 0 ? { entry: cause } : {};
    return this.#kernel.observe<FaultObservation>(
      { kind: "fault", event: "struck", fault: struckText, ...entry },
      cause,
      detail,
    );
  }

  /** It is over, and what it held goes on. A fault is lifted once; lifting it again does nothing. */
  lift(): void {
    if (this.#lifted) return;
    this.#lifted = true;
    this.#observe("lifted");
    for (const go of this.#afterLift) go();
  }

  /** Do `go` when it is lifted. */
  onLift(go: () => void): void {
    this.#afterLift.push(go);
  }

  #observe(event: FaultObservation["event"]): void {
    this.#kernel.observe<FaultObservation>({ kind: "fault", event, fault: this.text });
  }
}
