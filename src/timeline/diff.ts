/**
 * Where two timelines part. The first difference is what counts: all that follows from it differs
 * as well. Used by replay, by the twice-run fence and by `novasim diff`.
 */
import { assertTimeline, assertIterable } from "./checks/given.js";
import type { Entry, Timeline } from "./entry.js";

/** The first line at which two recordings differ; a side is undefined where it has ended. */
export interface LineDifference {
  /** Counted from 1; the header is line 1. */
  readonly line: number;
  readonly expected: string | undefined;
  readonly actual: string | undefined;
}

/** The first field in which two values differ; `""` when the values themselves do. */
export interface FieldDifference {
  /** `args.instance.vm_state`, `changes.task_state[1]`. */
  readonly path: string;
  /** `undefined` where there is none. */
  readonly expected: unknown;
  readonly actual: unknown;
}

/** The first entry at which two runs part. */
export interface Divergence {
  readonly seq: number;
  /** Virtual time: that of the earlier of both entries. */
  readonly at: number;
  /** `undefined` where that side has ended. */
  readonly expected: Entry | undefined;
  readonly actual: Entry | undefined;
  /** The first field that differs; undefined where one side has ended. */
  readonly field: FieldDifference | undefined;
}

/** How two recordings differ: in their headers, and where the runs part. */
export interface TimelineDifference {
  /** What differs between the headers, field by field. */
  readonly header: readonly FieldDifference[];
  readonly divergence: Divergence | undefined;
}

const LINES = "the lines of a recording, as cloud.timeline.lines are, each without its newline";

/** Deeper than any payload. */
const DEEPEST = 200;

/**
 * Compare two recordings line by line, reading no more of either than is needed.
 *
 * @example
 * ```ts
 * import { firstDifference } from "novasim";
 *
 * console.log(firstDifference(["a", "b"], ["a", "c"])?.line); // 2
 * ```
 */
export function firstDifference(
  expected: Iterable<string>,
  actual: Iterable<string>,
): LineDifference | undefined {
  assertIterable(expected, "firstDifference", LINES);
  assertIterable(actual, "firstDifference", LINES);
  const left = expected[Symbol.iterator]();
  const right = actual[Symbol.iterator]();
  try {
    for (let line = 1; ; line++) {
      const a = left.next();
      const b = right.next();
      if (a.done === true && b.done === true) return undefined;
      const one = a.done === true ? undefined : a.value;
      const other = b.done === true ? undefined : b.value;
      if (one !== other) return { line, expected: one, actual: other };
    }
  } finally {
    left.return?.();
    right.return?.();
  }
}

/** What a differing pair of entry lines means. Not for line 1: headers have `diffHeaders`. */
export function divergenceOf(difference: LineDifference): Divergence | undefined {
  const expected = entryOf(difference.expected);
  const actual = entryOf(difference.actual);
  return expected === undefined && actual === undefined ? undefined : diverge(expected, actual);
}

/**
 * The first entry at which two timelines part, and what differs between their headers.
 *
 * @example
 * ```ts
 * import { Cloud, diffTimelines } from "novasim";
 *
 * const run = (seed: number) => {
 *   const cloud = new Cloud({ seed });
 *   cloud.user("demo").command("nova list");
 *   return cloud.timeline;
 * };
 * console.log(diffTimelines(run(1), run(1)).divergence); // undefined
 * console.log(diffTimelines(run(1), run(2)).header.map(({ path }) => path)); // [ 'seed' ]
 * ```
 */
export function diffTimelines(expected: Timeline, actual: Timeline): TimelineDifference {
  assertTimeline(expected, "diffTimelines");
  assertTimeline(actual, "diffTimelines");
  return {
    header: diffHeaders(expected.header, actual.header),
    divergence: parting(expected, actual),
  };
}

/** What differs between two headers, one difference for each field. */
export function diffHeaders(expected: object, actual: object): FieldDifference[] {
  const fields = new Set([...Object.keys(expected), ...Object.keys(actual)]);
  return [...fields].flatMap((field) => {
    const found = differenceBetween(get(expected, field), get(actual, field), field, 0);
    return found === undefined ? [] : [found];
  });
}

/** The first field in which two values differ, in the order in which `expected` has its fields. */
export function diffValues(expected: unknown, actual: unknown): FieldDifference | undefined {
  return differenceBetween(expected, actual, "", 0);
}

function parting(expected: Timeline, actual: Timeline): Divergence | undefined {
  const length = Math.max(expected.entries.length, actual.entries.length);
  for (let i = 0; i < length; i++) {
    const one = expected.entries[i];
    const other = actual.entries[i];
    if (one === undefined || other === undefined || diffValues(one, other) !== undefined) {
      return diverge(one, other);
    }
  }
  return undefined;
}

function diverge(expected: Entry | undefined, actual: Entry | undefined): Divergence {
  const seq = Math.min(expected?.seq ?? Infinity, actual?.seq ?? Infinity);
  const at = Math.min(expected?.at ?? Infinity, actual?.at ?? Infinity);
  const both = expected !== undefined && actual !== undefined;
  const field = both ? fieldOf(expected, actual) : undefined;
  return { seq, at, expected, actual, field };
}

/** What an entry is says more than when it came, so a different kind is named before a time. */
function fieldOf(expected: Entry, actual: Entry): FieldDifference | undefined {
  for (const field of ["kind", "method", "actor"]) {
    const found = differenceBetween(get(expected, field), get(actual, field), field, 0);
    if (found !== undefined) return found;
  }
  return diffValues(expected, actual);
}

function differenceBetween(
  expected: unknown,
  actual: unknown,
  path: string,
  depth: number,
): FieldDifference | undefined {
  if (Object.is(expected, actual)) return undefined;
  if (!isBranch(expected) || !isBranch(actual) || depth > DEEPEST)
    return { path, expected, actual };
  const lists = Array.isArray(expected);
  if (lists !== Array.isArray(actual)) return { path, expected, actual };
  const keys = new Set([...Object.keys(expected), ...Object.keys(actual)]);
  for (const key of keys) {
    const found = differenceBetween(
      get(expected, key),
      get(actual, key),
      lists ? `${path}[${key}]` : joined(path, key),
      depth + 1,
    );
    if (found !== undefined) return found;
  }
  return undefined;
}

function joined(path: string, key: string): string {
  if (!/^[\w$-]+$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === "" ? key : `${path}.${key}`;
}

function isBranch(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** Own fields only: a key such as `__proto__` or `constructor` is a key like any other. */
function get(record: object, key: string): unknown {
  return Object.hasOwn(record, key) ? (record as Record<string, unknown>)[key] : undefined;
}

function entryOf(line: string | undefined): Entry | undefined {
  if (line === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(line);
    return isBranch(value) && "seq" in value ? (value as Entry) : undefined;
  } catch {
    return undefined;
  }
}
