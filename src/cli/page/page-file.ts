/**
 * The page of a recording as a file: the page that ships, with the recording packed inside. It is never
 * written over anything but another such page.
 */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { CliError } from "../exit.js";
import { writeOut } from "../files/out-file.js";

/** How every page begins. */
const BEGINNING = "<!doctype html>\n<!-- novasim page";

/** The page without a recording, as `tools/bundle.mjs` makes it. */
function template(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  for (let folder = here; ; folder = dirname(folder)) {
    const file = join(folder, "dist/page.html");
    if (existsSync(file)) return readFileSync(file, "utf8");
    if (dirname(folder) === folder) break;
  }
  throw new CliError("the page that ships is missing", "Build it first: npm run build");
}

/**
 * @param lines a recording, header first, each without its newline
 * @param other a second recording, for a page that compares both
 */
export function pageOf(title: string, lines: Iterable<string>, other?: Iterable<string>): string {
  const parts = new Map([
    ["<!-- title -->", escaped(title)],
    ["<!-- recording -->", packed(lines)],
    ["<!-- other -->", other === undefined ? "" : packed(other)],
  ]);
  let page = template();
  for (const [mark, value] of parts) page = page.replace(mark, () => value);
  return page;
}

function packed(lines: Iterable<string>): string {
  const bytes = gzipSync(`${[...lines].join("\n")}\n`, { level: 9 });
  // Always the same bytes for the same recording: no time and no system in the header of gzip.
  bytes[9] = 255;
  return bytes.toString("base64");
}

/** @throws CliError if `file` cannot be written, or is something else than a page */
export function writePage(cwd: string, file: string, page: string, option = "--out"): void {
  writeOut(cwd, file, [page], { name: "not a page of novasim", beginning: BEGINNING, option });
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
