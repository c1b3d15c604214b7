/**
 * Two recordings laid beside each other by what led to what: a deed of one is looked for where the
 * other has the same cause, never by its line. So what one message more set off is all of the
 * difference, and what came after it is compared with its like. Ids and times are no difference.
 */
import type { Model } from "../model/model.js";
import { took } from "../sequence/labels.js";
import { changesBetween, type Change } from "./changes.js";
import { matchesOf } from "./matches.js";
import { Outline, wordsOfEntry, type Told } from "./outline.js";
import { placesOf, type Place } from "./places.js";
import { Side } from "./side.js";
import type { Recording } from "../view.js";

/** The same deed in both. */
export interface Pair {
  readonly a: number;
  readonly b: number;
  /** What differs, the most telling first; empty if both say the same. */
  readonly changes: readonly Change[];
}

/** Of two outlines, unless both were there as a whole. */
export interface Comparison<M extends Told = Told> {
  readonly a: M;
  readonly b: M;
  /** In the order of A's entries. */
  readonly pairs: readonly Pair[];
  readonly alike: number;
  readonly changed: number;
  /** The entries that the other has not, in order. */
  readonly onlyA: readonly number[];
  readonly onlyB: readonly number[];
  /** All entries of both, line by line. */
  readonly places: readonly Place[];
  /** Where they part, by the first entry of each that differs there; undefined if they do not. */
  readonly first: Place | undefined;
  readonly ofA: (seq: number) => Pair | undefined;
  readonly ofB: (seq: number) => Pair | undefined;
}

export interface CompareOptions {
  /** That something took longer, counted from its cause, is a difference as well. */
  readonly times?: boolean;
}

/** Each is gone through once; what has been compared is no longer there as a whole. */
export function compareTimelines(
  a: Recording,
  b: Recording,
  options: CompareOptions = {},
): Comparison {
  return compareOutlines(Outline.ofBoth(a, b), options);
}

export function compareOutlines(
  [a, b]: readonly [Outline, Outline],
  options: CompareOptions = {},
): Comparison {
  return compareSides([a, new Side(a, a.words)], [b, new Side(b, b.words)], options);
}

export function compareModels(a: Model, b: Model, options: CompareOptions = {}): Comparison<Model> {
  const sideOf = (model: Model): Side => new Side(model, model.entries.map(wordsOfEntry));
  return compareSides([a, sideOf(a)], [b, sideOf(b)], options);
}

function compareSides<M extends Told>(
  [a, sideA]: readonly [M, Side],
  [b, sideB]: readonly [M, Side],
  { times = false }: CompareOptions,
): Comparison<M> {
  const matches = matchesOf(sideA, sideB);
  const pairs = matches.map(([one, other]) => ({
    a: one,
    b: other,
    changes: [...said(sideA, sideB, one, other), ...(times ? spent(a, b, one, other) : [])],
  }));
  const byA = new Map(pairs.map((pair) => [pair.a, pair]));
  const byB = new Map(pairs.map((pair) => [pair.b, pair]));
  const all = ({ entries }: Told): readonly number[] => entries.map(({ seq }) => seq);
  const places = placesOf(matches, all(a), all(b));
  const ofA = (seq: number): Pair | undefined => byA.get(seq);
  const ofB = (seq: number): Pair | undefined => byB.get(seq);
  const alike = pairs.filter(({ changes }) => changes.length === 0).length;
  return {
    ...{ a, b, pairs, places, ofA, ofB, alike },
    changed: pairs.length - alike,
    onlyA: all(a).filter((seq) => !byA.has(seq)),
    onlyB: all(b).filter((seq) => !byB.has(seq)),
    first: parting(places, ofA, ofB),
  };
}

function said(a: Side, b: Side, one: number, other: number): readonly Change[] {
  const [left, right] = [a.model.entries[one], b.model.entries[other]];
  if (left === undefined || right === undefined) return [];
  return changesBetween(a.words[one]?.text ?? "", b.words[other]?.text ?? "", [left, right]);
}

function spent(a: Told, b: Told, one: number, other: number): readonly Change[] {
  const [left, right] = [sinceCause(a, one), sinceCause(b, other)];
  return left === right ? [] : [{ what: "after", a: took(left), b: took(right) }];
}

function sinceCause({ entries, causes }: Told, seq: number): number {
  const cause = causes.of(seq);
  const from = cause === undefined ? undefined : entries[cause];
  return from === undefined ? 0 : (entries[seq]?.at ?? 0) - from.at;
}

type Of = (seq: number) => Pair | undefined;

/** Of the lines between two that are in step, the first that differs on either side. */
function parting(places: readonly Place[], ofA: Of, ofB: Of): Place | undefined {
  const differs = (pair: Pair | undefined): boolean =>
    pair === undefined || pair.changes.length > 0;
  let a: number | undefined;
  let b: number | undefined;
  for (const place of places) {
    const inStep = place.a !== undefined && place.b !== undefined;
    if (inStep && (a !== undefined || b !== undefined)) break;
    if (place.a !== undefined && differs(ofA(place.a))) a ??= place.a;
    if (place.b !== undefined && differs(ofB(place.b))) b ??= place.b;
    if (inStep && (a !== undefined || b !== undefined)) break;
  }
  return a === undefined && b === undefined ? undefined : { a, b };
}
