/**
 * An alarm as the API shows it, and as its history keeps it. Upstream: ceilometer/api/controllers/v2.py (Alarm,
 * default_description, as_dict) at 2014.2.
 */
import { floatStr, str, type Json, type JsonObject } from "../../../../python/index.js";
import type { AlarmChangeRow, AlarmRow } from "../../storage/database.js";
import { isoformat } from "../../times.js";

export function alarmView(alarm: AlarmRow): JsonObject {
  return {
    alarm_id: alarm.alarm_id,
    name: alarm.name,
    description: descriptionOf(alarm),
    enabled: alarm.enabled,
    ok_actions: alarm.ok_actions,
    alarm_actions: alarm.alarm_actions,
    insufficient_data_actions: alarm.insufficient_data_actions,
    repeat_actions: alarm.repeat_actions,
    type: alarm.type,
    [`${alarm.type}_rule`]: alarm.rule,
    time_constraints: alarm.time_constraints,
    project_id: alarm.project_id,
    user_id: alarm.user_id,
    timestamp: isoformat(alarm.timestamp),
    state: alarm.state,
    state_timestamp: isoformat(alarm.state_timestamp),
  };
}

type Described = Pick<AlarmRow, "description" | "type" | "rule">;

/** As it was given; else what its rule says. */
export function descriptionOf({ description, type, rule }: Described): string | null {
  if (description !== null && description !== "") return description;
  const of = (key: string): string => str(rule[key] ?? null);
  if (type === "threshold") {
    const { threshold = null } = rule;
    const limit = typeof threshold === "number" ? floatStr(threshold) : "None";
    const what = `${of("meter_name")} is ${of("comparison_operator")} a ${of("statistic")}`;
    return `Alarm when ${what} of ${limit} over ${of("period")} seconds`;
  }
  const { alarm_ids = [] } = rule;
  const ids = Array.isArray(alarm_ids) ? (alarm_ids as readonly Json[]).map(str) : [];
  return `Combined state of alarms ${ids.join(` ${of("operator")} `)}`;
}

/** `as_dict`, with its times as text. */
export const alarmDict = (alarm: AlarmRow): JsonObject => ({
  alarm_id: alarm.alarm_id,
  type: alarm.type,
  enabled: alarm.enabled,
  name: alarm.name,
  description: descriptionOf(alarm),
  timestamp: isoformat(alarm.timestamp),
  user_id: alarm.user_id,
  project_id: alarm.project_id,
  state: alarm.state,
  state_timestamp: isoformat(alarm.state_timestamp),
  ok_actions: alarm.ok_actions,
  alarm_actions: alarm.alarm_actions,
  insufficient_data_actions: alarm.insufficient_data_actions,
  repeat_actions: alarm.repeat_actions,
  rule: alarm.rule,
  time_constraints: alarm.time_constraints,
});

export const changeView = (change: AlarmChangeRow): JsonObject => ({
  event_id: change.event_id,
  alarm_id: change.alarm_id,
  type: change.type,
  detail: change.detail,
  project_id: change.project_id,
  user_id: change.user_id,
  on_behalf_of: change.on_behalf_of,
  timestamp: isoformat(change.timestamp),
});
