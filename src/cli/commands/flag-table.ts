/** How flags are shown: for people by service and group, for programs as plain data. */
import type { FlagRow } from "../../cloud/flags/list.js";
import { printable } from "../../scenario/index.js";

export interface ServiceFlags {
  readonly service: string;
  readonly rows: readonly FlagRow[];
}

/** Where the value of a flag was given. */
type From = (row: FlagRow) => string | undefined;
type Value = FlagRow["value"];

export function flagsAsText(lists: readonly ServiceFlags[], from: From, width: number): string {
  const lines = lists.flatMap(({ service, rows }) => [
    service,
    ...rows.flatMap((row, index) => [
      ...(rows[index - 1]?.group === row.group ? [] : [`  [${row.group}]`]),
      ...flagLines(row, from(row), width),
    ]),
    "",
  ]);
  return lines.map((line) => `${line}\n`).join("");
}

function flagLines(row: FlagRow, place: string | undefined, width: number): string[] {
  const value = row.secret ? "****" : shown(row.value);
  const notes = [
    kind(row),
    ...(place === undefined ? [] : [`default ${row.secret ? "****" : shown(row.default)}`]),
    ...(row.formerly.length === 0 ? [] : [`also ${row.formerly.join(", ")}`]),
    ...(place === undefined ? [] : [`from ${place}`]),
  ];
  return [
    `  ${row.option} = ${printable(value)}`.trimEnd(),
    ...wrapped(notes.join("; "), width, "        "),
    ...wrapped(row.help, width, "      "),
  ];
}

/** `integer, at least 0`. */
function kind({ type, min, max, choices }: FlagRow): string {
  if (type === "multi") return "string, may be given many times";
  if (choices !== undefined) return `${type}: ${choices.join(", ")}`;
  if (min !== undefined && max !== undefined) return `${type} from ${min} to ${max}`;
  if (min !== undefined) return `${type}, at least ${min}`;
  return max === undefined ? type : `${type}, at most ${max}`;
}

function shown(value: Value): string {
  if (value === null) return "(unset)";
  if (value instanceof Map) return [...value].map(([key, item]) => `${key}:${item}`).join(",");
  if (typeof value === "object") return [...(value as readonly string[])].join(",");
  return String(value);
}

function wrapped(text: string, width: number, indent: string): string[] {
  const room = Math.max(30, width - indent.length);
  const lines: string[] = [];
  for (const word of text.split(/\s+/u)) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length + 1 > room) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines.map((line) => `${indent}${printable(line)}`);
}

export function flagsAsJson(lists: readonly ServiceFlags[], from: From): unknown {
  return lists.map(({ service, rows }) => ({
    service,
    flags: rows.map((row) => {
      const { origin: _origin, secret, ...plain } = row;
      const hide = (value: Value): unknown =>
        secret ? "****" : value instanceof Map ? Object.fromEntries(value) : value;
      const where = from(row) ?? null;
      return { ...plain, default: hide(row.default), value: hide(row.value), from: where };
    }),
  }));
}
