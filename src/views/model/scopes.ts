/**
 * Within which message's handling each entry happened: the nesting that makes causes visible. An
 * entry that follows from a message is inside it if another actor handles it, and beside it if the
 * sender goes on after the answer.
 */
import type { Entry, Messages } from "../../timeline/index.js";

/** In no message's handling: what a user does, and what services do of themselves. */
export const NOWHERE = -1;

export class Scopes {
  readonly #entries: readonly Entry[];
  readonly #messages: Messages;
  /** By `seq`: the `seq` of the message in whose handling the entry happened. */
  readonly #scope: number[] = [];
  readonly #depth: number[] = [];

  /** @param messages those of `entries`, or of so many of them as have been added */
  constructor(entries: readonly Entry[], messages: Messages) {
    this.#entries = entries;
    this.#messages = messages;
    for (const entry of entries) this.add(entry);
  }

  /** To be called with each entry in order, once `entries` and `messages` have it. */
  add(entry: Entry): void {
    const scope = this.#find(entry);
    this.#scope.push(scope);
    this.#depth.push(scope === NOWHERE ? 0 : (this.#depth[scope] ?? 0) + 1);
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
    const cause = entry.cause === undefined ? undefined : this.#entries[entry.cause];
    if (cause === undefined) return NOWHERE;
    const beside = this.#scope[cause.seq] ?? NOWHERE;
    switch (cause.kind) {
      case "rest.request":
      case "rpc.call":
      case "rpc.cast":
      case "rpc.fanout":
        return actorOf(entry) === cause.from ? beside : cause.seq;
      case "rpc.waits":
      case "rpc.delivered":
        return this.#messages.rpc.get(cause.id)?.sent.seq ?? beside;
      case "rest.response":
      case "rpc.reply":
      case "rpc.failure":
      case "rpc.timeout":
      case "rpc.lost": {
        const sent = this.#messages.of(cause)?.sent;
        return sent === undefined ? beside : (this.#scope[sent.seq] ?? NOWHERE);
      }
      default:
        return beside;
    }
  }
}

function actorOf(entry: Entry): string | undefined {
  return entry.actor ?? ("from" in entry ? entry.from : undefined);
}
