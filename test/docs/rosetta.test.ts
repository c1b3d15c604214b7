/**
 * docs/rosetta.md is made from the headers of the sources. After one of them was moved or changed,
 * `npx vitest run test/docs -u` writes it anew.
 */
import path from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT } from "./juno.js";
import { counterparts, unclear, type Counterpart } from "./rosetta.js";

const INTRODUCTION = `# OpenStack's files, and where they are here

For who knows the file of Juno and looks for ours. Made from the headers of the sources ("Upstream: ..."), each of which says what it
follows; \`npx vitest run test/docs -u\` writes the page anew. In brackets, the part of upstream's file that is meant. A file of
upstream that is not here is not modelled, or is named in passing only.
`;

/** By the order of the code points, on every machine. */
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): [string, T[]][] {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups].sort(([a], [b]) => byText(a, b));
}

const line = ({ file, names }: Counterpart): string =>
  `  - [${file.replace("src/", "")}](../${file})${names === "" ? "" : ` (\`${names.replaceAll("`", "")}\`)`}`;

function page(): string {
  const parts = grouped(counterparts(), ({ project }) => project).map(([project, all]) => {
    const files = grouped(all, ({ upstream }) => upstream).map(([upstream, here]) =>
      [`- \`${upstream}\``, ...here.map(line).sort(byText)].join("\n"),
    );
    return `## ${project}\n\n${files.join("\n")}\n`;
  });
  return [INTRODUCTION, ...parts].join("\n");
}

describe("docs/rosetta.md", () => {
  it("is what the headers say (update: npx vitest run test/docs -u)", async () => {
    await expect(page()).toMatchFileSnapshot(path.join(ROOT, "docs/rosetta.md"));
  });

  it("understands every file that a header names", () => {
    expect(unclear()).toEqual([]);
  });
});
