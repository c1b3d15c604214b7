/**
 * Which news of a fanout its reader would take note of. Every host hears of every change in the cloud, and nearly
 * all of them do nothing about it: the broker passes those over, where nobody can tell. Upstream has no such
 * thing, its agents look at all that comes; JMS calls it a message selector.
 */
import type { Message } from "../message.js";

/** What a message is about; undefined if all are to hear it. All readers of a fanout go by the same function. */
export type SubjectsOf = (message: Message) => readonly string[] | undefined;

/** Of one reader, who keeps it in step with what it has. Until it has said what it takes, it takes everything. */
export class Selector {
  readonly subjectsOf: SubjectsOf;
  #taken: ReadonlySet<string> | undefined;
  /** @internal The audience that goes by it. */
  changed: (() => void) | undefined;

  constructor(subjectsOf: SubjectsOf) {
    this.subjectsOf = subjectsOf;
  }

  /** What it takes; undefined is everything. */
  get taken(): ReadonlySet<string> | undefined {
    return this.#taken;
  }

  /** What is about others comes to nothing here, from now on. */
  take(subjects: Iterable<string>): void {
    this.#taken = new Set(subjects);
    this.changed?.();
  }

  /** Whatever comes may change something here. */
  takeAll(): void {
    if (this.#taken === undefined) return;
    this.#taken = undefined;
    this.changed?.();
  }
}
