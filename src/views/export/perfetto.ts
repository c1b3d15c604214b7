/**
 * The Trace Event Format, for Perfetto and chrome://tracing: a process for each host, a track for each
 * actor and more where it does several things at once, slices for work and waiting, an arrow for each
 * message, and how many wait in each queue. https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU
 */
import type { Entry } from "../../timeline/index.js";
import { Actors } from "../model/actors.js";
import { passing, type Recording, type ViewOptions } from "../view.js";
import { count, safe } from "../words.js";
import { Lanes } from "./lanes.js";
import { after, compare, inMicros, isBefore, lengthOf, type Moment } from "./moments.js";
import { detailOf, line, ofPoint } from "./said.js";
import type { Point, Span, Stay } from "./span.js";
import { spansOf } from "./spans.js";
import { Tracks, type Track } from "./tracks.js";

function* pieces({ header, entries }: Recording, options: ViewOptions = {}): Generator<string> {
  const { missing = 0, chapter } = options;
  const about = {
    scenario: safe(header.scenario),
    title: safe(header.title),
    seed: header.seed,
    epoch: safe(header.epoch),
    novasim: safe(header.novasim),
    ...(missing > 0
      ? { missing: `${count(missing, "later entry", "later entries")} not shown` }
      : {}),
  };
  yield `{"displayTimeUnit":"ns","otherData":${JSON.stringify(about)},"traceEvents":[`;
  let before = "\n";
  for (const text of events(entries, new Actors(header), chapter)) {
    yield before + text;
    before = ",\n";
  }
  yield `\n]}\n`;
}

/** Points as they pass; slices once all are known, because where they stand depends on each other. */
function* events(entries: Iterable<Entry>, actors: Actors, chapter?: number): Generator<string> {
  const tracks = new Tracks(actors);
  const spans: Span[] = [];
  const stays: Stay[] = [];
  for (const piece of spansOf(met(entries, actors), chapter)) {
    if (piece.kind === "stay") stays.push(piece);
    else if (piece.kind === "point") yield instant(piece, tracks.of(piece.actor, 0));
    else spans.push(piece);
  }
  yield* slices(spans, tracks);
  yield* counters(stays, tracks.bus);
  for (const name of tracks.names()) yield event(name);
}

function instant({ at, entry }: Point, track: Track): string {
  const args = {
    seq: entry.seq,
    ...said("detail", detailOf(entry)),
    ...said("request", line(entry.request ?? "")),
  };
  const fields = { ph: "i", name: ofPoint(entry), cat: line(entry.kind), s: "t", ...track, args };
  return event(fields, at);
}

/** Each span on its track, and an arrow from each message to the work at it. */
function* slices(spans: Span[], tracks: Tracks): Generator<string> {
  const lanes = new Lanes();
  /** By the id of its span: where a message comes from. */
  const senders = new Map<number, { readonly span: Span; readonly track: Track }>();
  let arrows = 0;
  // Of those that begin together the longest is outside.
  spans.sort(
    (one, other) =>
      compare(one.begin, other.begin) || compare(other.end, one.end) || one.id - other.id,
  );
  for (const span of spans) {
    const track = tracks.of(span.actor, lanes.of(span));
    yield slice(span, track);
    if (span.kind === "asks" || span.kind === "sends") senders.set(span.id, { span, track });
    const from = span.kind === "works" ? senders.get(span.parent ?? 0) : undefined;
    if (from === undefined) continue;
    arrows += 1;
    const arrow = { name: from.span.name, cat: "message", id: arrows };
    yield event({ ph: "s", ...arrow, ...from.track }, from.span.begin);
    yield event({ ph: "f", bp: "e", ...arrow, ...track }, span.begin);
  }
}

/** The entries, each shown to `actors` on its way. */
function* met(entries: Iterable<Entry>, actors: Actors): Generator<Entry> {
  for (const entry of entries) {
    actors.add(entry);
    yield entry;
  }
}

function slice(span: Span, track: Track): string {
  const { kind, name, said: of, outcome, failed, begin, end, seq } = span;
  const args = {
    seq,
    ...said("ended", outcome ?? (kind === "asks" ? "under way when the recording ended" : "")),
    ...said("path", of?.family === "rest" ? of.what : ""),
    ...said("to", of !== undefined && kind !== "works" ? line(of.to) : ""),
    ...said("args", of?.args ?? ""),
    ...said("request", of?.request ?? ""),
  };
  const words = kind === "asks" ? `waits: ${name}` : name;
  const cat = [kind, ...(of === undefined ? [] : [of.family]), ...(failed ? ["failed"] : [])];
  const dur = inMicros(lengthOf(begin, end));
  return event(
    { ph: "X", name: failed ? `✗ ${words}` : words, cat: cat.join(","), ...track, args },
    begin,
    dur,
  );
}

/** How many messages wait in each queue, whenever that changes. */
function* counters(stays: readonly Stay[], pid: number): Generator<string> {
  const turns = stays.flatMap(({ queue, from, to }) => [
    { queue, at: from, by: 1 },
    ...(to === undefined ? [] : [{ queue, at: isBefore(from, to) ? to : after(from), by: -1 }]),
  ]);
  turns.sort((one, other) => compare(one.at, other.at));
  const waiting = new Map<string, number>();
  for (const { queue, at, by } of turns) {
    const messages = (waiting.get(queue) ?? 0) + by;
    waiting.set(queue, messages);
    yield event({ ph: "C", name: `queue ${queue}`, pid, tid: 0, args: { messages } }, at);
  }
}

const said = (key: string, text: string): Readonly<Record<string, string>> =>
  text === "" ? {} : { [key]: text };

/** Times are written by hand: a number of JavaScript would lose nanoseconds of long runs. */
function event(fields: Readonly<Record<string, unknown>>, at?: Moment, dur?: string): string {
  const text = JSON.stringify(fields);
  if (at === undefined) return text;
  const times = dur === undefined ? "" : `,"dur":${dur}`;
  return `${text.slice(0, -1)},"ts":${inMicros(at)}${times}}`;
}

export const perfetto = passing({
  name: "perfetto",
  about: "tracks of work and waiting, for ui.perfetto.dev",
  extension: "json",
  pieces,
});
