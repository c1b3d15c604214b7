/**
 * The commands that list things: filters, fields, pages, order and columns. Upstream:
 * neutronclient/neutron/v2_0/__init__.py (ListCommand), 2.3.9.
 */
import type { Op } from "../../kernel/index.js";
import type { Json, JsonObject } from "../../python/index.js";
import type { Arguments } from "../openstack/arguments.js";
import { listOptions, listText } from "../openstack/cliff.js";
import { int, oneOf, type OptionSpec } from "../shell/parser/index.js";
import { objectsIn, type NeutronApi, type Search } from "./api.js";
import { fieldOptions, formatOptions, type Call, type NeutronCommand } from "./command.js";
import { collectionOf, type Resource } from "./resource.js";

export type Things = readonly JsonObject[];

export interface ListSpecial extends Partial<
  Pick<NeutronCommand, "options" | "positionals" | "names">
> {
  /** Shown unless others are asked for. */
  readonly columns: readonly string[];
  /** May be read in pages, and in an order. */
  readonly paged?: boolean;
  readonly sorted?: boolean;
  /** How the cells of a column are written. */
  readonly formats?: Readonly<Record<string, (thing: JsonObject) => Json>>;
  /** What is asked for in any case. */
  readonly always?: Search;
  /** Columns by another name than the field that they show; a user may say either. */
  readonly renamed?: ReadonlyMap<string, string>;
  /** Columns have the names of the fields after all. */
  readonly keepsNames?: (args: Arguments) => boolean;
  /** The answer, if it is not that of the usual path. */
  ask?(call: Call, search: Search): Op<Things>;
  /** The things with what is looked up about them. */
  more?(call: Call, things: Things): Op<Things>;
}

const pageOption: OptionSpec = {
  names: ["-P", "--page-size"],
  dest: "page_size",
  takes: "value",
  metavar: "SIZE",
  type: int,
  about: "Ask for so many at a time.",
};

const orderOptions: readonly OptionSpec[] = [
  {
    names: ["--sort-key"],
    dest: "sort_key",
    takes: "value",
    many: true,
    otherwise: [],
    metavar: "FIELD",
    about: "Order by this field. May be given many times.",
  },
  {
    names: ["--sort-dir"],
    dest: "sort_dir",
    takes: "value",
    many: true,
    otherwise: [],
    metavar: "{asc,desc}",
    type: oneOf(["asc", "desc"]),
    about: "Which way; asc where it is left out.",
  },
];

/** `net-list`. */
export function listCommand(name: string, kind: Resource, special: ListSpecial): NeutronCommand {
  const { paged = true, sorted = true, options = [], positionals = [], names } = special;
  return {
    name,
    about: `List ${collectionOf(kind).replaceAll("_", " ")}.`,
    options: [
      ...listOptions,
      ...formatOptions,
      ...fieldOptions,
      ...(paged ? [pageOption] : []),
      ...(sorted ? orderOptions : []),
      ...options,
    ],
    positionals,
    names,
    *run(call) {
      const { args, console } = call;
      const search = searchOf(call, special);
      const found = yield* special.ask === undefined
        ? everything(call.api, kind, search)
        : special.ask(call, search);
      const things = special.more === undefined ? found : yield* special.more(call, found);
      console.write(columnsOf(args, things, special));
    },
  };
}

/** All pages, where there are some. */
export function* everything(api: NeutronApi, kind: Resource, search: Search): Op<Things> {
  const collection = collectionOf(kind);
  if (kind.paged) return yield* api.list(collection, kind.path, search);
  return objectsIn((yield* api.get(kind.path, search))[collection]);
}

/** The field that `column` shows. */
function fieldOf(column: string, { renamed = new Map() }: ListSpecial): string {
  for (const [field, name] of renamed) if (name === column) return field;
  return column;
}

function searchOf({ args, extra }: Call, special: ListSpecial): Search {
  const { always = {} } = special;
  const fields = args.texts("fields").map((field) => fieldOf(field, special));
  const size = args.number("page_size") ?? 0;
  const keys = args.texts("sort_key");
  const typed = args.texts("sort_dir").slice(0, keys.length);
  const ways = keys.map((_, i) => typed[i] ?? "asc");
  return {
    ...(fields.length > 0 ? { fields } : {}),
    ...(args.flag("show_details") ? { verbose: "True" } : {}),
    ...extra,
    ...always,
    ...(size === 0 ? {} : { limit: size }),
    ...(keys.length > 0 ? { sort_key: keys } : {}),
    ...(ways.length > 0 ? { sort_dir: ways } : {}),
  };
}

/** Which columns, and their cells. */
function columnsOf(args: Arguments, things: Things, special: ListSpecial): string {
  const [first] = things;
  if (first === undefined) return listText(args, { columns: [], rows: [] }, []);
  const { columns: usual, formats = {}, renamed, keepsNames } = special;
  const names = keepsNames?.(args) === true ? undefined : renamed;
  const asked = args.texts("columns").map((column) => fieldOf(column, special));
  const there = Object.keys(first).sort();
  const known = (asked.length > 0 ? asked : usual).filter((column) => there.includes(column));
  const fields = asked.length > 0 || usual.length > 0 ? known : there;
  const rows = things.map((thing) =>
    fields.map((field) => formats[field]?.(thing) ?? thing[field.toLowerCase()] ?? ""),
  );
  const columns = fields.map((field) => names?.get(field) ?? field);
  const wanted = names === undefined || asked.length === 0 ? asked : columns;
  return listText(args, { columns, rows }, wanted);
}
