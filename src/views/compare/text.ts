/**
 * Two recordings side by side for a person at a terminal: where they part and how much of them differs, then what
 * differs, in hunks, each with the step that it is in and the last thing before it that both have.
 */
import { describeEntry, diffHeaders, type Header } from "../../timeline/index.js";
import { PLAIN, type Paint, type ViewOptions } from "../view.js";
import { clip, clock, count, jsonOf, safe, shortIds } from "../words.js";
import type { Comparison } from "./compare.js";
import type { Told } from "./outline.js";
import type { Place } from "./places.js";

const WIDTH = 100;
/** Differences that are told, unless all of them are wanted. */
const MOST = 40;

/** Of a header what says which run it was; what follows from the scenario shows in the entries. */
const OF_RUN = ["scenario", "title", "seed", "epoch", "novasim", "detail"];

/** `First difference: A entry 61, B entry 54 · 41 alike, 6 changed, 12 only in A, 23 only in B`. */
export function verdict({ first, alike, changed, onlyA, onlyB }: Comparison): string {
  const numbers = [
    `${String(alike)} alike`,
    ...(changed === 0 ? [] : [`${String(changed)} changed`]),
    ...(onlyA.length === 0 ? [] : [`${String(onlyA.length)} only in A`]),
    ...(onlyB.length === 0 ? [] : [`${String(onlyB.length)} only in B`]),
  ].join(", ");
  if (first === undefined) return `No difference · ${numbers}`;
  const sides = [
    ...(first.a === undefined ? [] : [`A entry ${String(first.a)}`]),
    ...(first.b === undefined ? [] : [`B entry ${String(first.b)}`]),
  ];
  return `First difference: ${sides.join(", ")} · ${numbers}`;
}

/** `seed: 7 / 8`: what differs between the headers. */
export function headerChanges(a: Header, b: Header): readonly string[] {
  return diffHeaders(a, b)
    .filter(({ path }) => OF_RUN.includes(path))
    .map(({ path, expected, actual }) => `${path}: ${jsonOf(expected)} / ${jsonOf(actual)}`);
}

export function renderComparison(comparison: Comparison, options: ViewOptions = {}): string {
  const { verbose = false, limit = verbose ? Infinity : MOST } = options;
  const look = { paint: options.paint ?? PLAIN, width: options.width ?? WIDTH };
  const { paint, width } = look;
  const lines = [paint.strong(verdict(comparison))];
  for (const change of headerChanges(comparison.a.header, comparison.b.header)) {
    lines.push(paint.dim(clip(`   ${change}`, width)));
  }
  let told = 0;
  let left = 0;
  let where = "";
  for (const hunk of hunksOf(comparison)) {
    if (told >= limit) {
      left += hunk.places.length;
      continue;
    }
    lines.push("");
    if (hunk.where !== where) lines.push(paint.strong(clip(`── ${hunk.where}`, width)));
    where = hunk.where;
    if (hunk.before !== undefined) {
      lines.push(paint.dim(clip(`  ${line(comparison.a, hunk.before)}`, width)));
    }
    for (const place of hunk.places) {
      told += 1;
      if (told > limit) left += 1;
      else lines.push(...linesOf(place, comparison, look));
    }
  }
  if (left > 0) {
    const more = count(left, "more difference");
    lines.push("", paint.dim(`… and ${more}; --verbose shows them`));
  }
  return `${lines.join("\n")}\n`;
}

interface Look {
  readonly paint: Paint;
  readonly width: number;
}

/** Differences that follow each other, with nothing that both have in between. */
interface Hunk {
  readonly where: string;
  /** The entry of A that was the same before them. */
  readonly before: number | undefined;
  readonly places: Place[];
}

function* hunksOf(comparison: Comparison): Generator<Hunk> {
  let open: Hunk | undefined;
  let before: number | undefined;
  for (const place of comparison.places) {
    if (differs(place, comparison)) {
      open ??= { where: whereOf(place, comparison), before, places: [] };
      open.places.push(place);
      continue;
    }
    if (place.a === undefined || place.b === undefined) continue;
    if (open !== undefined) yield open;
    open = undefined;
    before = place.a;
  }
  if (open !== undefined) yield open;
}

/** What merely came in another order is no difference. */
function differs({ a, b }: Place, { ofA, ofB }: Comparison): boolean {
  const sides = [...(a === undefined ? [] : [ofA(a)]), ...(b === undefined ? [] : [ofB(b)])];
  // A changed pair that is not in step is told where A has it.
  if (a === undefined && sides.every((pair) => pair !== undefined)) return false;
  return sides.some((pair) => pair === undefined || pair.changes.length > 0);
}

/** The step that a difference is in. */
function whereOf({ a, b }: Place, comparison: Comparison): string {
  const [model, seq] = a === undefined ? [comparison.b, b ?? 0] : [comparison.a, a];
  const chapter = model.chapters.all[model.chapters.indexOf(seq)];
  if (chapter === undefined || chapter.number === 0) return "before the first step";
  const text = chapter.text === "" ? chapter.note : chapter.text;
  return `${String(chapter.number)}. ${safe(text.trim())}`;
}

/** `-` only A has, `+` only B has, `~` both have, and it differs in what stands below. */
function linesOf({ a, b }: Place, comparison: Comparison, { paint, width }: Look): string[] {
  const made: string[] = [];
  const pair = a === undefined ? undefined : comparison.ofA(a);
  if (a !== undefined && pair === undefined) {
    made.push(paint.bad(clip(`- ${line(comparison.a, a)}`, width)));
  }
  if (a !== undefined && pair !== undefined) {
    made.push(paint.warn(clip(`~ ${line(comparison.a, a)}`, width)));
    for (const { what, a: one, b: other } of pair.changes) {
      // Of two long values the beginnings of both are seen.
      const room = Math.max(12, Math.floor((width - what.length - 26) / 2));
      const sides = [one, other].map((value) => clip(shortIds(value), room));
      made.push(clip(`         ${what}: ${sides.join(" / ")}  (B ${String(pair.b)})`, width));
    }
  }
  if (b !== undefined && comparison.ofB(b) === undefined) {
    made.push(paint.good(clip(`+ ${line(comparison.b, b)}`, width)));
  }
  return made;
}

/** `   61  0.198  nova-api -> nova-conductor cast build_instances`. */
function line(model: Told, seq: number): string {
  const entry = model.entries[seq];
  if (entry === undefined) return "";
  const words = shortIds(describeEntry(entry, model.messages));
  return `${String(seq).padStart(5)} ${clock(entry.at).padStart(9)}  ${words}`;
}
