/**
 * Commands that show a list or one thing, with what they have in common. Upstream: cliff 1.7.0
 * (lister.py, show.py), openstackclient/common/utils.py (get_item_properties), 0.4.1.
 */
import type { Op } from "../../kernel/index.js";
import type { Json, JsonObject } from "../../python/index.js";
import type { Arguments } from "../openstack/arguments.js";
import { listOptions, listText, showOptions, showText, type Listing } from "../openstack/cliff.js";
import type { Command } from "../openstack/command.js";
import { flagOption } from "../openstack/options.js";
import type { OptionSpec, PositionalSpec } from "../shell/parser/index.js";
import type { OpenStackClients } from "./clients.js";

export type OpenStackCommand = Command<OpenStackClients>;

type Parts = Pick<OpenStackCommand, "name" | "about" | "options" | "positionals" | "names">;

export const longOption: OptionSpec = flagOption("--long", "List more of each.");

/** `<server>` and its like. */
export const argument = (dest: string, about: string): PositionalSpec => ({
  dest,
  metavar: `<${dest.replaceAll("_", "-")}>`,
  count: "one",
  about,
});

export const lister = (
  parts: Parts,
  rows: (clients: OpenStackClients, args: Arguments) => Op<Listing>,
): OpenStackCommand => ({
  ...parts,
  options: [...(parts.options ?? []), ...listOptions],
  *run(clients, args, console) {
    const listing = yield* rows(clients, args);
    console.write(listText(args, listing, args.texts("columns")));
  },
});

/** One thing, its members in the order of their names. */
export const shower = (
  parts: Parts,
  thing: (clients: OpenStackClients, args: Arguments) => Op<JsonObject>,
): OpenStackCommand => ({
  ...parts,
  options: [...(parts.options ?? []), ...showOptions],
  *run(clients, args, console) {
    const members = yield* thing(clients, args);
    const sorted = Object.keys(members).sort();
    console.write(
      showText(
        args,
        sorted.map((name): [string, Json] => [name, members[name] ?? null]),
      ),
    );
  },
});

/** Things as rows, each column the member that its name says; nothing where there is none. */
export const rowsOf = (things: readonly JsonObject[], columns: readonly string[]): Listing => ({
  columns,
  rows: things.map((thing) =>
    columns.map(
      (column) => thing[column.toLowerCase().replaceAll(" ", "_")] ?? emptyOr(thing, column),
    ),
  ),
});

/** None is None, and what is not there is nothing. */
function emptyOr(thing: JsonObject, column: string): Json {
  return Object.hasOwn(thing, column.toLowerCase().replaceAll(" ", "_")) ? null : "";
}
