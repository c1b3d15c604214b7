/**
 * When each actor was at work or waited, as stretches of rows: what a caller's hatch and a callee's bar
 * are drawn from. A cast's work lasts to the last entry that it caused at that actor.
 */
import type { Model } from "../model/model.js";
import { NOWHERE } from "../model/scopes.js";

export interface Bar {
  readonly actor: string;
  /** `waits`: a call of its own is under way. */
  readonly kind: "works" | "waits";
  /** From the entry of `from` to that of `to`; Infinity: to the end of what was recorded. */
  readonly from: number;
  readonly to: number;
  /** The message that it is about. */
  readonly message: number;
}

/** In the order in which they begin; those that wait come after those that work. */
export function barsOf(model: Model): readonly Bar[] {
  const { messages, entries } = model;
  const lasts = lastWork(model);
  const works: Bar[] = [];
  const waits: Bar[] = [];
  for (const { sent, response } of messages.rest.values()) {
    const { seq: from } = sent;
    const to = response?.seq ?? Infinity;
    waits.push({ actor: sent.from, kind: "waits", from, to, message: from });
    // A request to where nobody listens is worked at by nobody.
    if (response?.status !== 0)
      works.push({ actor: sent.to, kind: "works", from, to, message: from });
  }
  for (const { sent, delivered, outcome, later } of messages.rpc.values()) {
    const message = sent.seq;
    if (sent.kind === "rpc.call") {
      const to = outcome?.seq ?? Infinity;
      waits.push({ actor: sent.from, kind: "waits", from: message, to, message });
    }
    for (const taken of delivered) {
      const reply = [outcome, ...later].find(
        (end) => end?.kind === "rpc.reply" || end?.kind === "rpc.failure",
      );
      const work = lasts.get(taken.seq) ?? taken.seq;
      const to = sent.kind === "rpc.call" ? (reply?.seq ?? work) : work;
      works.push({ actor: taken.to, kind: "works", from: taken.seq, to, message });
    }
  }
  const dead = (bar: Bar): Bar => {
    const end = model.processes.deadOf(bar.actor).find(([from]) => from >= bar.from);
    return end !== undefined && end[0] < bar.to ? { ...bar, to: end[0] } : bar;
  };
  const last = entries.length - 1;
  return [...works, ...waits].map(dead).filter(({ from }) => from <= last);
}

/** By delivery: the last entry that it led to at the actor that took it. */
function lastWork({ entries, messages, scopes }: Model): ReadonlyMap<number, number> {
  const lasts = new Map<number, number>();
  for (const entry of entries) {
    const scope = scopes.of(entry.seq);
    if (scope === NOWHERE || entry.actor === undefined) continue;
    const sent = entries[scope];
    const exchange = sent === undefined ? undefined : messages.of(sent);
    if (exchange?.kind !== "rpc") continue;
    const taken = exchange.delivered.find(({ to }) => to === entry.actor);
    if (taken !== undefined) lasts.set(taken.seq, entry.seq);
  }
  return lasts;
}
