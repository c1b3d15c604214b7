/** Alarms and their changes as `ceilometer` prints them. Upstream: ceilometerclient/v2/shell.py (the formatters, _display_alarm), 1.0.12. */
import {
  dictOrder,
  isObject,
  loads,
  str,
  textOf,
  type Json,
  type JsonObject,
} from "../../python/index.js";
import type { Console } from "../shell/console.js";
import { printList, printProperties, shown, type Column } from "./print.js";

const OPERATORS: ReadonlyMap<string, string> = new Map([
  ["gt", ">"],
  ["ge", ">="],
  ["lt", "<"],
  ["le", "<="],
  ["eq", "=="],
  ["ne", "!="],
]);

const objectsIn = (value: Json | undefined): JsonObject[] =>
  Array.isArray(value) ? (value as readonly Json[]).filter(isObject) : [];

/** The rule of its type. */
export const ruleOf = (alarm: JsonObject): JsonObject => {
  const rule = alarm[`${textOf(alarm, "type")}_rule`];
  return isObject(rule) ? rule : {};
};

const operatorOf = (thing: JsonObject, key: string): string =>
  OPERATORS.get(textOf(thing, key)) ?? "None";

function condition(type: string, rule: JsonObject): string {
  const of = (key: string): string => shown(key, rule[key] ?? null);
  if (type === "threshold") {
    const compared = `${of("meter_name")} ${operatorOf(rule, "comparison_operator")}`;
    return `${compared} ${of("threshold")} during ${of("evaluation_periods")} x ${of("period")}s`;
  }
  if (type === "combination") {
    const { alarm_ids = [] } = rule;
    const ids = Array.isArray(alarm_ids) ? (alarm_ids as readonly Json[]).map(str) : [];
    return `combinated states (${of("operator").toUpperCase()}) of ${ids.join(", ")}`;
  }
  return dictOrder(Object.keys(rule))
    .map((key) => `${key}: ${of(key)}`)
    .join("\n");
}

function constraintsInBrief(constraints: Json | undefined): string {
  const list = objectsIn(constraints);
  if (list.length === 0) return "None";
  return list
    .map((each) => {
      const when = `${textOf(each, "start")} ${textOf(each, "timezone")}`;
      return `${textOf(each, "name")} at ${when} for ${textOf(each, "duration")}s`;
    })
    .join(", ");
}

export function printAlarms(
  console: Console,
  alarms: readonly JsonObject[],
  sortBy?: number,
): void {
  const columns: readonly Column[] = [
    { key: "alarm_id", label: "Alarm ID" },
    { key: "name", label: "Name" },
    { key: "state", label: "State" },
    { key: "enabled", label: "Enabled" },
    { key: "repeat_actions", label: "Continuous" },
    {
      key: "rule",
      label: "Alarm condition",
      format: (alarm) => condition(textOf(alarm, "type"), ruleOf(alarm)),
    },
    {
      key: "time_constraints",
      label: "Time constraints",
      format: (alarm) => constraintsInBrief(alarm["time_constraints"]),
    },
  ];
  printList(console, alarms, columns, sortBy);
}

const SHOWN = ["name", "description", "type", "state", "enabled", "alarm_id", "user_id"].concat([
  ...["project_id", "alarm_actions", "ok_actions", "insufficient_data_actions"],
  "repeat_actions",
]);

export function printAlarm(console: Console, alarm: JsonObject): void {
  const rule = ruleOf(alarm);
  const constraints = objectsIn(alarm["time_constraints"]);
  printProperties(console, {
    ...Object.fromEntries(SHOWN.map((key) => [key, alarm[key] ?? (key in alarm ? null : "")])),
    ...rule,
    ...(alarm["type"] === "threshold" && { query: conditions(rule["query"]) }),
    ...(constraints.length > 0 && { time_constraints: inFull(constraints) }),
  });
}

const conditions = (query: Json | undefined): string =>
  objectsIn(query)
    .map((each) => `${textOf(each, "field")} ${operatorOf(each, "op")} ${textOf(each, "value")}`)
    .join(" AND\\n");

function inFull(constraints: readonly JsonObject[]): string {
  const texts = constraints.map((each) => {
    const lines = ["name", "description", "start", "duration", "timezone"]
      .filter((key) => Boolean(each[key]))
      .map((key) => `${key}: ${textOf(each, key)}`);
    return `{${lines.join(",\\n  ")}}`;
  });
  return `[${texts.join(",\\n ")}]`;
}

/** What a change did. */
export function changeDetail(change: JsonObject): string {
  const loaded = loads(textOf(change, "detail"));
  const detail = isObject(loaded) ? loaded : {};
  const rule = isObject(detail["rule"]) ? detail["rule"] : {};
  switch (change["type"]) {
    case "state transition":
      return `state: ${textOf(detail, "state")}`;
    case "creation":
    case "deletion": {
      const type = textOf(detail, "type");
      const lines = ["name", "description", "type"].map((key) => `${key}: ${textOf(detail, key)}`);
      const all = [...lines, `rule: ${condition(type, rule)}`];
      if (!("time_constraints" in detail)) return all.join("\n");
      const brief = constraintsInBrief(detail["time_constraints"]);
      return [...all, `time_constraints: ${brief}`].join("\n");
    }
    default:
      return dictOrder(Object.keys(detail))
        .map((key) =>
          key === "rule"
            ? `rule: ${condition(typeOf(detail, rule), rule)}`
            : `${key}: ${shown(key, detail[key] ?? null)}`,
        )
        .join("\n");
  }
}

/** `_infer_type`. */
function typeOf(detail: JsonObject, rule: JsonObject): string {
  if ("type" in detail) return textOf(detail, "type");
  if ("meter_name" in rule) return "threshold";
  return "alarms" in rule ? "combination" : "unknown";
}
