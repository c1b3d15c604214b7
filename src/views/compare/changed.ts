/** What has become different between two runs of one scenario, in a few lines: how much, and where first. */
import type { Entry, Timeline } from "../../timeline/index.js";
import { wordsOf } from "../at/entry-words.js";
import { compareModels } from "./compare.js";
import { Model } from "../model/model.js";
import { clip, clock, count } from "../words.js";

const LONGEST = 100;
/** Fields that differ in the first entry that does. */
const MOST = 3;

/** One line that counts, and if anything has changed, the first difference with both its sides. */
export function changedLines(before: Timeline, now: Timeline): readonly string[] {
  const { a, b, alike, changed, onlyA, onlyB, first, ofA } = compareModels(
    Model.of(before),
    Model.of(now),
  );
  if (first === undefined) return [`as in the last run: ${count(alike, "entry", "entries")} alike`];
  const counts = [
    `${alike} alike`,
    `${changed} changed`,
    `${onlyA.length} gone`,
    `${onlyB.length} new`,
  ];
  const pair = first.a === undefined ? undefined : ofA(first.a);
  const fields = (pair?.b === first.b ? (pair?.changes ?? []) : []).slice(0, MOST);
  return [
    `since the last run: ${counts.join(", ")}; the first difference:`,
    `  before  ${sideOf(a, first.a)}`,
    `  now     ${sideOf(b, first.b)}`,
    ...fields.map((field) => clip(`          ${field.what}: ${field.a} / ${field.b}`, LONGEST)),
  ];
}

function sideOf(model: Model, seq: number | undefined): string {
  const entry: Entry | undefined = seq === undefined ? undefined : model.entries[seq];
  if (entry === undefined) return "nothing";
  return clip(`entry ${entry.seq}, ${clock(entry.at)} s: ${wordsOf(entry, model)}`, LONGEST);
}
