/** From the model of a run to the rows of a sequence picture, at one of its levels. */
import type { Entry, RestExchange, RpcExchange } from "../../timeline/index.js";
import type { Model } from "../model/model.js";
import { foldable } from "./fold.js";
import {
  answerLabel,
  foldedEnd,
  isFailure,
  requestLabel,
  responseLabel,
  sentLabel,
  took,
} from "./labels.js";
import { markOf, mark } from "./marks.js";
import { outlineOf } from "./outline.js";
import { isSame } from "./same.js";
import { isRoutine } from "./routine.js";
import { Stretches } from "./stretches.js";
import { part, type ArrowRow, type Level, type Range, type SequenceRow } from "./row.js";
import { safe } from "../words.js";

/** Time without an entry that is worth a row. */
const GAP = 250_000;

/** What waits longer than this in a queue is told apart when it is taken. */
const LONG_WAIT = 250_000;

/** Messages beyond which the outline is what one wants to see first. */
export const MANY = 60;

/** The level that a reader should begin with. */
export function firstLevel(model: Model): Level {
  const many = arrows(sequenceRows(model, "messages")) > MANY;
  // Where nothing but reading was done, nothing moved work, and the outline is empty.
  return many && arrows(sequenceRows(model, "outline")) > 0 ? "outline" : "messages";
}

function arrows(rows: readonly SequenceRow[]): number {
  return rows.filter(({ kind }) => kind === "arrow").length;
}

/** @param open what is shown in full though the level leaves it out */
export function sequenceRows(
  model: Model,
  level: Level,
  open: readonly Range[] = [],
): readonly SequenceRow[] {
  return new Builder(model, level, open).build();
}

/** The row of one entry by itself, as far as `model` knows what became of it: no answer stands in it. */
export function rowOf(model: Model, entry: Entry): SequenceRow | undefined {
  return new Builder(model, "messages", [], new Set()).rowOf(entry);
}

class Builder {
  readonly #model: Model;
  readonly #level: Level;
  readonly #folded: ReadonlySet<number>;
  /** The messages that are shown; undefined: all. */
  readonly #kept: ReadonlySet<number> | undefined;
  readonly #rows: SequenceRow[] = [];
  readonly #open: readonly Range[];
  /** Of those, the round trips: from a message to its answer. */
  readonly #trips: readonly Range[];
  readonly #stretches: Stretches;

  constructor(
    model: Model,
    level: Level,
    open: readonly Range[],
    folded: ReadonlySet<number> = level === "entries" ? new Set() : model.once(foldable),
  ) {
    this.#model = model;
    this.#level = level;
    this.#open = open;
    this.#folded = folded;
    this.#kept = level === "outline" ? model.once(outlineOf) : undefined;
    this.#trips = open.filter(({ from, to }) => {
      const answer = model.entries[to];
      // What the level leaves out is opened as what it is.
      const isShown = this.#kept === undefined || this.#kept.has(from);
      return isShown && answer !== undefined && to !== from && sentOf(model, answer)?.seq === from;
    });
    this.#stretches = new Stretches(this.#rows, open);
  }

  build(): readonly SequenceRow[] {
    const { entries } = this.#model;
    const whole = this.#level === "entries";
    let passes = 0;
    let last: number | undefined;
    for (const entry of entries) {
      if (!whole && isRoutine(this.#model, entry)) continue;
      if (last !== undefined && entry.at - last >= GAP) passes += entry.at - last;
      last = entry.at;
      const row = this.rowOf(entry);
      this.#stretches.before(entry.seq);
      if (row === undefined) {
        const left = this.#kept !== undefined && sentOf(this.#model, entry) === entry;
        if (left) this.#stretches.leaveOut(entry.seq);
        continue;
      }
      this.#stretches.end(entry.seq);
      if (passes > 0) this.#rows.push({ kind: "gap", seq: entry.seq, at: entry.at, passes });
      passes = 0;
      this.#push(row);
    }
    this.#stretches.end(entries.length);
    return this.#rows;
  }

  /** The same again, right after it, is counted. */
  #push(row: SequenceRow): void {
    const last = this.#rows.at(-1);
    if (last?.kind === "arrow" && row.kind === "arrow" && row.folded && isSame(last, row)) {
      this.#rows[this.#rows.length - 1] = { ...last, times: last.times + 1 };
    } else this.#rows.push(row);
  }

  rowOf(entry: Entry): SequenceRow | undefined {
    const { messages, chapters } = this.#model;
    const { seq, at } = entry;
    switch (entry.kind) {
      case "step": {
        const chapter = chapters.all[chapters.indexOf(seq)];
        return chapter === undefined ? undefined : { kind: "chapter", seq, at, chapter };
      }
      case "rest.request": {
        const exchange = messages.rest.get(entry.id);
        if (exchange === undefined || !this.#keeps(seq)) return undefined;
        return this.#request(exchange);
      }
      case "rest.response": {
        const exchange = messages.rest.get(entry.id);
        if (exchange === undefined || !this.#keepsAnswer(exchange)) return undefined;
        const mark = isFailure(exchange) ? "failure" : "answer";
        const { from, to } = exchange.sent;
        return this.#arrow(entry, mark, to, [from], "rest", responseLabel(exchange));
      }
      case "rpc.call":
      case "rpc.cast":
      case "rpc.fanout": {
        const exchange = messages.rpc.get(entry.id);
        return exchange === undefined || !this.#keeps(seq) ? undefined : this.#sent(exchange);
      }
      case "rpc.delivered":
        return this.#taken(entry);
      case "rpc.reply":
      case "rpc.failure": {
        const exchange = messages.rpc.get(entry.id);
        if (exchange === undefined || !this.#keepsAnswer(exchange)) return undefined;
        const late = exchange.outcome?.kind === "rpc.timeout";
        const mark = entry.kind === "rpc.reply" ? "answer" : "failure";
        const label = answerLabel(exchange, entry, late);
        return { ...this.#arrow(entry, mark, entry.from, [entry.to], "rpc", label), lost: late };
      }
      default:
        return markOf(entry, this.#model, this.#isOpened(seq) ? "entries" : this.#level);
    }
  }

  #request(exchange: RestExchange): ArrowRow {
    const { sent } = exchange;
    const folded = this.#folds(sent.seq);
    const label = [...requestLabel(exchange), ...(folded ? foldedEnd(exchange) : [])];
    return { ...this.#arrow(sent, "rest", sent.from, [sent.to], "rest", label), folded };
  }

  #sent(exchange: RpcExchange): ArrowRow {
    const { sent, delivered, outcome } = exchange;
    const folded = this.#folds(sent.seq);
    const kind = sent.kind.slice("rpc.".length) as "call" | "cast" | "fanout";
    const to = [...new Set(delivered.map((taken) => taken.to))];
    const lost = outcome?.kind === "rpc.lost" && delivered.length === 0;
    const [first] = delivered;
    const waits = !lost && (first === undefined || first.at - sent.at >= LONG_WAIT);
    const label = [...sentLabel(sent)];
    if (folded) label.push(...foldedEnd(exchange));
    if (lost) label.push(part(`  ✕ lost: ${safe(outcome.why)}`, "bad"));
    else if (waits) label.push(part(`  waits in ${queueOf(exchange)}`, "cast"));
    else if (kind === "fanout" && to.length > 1) label.push(part(`  to ${String(to.length)}`));
    const row = this.#arrow(sent, kind, sent.from, to, "rpc", label);
    return { ...row, folded, lost, waits };
  }

  /** Who takes a message at once needs no row for it. */
  #taken(entry: Extract<Entry, { kind: "rpc.delivered" }>): SequenceRow | undefined {
    const sent = this.#model.messages.rpc.get(entry.id)?.sent;
    if (sent === undefined) return undefined;
    const waited = entry.at - sent.at;
    const whole = this.#level === "entries" || this.#isOpened(entry.seq);
    if (!whole && (waited < LONG_WAIT || !this.#keeps(sent.seq))) {
      return undefined;
    }
    const after = ` after ${took(waited)} in ${safe(entry.queue)}`;
    return mark(entry, "taken", entry.to, [
      part("takes ", "muted"),
      part(safe(sent.method), "strong"),
      part(after, "muted"),
    ]);
  }

  #keeps(seq: number): boolean {
    if (this.#kept === undefined || this.#kept.has(seq)) return true;
    return this.#open.some(({ from, to }) => from <= seq && seq <= to);
  }

  #keepsAnswer({ sent }: RestExchange | RpcExchange): boolean {
    return this.#keeps(sent.seq) && !this.#folds(sent.seq);
  }

  #folds(seq: number): boolean {
    return this.#folded.has(seq) && !this.#trips.some(({ from }) => from === seq);
  }

  /** Inside a round trip that was opened. */
  #isOpened(seq: number): boolean {
    return this.#trips.some(({ from, to }) => from <= seq && seq <= to);
  }

  #arrow(
    entry: Entry,
    mark: ArrowRow["mark"],
    from: string,
    to: readonly string[],
    family: ArrowRow["family"],
    label: ArrowRow["label"],
  ): ArrowRow {
    const message = sentOf(this.#model, entry)?.seq ?? entry.seq;
    const { seq, at } = entry;
    const plain = { folded: false, lost: false, waits: false, times: 1 };
    return { kind: "arrow", seq, at, message, mark, from, to, family, label, ...plain };
  }
}

/** The message that `entry` is, or befell. */
function sentOf({ messages }: Model, entry: Entry): Entry | undefined {
  return messages.of(entry)?.sent;
}

/** The queue that took it, or that it was sent to. */
export function queueOf({ sent, delivered }: RpcExchange): string {
  const [first] = delivered;
  if (first !== undefined) return safe(first.queue);
  const { topic, server } = sent;
  return safe(typeof server === "string" && server !== "" ? `${topic}.${server}` : topic);
}
