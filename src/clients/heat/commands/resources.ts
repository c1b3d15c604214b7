/**
 * `resource-list`, `-show`, `-metadata`, `-signal`, and events of resources. Upstream: heatclient/v1/shell.py,
 * 0.2.12.
 */
import { CommandError } from "../../../framework/apiclient/index.js";
import { caught, type Op } from "../../../kernel/index.js";
import { indented, isObject, loads, ValueError, type Json } from "../../../python/index.js";
import { isMissing } from "../../../services/heat/client/index.js";
import type { Arguments } from "../../openstack/arguments.js";
import type { Command } from "../../openstack/command.js";
import { argument } from "../../openstack/options.js";
import {
  filtersOption,
  orMissing,
  pairsIn,
  RESOURCE,
  resourceMissing,
  short,
  STACK,
  stackMissing,
} from "../arguments.js";
import type { HeatUser } from "../login.js";
import { asJson, asLines, asLinks, printDict, printList } from "../print.js";

type HeatCommand = Command<HeatUser>;

const idIn = (args: Arguments): string => args.exactText("id") ?? "";
const nameIn = (args: Arguments): string => args.exactText("resource") ?? "";

const list: HeatCommand = {
  name: "resource-list",
  about: "List the resources of a stack.",
  options: [short("n", "nested-depth", "<DEPTH>", "How deep to look into nested stacks.")],
  positionals: [STACK],
  *run({ heat }, args, console) {
    const depth = args.text("nested_depth");
    const resources = yield* orMissing(heat.resources(idIn(args), depth), stackMissing(args));
    const fields = [
      ...["resource_name", "physical_resource_id", "resource_type", "resource_status"],
      "updated_time",
      ...(depth === undefined ? [] : ["parent_resource"]),
    ];
    printList(console, resources, fields, 4);
  },
};

const show: HeatCommand = {
  name: "resource-show",
  about: "Show a resource in full.",
  positionals: [STACK, RESOURCE],
  *run({ heat }, args, console) {
    const resource = yield* orMissing(
      heat.resource(idIn(args), nameIn(args)),
      resourceMissing(args),
    );
    printDict(console, resource, { links: asLinks, required_by: asLines });
  },
};

const metadata: HeatCommand = {
  name: "resource-metadata",
  about: "Show the metadata of a resource.",
  positionals: [STACK, RESOURCE],
  *run({ heat }, args, console) {
    const found = yield* orMissing(heat.metadata(idIn(args), nameIn(args)), resourceMissing(args));
    console.print(indented(found, 2));
  },
};

const signal: HeatCommand = {
  name: "resource-signal",
  about: "Send a signal to a resource.",
  options: [
    short("D", "data", "<DATA>", "JSON that goes with it."),
    short("f", "data-file", "<FILE>", "A file with that."),
  ],
  positionals: [STACK, RESOURCE],
  *run({ heat, reader }, args) {
    const [data, file] = [args.text("data"), args.text("data_file")];
    if (data !== undefined && file !== undefined) {
      throw new CommandError("Can only specify one of data and data-file");
    }
    const text = file === undefined ? data : yield* reader.read(reader.urlOf(file));
    const details = text === undefined || text === "" ? null : dataIn(text);
    yield* orMissing(heat.signal(idIn(args), nameIn(args), details), resourceMissing(args));
  },
};

/** @throws CommandError */
function dataIn(text: string): Json {
  let data: Json;
  try {
    data = loads(text);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    throw new CommandError(`Data should be in JSON format: ${error.message}`);
  }
  if (isObject(data)) return data;
  throw new CommandError("Data should be a JSON dict");
}

/** The server's own words, whatever it was that was not found. @throws CommandError */
function* orWords<T>(op: Op<T>): Op<T> {
  try {
    return yield* op;
  } catch (error) {
    if (!isMissing(error)) throw error;
    throw new CommandError((yield* caught(error)).message);
  }
}

const events: HeatCommand = {
  name: "event-list",
  about: "List what has happened to the resources of a stack.",
  options: [
    short("r", "resource", "<RESOURCE>", "Only that of this resource."),
    filtersOption,
    short("l", "limit", "<LIMIT>", "So many at most."),
    short("m", "marker", "<ID>", "Only those that come after the event of this ID."),
  ],
  positionals: [STACK],
  *run({ heat }, args, console) {
    const found = yield* orWords(
      heat.events(idIn(args), args.exactText("resource"), {
        ...pairsIn(args.texts("filters")),
        limit: args.text("limit"),
        marker: args.text("marker"),
      }),
    );
    const fields = [
      ...(found.length > 0 ? ["resource_name"] : []),
      ...["id", "resource_status_reason", "resource_status", "event_time"],
    ];
    printList(console, found, fields);
  },
};

const event: HeatCommand = {
  name: "event-show",
  about: "Show an event in full.",
  positionals: [STACK, RESOURCE, argument("event", "<EVENT>", "The event's ID.")],
  *run({ heat }, args, console) {
    const found = yield* orWords(
      heat.event(idIn(args), nameIn(args), args.exactText("event") ?? ""),
    );
    printDict(console, found, { links: asLinks, resource_properties: asJson });
  },
};

export const resourceCommands: readonly HeatCommand[] = [
  list,
  show,
  metadata,
  signal,
  events,
  event,
];
