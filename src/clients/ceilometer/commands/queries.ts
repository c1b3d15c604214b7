/** Complex queries. Upstream: ceilometerclient/v2/shell.py (do_query_*), 1.0.12. */
import type { JsonObject } from "../../../python/index.js";
import type { CeilometerClient } from "../../../services/ceilometer/client/index.js";
import type { Arguments } from "../../openstack/arguments.js";
import type { Command } from "../../openstack/command.js";
import { valueOption } from "../../openstack/options.js";
import { printAlarms } from "../alarm-views.js";
import { short } from "../arguments.js";
import { printList, type Column } from "../print.js";

const OPTIONS = [
  short("-f", valueOption("--filter", "<FILTER>", "{op: [{op: {field: value}}]}")),
  short("-o", valueOption("--orderby", "<ORDERBY>", "[{field: direction}]; asc or desc.")),
  short("-l", valueOption("--limit", "<LIMIT>", "Maximum number to return.")),
];

/** What is not empty. */
const queryOf = (args: Arguments): JsonObject =>
  Object.fromEntries(
    ["filter", "orderby", "limit"].flatMap((key) => {
      const text = args.text(key);
      return text === undefined ? [] : [[key, text]];
    }),
  );

const columns = (labels: Readonly<Record<string, string>>): readonly Column[] =>
  Object.entries(labels).map(([key, label]) => ({ key, label }));

export const queryCommands: readonly Command<CeilometerClient>[] = [
  {
    name: "query-samples",
    about: "Query samples.",
    options: OPTIONS,
    *run(client, args, console) {
      const shown = columns({
        resource_id: "Resource ID",
        meter: "Meter",
        type: "Type",
        volume: "Volume",
        unit: "Unit",
        timestamp: "Timestamp",
      });
      printList(console, yield* client.query("samples", queryOf(args)), shown);
    },
  },
  {
    name: "query-alarms",
    about: "Query alarms.",
    options: OPTIONS,
    *run(client, args, console) {
      printAlarms(console, yield* client.query("alarms", queryOf(args)));
    },
  },
  {
    name: "query-alarm-history",
    about: "Query alarm history.",
    options: OPTIONS,
    *run(client, args, console) {
      const shown = columns({
        alarm_id: "Alarm ID",
        event_id: "Event ID",
        type: "Type",
        detail: "Detail",
        timestamp: "Timestamp",
      });
      printList(console, yield* client.query("alarms/history", queryOf(args)), shown);
    },
  },
];
