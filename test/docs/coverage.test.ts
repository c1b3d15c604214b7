/**
 * The pages of docs/coverage are complete, and what they say of tests is so. After a test was moved
 * or a statement corrected, `npx vitest run test/docs -u` brings the pages up to date.
 */
import path from "node:path";
import { describe, expect, it } from "vitest";
import { entriesOf, hasTitle, render, statements, testTexts, type Entry } from "./coverage-page.js";
import { filesIn, read, ROOT } from "./juno.js";

/** Which ids stand in which page, in this order. */
const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  messaging: ["RPC", "CTX", "CLI", "FAK", "NTF"],
  framework: ["SVC", "HK"],
  flags: ["CFG"],
  nova: ["nova"],
  pitfalls: ["pitfall"],
};

/** Pages without statements: what the folder is, and what scenarios exercise. */
const OTHERS = /\/(?:README|scenarios)\.md$/u;
const pages = filesIn(["docs/coverage"], /\.md$/u).filter((file) => !OTHERS.test(file));
const known = [...statements().keys()];
const tests = testTexts();

const isStatement = ({ id }: Entry): boolean => known.includes(id);

it("every statement of docs/juno that has an id stands in a page", () => {
  expect(pages).toEqual(
    Object.keys(FAMILIES)
      .map((name) => `docs/coverage/${name}.md`)
      .sort(),
  );
  const families = new Set(Object.values(FAMILIES).flat());
  expect(known.filter((id) => !families.has(id.split(/[- ]/u)[0] ?? ""))).toEqual([]);
});

describe.each(pages)("%s", (page) => {
  const text = read(page);
  const entries = entriesOf(text);
  const families = FAMILIES[path.basename(page, ".md")] ?? [];

  it("says what docs/juno says, and where the tests are (update: npx vitest run test/docs -u)", async () => {
    await expect(render(text)).toMatchFileSnapshot(path.join(ROOT, page));
  });

  it("has each statement once, in order, and each other entry once", () => {
    const wanted = families.flatMap((family) =>
      known.filter((id) => id.startsWith(`${family}-`) || id.startsWith(`${family} `)),
    );
    expect(entries.filter(isStatement).map(({ id }) => id)).toEqual(wanted);
    expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
  });

  it.each(entries)("$id is $is, and names a test or a reason", (entry) => {
    const { id, is, file, title = "", why = "" } = entry;
    expect(["pinned", "fixed", "out"]).toContain(is);
    if (is === "out") {
      expect(file, "what is out has no test").toBeUndefined();
      expect(why.length).toBeGreaterThan(20);
      return;
    }
    if (is === "fixed") expect(why).not.toBe("");
    expect(hasTitle(tests.get(file ?? ""), title), `${file ?? "no file"} has "${title}"`).toBe(
      true,
    );
    const [, section] = /^(nova §\d\.\d+) (?:row|no\.)/u.exec(id) ?? [];
    if (section !== undefined) {
      // Cases of upstream's own are counterparts: the test need not know of them.
      if (!section.startsWith("nova §9")) {
        const number = section.replace("nova ", "").replace(".", String.raw`\.`);
        const cited = new RegExp(String.raw`nova (?:§[\w.]+[^§;]*)*${number}\b`, "u");
        expect(cited.test(tests.get(file ?? "") ?? ""), `${file ?? ""} cites ${section}`).toBe(
          true,
        );
      }
    } else if (isStatement(entry)) {
      const number = new RegExp(String.raw`\b${id.replace("pitfall ", "")}\b`, "u");
      expect(title, "the title names what it pins").toMatch(number);
    }
  });

  it("names no test file that there is not in its reasons", () => {
    const named = entries.flatMap(({ why = "" }) => why.match(/test\/\S+\.ts/gu) ?? []);
    for (const file of named) expect(tests.has(file), file).toBe(true);
  });
});
