/**
 * docs/museum.md: each fact of nova §10 has a row, with a scenario that tells it, asserts it, cites it by its number
 * and names the line of upstream's source that the row names.
 */
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { cells, filesIn, read } from "./juno.js";

const rowsOf = (text: string): string[][] =>
  text
    .split("\n")
    .filter((line) => /^\| \d+ +\|/u.test(line))
    .map(cells);

const exhibits = rowsOf(read("docs/museum.md")).map(
  ([number = "", fact, link = "", source = ""]) => ({
    number,
    fact,
    scenario: /\(\.\.\/(.+)\)/u.exec(link)?.[1] ?? "",
    line: source.split(/[ ,]/u)[0] ?? "",
  }),
);

const [, pitfalls = ""] = read("docs/juno/nova.md").split("\n## 10. ");

describe("the museum", () => {
  it("has each fact once, in order, in the words of nova §10", () => {
    const facts = rowsOf(pitfalls);
    expect(facts.length).toBe(26);
    expect(exhibits.map(({ number, fact }) => [number, fact])).toEqual(facts);
  });

  it.each(exhibits)("$number is told by $scenario", ({ number, scenario, line }) => {
    const text = read(scenario);
    const { about, steps } = parse(text) as { readonly about: string; readonly steps: unknown[] };
    expect(about).toMatch(new RegExp(String.raw`\bpitfall ${number}\b`, "u"));
    expect(line).toMatch(/^[\w/]+\.py:\d+$/u);
    expect(about).toContain(line);
    expect(text).toMatch(/\b(?:expect|check):/u);
    expect(JSON.stringify(steps)).toContain('"note"');
  });

  it("shows every scenario of scenarios/defects, and so does the order in which they are read", () => {
    const [shown, order] = [read("docs/museum.md"), read("scenarios/README.md")];
    const hidden = filesIn(["scenarios/defects"], /\.yaml$/u).filter(
      (file) =>
        !shown.includes(`(../${file})`) || !order.includes(`(${file.replace("scenarios/", "")})`),
    );
    expect(hidden).toEqual([]);
  });
});
