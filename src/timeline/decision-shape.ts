/**
 * Whether the parts of a `decision` entry are what its views walk through. Other kinds need only what
 * `shape.ts` lists; this one is tables within tables.
 */
type Check = (value: unknown) => boolean;

const text: Check = (value) => typeof value === "string";
const number: Check = (value) => typeof value === "number" && Number.isFinite(value);
const boolean: Check = (value) => typeof value === "boolean";

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const listOf =
  (item: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(item);
const row =
  (...cells: readonly Check[]): Check =>
  (value) =>
    Array.isArray(value) && cells.every((cell, at) => cell(value[at]));
const record =
  (fields: Readonly<Record<string, Check>>): Check =>
  (value) =>
    isRecord(value) && Object.entries(fields).every(([key, check]) => check(value[key]));
const every =
  (item: Check): Check =>
  (value) =>
    isRecord(value) && Object.values(value).every(item);

const PARTS: Readonly<Record<string, Check>> = {
  asked: every((value) => text(value) || number(value)),
  given: isRecord,
  candidates: listOf(row(text, every(number))),
  left_out: listOf(row(text, text)),
  filters: listOf(record({ filter: text, verdicts: listOf(row(text, boolean, text)) })),
  weighers: listOf(
    record({ weigher: text, multiplier: number, weights: listOf(row(text, number, number)) }),
  ),
  weights: listOf(row(text, number)),
  limits: every(number),
  chosen: (value) => value === null || text(value),
};

/** The first part of `entry` that is not as it should be. */
export function misshapenPart(entry: Readonly<Record<string, unknown>>): string | undefined {
  return Object.entries(PARTS).find(([key, check]) => !check(entry[key]))?.[0];
}
