/**
 * The blocks of a chapter of docs/guide. A console block has commands (`$ npx novasim ...`, behind `printf '...' |`
 * one that reads) and what is shown of what each prints, `…` standing for what is left out; a yaml block with a name
 * is a file beside them.
 */
const BLOCK = /^```(console|yaml name=(\S+))\n([\s\S]*?)^```$/gmu;
const LEFT_OUT = "…";
const TYPED = /^\$ (?:printf '([^']*)' \| )?npx novasim (.*)$/u;

/** Types a command line in the folder of the chapter. @returns what it prints */
export type Type = (
  words: readonly string[],
  files: ReadonlyMap<string, string>,
  input: string,
) => Promise<string>;

/** `text` with what its commands print now. @throws Error for what is shown and is not printed any more */
export async function refreshed(text: string, type: Type): Promise<string> {
  const files = new Map<string, string>();
  let fresh = "";
  let at = 0;
  for (const block of text.matchAll(BLOCK)) {
    const [all, language = "", name, inside = ""] = block;
    if (name !== undefined) files.set(name, inside);
    const now = name === undefined ? await retyped(inside, type, files) : inside;
    fresh += `${text.slice(at, block.index)}\`\`\`${language}\n${now}\`\`\``;
    at = block.index + all.length;
  }
  return fresh + text.slice(at);
}

async function retyped(
  inside: string,
  type: Type,
  files: ReadonlyMap<string, string>,
): Promise<string> {
  const fresh: string[] = [];
  for (const part of inside.trimEnd().split(/^(?=\$ )/mu)) {
    const [command = "", ...shown] = part.trimEnd().split("\n");
    const [, input = "", words] = TYPED.exec(command) ?? [];
    if (words === undefined) throw new Error(`not a command of novasim: ${command}`);
    const printed = (await type(words.split(" "), files, input.replaceAll("\\n", "\n")))
      .trimEnd()
      .split("\n");
    fresh.push(command, ...fitted(shown, printed, command));
  }
  return fresh.map((line) => `${line.trimEnd()}\n`).join("");
}

/**
 * What of `printed` is as what was shown, in that order: the very lines if they are there, else those that differ
 * from them in numbers and ids only.
 */
function fitted(shown: readonly string[], printed: readonly string[], command: string): string[] {
  const fresh: string[] = [];
  let next = 0;
  for (const run of runsOf(shown)) {
    const [first = ""] = run;
    if (first === LEFT_OUT) {
      fresh.push(first);
      continue;
    }
    const wanted = run.filter(isText);
    const same = (lines: readonly string[]): boolean => lines.join("\n") === wanted.join("\n");
    const alike = (lines: readonly string[]): boolean =>
      lines.map(shape).join("\n") === wanted.map(shape).join("\n");
    const found = place(run, printed, next, same) ?? place(run, printed, next, alike);
    if (found === undefined)
      throw new Error(`${command} does not print, after line ${String(next)}:\n${run.join("\n")}`);
    fresh.push(...found.lines);
    next = found.end;
  }
  return fresh;
}

/** The lines between what is left out, which stand together. */
function runsOf(shown: readonly string[]): string[][] {
  const runs: string[][] = [];
  for (const line of shown) {
    const last = runs.at(-1);
    if (last === undefined || line === LEFT_OUT || last[0] === LEFT_OUT) runs.push([line]);
    else last.push(line);
  }
  return runs;
}

interface Found {
  readonly lines: readonly string[];
  readonly end: number;
}

/** The first place from `next` on where so many lines, empty ones aside, are as `run`. */
function place(
  run: readonly string[],
  printed: readonly string[],
  next: number,
  fits: (lines: readonly string[]) => boolean,
): Found | undefined {
  const size = run.filter(isText).length;
  for (let begin = next; begin < printed.length; begin++) {
    let end = begin;
    for (let seen = 0; end < printed.length && seen < size; end++) {
      if (isText(printed[end] ?? "")) seen++;
    }
    const lines = printed.slice(begin, end).map((line) => line.trimEnd());
    const texts = lines.filter(isText);
    if (isText(lines[0] ?? "") && fits(texts)) {
      return { lines: run.every(isText) ? texts : lines, end };
    }
  }
  return undefined;
}

const isText = (line: string): boolean => line.trim() !== "";

const shape = (line: string): string =>
  line
    .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[0-9a-f]{8,32}\b/gu, "@")
    .replace(/\d+/gu, "#")
    .replace(/[ ─]+/gu, " ")
    .trim();
