/** What a sequence diagram is made of: arrows between actors, and notes. Nothing of Mermaid here. */
import type { Entry, Header, Timeline } from "../../timeline/index.js";
import { receiverOf } from "../arrows.js";
import { objectCall } from "../essence.js";
import { Names } from "../names.js";
import { outcomeOf } from "../outcome.js";
import { Model } from "../model/model.js";
import { Passage } from "../passage.js";
import type { ViewOptions } from "../view.js";
import { clip, safe, shortIds } from "../words.js";

export interface Arrow {
  readonly kind: "arrow";
  readonly from: string;
  readonly to: string;
  readonly style: "rest" | "rest failed" | "call" | "cast" | "rpc failed";
  readonly text: string;
  /** It answers an arrow before it. */
  readonly answer: boolean;
  readonly times: number;
}

export interface Note {
  readonly kind: "note";
  /** At which actor; undefined for all of them. */
  readonly over: string | undefined;
  readonly text: string;
  /** It opens a step. */
  readonly step: boolean;
}

export type Item = Arrow | Note;

/** A fanout to more than this many is one arrow to all. */
const MOST_TAKERS = 6;

export function collect(
  timeline: Timeline,
  { verbose = false, actors, chapter, only }: ViewOptions,
): Item[] {
  const { header, entries } = timeline;
  const items: Item[] = [];
  const names = new Names(header, entries);
  const collector = new Collector(names, Model.of(timeline), verbose);
  const wanted = actors && named(actors, header, names);
  const whole = verbose || chapter !== undefined;
  const first = whole ? -1 : entries.findIndex(({ kind }) => kind === "step");
  const passage = new Passage(chapter);
  let step: readonly Item[] = [];
  for (const entry of entries) {
    const made = collector.of(entry);
    // What a cloud does to start is not what a scenario is about.
    if (!passage.has(entry) || entry.seq < first) continue;
    if (entry.kind === "step" && only !== undefined) {
      // Of a part, the steps that it has something of.
      step = made;
      continue;
    }
    if (only?.has(entry.seq) === false) continue;
    const kept = wanted === undefined ? made : made.filter((item) => concerns(item, wanted));
    if (kept.length === 0) continue;
    items.push(...step, ...kept);
    step = [];
  }
  return items;
}

/** What those are called here who are meant by `words`: services, processes or hosts. */
function named(words: readonly string[], { actors }: Header, names: Names): ReadonlySet<string> {
  const meant = actors.filter(({ name, service, host }) =>
    words.some((word) => word === name || word === service || word === host),
  );
  return new Set(meant.map(({ name }) => names.of(name)));
}

/** A message is anybody's at one of its ends; a note without a place is everybody's. */
function concerns(item: Item, wanted: ReadonlySet<string>): boolean {
  if (item.kind === "note") return item.over === undefined || wanted.has(item.over);
  return wanted.has(item.from) || wanted.has(item.to);
}

class Collector {
  readonly #names: Names;
  readonly #model: Model;
  readonly #verbose: boolean;

  constructor(names: Names, model: Model, verbose: boolean) {
    this.#names = names;
    this.#model = model;
    this.#verbose = verbose;
  }

  of(entry: Entry): Item[] {
    if (entry.kind === "db") return this.#state(entry);
    if (entry.quiet === true && !this.#verbose) return [];
    switch (entry.kind) {
      case "step":
        return [note(stepLabel(entry), undefined, true)];
      case "rest.request":
        return this.#arrow(
          entry.from,
          this.#names.of(entry.to),
          "rest",
          `${entry.method} ${shortIds(entry.path)}`,
        );
      case "rest.response":
        return this.#response(entry);
      case "rpc.call":
      case "rpc.cast":
      case "rpc.fanout":
        return this.#sent(entry);
      case "rpc.reply":
      case "rpc.failure":
        return this.#reply(entry);
      case "rpc.timeout":
      case "rpc.lost": {
        const sent = this.#model.messages.rpc.get(entry.id)?.sent;
        const what = entry.kind === "rpc.lost" ? "lost" : "timeout";
        return sent === undefined
          ? []
          : [note(`${what}: ${sent.method}`, this.#names.of(sent.from))];
      }
      case "service":
        if (entry.event !== "crashed" && entry.event !== "stopped") return [];
        return [note(entry.event, this.#names.of(entry.actor ?? ""))];
      case "fault":
        return [note(`fault ${entry.event}: ${entry.fault}`, undefined)];
      case "check":
        return entry.passed ? [] : [note(`✗ ${entry.what}`, undefined)];
      default:
        return [];
    }
  }

  #state(entry: Extract<Entry, { kind: "db" }>): Item[] {
    const change = this.#model.things.changeAt(entry.seq);
    if (change === undefined) return [];
    const { thing, name, after } = change;
    const over = entry.actor === undefined ? undefined : this.#names.of(entry.actor);
    return [note(`${thing} ${clip(name, 30)}: ${after ?? "gone"}`, over)];
  }

  #response(entry: Extract<Entry, { kind: "rest.response" }>): Item[] {
    const exchange = this.#model.messages.rest.get(entry.id);
    if (exchange === undefined) return [];
    const { from, to } = exchange.sent;
    const why = outcomeOf(exchange)?.why;
    const status = entry.status === 0 ? "no answer" : String(entry.status);
    const style = entry.status === 0 ? "rest failed" : "rest";
    const text = why === undefined ? status : `${status} ${why}`;
    return this.#arrow(to, this.#names.of(from), style, text, true);
  }

  #sent(entry: Extract<Entry, { kind: "rpc.call" | "rpc.cast" | "rpc.fanout" }>): Item[] {
    if (this.#isHidden(entry)) return [];
    const exchange = this.#model.messages.rpc.get(entry.id);
    const verb = entry.kind.slice("rpc.".length);
    const object = objectCall(entry.args);
    const text = `${verb} ${entry.method}${object === undefined ? "" : ` ${object}`}`;
    const takers = exchange?.delivered ?? [];
    if (entry.kind === "rpc.fanout" && takers.length > 1 && takers.length <= MOST_TAKERS) {
      return takers.flatMap((taker) =>
        this.#arrow(entry.from, this.#names.of(taker.to), "cast", text),
      );
    }
    const reached = takers.length > 0 || exchange?.outcome === undefined;
    const style = reached ? (entry.kind === "rpc.call" ? "call" : "cast") : "rpc failed";
    return this.#arrow(entry.from, receiverOf(entry, exchange, this.#names), style, text);
  }

  #reply(entry: Extract<Entry, { kind: "rpc.reply" | "rpc.failure" }>): Item[] {
    const sent = this.#model.messages.rpc.get(entry.id)?.sent;
    if (sent === undefined || this.#isHidden(sent)) return [];
    const to = this.#names.of(entry.to);
    if (entry.kind === "rpc.reply")
      return this.#arrow(entry.from, to, "call", `reply ${sent.method}`, true);
    return this.#arrow(entry.from, to, "rpc failed", entry.failure.class, true);
  }

  /** Objects read and write the database through the conductor; the states that they leave are notes. */
  #isHidden(sent: Extract<Entry, { kind: "rpc.call" | "rpc.cast" | "rpc.fanout" }>): boolean {
    if (this.#verbose) return false;
    if (objectCall(sent.args) === undefined) return false;
    return this.#model.messages.rpc.get(sent.id)?.outcome?.kind === "rpc.reply";
  }

  #arrow(from: string, to: string, style: Arrow["style"], text: string, answer = false): Arrow[] {
    return [
      { kind: "arrow", from: this.#names.of(from), to, style, text: safe(text), answer, times: 1 },
    ];
  }
}

function note(text: string, over: string | undefined, step = false): Note {
  return { kind: "note", over, text, step };
}

function stepLabel({ index, text, note: told }: Extract<Entry, { kind: "step" }>): string {
  if (text === "") return told ?? "…";
  const title = `${String(index + 1)}. ${safe(text)}`;
  return told === undefined || told === text ? title : `${title}\n${told}`;
}
