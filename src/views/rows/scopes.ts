/**
 * Within which message's handling each entry happened: the nesting that makes causes visible. An
 * entry that follows from a message is inside it if another actor handles it, and beside it if the
 * sender goes on after the answer.
 */
import type { Entry, Messages } from "../../timeline/index.js";

const NOWHERE = -1;

export class Scopes {
  readonly #entries: readonly Entry[];
  /** By `seq`: the `seq` of the message in whose handling the entry happened. */
  readonly #scope: number[] = [];
  readonly #depth: number[] = [];

  constructor(entries: readonly Entry[], messages: Messages) {
    this.#entries = entries;
    for (const entry of entries) {
      const scope = this.#find(entry, messages);
      this.#scope.push(scope);
      this.#depth.push(scope === NOWHERE ? 0 : (this.#depth[scope] ?? 0) + 1);
    }
  }

  /** How many messages deep `entry` is: 0 for what a user does. */
  depth(entry: Entry): number {
    return this.#depth[entry.seq] ?? 0;
  }

  #find(entry: Entry, messages: Messages): number {
    const cause = entry.cause === undefined ? undefined : this.#entries[entry.cause];
    if (cause === undefined) return NOWHERE;
    const beside = this.#scope[cause.seq] ?? NOWHERE;
    switch (cause.kind) {
      case "rest.request":
      case "rpc.call":
      case "rpc.cast":
      case "rpc.fanout":
        return actorOf(entry) === cause.from ? beside : cause.seq;
      case "rpc.delivered":
        return messages.rpc.get(cause.id)?.sent.seq ?? beside;
      case "rest.response":
      case "rpc.reply":
      case "rpc.failure":
      case "rpc.timeout":
      case "rpc.lost": {
        const sent = messages.of(cause)?.sent;
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
