/**
 * Judges a threshold alarm by statistics of its last periods, and of one more, since samples come late. Periods
 * without samples do not exist, and one with any is enough. Upstream: ceilometer/alarm/evaluator/threshold.py,
 * ceilometer/alarm/evaluator/utils.py at 2014.2.
 */
import { caught, type Op } from "../../../kernel/index.js";
import {
  floatStr,
  isObject,
  item,
  PythonTypeError,
  textOf,
  type Json,
  type JsonObject,
} from "../../../python/index.js";
import { isoformat } from "../times.js";
import { ALARM, OK, UNKNOWN, type Alarm } from "./alarm.js";
import { Evaluator } from "./evaluator.js";

const COMPARATORS: Readonly<Record<string, (value: number, limit: number) => boolean>> = {
  gt: (value, limit) => value > limit,
  lt: (value, limit) => value < limit,
  ge: (value, limit) => value >= limit,
  le: (value, limit) => value <= limit,
  eq: (value, limit) => value === limit,
  ne: (value, limit) => value !== limit,
};

export class ThresholdEvaluator extends Evaluator {
  protected *judge(alarm: Alarm): Op<void> {
    const statistics = sanitized(alarm, yield* this.#statistics(alarm));
    const { rule } = alarm;
    if (statistics.length === 0) {
      if (alarm.state === UNKNOWN) return;
      const count = numberIn(rule, "evaluation_periods");
      const data = reasonData("unknown", count, null);
      yield* this.refresh(alarm, UNKNOWN, `${count} datapoints are unknown`, data);
      return;
    }
    const compare = COMPARATORS[textOf(rule, "comparison_operator")];
    const limit = numberIn(rule, "threshold");
    const outside = statistics.map(
      (row) => compare?.(numberOr(row[textOf(rule, "statistic")], -Infinity), limit) === true,
    );
    yield* this.#transition(alarm, statistics, outside);
  }

  /** `_transition`: from what is known only all of them together lead away, from the unknown the newest does. */
  *#transition(
    alarm: Alarm,
    statistics: readonly JsonObject[],
    outside: readonly boolean[],
  ): Op<void> {
    const all = outside.every(Boolean);
    const unequivocal = all || !outside.some(Boolean);
    const unknown = alarm.state === UNKNOWN;
    const trend = outside.at(-1) === true ? ALARM : OK;
    const state = unequivocal ? (all ? ALARM : OK) : unknown ? trend : alarm.state;
    const { repeat_actions: continuous } = alarm;
    const changes = unequivocal ? alarm.state !== state : unknown;
    if (!changes && !continuous) return;
    const last = statistics.at(-1)?.[textOf(alarm.rule, "statistic")] ?? null;
    const data = reasonData(state === OK ? "inside" : "outside", statistics.length, last);
    const begins = alarm.state === state ? "Remaining as" : "Transition to";
    const recent = typeof last === "number" ? floatStr(last) : "None";
    const why = `${statistics.length} samples ${textOf(data, "disposition")} threshold`;
    const reason = `${begins} ${state} due to ${why}, most recent: ${recent}`;
    yield* this.refresh(alarm, state, reason, data);
  }

  *#statistics({ rule }: Alarm): Op<JsonObject[]> {
    const { kernel } = this.env;
    const periods = numberIn(rule, "evaluation_periods");
    const lookBack = rule["exclude_outliers"] === true ? periods : 1;
    const period = numberIn(rule, "period");
    const start = kernel.now - period * (periods + lookBack) * 1_000_000;
    const [from, to] = [start, kernel.now].map((at) => isoformat(kernel.calendar.stamp(at)));
    const bounds = [
      { field: "timestamp", op: "le", value: to ?? "" },
      { field: "timestamp", op: "ge", value: from ?? "" },
    ];
    this.env.log("debug", `query stats from ${from ?? ""} to ${to ?? ""}`);
    try {
      return yield* this.client.statistics(textOf(rule, "meter_name"), {
        query: [...conditionsOf(item(rule, "query")), ...bounds],
        period: String(period),
      });
    } catch (thrown) {
      const { name, message } = yield* caught(thrown);
      this.env.log("error", `alarm stats retrieval failed: ${name}: ${message}`);
      return [];
    }
  }
}

const reasonData = (disposition: string, count: number, most_recent: Json): JsonObject => ({
  type: "threshold",
  disposition,
  count,
  most_recent,
});

const conditionsOf = (query: Json) =>
  (Array.isArray(query) ? (query as readonly Json[]).filter(isObject) : []).map((each) => ({
    field: textOf(each, "field"),
    op: textOf(each, "op"),
    type: textOf(each, "type"),
    value: textOf(each, "value"),
  }));

const numberOr = (value: Json | undefined, otherwise: number): number =>
  typeof value === "number" ? value : otherwise;

function numberIn(rule: JsonObject, key: string): number {
  const value = item(rule, key);
  if (typeof value === "number") return value;
  throw new PythonTypeError(`unsupported operand type(s) for *: 'NoneType' and 'int'`);
}

/** `_sanitize`: without those that stand out by how few or many samples they have, if that is wished; the last ones. */
function sanitized({ rule }: Alarm, statistics: readonly JsonObject[]): readonly JsonObject[] {
  const periods = numberIn(rule, "evaluation_periods");
  if (rule["exclude_outliers"] !== true) return statistics.slice(-periods);
  const count = (row: JsonObject): number => numberOr(row["count"], 0);
  const middle = mean(statistics.map(count));
  const off = (row: JsonObject): number => count(row) - middle;
  const spread = Math.sqrt(mean(statistics.map((row) => off(row) * off(row))));
  const [lower, upper] = [middle - 2 * spread, middle + 2 * spread];
  return statistics.filter((row) => count(row) >= lower && count(row) <= upper).slice(-periods);
}

const mean = (numbers: readonly number[]): number =>
  numbers.length === 0 ? 0 : numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
