/**
 * The output of a command that shows things, and the options that choose it: a table unless told
 * otherwise, with the columns that were asked for. Upstream: cliff 1.7.0, display.py, lister.py,
 * show.py and formatters/{table,csv,value,shell}.
 */
import { Exception, repr, str, type Json } from "../../python/index.js";
import { int, oneOf, type OptionSpec } from "../shell/parser/index.js";
import type { Arguments } from "./arguments.js";
import { table } from "./table.js";

/** Columns, and rows with as many cells. */
export interface Listing {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Json[])[];
}

const QUOTING = ["all", "minimal", "none", "nonnumeric"] as const;

const formatOption = (formats: readonly string[]): OptionSpec => ({
  names: ["-f", "--format"],
  dest: "formatter",
  takes: "value",
  metavar: `{${formats.join(",")}}`,
  about: "What the output looks like: a table unless told otherwise.",
  type: oneOf(formats),
  otherwise: "table",
});

const columnOption: OptionSpec = {
  names: ["-c", "--column"],
  dest: "columns",
  takes: "value",
  many: true,
  otherwise: [],
  metavar: "COLUMN",
  about: "A column to show; without it, all. May be given many times.",
};

const widthOption: OptionSpec = {
  names: ["--max-width"],
  dest: "max_width",
  takes: "value",
  metavar: "<integer>",
  about: "Cells that are longer are folded; 0 for no limit.",
  type: int,
  otherwise: 0,
};

/** Of a command that shows a list. */
export const listOptions: readonly OptionSpec[] = [
  formatOption(["csv", "table"]),
  columnOption,
  widthOption,
  {
    names: ["--quote"],
    dest: "quote_mode",
    takes: "value",
    metavar: `{${QUOTING.join(",")}}`,
    about: "Which cells of a csv are in quotes.",
    type: oneOf(QUOTING),
    otherwise: "nonnumeric",
  },
];

/** Of a command that shows one thing. */
export const showOptions: readonly OptionSpec[] = [
  formatOption(["shell", "table", "value"]),
  columnOption,
  widthOption,
  { names: ["--variable"], dest: "variables", takes: "value", many: true, otherwise: [] },
  {
    names: ["--prefix"],
    dest: "prefix",
    takes: "value",
    about: "Put in front of the names of shell variables.",
    otherwise: "",
  },
];

/** @throws Exception if the columns that were asked for are not there */
export function listText(
  args: Arguments,
  { columns, rows }: Listing,
  wanted: readonly string[],
): string {
  const shown = columns.flatMap((name, i) => (asked(wanted, name) ? [i] : []));
  if (wanted.length > 0 && shown.length === 0) {
    throw new Exception(`No recognized column names in ${repr([...wanted])}`);
  }
  const names = shown.map((i) => columns[i] ?? "");
  const cells = rows.map((row) => shown.map((i) => row[i] ?? null));
  if (args.text("formatter") === "csv") return csv([names, ...cells], args.text("quote_mode"));
  if (cells.length === 0) return "\n";
  // The first row says where the cells of a column stand.
  const [first = []] = cells;
  const right = new Set(first.flatMap((cell, i) => (typeof cell === "number" ? [i] : [])));
  return table(names, cells, undefined, { right, widest: args.number("max_width") ?? 0 });
}

/** `things` are names and values, in order. */
export function showText(args: Arguments, things: readonly (readonly [string, Json])[]): string {
  const wanted = args.texts("columns");
  const shown = things.filter(([name]) => asked(wanted, name));
  switch (args.text("formatter")) {
    case "value":
      return shown.map(([, value]) => `${str(value)}\n`).join("");
    case "shell":
      return shellText(args, shown);
    default:
      if (shown.length === 0) return "\n";
      return table(["Field", "Value"], shown, undefined, { widest: args.number("max_width") ?? 0 });
  }
}

const asked = (wanted: readonly string[], name: string): boolean =>
  wanted.length === 0 || wanted.includes(name);

function shellText(args: Arguments, things: readonly (readonly [string, Json])[]): string {
  const variables = args.texts("variables");
  const lines = things.flatMap(([name, value]) => {
    const variable = name.toLowerCase().replaceAll(" ", "_");
    if (!asked(variables, variable)) return [];
    const text = typeof value === "string" ? value.replaceAll('"', '\\"') : str(value);
    return [`${args.exactText("prefix") ?? ""}${variable}="${text}"\n`];
  });
  return lines.join("");
}

/** As csv.writer writes it. @throws Exception if what must be in quotes may not be */
function csv(rows: readonly (readonly Json[])[], mode: string | undefined): string {
  const lines = rows.map((row) => {
    const cells = row.map((cell) => {
      const text = cell === null ? "" : str(cell);
      const special = /[",\r\n]/.test(text);
      if (mode === "none") {
        if (special) throw new Exception("need to escape, but no escapechar set");
        return text;
      }
      const number = typeof cell === "number" || typeof cell === "boolean";
      const alone = row.length === 1 && text === "";
      const quoted = mode === "all" || special || alone || (mode === "nonnumeric" && !number);
      return quoted ? `"${text.replaceAll('"', '""')}"` : text;
    });
    return `${cells.join(",")}\n`;
  });
  return lines.join("");
}
