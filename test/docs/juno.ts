/** The pages of docs/juno as a test sees them: sections, the rows in each, and ids. */
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";

export const ROOT = path.resolve(import.meta.dirname, "../..");

export const read = (file: string): string => readFileSync(path.join(ROOT, file), "utf8");

/** The files below `folders` whose names end so, from the root of the project. */
export const filesIn = (folders: readonly string[], ends: RegExp): string[] =>
  folders
    .flatMap((folder) =>
      readdirSync(path.join(ROOT, folder), { recursive: true, encoding: "utf8" }).map((file) =>
        path.posix.join(folder, file.replaceAll("\\", "/")),
      ),
    )
    .filter((file) => ends.test(file))
    .sort();

/** By the names that comments use. */
export const PAGES = ["nova", "other-services", "messaging", "transcripts"] as const;

/** Pages of facts that are cited by their ids alone; no page of docs/coverage goes through them. */
export const FACTS = ["nova-actions", "heat-cases"] as const;

/** The ids that begin a line of a table: `NOV-223`, `HEAT-170`. */
export const factsOf = (page: (typeof FACTS)[number]): string[] =>
  [...read(`docs/juno/${page}.md`).matchAll(/^\| ([A-Z]{3,4}-\d{3}) \|/gmu)].map(
    ([, id = ""]) => id,
  );

/** A line of a table that begins with an id: `RPC-55`. */
export interface Statement {
  readonly id: string;
  readonly given: string;
  readonly when: string;
  readonly then: string;
}

export interface JunoPage {
  /** Labels of rows and points, by section; those of `1.4` are among those of `1` as well. */
  readonly sections: ReadonlyMap<string, ReadonlySet<string>>;
  readonly statements: readonly Statement[];
}

/** `## 1. BOOT`, `### 1.4 Message sequence`, `## A2. Publish verbs`, `# B. Service framework`. */
const HEADING = /^#{1,4} ([A-E]\d?|T\d|\d+(?:\.\d+)?)[. ]/u;

/** `| 15b | compute`, `3. Otherwise`, `B. In compute`. */
const LABEL = /^(?:\| *(\d+[a-z]?|[a-z])(?: [a-z]+(?:, [A-Z]+)?)? *\||(\d+|[A-Z])\. )/u;

const ID = /^\| ([A-Z]{2,3}-\d\d)(?: †)? \|/u;

/** The cells of a line of a table; a stroke may be written `\|`. */
export const cells = (line: string): string[] =>
  line
    .split(/(?<!\\)\|/u)
    .slice(1, -1)
    .map((cell) => cell.replaceAll("\\|", "|").trim());

export function junoPage(name: string): JunoPage {
  const sections = new Map<string, Set<string>>();
  const statements: Statement[] = [];
  let at: readonly Set<string>[] = [];
  for (const line of read(`docs/juno/${name}.md`).split("\n")) {
    const section = HEADING.exec(line)?.[1];
    if (section !== undefined) {
      const parents = [section, section.split(".")[0] ?? section];
      at = [...new Set(parents)].map((one) => {
        const labels = sections.get(one) ?? new Set<string>();
        sections.set(one, labels);
        return labels;
      });
    }
    const label = LABEL.exec(line);
    for (const labels of at) if (label) labels.add(label[1] ?? label[2] ?? "");
    const id = ID.exec(line)?.[1];
    if (id === undefined) continue;
    const [, given = "", when = "", then = ""] = cells(line);
    statements.push({ id, given, when, then });
  }
  return { sections, statements };
}
