/**
 * A command line of 2011, cut into flags and what is left: any beginning that means one flag alone
 * is enough, reading stops at the first word that is none, and a flag that nobody defined is taken
 * out, without its value, and reading begins again. Upstream: Python's `getopt.getopt` as
 * python-gflags 1.3 `FlagValues.__call__` uses it.
 */
import { readFlagfile, type ReadText } from "../../framework/flags/flagfile.js";
import { FlagsError } from "./gflags-kinds.js";

export interface Scanned {
  readonly flags: readonly { readonly name: string; readonly value: string }[];
  readonly rest: readonly string[];
  /** As written, without their dashes. */
  readonly unrecognized: readonly string[];
}

/** What `args` say; `defined` tells of each flag whether it is boolean. @throws FlagsError */
export function scan(args: readonly string[], defined: ReadonlyMap<string, boolean>): Scanned {
  const words = args.map((arg) => spelledOut(arg, defined));
  const unrecognized: string[] = [];
  for (;;) {
    const outcome = attempt(words, defined);
    if (!("stranger" in outcome)) return { ...outcome, unrecognized };
    unrecognized.push(outcome.stranger);
    words.splice(outcome.at, 1);
  }
}

/** `--mybool` and `--nomybool` as `--mybool=true` and `--mybool=false`, shortened or not. */
function spelledOut(arg: string, defined: ReadonlyMap<string, boolean>): string {
  if (!arg.startsWith("--") || arg.includes("=") || arg.length < 3) return arg;
  const written = arg.slice(2);
  const all = [...defined].flatMap(([name, isBoolean]) =>
    isBoolean ? [name, `no${name}`] : [name],
  );
  const meant = all.includes(written) ? [written] : all.filter((name) => name.startsWith(written));
  const [name = ""] = meant;
  if (meant.length !== 1) return arg;
  if (defined.get(name) === true) return `--${name}=true`;
  return defined.has(name) ? arg : `--${name.slice(2)}=false`;
}

type Attempt = Omit<Scanned, "unrecognized"> | { readonly stranger: string; readonly at: number };

function attempt(words: readonly string[], defined: ReadonlyMap<string, boolean>): Attempt {
  const flags: { name: string; value: string }[] = [];
  let i = 0;
  for (; i < words.length; i++) {
    const word = words[i] ?? "";
    if (word === "--") return { flags, rest: words.slice(i + 1) };
    if (!word.startsWith("-") || word === "-") break;
    const at = i;
    const body = word.startsWith("--") ? word.slice(2) : word.slice(1);
    const equals = body.indexOf("=");
    const written = equals < 0 ? body : body.slice(0, equals);
    const name = meantBy(written, [...defined.keys()]);
    if (name === undefined) return { stranger: written, at };
    // One dash, one letter: a boolean takes nothing then.
    const bare = !word.startsWith("--") && equals < 0 && defined.get(name) === true;
    const value = bare ? "true" : equals < 0 ? words[++i] : body.slice(equals + 1);
    if (value === undefined) throw new FlagsError(`option --${name} requires argument`);
    flags.push({ name, value });
  }
  return { flags, rest: words.slice(i) };
}

function meantBy(written: string, names: readonly string[]): string | undefined {
  if (names.includes(written)) return written;
  const meant = names.filter((name) => name.startsWith(written));
  return meant.length === 1 ? meant[0] : undefined;
}

/**
 * `args` with the lines of flag files before everything else, wherever they were asked for: so the
 * command line wins, and of several files the first (CFG-05, CFG-06). Files that are not there are
 * told to `missed` and left out.
 */
export function withFlagfiles(
  args: readonly string[],
  read: ReadText,
  missed: (file: string) => void,
): string[] {
  const words: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? "";
    const [, inline] = /^--?flagfile(?:=(.*))?$/u.exec(arg) ?? [];
    if (inline === undefined && !/^--?flagfile$/u.test(arg)) {
      words.push(arg);
      if (arg === "--" || !arg.startsWith("-")) return [...words, ...args.slice(i + 1)];
      continue;
    }
    const file = inline ?? args[++i];
    if (file === undefined) throw new FlagsError("--flagfile with no argument");
    const { lines, missing } = readFlagfile(file, read);
    for (const { text } of missing) missed(text.replace(/^--?flagfile[=\s]+/u, ""));
    words.unshift(...lines.map(({ text }) => text));
  }
  return words;
}
