/**
 * A command line as far as it can be known before it runs: its words, the tool, the command and
 * its options. Clients parse for themselves; this only looks for names that cannot exist.
 */

export interface KnownCommand {
  /** `nova`. */
  readonly tool: string;
  /** `boot`; empty if there is none. */
  readonly command: string;
  /** Option values by name, in order: `--nic` to `["net-id=private"]`. */
  readonly options: ReadonlyMap<string, readonly string[]>;
  readonly positional: readonly string[];
}

/** Options of `nova boot` and of the clients themselves that take no value. */
const BARE = new Set([
  "--debug",
  "--timings",
  "--poll",
  "--insecure",
  "--os-cache",
  "--no-cache",
  "--help",
  "-h",
]);

/** Split as a shell does; undefined when a quote is not closed. */
export function shellWords(line: string): string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let quote = "";
  for (let i = 0; i < line.length; i++) {
    const c = line[i] ?? "";
    if (quote === "" && /\s/u.test(c)) {
      if (word !== undefined) words.push(word);
      word = undefined;
      continue;
    }
    word ??= "";
    if (c === quote) quote = "";
    else if (quote === "" && (c === "'" || c === '"')) quote = c;
    else if (c === "\\" && quote !== "'" && i + 1 < line.length) word += line[++i] ?? "";
    else word += c;
  }
  if (quote !== "") return undefined;
  return word === undefined ? words : [...words, word];
}

/** What `line` says, read without running it. */
export function readCommand(line: string): KnownCommand | undefined {
  const [tool, ...rest] = shellWords(line) ?? [];
  if (tool === undefined) return undefined;
  const options = new Map<string, string[]>();
  const positional: string[] = [];
  for (let i = 0; i < rest.length; i++) {
    const word = rest[i] ?? "";
    if (!word.startsWith("-") || word === "-") {
      positional.push(word);
      continue;
    }
    const equals = word.startsWith("--") ? word.indexOf("=") : -1;
    const key = equals < 0 ? word : word.slice(0, equals);
    const value = equals >= 0 ? word.slice(equals + 1) : BARE.has(key) ? "" : (rest[++i] ?? "");
    options.set(key, [...(options.get(key) ?? []), value]);
  }
  const [command = "", ...others] = positional;
  return { tool, command, options, positional: others };
}
