/**
 * Faults that let nothing pass while they stand: a stalled consumer, a host that is cut off. What
 * they stop is kept, in order, and goes on when they are lifted, as TCP sends again what was not
 * received. A host that crashes meanwhile loses what it had not sent.
 */
import type { Kernel } from "../../kernel/index.js";
import type { Connection } from "../connection.js";
import type { Consumer } from "../queue.js";
import { Declared, isOn } from "./declared.js";
import { Gate } from "./gate.js";
import type { Link } from "./link.js";
import type { CutAim, StallAim, WireFaultSpec, Window } from "./spec.js";

interface Barrier {
  readonly declared: Declared;
  /** Whether it stops what comes to that consumer. */
  readonly stops: (actor: string, consumer: Consumer) => boolean;
  /** Whether it stops what that process sends. */
  readonly stopsSender: (actor: string) => boolean;
  /** Whether it stops REST between two hosts. */
  readonly separates: (one: string, other: string) => boolean;
  standing: boolean;
}

export class Barriers {
  readonly #kernel: Kernel;
  readonly #links: ReadonlyMap<Connection, Link>;
  #all: Barrier[] = [];
  /** What goes on when one is lifted. */
  #afterLift: (() => void)[] = [];

  constructor(kernel: Kernel, links: ReadonlyMap<Connection, Link>) {
    this.#kernel = kernel;
    this.#links = links;
  }

  stall(spec: WireFaultSpec, aim: StallAim): Declared {
    return this.#declare(aim, {
      declared: new Declared(this.#kernel, spec),
      stops: (actor, consumer) => isOn(actor, aim.host) && consumer.serves?.(aim.topic) === true,
      stopsSender: () => false,
      separates: () => false,
      standing: false,
    });
  }

  cutOff(spec: WireFaultSpec, aim: CutAim): Declared {
    const { host, direction = "both" } = aim;
    return this.#declare(aim, {
      declared: new Declared(this.#kernel, spec),
      stops: (actor) => direction !== "out" && isOn(actor, host),
      stopsSender: (actor) => direction !== "in" && isOn(actor, host),
      // TCP needs both ways: a handshake fails whichever of them is cut.
      separates: (one, other) => one === host || other === host,
      standing: false,
    });
  }

  /** Lift what `chosen` picks. */
  heal(chosen: (fault: Declared) => boolean): void {
    for (const barrier of [...this.#all]) if (chosen(barrier.declared)) this.#lift(barrier);
  }

  /** The cut that keeps two hosts apart now, if one does. */
  between(one: string, other: string): Declared | undefined {
    if (one === other) return undefined;
    return this.#all.find((each) => each.standing && each.separates(one, other))?.declared;
  }

  afterLift(go: () => void): void {
    this.#afterLift.push(go);
  }

  /** What stands stops a process that has just come, too. */
  stopSender({ actor }: Connection, link: Link): void {
    for (const { declared, standing, stopsSender } of this.#all) {
      if (standing && stopsSender(actor)) link.cut(declared);
    }
  }

  /** What stands stops a consumer that has just come, too. */
  stopConsumer(gate: Gate): void {
    const { actor } = gate.connection;
    for (const { declared, standing, stops } of this.#all) {
      if (standing && stops(actor, gate.consumer)) gate.close(declared);
    }
  }

  #declare({ after = 0, for: length }: Window, barrier: Barrier): Declared {
    this.#all.push(barrier);
    if (after === 0) this.#raise(barrier);
    else this.#kernel.after(after, () => this.#raise(barrier));
    if (length !== undefined) this.#kernel.after(after + length, () => this.#lift(barrier));
    return barrier.declared;
  }

  #raise(barrier: Barrier): void {
    const { declared, stops, stopsSender } = barrier;
    if (declared.lifted) return;
    barrier.standing = true;
    for (const [connection, link] of this.#links) {
      const { actor, consumptions } = connection;
      if (stopsSender(actor)) link.cut(declared);
      for (const { consumer, by } of consumptions) {
        if (by instanceof Gate && stops(actor, consumer)) by.close(declared);
      }
    }
  }

  #lift(barrier: Barrier): void {
    const { declared } = barrier;
    if (declared.lifted) return;
    barrier.standing = false;
    declared.lift();
    this.#all = this.#all.filter((each) => each !== barrier);
    for (const [connection, link] of this.#links) {
      link.mend(declared);
      for (const { by } of connection.consumptions) if (by instanceof Gate) by.open(declared);
    }
    const waiting = this.#afterLift;
    this.#afterLift = [];
    for (const go of waiting) go();
  }
}
