/** What the pages link to and name is there: files, folders and headings. */
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { filesIn, read, ROOT } from "./juno.js";

const pages = [
  ...readdirSync(ROOT).filter((file) => file.endsWith(".md")),
  ...filesIn(["docs", "scenarios", "examples"], /\.md$/u),
];

const LINK = /\[[^\]]*\]\(([^)#\s]*)(?:#([^)\s]*))?\)/gu;
/** In backquotes, from the root of the project: `src/bus/queue.ts`. Names with `<x>` or `*` are patterns. */
const NAMED = /`((?:src|test|docs|scenarios|examples|bench|eslint-rules)\/[\w./-]*)`/gu;

const FENCED = /^```[\s\S]*?^```$/gmu;

/** As GitHub makes them of headings. */
const anchorsOf = (text: string): string[] =>
  [...text.matchAll(/^#+ (.+)$/gmu)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );

function broken(page: string): string[] {
  const text = read(page).replaceAll(FENCED, "");
  const links = [...text.matchAll(LINK)].flatMap(([, to = "", anchor]) => {
    if (/^[a-z]+:/u.test(to)) return [];
    const file = to === "" ? page : path.posix.join(path.posix.dirname(page), to);
    if (!existsSync(path.join(ROOT, file))) return [to];
    if (anchor === undefined || !file.endsWith(".md")) return [];
    return anchorsOf(read(file)).includes(anchor) ? [] : [`${to}#${anchor}`];
  });
  const named = [...text.matchAll(NAMED)].map(([, file = ""]) => file);
  return [...links, ...named.filter((file) => !existsSync(path.join(ROOT, file)))];
}

describe("links and names of files", () => {
  it.each(pages)("lead somewhere in %s", (page) => {
    expect(broken(page)).toEqual([]);
  });

  it("are seen at all", () => {
    const links = pages.flatMap((page) => [...read(page).matchAll(LINK)]);
    expect(links.length).toBeGreaterThan(100);
  });
});

describe("scenarios/README.md", () => {
  it("has every scenario exactly once, by its name", () => {
    const links = [
      ...read("scenarios/README.md").matchAll(/\[([\w-]+)\]\((?:[\w-]+\/)*([\w-]+)\.yaml\)/gu),
    ];
    for (const [, name, file] of links) expect(name).toBe(file);
    const shipped = filesIn(["scenarios"], /\.yaml$/u).map((file) => path.basename(file, ".yaml"));
    expect(links.map(([, name]) => name).sort()).toEqual(shipped.sort());
  });
});
