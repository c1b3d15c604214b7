/**
 * Commands that show a list or one thing, with what they have in common, and what commands say beside.
 * Upstream: cliff 1.7.0 (lister.py, show.py), openstackclient/common/utils.py (get_item_properties,
 * format_dict), 0.4.1.
 */
import type { Op } from "../../kernel/index.js";
import { isObject, PythonTypeError, str, type Json, type JsonObject } from "../../python/index.js";
import type { Arguments } from "../openstack/arguments.js";
import { listOptions, listText, showOptions, showText, type Listing } from "../openstack/cliff.js";
import type { Command } from "../openstack/command.js";
import { flagOption } from "../openstack/options.js";
import type { Console } from "../shell/console.js";
import type { OptionSpec, PositionalSpec } from "../shell/parser/index.js";
import type { OpenStackClients } from "./clients.js";

/** What it does: with a login, or without one. */
export type OpenStackCommand = Omit<Command<OpenStackClients>, "run" | "serviceType"> &
  (
    | Pick<Command<OpenStackClients>, "run">
    | { readonly offline: (args: Arguments, console: Console) => void }
  );

type Parts = Pick<OpenStackCommand, "name" | "about" | "options" | "positionals" | "names">;

export const longOption: OptionSpec = flagOption("--long", "List more of each.");

/** `<server>` and its like. */
export const argument = (dest: string, about: string): PositionalSpec => ({
  dest,
  metavar: `<${dest.replaceAll("_", "-")}>`,
  count: "one",
  about,
});

/** What was typed for an argument or an option that must be there. */
export const word = (args: Arguments, dest: string): string => args.exactText(dest) ?? "";

/** What a logger of `openstack` writes: `ERROR: openstackclient.shell No changes requested`. */
export const logged = (
  console: Console,
  level: "ERROR" | "WARNING",
  logger: string,
  message: string,
): void => {
  console.error(`${level}: openstackclient.${logger} ${message}\n`);
};

export const lister = (
  parts: Parts,
  rows: (clients: OpenStackClients, args: Arguments, console: Console) => Op<Listing>,
): OpenStackCommand => ({
  ...parts,
  options: [...(parts.options ?? []), ...listOptions],
  *run(clients, args, console) {
    const listing = yield* rows(clients, args, console);
    console.write(listText(args, listing, args.texts("columns")));
  },
});

/** One thing, its members in the order of their names. Of nothing at all upstream makes a TypeError. */
export const shower = (
  parts: Parts,
  thing: (
    clients: OpenStackClients,
    args: Arguments,
    console: Console,
  ) => Op<JsonObject | undefined>,
): OpenStackCommand => ({
  ...parts,
  options: [...(parts.options ?? []), ...showOptions],
  *run(clients, args, console) {
    const members = yield* thing(clients, args, console);
    if (members === undefined) throw new PythonTypeError("'NoneType' object is not iterable");
    const sorted = Object.keys(members).sort();
    console.write(
      showText(
        args,
        sorted.map((name): [string, Json] => [name, members[name] ?? null]),
      ),
    );
  },
});

/**
 * Things as rows: each column is the member that its name says, or nothing where there is none.
 * `headers` where columns are called otherwise; `formats` what becomes of a member.
 */
export const rowsOf = (
  things: readonly JsonObject[],
  columns: readonly string[],
  headers: readonly string[] = columns,
  formats: Readonly<Record<string, (value: Json) => Json>> = {},
): Listing => ({
  columns: headers,
  rows: things.map((thing) =>
    columns.map((column) => {
      const value = memberOf(thing, column.toLowerCase().replaceAll(" ", "_"));
      const format = formats[column];
      return format === undefined ? value : format(value);
    }),
  ),
});

/** None is None, and what is not there is nothing. */
const memberOf = (thing: JsonObject, key: string): Json =>
  Object.hasOwn(thing, key) ? (thing[key] ?? null) : "";

/** `a='1', b='2'`. */
export function dictText(value: Json | undefined): string {
  const dict = isObject(value) ? value : {};
  return Object.keys(dict)
    .sort()
    .map((key) => `${key}='${str(dict[key] ?? null)}'`)
    .join(", ");
}
