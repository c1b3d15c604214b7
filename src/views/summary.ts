/** The end of a text view: what the run came to, in numbers and last states. */
import type { Entry } from "../timeline/index.js";
import type { Frame } from "./layout.js";
import type { Model } from "./model/model.js";
import { clip, count, duration, wrap } from "./words.js";

/** `14 services, 3 REST requests, 12 RPC messages (4 calls, 8 casts), 2 notifications`. */
export function tally(entries: Iterable<Entry>): string {
  const seen = new Map<string, number>();
  for (const entry of entries) {
    const key = entry.kind === "service" ? `service ${entry.event}` : entry.kind;
    seen.set(key, (seen.get(key) ?? 0) + 1);
  }
  const of = (kind: string): number => seen.get(kind) ?? 0;
  const kinds = [
    [of("rpc.call"), "call"],
    [of("rpc.cast"), "cast"],
    [of("rpc.fanout"), "fanout"],
  ] as const;
  const rpc = kinds.reduce((sum, [n]) => sum + n, 0);
  const split = kinds.filter(([n]) => n > 0).map(([n, noun]) => count(n, noun));
  const parts = [
    [of("service started"), "service"],
    [of("rest.request"), "REST request"],
    [rpc, "RPC message"],
    [of("notification"), "notification"],
  ] as const;
  const told = parts.filter(([n]) => n > 0).map(([n, noun]) => count(n, noun));
  const words = told.map((text) => (text.includes("RPC") ? `${text} (${split.join(", ")})` : text));
  return words.length === 0 ? "no messages" : words.join(", ");
}

/** Names at the end of a run with many servers. */
const MOST_SERVERS = 8;

export function summary({ entries, things }: Model, { paint, width }: Frame): string[] {
  const last = entries.at(-1)?.at ?? 0;
  const run = entries.slice(
    Math.max(
      0,
      entries.findIndex(({ kind }) => kind === "step"),
    ),
  );
  const heading = `── end ── ${duration(last)} of cloud time, ${tally(run)}`;
  const lines = wrap(heading, width).map((line) => paint.strong(line));
  const servers = things.standing("server");
  if (servers.length > 0) {
    const named = servers.slice(0, MOST_SERVERS).map(({ name, state }) => `${name} ${state}`);
    const more =
      servers.length > MOST_SERVERS ? `, … ${String(servers.length - MOST_SERVERS)} more` : "";
    lines.push(paint.state(clip(`   servers: ${named.join(", ")}${more}`, width)));
  }
  const checks = entries.filter((entry) => entry.kind === "check");
  if (checks.length === 0) return lines;
  const failed = checks.filter((check) => !check.passed).length;
  const verdict =
    failed === 0
      ? paint.good(`   ${count(checks.length, "check")} passed ✓`)
      : paint.bad(`   checks: ${String(failed)} of ${String(checks.length)} failed ✗`);
  return [...lines, verdict];
}
