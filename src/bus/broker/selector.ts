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
  #subjects: ReadonlySet<string> = new Set();
  #takesAll = true;
  /** @internal The audience that goes by it. */
  changed: (() => void) | undefined;

  constructor(subjectsOf: SubjectsOf) {
    this.subjectsOf = subjectsOf;
  }

  /** What it takes, or took before it took everything. */
  get subjects(): ReadonlySet<string> {
    return this.#subjects;
  }

  get takesAll(): boolean {
    return this.#takesAll;
  }

  /** What is about others comes to nothing here, from now on. */
  take(subjects: Iterable<string>): void {
    const wanted = new Set(subjects);
    // An agent says so at every look, and mostly the same.
    if (!sameMembers(wanted, this.#subjects)) this.#subjects = wanted;
    this.#takesAll = false;
    this.changed?.();
  }

  /** Whatever comes may change something here. */
  takeAll(): void {
    this.#takesAll = true;
    this.changed?.();
  }
}

const sameMembers = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size === b.size && [...a].every((member) => b.has(member));
