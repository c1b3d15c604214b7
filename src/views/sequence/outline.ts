/**
 * The outline of a run: of its messages those that moved work. Casts and fanouts, whatever failed,
 * what the scenario's own flow names, who is first reached in a thread, and each request that wrote a
 * state or sent a cast before it was answered.
 */
import {
  FlowFacts,
  fits,
  parseFlowLine,
  type Exchange,
  type FlowLine,
} from "../../timeline/index.js";
import type { Model } from "../model/model.js";
import { NOWHERE } from "../model/scopes.js";

/** The `seq` of each message of the outline. */
export function outlineOf(model: Model): ReadonlySet<number> {
  const kept = new Set<number>();
  const reached = new Set<string>();
  const flow = flowOf(model.header.source);
  const facts = new FlowFacts(flow.length === 0 ? [] : model.entries);
  for (const entry of model.entries) {
    if (entry.quiet === true) continue;
    const exchange = isSent(entry.kind) ? model.messages.of(entry) : undefined;
    if (exchange !== undefined) {
      if (movesWork(exchange)) kept.add(entry.seq);
      if (flow.some((line) => fits(line, entry, facts))) kept.add(entry.seq);
    }
    if (entry.kind === "rpc.delivered") {
      const sent = model.messages.rpc.get(entry.id)?.sent;
      const key = `${String(model.causes.root(entry.seq))} ${entry.to}`;
      if (sent !== undefined && !reached.has(key)) kept.add(sent.seq);
      reached.add(key);
    }
    const moved = entry.kind === "rpc.cast" || model.things.changeAt(entry.seq) !== undefined;
    if (moved) keepAround(entry.seq, model, kept);
  }
  return kept;
}

/** Every request in whose handling `seq` happened, before it was answered. */
function keepAround(seq: number, { scopes, entries, messages }: Model, kept: Set<number>): void {
  for (let at = scopes.of(seq); at !== NOWHERE; at = scopes.of(at)) {
    const sent = entries[at];
    if (sent === undefined) return;
    const exchange = messages.of(sent);
    if (exchange === undefined) continue;
    const answer = exchange.kind === "rest" ? exchange.response : exchange.outcome;
    if (answer !== undefined && answer.seq < seq) continue;
    if (exchange.kind === "rest" && isRead(exchange.sent.method)) continue;
    kept.add(at);
  }
}

function movesWork(exchange: Exchange): boolean {
  if (exchange.kind === "rpc") {
    const { sent, outcome } = exchange;
    if (sent.kind !== "rpc.call") return true;
    return outcome !== undefined && outcome.kind !== "rpc.reply";
  }
  const status = exchange.response?.status;
  if (status === undefined) return false;
  if (status === 0 || status >= 500) return true;
  return status >= 400 && !isRead(exchange.sent.method);
}

function isRead(method: string): boolean {
  return method === "GET" || method === "HEAD";
}

function isSent(kind: string): boolean {
  return (
    kind === "rest.request" || kind === "rpc.call" || kind === "rpc.cast" || kind === "rpc.fanout"
  );
}

/** What the scenario expects, if its recording says so in lines that can be read. */
function flowOf(source: unknown): readonly FlowLine[] {
  const lines = field(field(source, "expect"), "flow");
  if (!Array.isArray(lines)) return [];
  return lines.flatMap((line: unknown) => {
    if (typeof line !== "string") return [];
    try {
      return [parseFlowLine(line)];
    } catch {
      // A later version may have a richer language; the picture can do without.
      return [];
    }
  });
}

function field(value: unknown, key: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Record<string, unknown>)[key];
}
