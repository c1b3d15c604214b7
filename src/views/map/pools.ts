/**
 * How full the pool of each process is at any entry: so many messages are worked on at once, and who finds
 * no place waits. Only where the recording says how large a pool is; nothing is drawn that was not recorded.
 */
import type { Entry } from "../../timeline/index.js";
import { Intervals } from "../model/intervals.js";
import type { Model } from "../model/model.js";
import { barsOf } from "../sequence/bars.js";

export interface Pool {
  readonly size: number;
  readonly busy: number;
  /** Messages that were fetched and wait for a place. */
  readonly waiting: number;
}

interface At {
  readonly actor: string;
  readonly span: readonly [number, number];
}

export class Pools {
  readonly #sizes = new Map<string, number>();
  readonly #busy: Intervals<At>;
  readonly #waiting: Intervals<At>;

  constructor(model: Model) {
    for (const { name, pool } of model.header.actors) {
      if (typeof pool === "number" && pool > 0) this.#sizes.set(name, pool);
    }
    const known = this.#sizes.size > 0;
    const sent = new Set<number>();
    for (const exchange of known ? model.messages.rpc.values() : []) sent.add(exchange.sent.seq);
    const busy = known
      ? model.once(barsOf).filter(({ kind, message }) => kind === "works" && sent.has(message))
      : [];
    const spans = busy.map(({ actor, from, to }): At => ({ actor, span: [from, to] }));
    this.#busy = new Intervals(spans, ({ span }) => span);
    this.#waiting = new Intervals(known ? waits(model.entries) : [], ({ span }) => span);
  }

  /** The pool of `actor`; undefined where none was recorded. */
  at(actor: string, n: number): Pool | undefined {
    const size = this.#sizes.get(actor);
    if (size === undefined) return undefined;
    const ofActor = (all: readonly At[]): number => all.filter((one) => one.actor === actor).length;
    // A message is in its pool until the last entry of its work, which may be long after its answer.
    const busy = Math.min(size, ofActor(this.#busy.at(n)));
    return { size, busy, waiting: ofActor(this.#waiting.at(n)) };
  }
}

/** From `rpc.waits` until the same message is delivered there, or lost with the process. */
function waits(entries: readonly Entry[]): readonly At[] {
  interface Wait {
    readonly actor: string;
    readonly span: [from: number, to: number];
  }
  const open = new Map<number, Wait[]>();
  const all: Wait[] = [];
  for (const entry of entries) {
    if (entry.kind === "rpc.waits") {
      const wait: Wait = { actor: entry.to, span: [entry.seq, Infinity] };
      open.set(entry.id, [...(open.get(entry.id) ?? []), wait]);
      all.push(wait);
    } else if (entry.kind === "rpc.delivered" || entry.kind === "rpc.lost") {
      for (const wait of open.get(entry.id) ?? []) {
        const over = !("to" in entry) || entry.to === wait.actor;
        if (over && wait.span[1] === Infinity) wait.span[1] = entry.seq;
      }
    }
  }
  return all;
}
