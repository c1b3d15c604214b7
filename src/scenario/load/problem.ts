/**
 * What is wrong with a scenario, where, and what would be right; and how that is told to people,
 * with the line and a caret under the place.
 */
import { refuse } from "../../kernel/index.js";
import { withPrintable } from "../../text/printable.js";
import type { Path } from "./path.js";

export interface Place {
  readonly file: string;
  /** From 1; absent when the whole file or an override is meant. */
  readonly line?: number;
  readonly column?: number;
  /** The line itself, and how many characters of it are meant. */
  readonly source?: string;
  readonly width?: number;
  /** The `--set` that is to blame instead of the file. */
  readonly override?: string;
}

/**
 * Where in the data of a scenario something stands, before it is looked up in the file. Built where
 * nobody knows files; `load.ts` makes places of them.
 */
export interface Spot {
  readonly path: Path;
  /** The key itself that is meant, and not its value. */
  readonly key?: string | undefined;
  /** The words that are meant, where the value holds more than that. */
  readonly word?: string | undefined;
  /** The place that is meant in a value that is a text of lines; both count from 1. */
  readonly inside?: { readonly line: number; readonly column: number };
}

/** One thing that is wrong; `P` is where, as far as that is known. */
export interface Problem<P = Place> {
  readonly severity: "error" | "warning";
  /** What was wrong. */
  readonly message: string;
  /** What would be right. */
  readonly hint?: string | undefined;
  readonly place: P;
}

/** How words are painted; the identity where there are no colours. */
export interface Paint {
  readonly error: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
}

const same = (text: string): string => text;
export const PLAIN: Paint = { error: same, warning: same, strong: same, faint: same };

/** `boot.yaml:12:5`, `boot.yaml`, `--set cloud.computes=x (boot.yaml)`. */
export function formatPlace(place: Place): string {
  if (place.override !== undefined) return `${place.override} (${place.file})`;
  if (place.line === undefined) return place.file;
  return `${place.file}:${String(place.line)}:${String(place.column ?? 1)}`;
}

/**
 * One problem as two to five lines of text.
 *
 * @example
 * ```ts
 * import { formatProblem, loadScenario } from "novasim";
 *
 * const loaded = loadScenario({ file: "my.yaml", text: "scenario: my\nsteps:\n  - rum: nova list\n" });
 * if (!loaded.ok) console.log(loaded.problems.map((problem) => formatProblem(problem)).join("\n"));
 * ```
 */
export function formatProblem(problem: Problem, paint: Paint = PLAIN): string {
  const given: unknown = problem;
  if (typeof given !== "object" || given === null || !("place" in given)) {
    refuse(given, "formatProblem", "one of the problems of loadScenario");
  }
  const { place } = problem;
  const tone = problem.severity === "error" ? paint.error : paint.warning;
  const lines = [
    `${paint.strong(printable(formatPlace(place)))}: ${tone(problem.severity)}: ${printable(problem.message)}`,
  ];
  if (place.source !== undefined && place.line !== undefined) {
    const gutter = String(place.line);
    const { text, start, width } = excerpt(place.source, (place.column ?? 1) - 1, place.width ?? 1);
    lines.push(`  ${paint.faint(`${gutter} |`)} ${text}`);
    const caret = " ".repeat(start) + tone("^".repeat(width));
    lines.push(`  ${paint.faint(`${" ".repeat(gutter.length)} |`)} ${caret}`);
  }
  if (problem.hint !== undefined) lines.push(`  ${printable(problem.hint)}`);
  return lines.join("\n");
}

const WIDEST = 100;

/** The part of a line that fits beside the caret, with nothing in it that moves the cursor. */
function excerpt(
  source: string,
  at: number,
  wide: number,
): { text: string; start: number; width: number } {
  const line = printable(source);
  const from = at > WIDEST - 20 ? at - 40 : 0;
  const text = `${from > 0 ? "…" : ""}${line.slice(from, from + WIDEST)}${line.length > from + WIDEST ? "…" : ""}`;
  const start = at - from + (from > 0 ? 1 : 0);
  return { text, start, width: Math.max(1, Math.min(wide, text.length - start)) };
}

/**
 * What cannot be shown as a dot and tabs as a space, in as many columns of the file: terminals must
 * not be steered by one.
 */
export const printable = (text: string): string =>
  withPrintable(text, (point) => (point === TAB ? " " : "·".repeat(point > 0xffff ? 2 : 1)));

const TAB = 0x09;

/** Problems as they come in the file, each once; those without a line first. */
export function inOrder(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>();
  const once = problems.filter((problem) => {
    const key = `${formatPlace(problem.place)} ${problem.message}`;
    const first = !seen.has(key);
    seen.add(key);
    return first;
  });
  return once.sort(
    (a, b) =>
      offset(a.place.line) - offset(b.place.line) ||
      offset(a.place.column) - offset(b.place.column),
  );
}

const offset = (position: number | undefined): number => position ?? 0;
