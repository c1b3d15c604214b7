/**
 * What befell each message of a run: entries that share an `id`, put together. REST requests and RPC
 * messages are numbered apart.
 */
import type { Entry } from "./entry.js";

export type RestRequestEntry = Extract<Entry, { kind: "rest.request" }>;
export type RestResponseEntry = Extract<Entry, { kind: "rest.response" }>;
export type RpcSentEntry = Extract<Entry, { kind: "rpc.call" | "rpc.cast" | "rpc.fanout" }>;
export type RpcDeliveredEntry = Extract<Entry, { kind: "rpc.delivered" }>;
export type RpcOutcomeEntry = Extract<
  Entry,
  { kind: "rpc.reply" | "rpc.failure" | "rpc.timeout" | "rpc.lost" }
>;

/** A REST request and its response, if one came. */
export interface RestExchange {
  readonly kind: "rest";
  readonly sent: RestRequestEntry;
  response: RestResponseEntry | undefined;
}

/** An RPC message, who took it, and how a call ended. */
export interface RpcExchange {
  readonly kind: "rpc";
  readonly sent: RpcSentEntry;
  readonly delivered: RpcDeliveredEntry[];
  /** The first of its reply, failure, timeout or loss. */
  outcome: RpcOutcomeEntry | undefined;
  /** What came after that: the further values of a call, the reply to a caller that had gone. */
  readonly later: RpcOutcomeEntry[];
}

export type Exchange = RestExchange | RpcExchange;

/**
 * The messages of a timeline.
 *
 * @example
 * ```ts
 * import { Cloud, Messages } from "novasim";
 *
 * const cloud = new Cloud();
 * cloud.user("demo").command("nova list");
 * const [login] = new Messages(cloud.timeline.entries).rest.values();
 * console.log(login?.sent.to, login?.response?.status); // keystone@controller 200
 * ```
 */
export class Messages {
  readonly rest = new Map<number, RestExchange>();
  readonly rpc = new Map<number, RpcExchange>();

  constructor(entries: Iterable<Entry> = []) {
    for (const entry of entries) this.add(entry);
  }

  /** To be called with each entry in order, for a run that is still going on. */
  add(entry: Entry): void {
    switch (entry.kind) {
      case "rest.request":
        this.rest.set(entry.id, { kind: "rest", sent: entry, response: undefined });
        break;
      case "rest.response": {
        const exchange = this.rest.get(entry.id);
        if (exchange !== undefined) exchange.response ??= entry;
        break;
      }
      case "rpc.call":
      case "rpc.cast":
      case "rpc.fanout":
        this.rpc.set(entry.id, {
          kind: "rpc",
          sent: entry,
          delivered: [],
          outcome: undefined,
          later: [],
        });
        break;
      case "rpc.delivered":
        this.rpc.get(entry.id)?.delivered.push(entry);
        break;
      case "rpc.reply":
      case "rpc.failure":
      case "rpc.timeout":
      case "rpc.lost": {
        const exchange = this.rpc.get(entry.id);
        if (exchange === undefined) break;
        if (exchange.outcome === undefined) exchange.outcome = entry;
        else exchange.later.push(entry);
        break;
      }
      default:
    }
  }

  /** The message that `entry` belongs to. */
  of(entry: Entry): Exchange | undefined {
    if (!("id" in entry)) return undefined;
    return entry.kind.startsWith("rest.") ? this.rest.get(entry.id) : this.rpc.get(entry.id);
  }
}
