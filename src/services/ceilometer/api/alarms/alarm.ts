/**
 * An alarm as it comes in a request: its attributes with their defaults, and each part's own checks. Upstream:
 * ceilometer/api/controllers/v2.py (Alarm, AlarmThresholdRule, AlarmCombinationRule, AlarmTimeConstraint) at 2014.2.
 */
import type { RequestContext } from "../../../../framework/index.js";
import { PythonTypeError, str, type Json, type JsonObject } from "../../../../python/index.js";
import { Cron } from "../../cron.js";
import { isTimezone } from "../../time-zones.js";
import { queryDict, type Query } from "../query/query.js";
import { SAMPLE_KEYS, validateQuery } from "../query/simple.js";
import { attribute, mandatory, property, readAttributes, type ReadOf } from "../wsme/attributes.js";
import { ClientSideError } from "../wsme/errors.js";
import { boolean, choice, float, integer, listOf, text, type DataType } from "../wsme/types.js";

export const STATES = ["ok", "alarm", "insufficient data"] as const;

/** What a property takes whose setter looks at nothing. */
const anything: DataType<string> = (value) => str(value);

const QUERY = {
  field: attribute(text),
  op: attribute(anything),
  value: attribute(text),
  type: attribute(text),
};

const query: DataType<Query> = (value) => readAttributes(QUERY, value);

export interface ThresholdRule {
  readonly meter_name: string | null;
  readonly threshold: number | null;
  readonly query: readonly Query[];
  readonly period: number | null;
  readonly comparison_operator: string;
  readonly statistic: string;
  readonly evaluation_periods: number | null;
  readonly exclude_outliers: boolean | null;
}

const THRESHOLD = {
  meter_name: mandatory(text),
  query: attribute(listOf(query)),
  period: attribute(integer(1)),
  comparison_operator: property(choice("lt", "le", "eq", "ne", "ge", "gt")),
  threshold: mandatory(float),
  statistic: property(choice("max", "min", "avg", "sum", "count")),
  evaluation_periods: attribute(integer(1)),
  exclude_outliers: attribute(boolean),
};

/** What was not said; None is said. */
const or = <T>(value: T | undefined, otherwise: T): T => (value === undefined ? otherwise : value);

const thresholdRule =
  (ctxt: RequestContext): DataType<ThresholdRule> =>
  (value) => {
    const read = readAttributes(THRESHOLD, value);
    const conditions = read.query ?? [];
    validateQuery(ctxt, conditions, SAMPLE_KEYS, false);
    return {
      meter_name: read.meter_name ?? null,
      threshold: read.threshold ?? null,
      query: conditions,
      period: or(read.period, 60),
      comparison_operator: read.comparison_operator ?? "eq",
      statistic: read.statistic ?? "avg",
      evaluation_periods: or(read.evaluation_periods, 1),
      exclude_outliers: or(read.exclude_outliers, false),
    };
  };

export interface CombinationRule {
  readonly operator: string;
  readonly alarm_ids: readonly string[];
}

const COMBINATION = {
  operator: property(choice("or", "and")),
  alarm_ids: mandatory(listOf(text)),
};

const combinationRule: DataType<CombinationRule> = (value) => {
  const read = readAttributes(COMBINATION, value);
  const ids = read.alarm_ids;
  if (ids === null || ids === undefined) {
    throw new PythonTypeError("'NoneType' object is not iterable");
  }
  const alarm_ids = [...new Set(ids)];
  if (alarm_ids.length <= 1) {
    const few = "Alarm combination rule should contain at least two different alarm ids.";
    throw new ClientSideError(few);
  }
  return { operator: read.operator ?? "and", alarm_ids };
};

/** @throws ValueError, KeyError for what is no cron expression */
const cron: DataType<string> = (value) => new Cron(text(value)).text;

const CONSTRAINT = {
  name: mandatory(text),
  description: attribute(anything),
  start: mandatory(cron),
  duration: mandatory(integer(0)),
  timezone: attribute(text),
};

export interface TimeConstraint {
  readonly name: string | null;
  readonly description: string;
  readonly start: string | null;
  readonly duration: number | null;
  readonly timezone: string | null;
}

const timeConstraint: DataType<TimeConstraint> = (value) => {
  const read = readAttributes(CONSTRAINT, value);
  const { start = null, duration = null, description = "" } = read;
  const timezone = or(read.timezone, "");
  if (timezone !== null && timezone !== "" && !isTimezone(timezone)) {
    throw new ClientSideError(`Timezone ${timezone} is not valid`);
  }
  const usual = `Time constraint at ${start ?? "None"} lasting for ${String(duration ?? "None")} seconds`;
  return {
    name: read.name ?? null,
    description: description === null || description === "" ? usual : description,
    start,
    duration,
    timezone,
  };
};

const actions = attribute(listOf(text));

const alarmAttributes = (ctxt: RequestContext) => ({
  alarm_id: attribute(text),
  name: mandatory(text),
  description: attribute(anything),
  enabled: attribute(boolean),
  ok_actions: actions,
  alarm_actions: actions,
  insufficient_data_actions: actions,
  repeat_actions: attribute(boolean),
  type: property(choice("threshold", "combination"), true),
  threshold_rule: attribute(thresholdRule(ctxt)),
  combination_rule: attribute(combinationRule),
  time_constraints: attribute(listOf(timeConstraint)),
  project_id: attribute(text),
  user_id: attribute(text),
  state: property(choice(...STATES)),
});

export type AlarmData = ReadOf<ReturnType<typeof alarmAttributes>>;

/** The body, part by part. @throws ClientSideError, ValueError, PythonTypeError */
export const readAlarm = (ctxt: RequestContext, body: Json): AlarmData =>
  readAttributes(alarmAttributes(ctxt), body);

/** A rule as a row keeps it. */
export const thresholdDict = (rule: ThresholdRule): JsonObject => ({
  ...rule,
  query: rule.query.map(queryDict),
});
