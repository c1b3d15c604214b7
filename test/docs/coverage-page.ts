/**
 * A page of docs/coverage: a list of what upstream does, each entry with its test or the reason why
 * it is out. Written by hand are the entries' ids, kinds, titles and reasons; the statements are
 * those of docs/juno, and the files are wherever a test has the title: both are filled in here.
 */
import { cells, filesIn, junoPage, PAGES, read } from "./juno.js";

export interface Entry {
  readonly id: string;
  /** `pinned`, `out`, or `fixed`: a hazard of Juno that later releases removed and that would only hurt here. */
  readonly is: string;
  readonly file: string | undefined;
  /** As it is written in the test; a part of it is `%s` where there are many. */
  readonly title: string | undefined;
  readonly why: string | undefined;
}

const WIDTH = 120;

const ENTRY = /^- \*\*(.+?)\*\* (\w+)/u;
const TEST = /^`(test\/[\w/.-]+\.test\.ts)`: (.+)$/u;

/** What upstream does, by id. */
export function statements(): ReadonlyMap<string, string> {
  const all = PAGES.flatMap((page) => junoPage(page).statements);
  const given = all.map(({ id, given, when, then }): [string, string] => {
    const what = [given, when].filter((part) => part !== "").join("; ");
    return [id, `${what} → ${then}`];
  });
  const pitfalls = cellsOf("nova", "## 10. ").map(([row = "", fact = ""]): [string, string] => [
    `pitfall ${row}`,
    fact,
  ]);
  return new Map([...given, ...pitfalls, ...novaRows()]);
}

/** Tables and lists of nova.md that a page goes through row by row. */
const NOVA_SECTIONS = [
  ...["1.2", "1.9", "1.10", "2.1", "2.2", "2.4", "2.5", "3.2"],
  ...["9.1", "9.2", "9.3", "9.4", "9.5", "9.6", "9.7"],
];

/** `nova §1.2 row 22`, and where rows have no label `nova §1.9 no. 3`. */
function novaRows(): [string, string][] {
  const text = read("docs/juno/nova.md");
  return NOVA_SECTIONS.flatMap((section) => {
    const [, body = ""] = text.split(`\n### ${section} `);
    const [own = ""] = body.split(/\n##/u);
    let number = 0;
    return own.split("\n").flatMap((line, at, lines): [string, string][] => {
      const point = /^(\d+)\. (.+)$/u.exec(line);
      if (point !== null) return [[`nova §${section} row ${point[1] ?? ""}`, point[2] ?? ""]];
      const isRow = line.startsWith("| ") && !(lines[at + 1] ?? "").startsWith("|---");
      if (!isRow) return [];
      number += 1;
      const [first = "", second = "", third] = cells(line);
      const labelled = /^(?:\d+[a-z]?|[a-z])$/u.test(first);
      const said = labelled ? [second, third] : [first, second];
      const id = labelled ? `row ${first}` : `no. ${String(number)}`;
      return [[`nova §${section} ${id}`, said.filter((part) => part !== undefined).join(": ")]];
    });
  });
}

/** The numbered rows below a heading of a page. */
function cellsOf(page: string, heading: string): string[][] {
  const text = read(`docs/juno/${page}.md`);
  const section = text.slice(text.indexOf(`\n${heading}`) + 1).split(/\n## /u)[0] ?? "";
  return section
    .split("\n")
    .filter((line) => /^\| \d/u.test(line))
    .map(cells);
}

/** Test files by path, their quotes unescaped. */
export const testTexts = (): ReadonlyMap<string, string> =>
  new Map(
    filesIn(["test"], /\.test\.ts$/u).map((file) => [file, read(file).replaceAll('\\"', '"')]),
  );

export const hasTitle = (text: string | undefined, title: string): boolean =>
  text !== undefined && [`"${title}"`, `'${title}'`].some((quoted) => text.includes(quoted));

/** The page in parts: text that stays as it is, and entries. */
export function parse(page: string): (string | Entry)[] {
  const parts: (string | Entry)[] = [];
  const lines = page.split("\n");
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? "";
    const head = ENTRY.exec(line);
    if (head === null) {
      parts.push(line);
      continue;
    }
    const items: string[] = [];
    for (; /^ {2}/u.test(lines[at + 1] ?? ""); at++) {
      const more = (lines[at + 1] ?? "").trim();
      if (more.startsWith("- ")) items.push(more.slice(2));
      else if (items.length > 0) items.push(`${items.pop() ?? ""} ${more}`);
    }
    const [, id = "", is = ""] = head;
    const test = items.map((item) => TEST.exec(item)).find((found) => found !== null);
    const why = items.find((item) => !TEST.test(item));
    parts.push({ id, is, file: test?.[1], title: test?.[2], why });
  }
  return parts;
}

export const entriesOf = (page: string): Entry[] =>
  parse(page).filter((part): part is Entry => typeof part !== "string");

/** The page as it should be. */
export function render(page: string): string {
  const known = statements();
  const tests = testTexts();
  return parse(page)
    .map((part) => (typeof part === "string" ? part : renderEntry(part, known, tests)))
    .join("\n");
}

function renderEntry(
  { id, is, file, title, why }: Entry,
  known: ReadonlyMap<string, string>,
  tests: ReadonlyMap<string, string>,
): string {
  const statement = known.get(id);
  const head = `- **${id}** ${is}${statement === undefined ? "" : `. ${plain(statement)}`}`;
  const lines = [wrap(head, "  ")];
  if (title !== undefined) {
    const there = hasTitle(tests.get(file ?? ""), title);
    const found = there ? file : [...tests].find(([, text]) => hasTitle(text, title))?.[0];
    lines.push(wrap(`  - \`${found ?? file ?? ""}\`: ${title}`, "    "));
  }
  if (why !== undefined) lines.push(wrap(`  - ${why}`, "    "));
  return lines.join("\n");
}

/** `<topic>` outside of code would be taken for a tag. */
const plain = (text: string): string =>
  text
    .split(/(`[^`]*`)/u)
    .map((part) => (part.startsWith("`") ? part : part.replaceAll("<", "\\<")))
    .join("");

function wrap(text: string, indent: string): string {
  const lines: string[] = [];
  let line = /^ */u.exec(text)?.[0] ?? "";
  for (const word of text.trim().split(" ")) {
    const longer = line.trim() === "" ? line + word : `${line} ${word}`;
    if (longer.length > WIDTH && line.trim() !== "") {
      lines.push(line);
      line = indent + word;
    } else line = longer;
  }
  return [...lines, line].join("\n");
}
