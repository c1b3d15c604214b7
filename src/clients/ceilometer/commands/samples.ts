/** Meters, samples, statistics, resources. Upstream: ceilometerclient/v2/shell.py (do_meter_list to do_resource_show), 1.0.12. */
import { loads, repr, type Json, type JsonObject } from "../../../python/index.js";
import type { AggregateTerm, CeilometerClient } from "../../../services/ceilometer/client/index.js";
import type { Command } from "../../openstack/command.js";
import { argument, valueOption } from "../../openstack/options.js";
import { many, notEmpty, queryOf, queryOption, required, short } from "../arguments.js";
import { printList, printProperties, type Column } from "../print.js";

const column = (key: string, label: string): Column => ({ key, label });

const meterList: Command<CeilometerClient> = {
  name: "meter-list",
  about: "List the user's meters.",
  options: [queryOption()],
  *run(client, args, console) {
    const columns = [
      ...[column("name", "Name"), column("type", "Type"), column("unit", "Unit")],
      ...[column("resource_id", "Resource ID"), column("user_id", "User ID")],
      column("project_id", "Project ID"),
    ];
    printList(console, yield* client.meters(queryOf(args)), columns, 0);
  },
};

const METER = required(short("-m", valueOption("--meter", "<NAME>", "Name of the meter.")));

const sampleList: Command<CeilometerClient> = {
  name: "sample-list",
  about: "List the samples for a meter.",
  options: [
    queryOption(),
    METER,
    short("-l", valueOption("--limit", "<NUMBER>", "Maximum number of samples to return.")),
  ],
  check: (args) => void notEmpty(args, "meter"),
  *run(client, args, console) {
    const columns = [
      ...[column("resource_id", "Resource ID"), column("counter_name", "Name")],
      ...[column("counter_type", "Type"), column("counter_volume", "Volume")],
      ...[column("counter_unit", "Unit"), column("timestamp", "Timestamp")],
    ];
    const [meter, limit] = [notEmpty(args, "meter"), args.text("limit")];
    printList(console, yield* client.samples(meter, queryOf(args), limit), columns);
  },
};

/** Options of sample-create, by the members of a sample. */
const MEMBERS: readonly (readonly [dest: string, member: string])[] = [
  ["project_id", "project_id"],
  ["user_id", "user_id"],
  ["resource_id", "resource_id"],
  ["meter_name", "counter_name"],
  ["meter_type", "counter_type"],
  ["meter_unit", "counter_unit"],
  ["sample_volume", "counter_volume"],
  ["timestamp", "timestamp"],
];

const sampleCreate: Command<CeilometerClient> = {
  name: "sample-create",
  about: "Create a sample.",
  options: [
    valueOption("--project-id", "<PROJECT_ID>", "Tenant to associate with it (admin users)."),
    valueOption("--user-id", "<USER_ID>", "User to associate with it (admin users)."),
    required(short("-r", valueOption("--resource-id", "<RESOURCE_ID>", "ID of the resource."))),
    required(short("-m", valueOption("--meter-name", "<METER_NAME>", "The meter name."))),
    required(valueOption("--meter-type", "<METER_TYPE>", "The meter type.")),
    required(valueOption("--meter-unit", "<METER_UNIT>", "The meter unit.")),
    required(valueOption("--sample-volume", "<SAMPLE_VOLUME>", "The sample volume.")),
    valueOption("--resource-metadata", "<RESOURCE_METADATA>", 'Metadata, {"key": "value"}.'),
    valueOption("--timestamp", "<TIMESTAMP>", "The sample timestamp."),
  ],
  check: (args) => void notEmpty(args, "meter_name"),
  *run(client, args, console) {
    const said = MEMBERS.flatMap(([dest, member]): [string, Json][] => {
      const text = args.exactText(dest);
      return text === undefined ? [] : [[member, text]];
    });
    const metadata = args.exactText("resource_metadata");
    const sample = {
      ...Object.fromEntries(said),
      ...(metadata !== undefined && { resource_metadata: loads(metadata) }),
    };
    const [made = {}] = yield* client.createSample(notEmpty(args, "meter_name"), sample);
    const keys = ["counter_name", "user_id", "resource_id", "timestamp", "message_id", "source"];
    const more = ["counter_unit", "counter_volume", "project_id", "resource_metadata"];
    printProperties(
      console,
      Object.fromEntries(
        [...keys, ...more, "counter_type"].map((key) => [
          key.replace("counter_", ""),
          made[key] ?? (key in made ? null : ""),
        ]),
      ),
    );
  },
};

const AGGREGATES: ReadonlyMap<string, string> = new Map([
  ["avg", "Avg"],
  ["count", "Count"],
  ["max", "Max"],
  ["min", "Min"],
  ["sum", "Sum"],
  ["stddev", "Standard deviation"],
  ["cardinality", "Cardinality"],
]);

const statistics: Command<CeilometerClient> = {
  name: "statistics",
  about: "List the statistics for a meter.",
  options: [
    queryOption(),
    METER,
    short("-p", valueOption("--period", "<PERIOD>", "Seconds over which to group samples.")),
    many(short("-g", valueOption("--groupby", "<FIELD>", "Field for group by."))),
    many(short("-a", valueOption("--aggregate", "<FUNC>[<-<PARAM>]", "Function for aggregation."))),
  ],
  check: (args) => void notEmpty(args, "meter"),
  *run(client, args, console) {
    const aggregates = args.texts("aggregate").map((text): AggregateTerm => {
      const [func = "", param] = text.split("<-");
      return { func, param };
    });
    const groupby = args.texts("groupby");
    const rows = yield* client.statistics(notEmpty(args, "meter"), {
      query: queryOf(args),
      period: args.text("period"),
      groupby,
      aggregates,
    });
    const chosen = aggregates.map(({ func, param }) => {
      const key = param === undefined ? func : `${func}/${param}`;
      return column(key, AGGREGATES.get(key) ?? key);
    });
    const usual = ["max", "min", "avg", "sum", "count"].map((key) =>
      column(key, AGGREGATES.get(key) ?? key),
    );
    printList(
      console,
      rows.map((row) => ({ ...row, ...(row["aggregate"] as JsonObject | undefined) })),
      [
        ...[column("period", "Period"), column("period_start", "Period Start")],
        column("period_end", "Period End"),
        ...(groupby.length > 0 ? [grouped] : []),
        ...(aggregates.length > 0 ? chosen : usual),
        ...[column("duration", "Duration"), column("duration_start", "Duration Start")],
        column("duration_end", "Duration End"),
      ],
      0,
    );
  },
};

const grouped: Column = {
  key: "groupby",
  label: "Group By",
  format: ({ groupby = null }) => repr(groupby),
};

const resourceList: Command<CeilometerClient> = {
  name: "resource-list",
  about: "List the resources.",
  options: [queryOption()],
  *run(client, args, console) {
    const columns = [
      ...[column("resource_id", "Resource ID"), column("source", "Source")],
      ...[column("user_id", "User ID"), column("project_id", "Project ID")],
    ];
    printList(console, yield* client.resources(queryOf(args)), columns, 1);
  },
};

const resourceShow: Command<CeilometerClient> = {
  name: "resource-show",
  about: "Show the resource.",
  positionals: [argument("resource_id", "<RESOURCE_ID>", "ID of the resource to show.")],
  check: (args) => void notEmpty(args, "resource_id"),
  *run(client, args, console) {
    const resource = yield* client.resource(notEmpty(args, "resource_id"));
    const keys = ["resource_id", "source", "user_id", "project_id", "metadata"];
    printProperties(console, Object.fromEntries(keys.map((key) => [key, resource[key] ?? null])));
  },
};

export const sampleCommands: readonly Command<CeilometerClient>[] = [
  ...[meterList, sampleList, sampleCreate, statistics, resourceList, resourceShow],
];
