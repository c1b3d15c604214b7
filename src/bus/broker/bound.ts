/**
 * The queues that get what is published with one key, in the order in which they were bound. A topic has
 * one, a fanout as many as there are hosts. Upstream: the bindings of an exchange, in RabbitMQ.
 */
import { anotherCopy, type Message } from "../message.js";
import { Audience } from "./audience.js";
import type { Queue } from "./queue.js";

export class Bound {
  #queues: readonly Queue[] = [];
  /** Those of them whose readers have said what they take. */
  #audience: Audience | undefined;

  get size(): number {
    return this.#queues.length;
  }

  add(queue: Queue): void {
    (this.#queues as Queue[]).push(queue);
    const { selector } = queue;
    if (selector === undefined) return;
    this.#audience ??= new Audience(selector.subjectsOf);
    this.#audience.add(queue, selector);
  }

  remove(queue: Queue): void {
    this.#queues = this.#queues.filter((other) => other !== queue);
    this.#audience?.remove(queue);
  }

  /** @param unseen nobody can tell whether it comes to a queue whose reader does nothing about it */
  put(message: Message, unseen: boolean): void {
    const [first] = this.#queues;
    if (this.#queues.length === 1) first?.put(message);
    else putAll((unseen ? this.#concernedBy(message) : undefined) ?? [...this.#queues], message);
  }

  #concernedBy(message: Message): Queue[] | undefined {
    // Where one reader takes everything, so do all: no cloud without strangers has such a one.
    if (this.#audience?.size !== this.#queues.length) return undefined;
    return this.#audience.concernedBy(message);
  }
}

/**
 * Put a copy of `message` into every queue. The copies are made before the first delivery, because
 * whoever gets one may change it at once.
 */
function putAll(queues: readonly Queue[], message: Message): void {
  if (message.kind === "request") {
    const shared = anotherCopy(message);
    for (const queue of queues) queue.put(shared);
    return;
  }
  const copies = queues.map((queue) => ({ queue, copy: anotherCopy(message) }));
  for (const { queue, copy } of copies) queue.put(copy);
}
