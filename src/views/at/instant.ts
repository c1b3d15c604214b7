/**
 * What there was at an instant of a run, by the words in which one asks for it: `servers`, `queues`,
 * `rows`, `nova.instances`. The words are those of `novasim inspect` and of the prompt of `play`.
 */
import { didYouMean } from "../../text/nearest.js";
import type { Model } from "../model/model.js";
import { clip, clock, safe } from "../words.js";
import { wordsOf } from "./entry-words.js";
import { queueAt, queuesAt, rowAt, rowsAt, tableOf, tablesAt, thingsAt } from "./stored.js";
import type { Table } from "./table.js";
import { faultsAt, messagesAt, processesAt, requestsAt } from "./underway.js";

type Aspect = (model: Model, seq: number) => Table;

const ASPECTS: ReadonlyMap<string, Aspect> = new Map<string, Aspect>([
  ["messages", messagesAt],
  ["queues", (model, seq) => queuesAt(model, seq, false)],
  ["processes", (model, seq) => processesAt(model, seq, false)],
  ["faults", faultsAt],
  ["requests", requestsAt],
  ["tables", tablesAt],
  ["rows", rowsAt],
]);

/** Kinds of things that one may ask for although a run had none. */
const USUAL = ["server", "port", "volume", "image", "stack"];

export type Answered =
  | { readonly ok: true; readonly tables: readonly Table[] }
  | { readonly ok: false; readonly problem: string; readonly hint: string | undefined };

/** Every word that may be asked of this run. */
export function askable(model: Model): readonly string[] {
  return [...thingsOf(model).map((thing) => `${thing}s`), ...ASPECTS.keys()];
}

/** What `word` means at entry `seq`: a kind of things, an aspect, a table with its rows, one thing by name, a queue. */
export function ask(model: Model, seq: number, word: string): Answered {
  const found = one(model, seq, word);
  if (found !== undefined) return { ok: true, tables: found };
  const words = askable(model);
  const names = [...words, ...tableNames(model), ...model.things.all.map(({ name }) => name)];
  return {
    ok: false,
    problem: `there is nothing called "${clip(safe(word), 60)}" in this run`,
    hint:
      didYouMean(word, [...new Set(names)]) ??
      `There is: ${words.join(", ")}; or a table, or a name.`,
  };
}

function one(model: Model, seq: number, word: string): readonly Table[] | undefined {
  const aspect = ASPECTS.get(word);
  if (aspect !== undefined) return [aspect(model, seq)];
  const thing = thingsOf(model).find((kind) => `${kind}s` === word);
  if (thing !== undefined) return [thingsAt(model, seq, thing)];
  const queue = model.queues.at(Infinity).find(({ name }) => name === word);
  if (queue !== undefined) return [queueAt(model, seq, word)];
  if (tableNames(model).includes(word)) {
    const rows = model.rows.all.filter((row) => tableOf(row) === word);
    return rows.flatMap((row) => rowAt(model, seq, row) ?? []);
  }
  const named = model.things.all.filter(
    ({ name, id }) => name === word || String(model.rows.get(id)?.key) === word,
  );
  if (named.length === 0) return undefined;
  return named.flatMap(({ id }) => {
    const row = model.rows.get(id);
    return row === undefined ? [] : (rowAt(model, seq, row) ?? goneTable(tableOf(row), word));
  });
}

const goneTable = (table: string, word: string): Table => ({
  title: `${table} ${clip(safe(word), 60)}`,
  columns: [],
  rows: [],
  besides: "it is not there at this entry",
});

/** What one wants to know first: whatever has a state, and what is not as it should be. */
export function overview(model: Model, seq: number): readonly Table[] {
  const things = thingsOf(model).map((thing) => thingsAt(model, seq, thing));
  const rest = [
    messagesAt(model, seq),
    queuesAt(model, seq, true),
    processesAt(model, seq, true),
    faultsAt(model, seq),
  ];
  return [...things, ...rest].filter(({ rows, besides }) => rows.length > 0 || besides !== "");
}

/** `entry 59 of 0 to 352, 0.198 s, chapter 1: nova boot t3`, and what the entry says. */
export function instantLine(model: Model, seq: number): string {
  const entry = model.entries[seq];
  if (entry === undefined) return "nothing had happened yet";
  const chapter = model.chapters.all[model.chapters.indexOf(seq)];
  const title =
    chapter === undefined ? "" : safe(chapter.text === "" ? chapter.note : chapter.text);
  const where =
    chapter === undefined || chapter.number === 0
      ? "before the first step"
      : `step ${String(chapter.number)}${title === "" ? "" : `: ${clip(title, 60)}`}`;
  return `entry ${String(seq)}, ${clock(entry.at)} s, ${where}\n${wordsOf(entry, model)}`;
}

function thingsOf(model: Model): readonly string[] {
  return [...new Set([...USUAL, ...model.things.all.map(({ thing }) => thing)])];
}

function tableNames(model: Model): readonly string[] {
  return [...new Set(model.rows.all.map(tableOf))];
}
