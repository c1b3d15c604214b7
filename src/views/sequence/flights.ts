/**
 * When each message arrived and when its answer set out, as far as was recorded: what a line that
 * slants with time is drawn from. Who takes a request need not write it down; then the first and last
 * that it did for it stand for both, and where it did nothing, the middle, which is marked as a guess.
 */
import type { Micros } from "../../kernel/index.js";
import type { Entry, RestExchange, RpcExchange } from "../../timeline/index.js";
import type { Model } from "../model/model.js";
import { NOWHERE } from "../model/scopes.js";

/** A moment; `seq` is the entry of it, where there is one. */
export interface Moment {
  readonly at: Micros;
  readonly seq: number | undefined;
}

export interface Flight {
  /** By actor, when it took the message; empty while nobody has. */
  readonly taken: ReadonlyMap<string, Moment>;
  /** It is not recorded when it was taken. */
  readonly guessed: boolean;
  /** When its answer set out, and when it came; undefined if there is none. */
  readonly left: Moment | undefined;
  readonly answered: Moment | undefined;
}

/** By the `seq` of the message. */
export function flightsOf(model: Model): ReadonlyMap<number, Flight> {
  const worked = workOf(model);
  const flights = new Map<number, Flight>();
  for (const exchange of model.messages.rest.values()) {
    flights.set(exchange.sent.seq, restFlight(exchange, worked.get(exchange.sent.seq)));
  }
  for (const exchange of model.messages.rpc.values()) {
    flights.set(exchange.sent.seq, rpcFlight(exchange, worked.get(exchange.sent.seq)));
  }
  return flights;
}

/** The first and last entry of somebody's work for a message. */
interface Work {
  readonly first: Entry;
  readonly last: Entry;
}

/** By message, what was done for it at its receiver before it was answered. */
function workOf({ entries, scopes, messages }: Model): ReadonlyMap<number, Work> {
  const found = new Map<number, Work>();
  for (const entry of entries) {
    const scope = scopes.of(entry.seq);
    const sent = scope === NOWHERE ? undefined : entries[scope];
    const exchange = sent === undefined ? undefined : messages.of(sent);
    if (exchange === undefined || messages.of(entry) === exchange) continue;
    const answer = exchange.kind === "rest" ? exchange.response : exchange.outcome;
    if (answer !== undefined && answer.seq < entry.seq) continue;
    found.set(scope, { first: found.get(scope)?.first ?? entry, last: entry });
  }
  return found;
}

function restFlight({ sent, response }: RestExchange, work: Work | undefined): Flight {
  const recorded = takenOf(response);
  const middle = response === undefined ? undefined : (sent.at + response.at) / 2;
  const taken: Moment | undefined =
    recorded !== undefined
      ? { at: recorded, seq: undefined }
      : work !== undefined
        ? { at: work.first.at, seq: work.first.seq }
        : middle === undefined
          ? undefined
          : { at: middle, seq: undefined };
  return {
    taken: new Map(taken === undefined ? [] : [[sent.to, taken]]),
    guessed: recorded === undefined && work === undefined,
    left: response === undefined ? undefined : leftAt(work, taken, response),
    answered: response,
  };
}

function rpcFlight({ delivered, outcome }: RpcExchange, work: Work | undefined): Flight {
  const taken = new Map(delivered.map(({ to, at, seq }) => [to, { at, seq }] as const));
  const [first] = taken.values();
  const answered = outcome?.kind === "rpc.reply" || outcome?.kind === "rpc.failure";
  return {
    taken,
    guessed: false,
    left: answered ? leftAt(work, first, outcome) : undefined,
    answered: outcome,
  };
}

/** An answer sets out after the last that was done for it. */
function leftAt(work: Work | undefined, taken: Moment | undefined, { at, seq }: Entry): Moment {
  if (work !== undefined) return { at: work.last.at, seq: work.last.seq };
  return taken === undefined ? { at, seq } : { at: (taken.at + at) / 2, seq: undefined };
}

/** What later recordings say of a response: when its request was taken, if it was. */
function takenOf(response: object | undefined): Micros | undefined {
  if (response === undefined || !("taken" in response)) return undefined;
  return typeof response.taken === "number" ? response.taken : undefined;
}
