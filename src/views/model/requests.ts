/**
 * The requests of a run by their ids (`req-...`), each with the entries that bear it, and with the
 * REST request that carried it in: that one bears no id yet, because its receiver gives it.
 */
import type { Entry, Messages } from "../../timeline/index.js";

export interface Request {
  readonly id: string;
  /** The `seq` of each entry, in order. */
  readonly entries: readonly number[];
  /** The message that carried it in; undefined where it began inside a service. */
  readonly carrier: number | undefined;
}

interface Growing {
  readonly id: string;
  readonly entries: number[];
  carrier: number | undefined;
}

export class Requests {
  readonly #entries: readonly Entry[];
  readonly #messages: Messages;
  readonly #requests = new Map<string, Growing>();

  constructor(entries: readonly Entry[], messages: Messages) {
    this.#entries = entries;
    this.#messages = messages;
  }

  /** To be called with each entry in order, once `entries` and `messages` have it. */
  add(entry: Entry): void {
    const id = entry.request;
    if (id === undefined) return;
    const request = this.#requests.get(id) ?? { id, entries: [], carrier: undefined };
    this.#requests.set(id, request);
    request.entries.push(entry.seq);
    request.carrier ??= this.#carrierOf(entry);
  }

  of(id: string): Request | undefined {
    return this.#requests.get(id);
  }

  get all(): readonly Request[] {
    return [...this.#requests.values()];
  }

  /** Whether entry `seq` belongs to request `id`, as one that bears it or as the one that carried it in. */
  has(id: string, seq: number): boolean {
    return this.#entries[seq]?.request === id || this.#requests.get(id)?.carrier === seq;
  }

  #carrierOf(entry: Entry): number | undefined {
    // An answer bears the id that its request was given.
    const sent =
      entry.kind === "rest.response"
        ? this.#messages.rest.get(entry.id)?.sent
        : entry.cause === undefined
          ? undefined
          : this.#entries[entry.cause];
    if (sent?.kind !== "rest.request" || sent.request !== undefined) return undefined;
    return entry.kind === "rest.response" || sent.to === entry.actor ? sent.seq : undefined;
  }
}
