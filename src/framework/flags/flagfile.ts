/**
 * Flag files of 2011: one flag a line as on a command line, `--name=value`, with `#` and `//` for
 * remarks and `--flagfile=other` for more of them in place. From their texts; nothing is opened
 * here. Upstream: python-gflags 1.3 `__GetFlagFileLines`, nova/compat/flagfile.py; messaging §C1.
 */
import type { Origin } from "./source.js";

/** One argument out of a file. */
export interface FlagLine {
  /** `--name=value`, as written. */
  readonly text: string;
  readonly origin: Origin;
}

export interface FlagFile {
  readonly lines: readonly FlagLine[];
  /** Files that are asked for and are not there; reading went on without them. */
  readonly missing: readonly FlagLine[];
  /** Files that include themselves, by whatever way; they were skipped. */
  readonly circular: readonly FlagLine[];
}

/** The text of a file; undefined if there is none. */
export type ReadText = (file: string) => string | undefined;

const NESTED = /^--?flagfile(?:=|\s+)(.*)$/u;

/** The lines of `file` and of those that it includes. */
export function readFlagfile(file: string, read: ReadText): FlagFile {
  const missing: FlagLine[] = [];
  const circular: FlagLine[] = [];
  const open = (name: string, from: FlagLine, on: readonly string[]): FlagLine[] => {
    if (on.includes(name)) {
      circular.push(from);
      return [];
    }
    const text = read(name);
    if (text === undefined) {
      missing.push(from);
      return [];
    }
    return linesOf(name, text).flatMap((line) => {
      const nested = NESTED.exec(line.text)?.[1];
      return nested === undefined ? [line] : open(nested.trim(), line, [...on, name]);
    });
  };
  const lines = open(file, { text: `--flagfile=${file}`, origin: { label: file } }, []);
  return { lines, missing, circular };
}

function linesOf(file: string, text: string): FlagLine[] {
  return text.split("\n").flatMap((raw, index) => {
    const line = raw.trim();
    if (line === "" || line.startsWith("#") || line.startsWith("//")) return [];
    const column = raw.length - raw.trimStart().length + 1;
    return [{ text: line, origin: { label: file, line: index + 1, column } }];
  });
}

/** Whether a text is a flag file and not ini: its first line that says something is a flag. */
export function looksLikeFlagfile(text: string): boolean {
  const [first] = linesOf("", text).filter((line) => !line.text.startsWith(";"));
  return first?.text.startsWith("--") === true;
}
