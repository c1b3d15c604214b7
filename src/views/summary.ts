/** The end of a text view: what the run came to, in numbers and last states. */
import type { Entry } from "../timeline/index.js";
import type { Frame } from "./layout.js";
import type { States } from "./states.js";
import { clip, count, duration, wrap } from "./words.js";

/** How many entries there are of each kind. */
export class Tally {
  readonly #seen = new Map<string, number>();

  add(entry: Entry): void {
    const key = entry.kind === "service" ? `service ${entry.event}` : entry.kind;
    this.#seen.set(key, (this.#seen.get(key) ?? 0) + 1);
  }

  of(kind: string): number {
    return this.#seen.get(kind) ?? 0;
  }
}

/** `14 services, 3 REST requests, 12 RPC messages (4 calls, 8 casts), 2 notifications`. */
export function told(tally: Tally): string {
  const of = (kind: string): number => tally.of(kind);
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

/** What the end of a run is told from, as its entries pass. */
export class Summary {
  /** From the first step on; of a run without steps, everything. */
  #run = new Tally();
  #staged = false;
  #last = 0;
  #checks = 0;
  #failed = 0;

  add(entry: Entry): void {
    if (entry.kind === "step" && !this.#staged) {
      this.#staged = true;
      this.#run = new Tally();
    }
    this.#run.add(entry);
    this.#last = entry.at;
    if (entry.kind !== "check") return;
    this.#checks += 1;
    if (!entry.passed) this.#failed += 1;
  }

  lines(states: States, { paint, width }: Frame): string[] {
    const heading = `── end ── ${duration(this.#last)} of cloud time, ${told(this.#run)}`;
    const lines = wrap(heading, width).map((line) => paint.strong(line));
    const servers = states.all("server");
    if (servers.length > 0) {
      const named = servers.slice(0, MOST_SERVERS).map(({ name, state }) => `${name} ${state}`);
      const more =
        servers.length > MOST_SERVERS ? `, … ${String(servers.length - MOST_SERVERS)} more` : "";
      lines.push(paint.state(clip(`   servers: ${named.join(", ")}${more}`, width)));
    }
    if (this.#checks === 0) return lines;
    const verdict =
      this.#failed === 0
        ? paint.good(`   ${count(this.#checks, "check")} passed ✓`)
        : paint.bad(`   checks: ${String(this.#failed)} of ${String(this.#checks)} failed ✗`);
    return [...lines, verdict];
  }
}
