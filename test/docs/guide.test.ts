/**
 * docs/guide: every command in it is typed, and what is shown is what it prints. Where numbers or ids have
 * changed, `npx vitest run test/docs -u` brings a chapter up to date; another flow is for a person to tell.
 */
import fs from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { Cloud } from "../../src/cloud/cloud.js";
import { flagCatalogue } from "../../src/cloud/flags/catalogue.js";
import { folder, novasim } from "../cli/bed.js";
import { refreshed } from "./guide.js";
import { ROOT } from "./juno.js";

const GUIDE = path.join(ROOT, "docs/guide");
const chapters = fs.readdirSync(GUIDE).filter((name) => name.endsWith(".md"));

/** What `words` print for a person whose terminal is as wide as a page. */
async function typed(
  words: readonly string[],
  files: ReadonlyMap<string, string>,
  input = "",
): Promise<string> {
  const cwd = folder(Object.fromEntries(files));
  fs.symlinkSync(path.join(ROOT, "scenarios"), path.join(cwd, "scenarios"));
  const { code, stdout, stderr } = await novasim(cwd, words, {
    makeWorld: (options) => new Cloud(options),
    catalogue: flagCatalogue(),
    input,
  });
  if (code !== 0)
    throw new Error(`novasim ${words.join(" ")} ends with ${String(code)}: ${stderr}`);
  return stdout;
}

describe.each(chapters)("%s", (name) => {
  let text = "";
  beforeAll(() => {
    text = fs.readFileSync(path.join(GUIDE, name), "utf8");
  });

  it("shows what its commands print", async () => {
    await expect(await refreshed(text, typed)).toMatchFileSnapshot(path.join(GUIDE, name));
  });

  it("quotes the files that it names, word for word", () => {
    const quotes = [...text.matchAll(/^<!-- (\S+) -->\n\n```ts\n([\s\S]*?)^```$/gmu)];
    for (const [, file = "", quote = ""] of quotes) {
      expect(fs.readFileSync(path.join(ROOT, file), "utf8")).toContain(quote);
    }
    expect(quotes).toHaveLength(text.split("```ts\n").length - 1);
  });

  it("points at what is there", () => {
    const links = [...text.matchAll(/\]\(([^)#]+)[^)]*\)/gu)].map(([, link = ""]) => link);
    expect(links.length).toBeGreaterThan(0);
    expect(links.filter((link) => !fs.existsSync(path.join(GUIDE, link)))).toEqual([]);
  });
});

describe("a chapter's block", () => {
  const printed = "one 1\n\ntwo 2\nthree 3\n";
  const type = (): Promise<string> => Promise.resolve(printed);
  const block = (...lines: string[]): string =>
    `\`\`\`console\n$ npx novasim x\n${lines.join("\n")}\n\`\`\`\n`;

  it("gets the numbers of now", async () => {
    await expect(refreshed(block("one 7", "…", "three 0"), type)).resolves.toBe(
      block("one 1", "…", "three 3"),
    );
  });

  it("shows nothing that is not printed, nor what is printed elsewhere", async () => {
    await expect(refreshed(block("four 4"), type)).rejects.toThrow("does not print");
    await expect(refreshed(block("three 3", "…", "one 1"), type)).rejects.toThrow("does not print");
    await expect(refreshed(block("one 1", "three 3"), type)).rejects.toThrow("does not print");
  });
});
