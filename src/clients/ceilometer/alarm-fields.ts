/**
 * What a command says of an alarm, as the body of a request has it. Upstream: ceilometerclient/v2/shell.py
 * (common_alarm_arguments), ceilometerclient/v2/alarms.py, ceilometerclient/common/utils.py
 * (args_array_to_list_of_dicts, merge_nested_dict), 1.0.12.
 */
import { CommandError } from "../../framework/apiclient/index.js";
import {
  isObject,
  KeyError,
  repr,
  setMember,
  type Json,
  type JsonObject,
} from "../../python/index.js";
import type { Arguments } from "../openstack/arguments.js";
import { valueOption } from "../openstack/options.js";
import { int, type OptionSpec } from "../shell/parser/index.js";
import { bool, floating, many, queryOf, queryOption, required, short } from "./arguments.js";

const action = (name: string, dest: string, state: string): OptionSpec =>
  many({
    ...valueOption(name, "<Webhook URL>", `URL to invoke when state transitions to ${state}.`),
    dest,
  });

/** @param create whether it must have a name */
export const commonOptions = (create: boolean): readonly OptionSpec[] => [
  {
    ...valueOption("--name", "<NAME>", "Name of the alarm (must be unique per tenant)."),
    required: create,
  },
  valueOption("--project-id", "<PROJECT_ID>", "Tenant to associate with alarm (admin users)."),
  valueOption("--user-id", "<USER_ID>", "User to associate with alarm (admin users)."),
  valueOption("--description", "<DESCRIPTION>", "Free text description of the alarm."),
  valueOption("--state", "<STATE>", "One of: ok, alarm, insufficient data."),
  valueOption("--enabled", "{True|False}", "True if alarm evaluation/actioning is enabled.", {
    type: bool,
  }),
  action("--alarm-action", "alarm_actions", "alarm"),
  action("--ok-action", "ok_actions", "OK"),
  action("--insufficient-data-action", "insufficient_data_actions", "insufficient data"),
  many({
    ...valueOption(
      "--time-constraint",
      "<Time Constraint>",
      "name=NAME;start=CRON;duration=SECONDS;[description=TEXT;[timezone=ZONE]]",
    ),
    dest: "time_constraints",
  }),
];

/** @param create whether it has a default */
export const repeatOption = (create: boolean): OptionSpec => ({
  ...valueOption("--repeat-actions", "{True|False}", "True if actions should be repeated."),
  type: bool,
  ...(create && { otherwise: false }),
});

/** @param create whether meter and threshold must be given */
export const thresholdOptions = (create: boolean): readonly OptionSpec[] => {
  const needed = create ? required : (option: OptionSpec): OptionSpec => option;
  return [
    needed(short("-m", valueOption("--meter-name", "<METRIC>", "Metric to evaluate against."))),
    { ...valueOption("--period", "<PERIOD>", "Length of each period (seconds)."), type: int },
    {
      ...valueOption("--evaluation-periods", "<COUNT>", "Number of periods to evaluate over."),
      type: int,
    },
    valueOption("--statistic", "<STATISTIC>", "One of: max, min, avg, sum, count."),
    valueOption("--comparison-operator", "<OPERATOR>", "One of: lt, le, eq, ne, ge, gt."),
    needed({
      ...valueOption("--threshold", "<THRESHOLD>", "Threshold to evaluate against."),
      type: floating,
    }),
  ];
};

export const ruleQueryOption = queryOption("rule_query");

export const metadataOption = many({
  ...valueOption("--matching-metadata", "<Matching Metadata>", "key=value of the resource."),
});

/** What was said of the alarm itself. @throws CommandError */
export function commonFields(args: Arguments): JsonObject {
  const fields: Record<string, Json> = {};
  for (const key of ["name", "project_id", "user_id", "description", "state"]) {
    const text = args.exactText(key);
    if (text !== undefined) fields[key] = text;
  }
  for (const key of ["enabled", "repeat_actions"]) {
    const value = args.boolean(key);
    if (value !== undefined) fields[key] = value;
  }
  for (const key of ["alarm_actions", "ok_actions", "insufficient_data_actions"]) {
    const urls = args.texts(key);
    if (urls.length > 0) fields[key] = urls;
  }
  const constraints = args.texts("time_constraints");
  if (constraints.length > 0)
    fields["time_constraints"] = constraints.map((text) => pairsOf(text, constraints));
  return fields;
}

/** `a=1;b=2`. @throws CommandError */
function pairsOf(text: string, all: readonly string[]): JsonObject {
  const pairs = {};
  for (const pair of text.split(";")) {
    const equals = pair.indexOf("=");
    if (equals < 0) {
      const must = "must be a list of key1=value1;key2=value2;... not";
      throw new CommandError(`time_constraints ${must} "${repr(all, "")}"`);
    }
    setMember(pairs, pair.slice(0, equals), pair.slice(equals + 1).replace(/^[ "']+|[ "']+$/g, ""));
  }
  return pairs;
}

/** What was said of the rule. @throws ValueError for a query that is none */
export function thresholdFields(args: Arguments): JsonObject {
  const rule: Record<string, Json> = {};
  for (const key of ["meter_name", "statistic", "comparison_operator"]) {
    const text = args.exactText(key);
    if (text !== undefined) rule[key] = text;
  }
  for (const key of ["period", "evaluation_periods", "threshold"]) {
    const number = args.number(key);
    if (number !== undefined) rule[key] = number;
  }
  const query = queryOf(args, "rule_query");
  return query === undefined ? rule : { ...rule, query: query.map((term) => ({ ...term })) };
}

/** Of the old commands: metadata instead of a query. @throws CommandError */
export function matchingMetadata(args: Arguments): JsonObject | undefined {
  const texts = args.texts("matching_metadata");
  if (texts.length === 0) return undefined;
  const query = texts.map((text) => {
    const equals = text.indexOf("=");
    if (equals < 0) {
      const must = `matching_metadata must be a list of key=value not "${repr(texts, "")}"`;
      throw new CommandError(must);
    }
    return { field: text.slice(0, equals), op: "eq", value: text.slice(equals + 1) };
  });
  return { query };
}

/** The alarm as it was read, with what is to be changed. @throws KeyError */
export function updatedAlarm(
  alarm: JsonObject,
  fields: JsonObject,
  removed: readonly string[],
): JsonObject {
  const { time_constraints: constraints, project_id: _p, user_id: _u, ...changes } = fields;
  const merged: Record<string, Json> = {
    ...alarm,
    time_constraints: mergedConstraints(alarm["time_constraints"], constraints, removed),
  };
  for (const [key, value] of Object.entries(changes)) {
    const before = alarm[key];
    if (before === undefined) continue;
    if (isObject(value) && !isObject(before)) throw new KeyError(`'${key}'`);
    merged[key] = isObject(value) && isObject(before) ? { ...before, ...value } : value;
  }
  return merged;
}

const listOf = (value: Json | undefined): JsonObject[] =>
  Array.isArray(value) ? (value as readonly Json[]).filter(isObject) : [];

function mergedConstraints(
  before: Json | undefined,
  changes: Json | undefined,
  removed: readonly string[],
): JsonObject[] {
  const merged = listOf(before);
  for (const change of listOf(changes)) {
    const at = merged.findIndex(({ name }) => name === change["name"]);
    if (at < 0) merged.push(change);
    else merged[at] = { ...merged[at], ...change };
  }
  return merged.filter(({ name }) => typeof name !== "string" || !removed.includes(name));
}
