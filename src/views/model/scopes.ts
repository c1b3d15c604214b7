/**
 * Within which message's handling each entry happened: the nesting that makes causes visible. An
 * entry that follows from a message is inside it if another actor handles it, and beside it if the
 * sender goes on after the answer. Holds numbers and no entries, so that a recording can pass through.
 */
import type { Entry } from "../../timeline/index.js";

/** In no message's handling: what a user does, and what services do of themselves. */
export const NOWHERE = -1;

/** What an entry is to the message that it is of. */
type Part = "sent" | "taken" | "ended" | undefined;

export class Scopes {
  /** By `seq`: the `seq` of the message in whose handling the entry happened. */
  readonly #scope: number[] = [];
  readonly #depth: number[] = [];
  /** By `seq`: the `seq` of the message that the entry is of, and what it is to it. */
  readonly #message: number[] = [];
  readonly #part: Part[] = [];
  /** By the `seq` of a message: who sent it. */
  readonly #from = new Map<number, string>();
  readonly #restById = new Map<number, number>();
  readonly #rpcById = new Map<number, number>();

  constructor(entries: Iterable<Entry> = []) {
    for (const entry of entries) this.add(entry);
  }

  /** To be called with each entry in order. */
  add(entry: Entry): void {
    const scope = this.#find(entry);
    this.#scope.push(scope);
    this.#depth.push(scope === NOWHERE ? 0 : (this.#depth[scope] ?? 0) + 1);
    this.#learn(entry);
  }

  /** The message in whose handling entry `seq` happened, or NOWHERE. */
  of(seq: number): number {
    return this.#scope[seq] ?? NOWHERE;
  }

  /** How many messages deep `entry` is: 0 for what a user does. */
  depth(entry: Entry): number {
    return this.#depth[entry.seq] ?? 0;
  }

  #find(entry: Entry): number {
    const { cause } = entry;
    if (cause === undefined) return NOWHERE;
    const beside = this.of(cause);
    const message = this.#message[cause] ?? NOWHERE;
    if (message === NOWHERE) return beside;
    switch (this.#part[cause]) {
      case "sent":
        return actorOf(entry) === this.#from.get(message) ? beside : message;
      case "taken":
        return message;
      case "ended":
        return this.of(message);
      case undefined:
        return beside;
    }
  }

  #learn(entry: Entry): void {
    const { seq } = entry;
    let message: number | undefined;
    let part: Part;
    switch (entry.kind) {
      case "rest.request":
        this.#restById.set(entry.id, seq);
        this.#from.set(seq, entry.from);
        [message, part] = [seq, "sent"];
        break;
      case "rpc.call":
      case "rpc.cast":
      case "rpc.fanout":
        this.#rpcById.set(entry.id, seq);
        this.#from.set(seq, entry.from);
        [message, part] = [seq, "sent"];
        break;
      case "rpc.waits":
      case "rpc.delivered":
        [message, part] = [this.#rpcById.get(entry.id), "taken"];
        break;
      case "rest.response":
        [message, part] = [this.#restById.get(entry.id), "ended"];
        break;
      case "rpc.reply":
      case "rpc.failure":
      case "rpc.timeout":
      case "rpc.lost":
        [message, part] = [this.#rpcById.get(entry.id), "ended"];
        break;
      default:
    }
    this.#message.push(message ?? NOWHERE);
    this.#part.push(part);
  }
}

function actorOf(entry: Entry): string | undefined {
  return entry.actor ?? ("from" in entry ? entry.from : undefined);
}
