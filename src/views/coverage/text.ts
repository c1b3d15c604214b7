/** Coverage for people: how much of what there is, and by whom; what never happens, by name. */
import { count } from "../words.js";
import type { Line, Table } from "./coverage.js";

export interface CoverageTextOptions {
  /** What never happens, by name. */
  readonly missing?: boolean;
}

/** Of these there is no list: whatever happened is all that is known. */
const OPEN = "state transitions";

export function renderCoverage(
  tables: readonly Table[],
  { missing = false }: CoverageTextOptions = {},
): string {
  const lines: string[] = [];
  for (const { what, lines: all } of tables) {
    if (what === OPEN) {
      lines.push(`${what}: ${String(all.length)} different`);
      continue;
    }
    lines.push(`${what}: ${share(all)}`);
    for (const [group, of] of groups(all)) {
      lines.push(`  ${share(of).padStart(16)}  ${group}`);
      if (!missing) continue;
      for (const { name, times } of of) if (times === 0) lines.push(`${" ".repeat(22)}${name}`);
    }
  }
  return `${lines.join("\n")}\n`;
}

/** The same as a page of Markdown, with every name. */
export function coveragePage(tables: readonly Table[]): string {
  return tables
    .map(({ what, lines }) => {
      const open = what === OPEN;
      const head = open
        ? `## ${title(what)}\n\n${count(lines.length, "transition")}, as often as they happen.`
        : `## ${title(what)}\n\n${share(lines)} are exercised.`;
      return `${head}\n\n${groups(lines)
        .map(([group, of]) => (open ? happened(group, of) : never(group, of)))
        .join("\n")}\n`;
    })
    .join("\n");
}

const title = (what: string): string => `${what.slice(0, 1).toUpperCase()}${what.slice(1)}`;

function never(group: string, lines: readonly Line[]): string {
  const names = lines.filter(({ times }) => times === 0).map(({ name }) => `\`${name}\``);
  const told = names.length === 0 ? "all" : `never: ${names.join(", ")}`;
  return `- **${group}**, ${share(lines)}; ${told}`;
}

function happened(group: string, lines: readonly Line[]): string {
  const told = lines.map(({ name, times }) => `\`${name}\` ${String(times)}`);
  return `- **${group}**: ${told.join(", ")}`;
}

function share(lines: readonly Line[]): string {
  const seen = lines.filter(({ times }) => times > 0).length;
  return `${String(seen)} of ${String(lines.length)}`;
}

function groups(lines: readonly Line[]): readonly (readonly [string, readonly Line[]])[] {
  const found = new Map<string, Line[]>();
  for (const line of lines) {
    const group = found.get(line.group);
    if (group === undefined) found.set(line.group, [line]);
    else group.push(line);
  }
  return [...found];
}
