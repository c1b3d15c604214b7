/** `aggregate-list`, `-create`, `-details`, `-update`, `-set-metadata`, `-add-host`, `-remove-host`, `-delete`. Upstream: novaclient/v1_1/shell.py at 2.20.0. */
import { CommandError } from "../../../../framework/apiclient/index.js";
import { isObject, str, textOf, type JsonObject } from "../../../../python/index.js";
import type { NovaClient } from "../../../../services/nova/client/index.js";
import type { Command } from "../../../openstack/command.js";
import { cell, listing, table } from "../../../openstack/table.js";
import type { PositionalSpec } from "../../../shell/parser/index.js";
import { findAggregate } from "../../find.js";
import { metadataOf } from "../metadata.js";
import { one } from "../positionals.js";

const AGGREGATE = one("aggregate", "The aggregate's name or ID.");
const NAME = one("name", "What it is to be called.");
const HOST = one("host", "The name of a compute host.");
const ZONE: PositionalSpec = {
  dest: "availability_zone",
  metavar: "<availability-zone>",
  count: "optional",
  about: "The zone that it makes of its hosts.",
};

const list: Command<NovaClient> = {
  name: "aggregate-list",
  about: "List host aggregates.",
  *run({ aggregates }, _args, console) {
    console.write(listing(yield* aggregates.all(), ["Id", "Name", "Availability Zone"]));
  },
};

const create: Command<NovaClient> = {
  name: "aggregate-create",
  about: "Make a host aggregate, which may be a zone.",
  positionals: [NAME, ZONE],
  *run({ aggregates }, args, console) {
    const name = args.text("name") ?? "";
    const zone = args.text("availability_zone") ?? null;
    console.write(details(yield* aggregates.add(name, zone)));
  },
};

const remove: Command<NovaClient> = {
  name: "aggregate-delete",
  about: "Delete a host aggregate that has no hosts.",
  positionals: [AGGREGATE],
  *run(nova, args, console) {
    const id = idOf(yield* findAggregate(nova, args.text("aggregate") ?? ""));
    yield* nova.aggregates.delete(id);
    console.print(`Aggregate ${id} has been successfully deleted.`);
  },
};

const update: Command<NovaClient> = {
  name: "aggregate-update",
  about: "Give a host aggregate another name, and another zone.",
  positionals: [AGGREGATE, NAME, ZONE],
  *run(nova, args, console) {
    const id = idOf(yield* findAggregate(nova, args.text("aggregate") ?? ""));
    const zone = args.text("availability_zone") ?? "";
    const name = args.text("name") ?? "";
    const values = zone === "" ? { name } : { name, availability_zone: zone };
    const changed = yield* nova.aggregates.change(id, values);
    console.print(`Aggregate ${idOf(changed)} has been successfully updated.`);
    console.write(details(changed));
  },
};

const setMetadata: Command<NovaClient> = {
  name: "aggregate-set-metadata",
  about: "Set metadata of a host aggregate; a key alone takes it away.",
  positionals: [
    AGGREGATE,
    { dest: "metadata", metavar: "<key=value>", count: "some", about: "What is set." },
  ],
  *run(nova, args, console) {
    const aggregate = yield* findAggregate(nova, args.text("aggregate") ?? "");
    const { metadata: found } = aggregate;
    const current = isObject(found) ? found : {};
    const metadata = metadataOf(args);
    const pairs = Object.entries(metadata);
    if (pairs.some(([key, value]) => Object.hasOwn(current, key) && current[key] === value)) {
      throw new CommandError("metadata already exists");
    }
    const [lacks] = pairs.filter(([key, value]) => value === null && !Object.hasOwn(current, key));
    if (lacks !== undefined) {
      throw new CommandError(`metadata key ${lacks[0]} does not exist hence can not be deleted`);
    }
    const changed = yield* nova.aggregates.setMetadata(idOf(aggregate), metadata);
    console.print(`Metadata has been successfully updated for aggregate ${idOf(changed)}.`);
    console.write(details(changed));
  },
};

const addHost: Command<NovaClient> = {
  name: "aggregate-add-host",
  about: "Add a host to a host aggregate.",
  positionals: [AGGREGATE, HOST],
  *run(nova, args, console) {
    const id = idOf(yield* findAggregate(nova, args.text("aggregate") ?? ""));
    const host = args.text("host") ?? "";
    const changed = yield* nova.aggregates.addHost(id, host);
    console.print(`Host ${host} has been successfully added for aggregate ${idOf(changed)} `);
    console.write(details(changed));
  },
};

const removeHost: Command<NovaClient> = {
  name: "aggregate-remove-host",
  about: "Take a host out of a host aggregate.",
  positionals: [AGGREGATE, HOST],
  *run(nova, args, console) {
    const id = idOf(yield* findAggregate(nova, args.text("aggregate") ?? ""));
    const host = args.text("host") ?? "";
    const changed = yield* nova.aggregates.removeHost(id, host);
    console.print(`Host ${host} has been successfully removed from aggregate ${idOf(changed)} `);
    console.write(details(changed));
  },
};

const show: Command<NovaClient> = {
  name: "aggregate-details",
  about: "Show a host aggregate.",
  positionals: [AGGREGATE],
  *run(nova, args, console) {
    console.write(details(yield* findAggregate(nova, args.text("aggregate") ?? "")));
  },
};

const idOf = (aggregate: JsonObject): string => textOf(aggregate, "id");

/** `_print_aggregate_details`. */
function details(aggregate: JsonObject): string {
  const { metadata, hosts } = aggregate;
  const pairs = isObject(metadata)
    ? Object.keys(metadata)
        .sort()
        .map((key) => `${key}=${textOf(metadata, key)}`)
    : [];
  const row = [
    cell(aggregate, "id"),
    cell(aggregate, "name"),
    cell(aggregate, "availability_zone"),
    quoted(Array.isArray(hosts) ? hosts.map(str) : []),
    quoted(pairs),
  ];
  return table(["Id", "Name", "Availability Zone", "Hosts", "Metadata"], [row]);
}

/** `pretty_choice_list`. */
const quoted = (texts: readonly string[]): string => texts.map((text) => `'${text}'`).join(", ");

export const aggregateCommands: readonly Command<NovaClient>[] = [
  list,
  create,
  show,
  update,
  setMetadata,
  addHost,
  removeHost,
  remove,
];
