/** The page of two runs beside each other as a file: the page that ships, with both recordings inside. */
import { basename } from "node:path";
import type { Timeline } from "../../timeline/index.js";
import { renderJsonl } from "../../views/index.js";
import { safe } from "../../views/words.js";
import type { Session } from "../globals.js";
import { pageOf, writePage } from "./page-file.js";

/**
 * @param words what was asked for: two recordings, scenarios or names
 * @param out where to; beside where one is, named after both, if nothing is said
 * @returns the file
 * @throws CliError if it cannot be written, or if something else than a page is there
 */
export function writeComparison(
  { io, talk }: Session,
  words: readonly [a: string, b: string],
  [a, b]: readonly [Timeline, Timeline],
  out: string | undefined,
): string {
  const [one, other] = words.map((word) =>
    basename(word).replace(/(\.timeline)?\.(jsonl|ya?ml)$/u, ""),
  ) as [string, string];
  const file = out ?? `${one}-vs-${other}.html`;
  const title = `${safe(a.header.title)} / ${safe(b.header.title)}`;
  const page = pageOf(title, linesOf(a), linesOf(b));
  writePage(io.cwd, file, page);
  const size = String(Math.ceil(page.length / 1_000));
  talk.say(`${file}: ${one} and ${other} beside each other, ${size} kB; open it in a browser`);
  return file;
}

function linesOf(timeline: Timeline): readonly string[] {
  return renderJsonl(timeline).trimEnd().split("\n");
}
