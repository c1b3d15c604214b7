/**
 * The table of one decision: a column for each host, and rows for what the host has, each filter that
 * compared something, each weigher and the weight. Hosts that do not fit beside each other get a table
 * of their own; of very many, those that came farthest are shown and the rest is counted.
 */
import type { Entry } from "../../timeline/index.js";
import { columns } from "../../text/width.js";
import type { Paint } from "../view.js";
import { clip, count, pad, safe, wrap } from "../words.js";

export type DecisionEntry = Extract<Entry, { kind: "decision" }>;

export interface TableFrame {
  readonly paint: Paint;
  readonly width: number;
  readonly all: boolean;
}

/** A text and how it is painted. */
type Cell = readonly [text: string, tone?: "good" | "bad" | "dim" | "strong"];

interface TableRow {
  readonly label: string;
  readonly cells: ReadonlyMap<string, Cell>;
}

/** Hosts of a decision before the rest is only counted. */
const MOST = 12;
const INDENT = "   ";

export function tableOf(entry: DecisionEntry, frame: TableFrame): string[] {
  const { width, paint } = frame;
  if (entry.candidates.length === 0) return [];
  const order = byFate(entry);
  const shown = frame.all ? order : order.slice(0, MOST);
  const rows = [...stateRows(entry), ...filterRows(entry), ...weightRows(entry)];
  const label = Math.max(...rows.map((row) => columns(row.label)));
  const lines: string[] = [];
  for (const block of blocksOf(shown, rows, width - INDENT.length - label - 2)) {
    const heads = block.map(({ host, room }) => pad(clip(safe(host), room), room));
    const chosen = heads.map((head, at) =>
      block[at]?.host === entry.chosen ? paint.good(head) : paint.strong(head),
    );
    lines.push("", `${INDENT}${" ".repeat(label)}  ${chosen.join("  ")}`);
    for (const { label: name, cells } of rows) {
      if (!block.some(({ host }) => cells.has(host))) continue;
      const texts = block.map(({ host, room }) => {
        const [text, tone] = cells.get(host) ?? [""];
        const padded = pad(clip(safe(text), room), room);
        return tone === undefined ? padded : paint[tone](padded);
      });
      lines.push(`${INDENT}${pad(name, label)}  ${texts.join("  ")}`);
    }
  }
  return [...lines, ...rest(order.slice(shown.length), entry, width), ...quiet(entry, width), ""];
}

/** The chosen one, then those that passed by weight, then the others by how far they came. */
function byFate({ candidates, weights, filters, left_out }: DecisionEntry): string[] {
  const out = new Set(left_out.map(([host]) => host));
  const passed = weights.map(([host]) => host);
  const reached = new Map<string, number>();
  filters.forEach(({ verdicts }, at) => {
    for (const [host] of verdicts) reached.set(host, at);
  });
  const others = candidates
    .map(([host]) => host)
    .filter((host) => !out.has(host) && !passed.includes(host));
  return [...passed, ...others.sort((a, b) => (reached.get(b) ?? -1) - (reached.get(a) ?? -1))];
}

interface Column {
  readonly host: string;
  readonly room: number;
}

/** As many hosts beside each other as there is room for. */
function blocksOf(hosts: readonly string[], rows: readonly TableRow[], width: number): Column[][] {
  const blocks: Column[][] = [];
  let left = -1;
  for (const host of hosts) {
    const texts = [host, ...rows.map(({ cells }) => cells.get(host)?.[0] ?? "")];
    const room = Math.min(width, Math.max(8, ...texts.map((text) => columns(safe(text)))));
    const last = blocks.at(-1);
    if (last === undefined || left < room + 2) {
      blocks.push([{ host, room }]);
      left = width - room;
    } else {
      last.push({ host, room });
      left -= room + 2;
    }
  }
  return blocks;
}

function stateRows({ candidates }: DecisionEntry): TableRow[] {
  const row = (
    label: string,
    text: (has: Readonly<Record<string, number>>) => string,
  ): TableRow => ({
    label,
    cells: new Map(candidates.map(([host, has]) => [host, [text(has), "dim"]])),
  });
  const gb = (mb: number | undefined): string => String(Math.round((mb ?? 0) / 102.4) / 10);
  return [
    row("memory free", (has) => `${String(has["free_ram_mb"])}/${String(has["total_ram_mb"])} MB`),
    row("disk free", (has) => `${gb(has["free_disk_mb"])}/${String(has["total_disk_gb"])} GB`),
    row("vcpus used", (has) => `${String(has["vcpus_used"])}/${String(has["vcpus_total"])}`),
    row("servers", (has) => String(has["instances"])),
  ];
}

/** Filters that compared something or refused somebody; who was not asked has an empty cell. */
function filterRows({ filters }: DecisionEntry): TableRow[] {
  return filters
    .filter(({ verdicts }) => verdicts.some(([, passed, compared]) => !passed || compared !== ""))
    .map(({ filter, verdicts }) => ({
      label: filter,
      cells: new Map(
        verdicts.map(([host, passed, compared]): [string, Cell] => [
          host,
          [`${passed ? "✓" : "✗"} ${signs(compared)}`, passed ? "good" : "bad"],
        ]),
      ),
    }));
}

const signs = (compared: string): string => compared.replace("<=", "≤").replace(">=", "≥");

function weightRows({ weighers, weights, chosen }: DecisionEntry): TableRow[] {
  const scales = weighers
    .filter((scale) => scale.weights.some(([, , added]) => added !== 0))
    .map(({ weigher, multiplier, weights: each }): TableRow => ({
      label: multiplier === 1 ? weigher : `${weigher} ×${round(multiplier)}`,
      cells: new Map(
        each.map(([host, measured, added]) => [host, [`${round(measured)} → ${round(added)}`]]),
      ),
    }));
  if (weights.length === 0) return [];
  const total: TableRow = {
    label: "weight",
    cells: new Map(
      weights.map(([host, weight]): [string, Cell] => [
        host,
        host === chosen ? [`${round(weight)} chosen`, "good"] : [round(weight), "strong"],
      ]),
    ),
  };
  return [...scales, total];
}

const round = (weight: number): string => String(Number(weight.toFixed(4)));

/** What became of the hosts that are not shown, counted. */
function rest(hosts: readonly string[], { filters }: DecisionEntry, width: number): string[] {
  if (hosts.length === 0) return [];
  const left = new Set(hosts);
  const parts = filters.flatMap(({ filter, verdicts }) => {
    const refused = verdicts.filter(([host, passed]) => left.has(host) && !passed).length;
    return refused === 0 ? [] : [`${refused} refused by ${filter}`];
  });
  const text = `… ${count(hosts.length, "more host")}${parts.length === 0 ? "" : `: ${parts.join(", ")}`}; --verbose shows them`;
  return wrap(text, width - INDENT.length).map((line) => INDENT + line);
}

/** Filters that there is nothing to say of: they let everybody pass, or were not asked (again). */
function quiet({ filters }: DecisionEntry, width: number): string[] {
  const all = filters.filter(
    ({ verdicts }) =>
      verdicts.length > 0 && verdicts.every(([, ok, compared]) => ok && compared === ""),
  );
  const skipped = filters.filter((one) => one.skipped === true);
  const line = (what: string, names: readonly { readonly filter: string }[]): string[] =>
    names.length === 0
      ? []
      : wrap(`${what} ${names.map(({ filter }) => filter).join(", ")}`, width - 3);
  return [
    ...line("nothing to compare in", all),
    ...line("asked for the first server only:", skipped),
  ].map((text) => INDENT + text);
}
