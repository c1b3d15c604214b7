/**
 * The queues of one fanout whose readers have said what they take, by what that is: a message finds those
 * that it concerns without a look at the others. Not the queues that are bound, which `bound.ts` has.
 */
import type { Message } from "../message.js";
import type { Queue } from "./queue.js";
import type { Selector, SubjectsOf } from "./selector.js";

interface Member {
  readonly queue: Queue;
  readonly selector: Selector;
  /** They are served in the order in which they were bound. */
  readonly place: number;
  /** As it stands in the index. */
  subjects: ReadonlySet<string>;
}

export class Audience {
  readonly #subjectsOf: SubjectsOf;
  readonly #members = new Map<Queue, Member>();
  readonly #bySubject = new Map<string, Set<Member>>();
  readonly #takeAll = new Set<Member>();
  #next = 0;

  constructor(subjectsOf: SubjectsOf) {
    this.#subjectsOf = subjectsOf;
  }

  get size(): number {
    return this.#members.size;
  }

  /** One whose reader goes by other subjects stays out. */
  add(queue: Queue, selector: Selector): void {
    if (selector.subjectsOf !== this.#subjectsOf) return;
    const member: Member = { queue, selector, place: this.#next++, subjects: selector.subjects };
    this.#members.set(queue, member);
    this.#enter(member);
    selector.changed = () => {
      if (selector.takesAll) this.#takeAll.add(member);
      else this.#takeAll.delete(member);
      if (member.subjects === selector.subjects) return;
      this.#leave(member);
      member.subjects = selector.subjects;
      this.#enter(member);
    };
    selector.changed();
  }

  remove(queue: Queue): void {
    const member = this.#members.get(queue);
    if (member === undefined) return;
    member.selector.changed = undefined;
    this.#members.delete(queue);
    this.#takeAll.delete(member);
    this.#leave(member);
  }

  /** Whose readers may take note of `message`; undefined if it is for all. */
  concernedBy(message: Message): Queue[] | undefined {
    const subjects = this.#subjectsOf(message);
    if (subjects === undefined) return undefined;
    const found = new Set(this.#takeAll);
    for (const subject of subjects) {
      for (const member of this.#bySubject.get(subject) ?? []) found.add(member);
    }
    return [...found].sort((a, b) => a.place - b.place).map(({ queue }) => queue);
  }

  #enter(member: Member): void {
    for (const subject of member.subjects) {
      const others = this.#bySubject.get(subject);
      if (others === undefined) this.#bySubject.set(subject, new Set([member]));
      else others.add(member);
    }
  }

  #leave(member: Member): void {
    for (const subject of member.subjects) {
      const others = this.#bySubject.get(subject);
      others?.delete(member);
      if (others?.size === 0) this.#bySubject.delete(subject);
    }
  }
}
