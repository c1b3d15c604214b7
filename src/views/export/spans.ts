/**
 * A run as stretches of time, for tools that draw those: what each actor works at, what it waits for,
 * and points between. Entries pass through; what is kept of a message is a few words. As in the sequence
 * picture, work lasts until its answer has arrived, and a cast's until the last entry that it led to.
 */
import type { Entry, RpcSentEntry } from "../../timeline/index.js";
import { NOWHERE, Scopes } from "../model/scopes.js";
import { Passage } from "../passage.js";
import { after, isBefore, Moments, type Moment } from "./moments.js";
import { answerOf, failureOf, line, ofRest, ofRpc, ofStep, type Said } from "./said.js";
import { asked, openedBy, SCENARIO, worked, type Piece, type Span } from "./span.js";

type Of<K extends Entry["kind"]> = Extract<Entry, { kind: K }>;

/** What is under way. */
type Open = Omit<Span, "end" | "outcome" | "failed" | "begin"> & { begin: Moment; last: Moment };

/** Everything that `entries` tell of, in the order in which it ends. @param chapter only what begins there */
export function* spansOf(entries: Iterable<Entry>, chapter?: number): Generator<Piece> {
  const spans = new Spans(chapter);
  for (const entry of entries) yield* spans.add(entry);
  yield* spans.end();
}

class Spans {
  readonly #passage: Passage;
  readonly #scopes = new Scopes();
  readonly #moments = new Moments();
  /** By `seq`: the entry from which it came in the end. */
  readonly #roots: number[] = [];
  /** What is under way, by the id of its span. */
  readonly #open = new Map<number, Open>();
  readonly #rest = new Map<number, Said>();
  readonly #rpc = new Map<number, Said>();
  /** By message and who took it: the span of that work. A request has one at once. */
  readonly #works = new Map<string, number>();
  readonly #queued = new Map<number, { readonly queue: string; readonly from: Moment }>();
  #step: Open | undefined;
  #now: Moment = { at: 0, nano: 0 };

  constructor(chapter: number | undefined) {
    this.#passage = new Passage(chapter);
  }

  *add(entry: Entry): Generator<Piece> {
    const { seq, cause } = entry;
    this.#now = this.#moments.next(entry.at);
    this.#scopes.add(entry);
    this.#roots.push(cause === undefined ? seq : (this.#roots[cause] ?? seq));
    const shown = this.#passage.has(entry);
    const work = this.#open.get(this.#partOf(entry) ?? 0);
    if (work !== undefined) work.last = this.#now;
    switch (entry.kind) {
      case "step":
        if (this.#step !== undefined) yield* this.#close(this.#step.id, undefined, false);
        this.#step = shown ? this.#begin(entry, "step", SCENARIO, ofStep(entry)) : undefined;
        return;
      case "client":
        if (shown) yield this.#command(entry);
        return;
      case "rest.request":
        if (shown) this.#request(entry);
        return;
      case "rest.response":
        yield* this.#answered(entry);
        return;
      case "rpc.call":
      case "rpc.cast":
      case "rpc.fanout":
        yield* this.#send(entry, shown);
        return;
      case "rpc.delivered":
        yield* this.#take(entry, shown);
        return;
      case "rpc.reply":
      case "rpc.failure":
        yield* this.#replied(entry);
        return;
      case "rpc.timeout":
      case "rpc.lost":
        yield* this.#undone(entry);
        break;
      case "service":
        if (entry.event === "crashed" || entry.event === "stopped") yield* this.#die(entry);
        break;
      default:
    }
    if (!shown) return;
    const root = this.#roots[seq] ?? seq;
    const parent = this.#within(this.#partOf(entry));
    yield { kind: "point", at: this.#now, entry, actor: entry.actor ?? SCENARIO, parent, root };
  }

  *end(): Generator<Piece> {
    const end = after(this.#now);
    for (const { last, ...span } of this.#open.values()) {
      const idle = !isBefore(span.begin, last);
      // Whether a request without an answer has been taken, only what came of it says.
      if (span.kind === "works" && span.said?.family === "rest" && idle) continue;
      // Of a cast's work nobody says when it is done; all else was still under way.
      const cast =
        span.kind === "works" && span.said?.family === "rpc" && span.said.verb !== "call";
      yield { ...span, end: cast ? after(last) : end, outcome: undefined, failed: false };
    }
    for (const stay of this.#queued.values()) yield { kind: "stay", ...stay, to: undefined };
  }

  #request(entry: Of<"rest.request">): void {
    const said = ofRest(entry);
    this.#rest.set(entry.id, said);
    const { id } = this.#begin(entry, "asks", entry.from, said.name, said);
    this.#works.set(`${String(entry.seq)} ${entry.to}`, worked(entry.seq));
    this.#begin(entry, "works", entry.to, said.name, said, id);
  }

  *#answered(entry: Of<"rest.response">): Generator<Piece> {
    const said = this.#rest.get(entry.id);
    if (said === undefined) return;
    this.#rest.delete(entry.id);
    const failed = entry.status === 0 || entry.status >= 500;
    const work = this.#open.get(worked(said.seq));
    const taken: unknown = "taken" in entry ? entry.taken : undefined;
    if (work !== undefined && typeof taken === "number" && taken > work.begin.at) {
      const began = { at: taken, nano: 0 };
      if (isBefore(began, this.#now)) work.begin = began;
    }
    // Where nobody listens, nobody works.
    if (entry.status === 0 && taken === undefined) this.#open.delete(worked(said.seq));
    yield* this.#close(worked(said.seq), answerOf(entry), failed);
    yield* this.#close(asked(said.seq), answerOf(entry), failed);
  }

  *#send(entry: RpcSentEntry, shown: boolean): Generator<Piece> {
    const said = ofRpc(entry);
    this.#rpc.set(entry.id, said);
    if (!shown) return;
    const call = entry.kind === "rpc.call";
    const { id } = this.#begin(entry, call ? "asks" : "sends", entry.from, said.name, said);
    if (!call) yield* this.#close(id, undefined, false);
    // In whose queues a fanout is, only its takers say. All else waits where it was sent to.
    if (entry.kind !== "rpc.fanout") {
      this.#queued.set(entry.id, { queue: said.to, from: this.#now });
    }
  }

  *#take(entry: Of<"rpc.delivered">, shown: boolean): Generator<Piece> {
    yield* this.#leave(entry.id, line(entry.queue));
    const said = this.#rpc.get(entry.id);
    if (said === undefined || !shown) return;
    this.#works.set(`${String(said.seq)} ${entry.to}`, worked(entry.seq));
    this.#begin(entry, "works", entry.to, said.what, said, asked(said.seq));
  }

  *#replied(entry: Of<"rpc.reply" | "rpc.failure">): Generator<Piece> {
    const said = this.#rpc.get(entry.id);
    // One of several values: more will come.
    if (said === undefined || ("part" in entry && entry.part === "value")) return;
    const failed = entry.kind === "rpc.failure";
    const outcome = failed ? failureOf(entry) : "reply";
    const work = this.#works.get(`${String(said.seq)} ${entry.from}`);
    if (work !== undefined) yield* this.#close(work, outcome, failed);
    yield* this.#close(asked(said.seq), outcome, failed);
  }

  *#undone(entry: Of<"rpc.timeout" | "rpc.lost">): Generator<Piece> {
    const said = this.#rpc.get(entry.id);
    const lost = entry.kind === "rpc.lost";
    if (lost) yield* this.#leave(entry.id);
    if (said === undefined) return;
    const verb = lost ? "lost" : "timed out";
    yield* this.#close(asked(said.seq), line(`${verb}: ${entry.why}`), true);
  }

  /** Whoever dies works at nothing and waits for nothing. */
  *#die({ actor, event }: Of<"service">): Generator<Piece> {
    for (const { id, actor: whose } of [...this.#open.values()]) {
      if (whose === actor) yield* this.#close(id, event, event === "crashed");
    }
  }

  *#leave(id: number, queue?: string): Generator<Piece> {
    const queued = this.#queued.get(id);
    if (queued === undefined) return;
    this.#queued.delete(id);
    yield { kind: "stay", queue: queue ?? queued.queue, from: queued.from, to: this.#now };
  }

  #begin(
    entry: Entry,
    kind: Span["kind"],
    actor: string,
    name: string,
    said?: Said,
    parent = this.#partOf(entry),
  ): Open {
    const { seq } = entry;
    const id = kind === "works" ? worked(seq) : asked(seq);
    const root = this.#roots[seq] ?? seq;
    const begin = this.#now;
    const open = {
      ...{ id, root, seq, actor, kind, name, said, begin },
      parent: this.#within(parent),
      last: begin,
    };
    this.#open.set(id, open);
    return open;
  }

  *#close(id: number, outcome: string | undefined, failed: boolean): Generator<Piece> {
    const open = this.#open.get(id);
    if (open === undefined) return;
    this.#open.delete(id);
    const { last: _, ...span } = open;
    const end = isBefore(span.begin, this.#now) ? this.#now : after(span.begin);
    yield { ...span, end, outcome, failed };
  }

  /** From the beginning of the step that it was typed in. */
  #command(entry: Of<"client">): Span {
    const { seq, exit } = entry;
    const root = this.#roots[seq] ?? seq;
    return {
      id: asked(seq),
      parent: this.#step?.id,
      root: this.#step?.seq ?? root,
      seq,
      actor: entry.actor ?? SCENARIO,
      kind: "command",
      name: line(entry.command),
      said: undefined,
      begin: this.#step === undefined ? this.#now : after(this.#step.begin),
      end: after(this.#now),
      outcome: `exit ${String(exit)}`,
      failed: exit !== 0,
    };
  }

  /** Nothing is part of what is not told. */
  #within(id: number | undefined): number | undefined {
    return id !== undefined && openedBy(id) >= this.#passage.first ? id : undefined;
  }

  /** The span that `entry` is part of: its actor's work, or the step that led to it. */
  #partOf({ seq, actor, kind }: Entry): number | undefined {
    const scope = this.#scopes.of(seq);
    if (scope !== NOWHERE) return this.#works.get(`${String(scope)} ${actor ?? ""}`);
    const step = this.#step;
    return step !== undefined && kind !== "step" && this.#roots[seq] === step.seq
      ? step.id
      : undefined;
  }
}
