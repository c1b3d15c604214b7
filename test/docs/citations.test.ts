/**
 * What comments and titles cite is there to be looked up: docs/juno/README.md says in which forms,
 * and every one that stands in the sources, tests, scenarios and pages leads to a section, row or id.
 */
import { describe, expect, it } from "vitest";
import { FACTS, factsOf, filesIn, junoPage, PAGES, read } from "./juno.js";

const files = [
  ...filesIn(
    ["src", "test", "scenarios", "examples", "bench", "eslint-rules"],
    /\.(?:ts|m?js|yaml|md)$/u,
  ),
  ...filesIn(["docs"], /\.md$/u),
  ...["README.md", "CONTRIBUTING.md", "CHANGELOG.md"],
].filter((file) => file !== "docs/juno/README.md" && !file.startsWith("test/docs/"));

const pages = new Map(PAGES.map((name) => [name as string, junoPage(name)]));
const ids = new Set([
  ...[...pages.values()].flatMap(({ statements }) => statements.map(({ id }) => id)),
  ...FACTS.flatMap(factsOf),
]);

const LABEL = String.raw`(?:\d+[a-z]?|[a-z]|[A-Z])\b`;
const LABELS = String.raw`${LABEL}(?:(?:-|, | and | to )${LABEL})*`;
const SECTION = String.raw`§(?:[A-E]\d|T\d|\d+(?:\.\d+)?)\b(?: rows? ${LABELS})?`;
const ONE = new RegExp(String.raw`§([\w.]*\w)(?: rows? (${LABELS}))?`, "gu");
const CITATION = new RegExp(
  String.raw`\b(${PAGES.join("|")}) (${SECTION}(?:(?:,|, and| and| to) ${SECTION})*)`,
  "gu",
);

/** Of the pages that are here, and of books that may come: who cites one brings it in. */
const ID =
  /\b(?:RPC|SVC|CFG|NTF|CTX|CLI|HK|FAK|NOV|NEU|KEY|GLA|CIN|VOL|SWI|HEAT|CEI|TRO|HOR)-\d{2,3}\b/gu;

/** Comments as one line, so that a citation may be broken anywhere. */
const joined = (text: string): string => text.replace(/\n[ \t]*(?:\*(?!\/)|\/\/|#)?[ \t]*/gu, " ");

/** `8-26` is 8 and 26; that there are rows between them is taken for granted. */
const labelsOf = (rows: string): string[] => rows.split(/-|, | and | to /u);

/** A line of a table of `test/flows`: `1.4-15b` is of nova, `os-3.6-9` of other-services. */
const FLOW_LINE = /^ {2}(os-)?(\d+(?:\.\d+)?)-(\w+) /gmu;

interface Cited {
  readonly page: string;
  readonly section: string;
  readonly rows: readonly string[];
}

const citations = (text: string): Cited[] =>
  [...text.matchAll(CITATION)].flatMap(([, page = "", list = ""]) =>
    [...list.matchAll(ONE)].map(([, section = "", rows]) => ({
      page,
      section,
      rows: rows === undefined ? [] : labelsOf(rows),
    })),
  );

/** What is wrong with what `text` cites. */
function wrong(text: string, own: string | undefined): string[] {
  const problems: string[] = [];
  const check = ({ page, section, rows }: Cited): void => {
    const labels = pages.get(page)?.sections.get(section);
    if (labels === undefined) problems.push(`docs/juno/${page}.md has no section ${section}`);
    for (const row of rows) {
      if (labels?.has(row) === false) problems.push(`${page} §${section} has no row ${row}`);
    }
  };
  citations(text).forEach(check);
  const rest = text.replace(CITATION, "");
  for (const [bare, section = ""] of rest.matchAll(/§([\w.]*\w)?/gu)) {
    if (own !== undefined) check({ page: own, section, rows: [] });
    else problems.push(`"${bare}" does not say of which page; see docs/juno/README.md`);
  }
  for (const [said] of text.matchAll(
    /\b(?:messaging [A-E]\d|transcripts? T\d|other services §)/gu,
  )) {
    problems.push(`"${said}" is cited in another form; see docs/juno/README.md`);
  }
  for (const [, numbers = ""] of text.matchAll(/\bpitfalls? (\d+(?:(?:, | and )\d+)*)/gu)) {
    for (const row of labelsOf(numbers)) check({ page: "nova", section: "10", rows: [row] });
  }
  for (const [id] of text.matchAll(ID)) {
    if (!ids.has(id)) problems.push(`no row of docs/juno has the id ${id}`);
  }
  return problems;
}

describe("a citation", () => {
  it.each([
    ["nova §1.4 rows 8-26, §1.9; messaging §A2 and §B2 to §B6"],
    ["other-services §1.3 row 2, transcripts §T5"],
    ["RPC-55, pitfalls 1, 7 and 15"],
  ])("leads somewhere: %s", (text) => {
    expect(wrong(text, undefined)).toEqual([]);
  });

  it.each([
    ["nova §1.99", "docs/juno/nova.md has no section 1.99"],
    ["nova §1.4 row 27", "nova §1.4 has no row 27"],
    ["as §1.4 says", '"§1.4" does not say of which page; see docs/juno/README.md'],
    ["messaging A2", '"messaging A2" is cited in another form; see docs/juno/README.md'],
    ["pitfall 27", "nova §10 has no row 27"],
    ["RPC-91", "no row of docs/juno has the id RPC-91"],
    ["NOV-999", "no row of docs/juno has the id NOV-999"],
  ])("that leads nowhere is found: %s", (text, problem) => {
    expect(wrong(text, undefined)).toEqual([problem]);
  });
});

describe("docs/juno", () => {
  it("defines each id once", () => {
    const all = [
      ...[...pages.values()].flatMap(({ statements }) => statements.map(({ id }) => id)),
      ...FACTS.flatMap(factsOf),
    ];
    expect(all.filter((id, at) => all.indexOf(id) < at)).toEqual([]);
    expect(all.length).toBeGreaterThan(180);
  });

  it("has what the sources, tests, scenarios and pages cite", () => {
    const problems = files.flatMap((file) => {
      const own = /^docs\/juno\/(.+)\.md$/u.exec(file)?.[1];
      return wrong(joined(read(file)), own).map((problem) => `${file}: ${problem}`);
    });
    expect(problems.join("\n")).toBe("");
  });

  it("has the rows that ask for the messages of a flow", () => {
    const problems = filesIn(["test/flows"], /\.test\.ts$/u).flatMap((file) =>
      [...read(file).matchAll(FLOW_LINE)].flatMap(([line, other, section = "", row = ""]) => {
        const labels = pages
          .get(other === undefined ? "nova" : "other-services")
          ?.sections.get(section);
        return labels?.has(row) === true ? [] : [`${file}: ${line.trim()}`];
      }),
    );
    expect([...new Set(problems)].join("\n")).toBe("");
  });

  it("is cited a lot, so that the test above is known to see it", () => {
    const all = files
      .filter((file) => !file.startsWith("docs/"))
      .flatMap((file) => citations(joined(read(file))));
    expect(all.length).toBeGreaterThan(400);
    for (const page of PAGES)
      expect(
        all.some((one) => one.page === page),
        page,
      ).toBe(true);
  });

  it("speaks of itself only", () => {
    for (const page of [...PAGES, ...FACTS, "README"]) {
      expect(read(`docs/juno/${page}.md`)).not.toMatch(
        /\.\.\/\.\.\/\.\.|shared\/|first spec|detail\//u,
      );
    }
  });
});
