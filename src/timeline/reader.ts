/**
 * Reads a timeline from its lines. A recording that stopped in the middle of a line is read up to
 * there; kinds and fields that this version does not know are kept. No file access: `src/cli` has that.
 */
import { assertIterable } from "./checks/given.js";
import { Calendar } from "../kernel/index.js";
import type { Entry, Header, Timeline } from "./entry.js";
import { TimelineError } from "./errors.js";
import { DEEPEST_NESTING, misshapen, tooDeep } from "./shape.js";

/**
 * The version of the format that this reads and writes.
 *
 * @example
 * ```ts
 * import { Cloud, TIMELINE_VERSION } from "novasim";
 *
 * const cloud = new Cloud();
 * cloud.user("demo").command("nova list");
 * console.log(cloud.timeline.header.timeline === TIMELINE_VERSION); // true
 * ```
 */
export const TIMELINE_VERSION = 1;

/** A timeline that was read. */
export interface ReadTimeline extends Timeline {
  /** The last line was cut off: the run or its recording ended early. */
  readonly truncated: boolean;
}

const WHAT_IT_IS =
  'A timeline begins with a header line, {"timeline":1,...}; `novasim run FILE --record OUT` writes one.';

/**
 * Read `source`: the whole text, or its lines one by one.
 * @throws TimelineError naming the line, what is wrong with it and what would be right
 *
 * @example
 * ```ts
 * import { Cloud, readTimeline } from "novasim";
 *
 * const cloud = new Cloud();
 * cloud.user("demo").command("nova list");
 * const text = cloud.timeline.lines.join("\n");
 * console.log(readTimeline(text).entries.length === cloud.timeline.length); // true
 * ```
 */
export function readTimeline(source: string | Iterable<string>): ReadTimeline {
  if (typeof source !== "string") {
    assertIterable(source, "readTimeline", "the text of a recording, or its lines");
  }
  const reader = new TimelineReader(source);
  const entries = [...reader.entries];
  return { header: reader.header, entries, truncated: reader.truncated };
}

/** A timeline that is read as it is gone through, once; nothing of it is kept. */
export class TimelineReader {
  readonly header: Header;
  /** Each is checked when its turn comes. @throws TimelineError as `readTimeline` */
  readonly entries: Iterable<Entry>;
  readonly #reader = new EntryReader();
  #truncated = false;

  /** @throws TimelineError if the first line is no header */
  constructor(source: string | Iterable<string>) {
    const lines = (typeof source === "string" ? linesOf(source) : source)[Symbol.iterator]();
    const first = lines.next();
    if (first.done === true) throw empty();
    this.#reader.read(first.value);
    this.header = this.#reader.header;
    this.entries = this.#rest(lines);
  }

  /** Once all was read: the last line was cut off. */
  get truncated(): boolean {
    return this.#truncated;
  }

  *#rest(lines: Iterator<string>): Generator<Entry, void> {
    for (let next = lines.next(); next.done !== true; next = lines.next()) {
      const entry = this.#reader.read(next.value);
      if (entry !== undefined) yield entry;
    }
    this.#truncated = this.#reader.end();
  }
}

/** Reads line after line, for who shows a recording while the rest of it is still to come. */
export class EntryReader {
  #header: Header | undefined;
  #broken: TimelineError | undefined;
  #lines = 0;
  #entries = 0;
  #at = -Infinity;

  /** @throws TimelineError before the first line */
  get header(): Header {
    if (this.#header === undefined) throw empty();
    return this.#header;
  }

  /**
   * The entry of the next line, without its newline; undefined for a line that has none.
   * @throws TimelineError naming the line, what is wrong with it and what would be right
   */
  read(raw: string): Entry | undefined {
    this.#lines += 1;
    const line = raw.endsWith("\r") ? raw.slice(0, -1) : raw;
    // Only the end of a file may be broken: something follows, so this was no crash.
    if (this.#broken !== undefined) throw this.#broken;
    if (this.#header === undefined) {
      this.#header = readHeader(line);
      return undefined;
    }
    if (line === "") return undefined;
    if (tooDeep(line)) {
      const wrong = `nested deeper than ${String(DEEPEST_NESTING)} levels`;
      throw new TimelineError(wrong, this.#lines);
    }
    const record = parse(line);
    if (record === undefined) {
      this.#broken = new TimelineError(
        `not a JSON object: ${excerpt(line)}. Each line is one entry.`,
        this.#lines,
      );
      return undefined;
    }
    const wrong = misshapen(record) ?? disordered(record, this.#entries, this.#at);
    if (wrong !== undefined) throw new TimelineError(wrong, this.#lines);
    const entry = record as unknown as Entry;
    this.#at = entry.at;
    this.#entries += 1;
    return entry;
  }

  /**
   * There are no more lines. @returns whether the last one was cut off
   * @throws TimelineError if it was something else than the beginning of an entry, or if there was no line at all
   */
  end(): boolean {
    if (this.#header === undefined) throw empty();
    const broken = this.#broken;
    if (broken !== undefined && !broken.message.includes("not a JSON object: {")) throw broken;
    return broken !== undefined;
  }
}

function empty(): TimelineError {
  return new TimelineError(`the file is empty. ${WHAT_IT_IS}`);
}

/** The lines of `text`; a newline at the end begins no further line. */
export function linesOf(text: string): Iterable<string> {
  return {
    [Symbol.iterator](): Iterator<string, undefined> {
      let start = 0;
      return {
        next() {
          if (start >= text.length) return { done: true, value: undefined };
          const newline = text.indexOf("\n", start);
          const end = newline === -1 ? text.length : newline;
          const value = text.slice(start, end);
          start = end + 1;
          return { done: false, value };
        },
      };
    },
  };
}

/**
 * Line 1 alone: what a run was, without reading the run.
 * @throws TimelineError if `line` is no header
 */
export function readHeader(line: string): Header {
  const text = line.startsWith("\ufeff") ? line.slice(1) : line;
  if (text === "") throw new TimelineError(`no header here. ${WHAT_IT_IS}`, 1);
  const record = tooDeep(text) ? undefined : parse(text);
  if (record === undefined) throw new TimelineError(notATimeline(text), 1);
  const version = record["timeline"];
  if (version === undefined) {
    throw new TimelineError(`a JSON object, but no header of a timeline. ${WHAT_IT_IS}`, 1);
  }
  if (version !== TIMELINE_VERSION) {
    const read = `this novasim reads version ${String(TIMELINE_VERSION)}`;
    throw new TimelineError(
      `a timeline of version ${excerpt(JSON.stringify(version))}; ${read}. ` +
        `Use the novasim that wrote it, or record the scenario again.`,
      1,
    );
  }
  const wrong = wrongHeader(record);
  if (wrong !== undefined) throw new TimelineError(`the header needs ${wrong}`, 1);
  return { detail: "flow", ...record } as unknown as Header;
}

function wrongHeader(record: Readonly<Record<string, unknown>>): string | undefined {
  for (const field of ["novasim", "scenario", "title", "epoch"]) {
    if (typeof record[field] !== "string") return `"${field}" (a string)`;
  }
  if (!isDate(record["epoch"] as string)) return `"epoch" to be an ISO date`;
  if (typeof record["seed"] !== "number") return `"seed" (a number)`;
  const actors = record["actors"];
  if (!Array.isArray(actors)) return `"actors" (a list)`;
  const whole = actors.every((actor: unknown) =>
    ["name", "service", "project", "host"].every(
      (field) => typeof (actor as Record<string, unknown> | null)?.[field] === "string",
    ),
  );
  return whole ? undefined : `each of its "actors" to have "name", "service", "project" and "host"`;
}

function isDate(text: string): boolean {
  try {
    return new Calendar(text).epoch !== "";
  } catch {
    return false;
  }
}

function disordered(
  record: Readonly<Record<string, unknown>>,
  next: number,
  at: number,
): string | undefined {
  const { seq, cause } = record;
  if (seq !== next) {
    return `"seq" is ${String(seq)} where ${String(next)} comes next: a line is missing, doubled or moved`;
  }
  if (!Number.isSafeInteger(record["at"]) || (record["at"] as number) < at) {
    const before = Number.isFinite(at) ? ` after ${String(at)}` : "";
    return `"at" is ${String(record["at"])}${before}: time is whole microseconds, fewer than 2^53, and never goes back`;
  }
  if (cause === undefined) return undefined;
  if (Number.isInteger(cause) && (cause as number) >= 0 && (cause as number) < next)
    return undefined;
  return `"cause" must be the "seq" of an earlier entry, not ${excerpt(JSON.stringify(cause))}`;
}

function parse(line: string): Record<string, unknown> | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return value as Record<string, unknown>;
}

function notATimeline(text: string): string {
  if (text.startsWith("\x1f\x8b") || text.startsWith("\x1f\ufffd")) {
    return "compressed data, not a timeline. Unpack it first (gunzip).";
  }
  if (/[\p{Cc}\ufffd]/u.test(text.slice(0, 200).replaceAll("\t", ""))) {
    return `binary data, not a timeline. ${WHAT_IT_IS}`;
  }
  if (text.startsWith('{"timeline"')) {
    return "the header is cut off: the recording ended before the run began. Record it again.";
  }
  if (/^(#|---|scenario\s*:|title\s*:|about\s*:)/.test(text)) {
    return "this looks like a scenario file, not a timeline. Make one of it: `novasim run FILE --record OUT`.";
  }
  return `not a timeline: it begins with ${excerpt(text)}. ${WHAT_IT_IS}`;
}

/** The beginning of `text`, safe to print. */
function excerpt(text: string): string {
  const start = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return start.replaceAll(/\p{C}/gu, "?");
}
