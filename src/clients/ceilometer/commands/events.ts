/** Events and their traits. Upstream: ceilometerclient/v2/shell.py (do_event_list to do_trait_list), 1.0.12. */
import type { CeilometerClient } from "../../../services/ceilometer/client/index.js";
import type { Command } from "../../openstack/command.js";
import { argument, valueOption } from "../../openstack/options.js";
import { notEmpty, queryOf, queryOption, required, short } from "../arguments.js";
import { nestedTable, printList, printProperties } from "../print.js";

const EVENT_TYPE = required(
  short("-e", valueOption("--event_type", "<EVENT_TYPE>", "Type of the event.")),
);

const TRAIT_NAME = required(
  short("-t", valueOption("--trait_name", "<TRAIT_NAME>", "The name of the trait to list.")),
);

export const eventCommands: readonly Command<CeilometerClient>[] = [
  {
    name: "event-list",
    about: "List events.",
    options: [queryOption()],
    *run(client, args, console) {
      const columns = [
        { key: "message_id", label: "Message ID" },
        { key: "event_type", label: "Event Type" },
        { key: "generated", label: "Generated" },
        {
          key: "traits",
          label: "Traits",
          format: ({ traits = [] }) => nestedTable(traits, ["name", "type", "value"]),
        },
      ];
      printList(console, yield* client.events(queryOf(args)), columns, 0);
    },
  },
  {
    name: "event-show",
    about: "Show a particular event.",
    positionals: [argument("message_id", "<message_id>", "The ID of the event.")],
    check: (args) => void notEmpty(args, "message_id"),
    *run(client, args, console) {
      const event = yield* client.event(notEmpty(args, "message_id"));
      const keys = ["event_type", "generated", "traits"];
      printProperties(console, Object.fromEntries(keys.map((key) => [key, event[key] ?? ""])));
    },
  },
  {
    name: "event-type-list",
    about: "List event types.",
    *run(client, _args, console) {
      const types = yield* client.eventTypes();
      const rows = types.map((event_type) => ({ event_type }));
      printList(console, rows, [{ key: "event_type", label: "Event Type" }], 0);
    },
  },
  {
    name: "trait-description-list",
    about: "List trait info for an event type.",
    options: [EVENT_TYPE],
    check: (args) => void notEmpty(args, "event_type"),
    *run(client, args, console) {
      const columns = [
        { key: "name", label: "Trait Name" },
        { key: "type", label: "Data Type" },
      ];
      const traits = yield* client.traitDescriptions(notEmpty(args, "event_type"));
      printList(console, traits, columns, 0);
    },
  },
  {
    name: "trait-list",
    about: "List all traits of a name for an event type.",
    options: [EVENT_TYPE, TRAIT_NAME],
    check(args) {
      notEmpty(args, "event_type");
      notEmpty(args, "trait_name");
    },
    *run(client, args, console) {
      const columns = [
        { key: "name", label: "Trait Name" },
        { key: "value", label: "Value" },
        { key: "type", label: "Data Type" },
      ];
      const [type, name] = [notEmpty(args, "event_type"), notEmpty(args, "trait_name")];
      printList(console, yield* client.traits(type, name), columns, 0);
    },
  },
];
