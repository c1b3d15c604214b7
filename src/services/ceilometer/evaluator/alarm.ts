/** An alarm as its evaluator knows it: as the API gave it when the cycle began. Upstream: ceilometerclient/v2/alarms.py (Alarm), 1.0.12. */
import { isObject, str, textOf, type Json, type JsonObject } from "../../../python/index.js";

export const UNKNOWN = "insufficient data";
export const OK = "ok";
export const ALARM = "alarm";

export interface Alarm {
  readonly alarm_id: string;
  readonly type: string;
  /** What was read, until the evaluator itself has changed it. */
  state: string;
  readonly repeat_actions: boolean;
  readonly rule: JsonObject;
  readonly time_constraints: readonly JsonObject[];
  readonly actions: ReadonlyMap<string, readonly string[]>;
}

const listOf = (value: Json | undefined): readonly Json[] =>
  Array.isArray(value) ? (value as readonly Json[]) : [];

export function alarmOf(json: JsonObject): Alarm {
  const rule = json[`${textOf(json, "type")}_rule`];
  const actions = (key: string): readonly string[] => listOf(json[key]).map(str);
  return {
    alarm_id: textOf(json, "alarm_id"),
    type: textOf(json, "type"),
    state: textOf(json, "state"),
    repeat_actions: json["repeat_actions"] === true,
    rule: isObject(rule) ? rule : {},
    time_constraints: listOf(json["time_constraints"]).filter(isObject),
    actions: new Map([
      [OK, actions("ok_actions")],
      [ALARM, actions("alarm_actions")],
      [UNKNOWN, actions("insufficient_data_actions")],
    ]),
  };
}
