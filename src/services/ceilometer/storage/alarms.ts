/**
 * Alarms in the database, and the record of their changes. An update of an alarm that is gone makes it anew;
 * there is no compare-and-set. Upstream: ceilometer/alarm/storage/impl_sqlalchemy.py at 2014.2.
 */
import { sameText, type Row } from "../../../framework/index.js";
import type { AlarmChangeRow, AlarmRow, CeilometerDatabase } from "./database.js";
import { newestFirst } from "./samples.js";

export interface AlarmFilter {
  readonly name?: string | null | undefined;
  readonly user?: string | null | undefined;
  readonly state?: string | null | undefined;
  readonly meter?: string | null | undefined;
  readonly project?: string | null | undefined;
  readonly enabled?: boolean | undefined;
  readonly alarm_id?: string | null | undefined;
}

const is = (value: string | null, wanted: string | null | undefined): boolean =>
  wanted === undefined || wanted === null || (value !== null && sameText(value, wanted));

/** In the order of the table. */
export const getAlarms = ({ alarms }: CeilometerDatabase, filter: AlarmFilter): Row<AlarmRow>[] =>
  alarms
    .find()
    .filter(
      (alarm) =>
        is(alarm.name, filter.name) &&
        (filter.enabled === undefined || alarm.enabled === filter.enabled) &&
        is(alarm.user_id, filter.user) &&
        is(alarm.project_id, filter.project) &&
        is(alarm.alarm_id, filter.alarm_id) &&
        is(alarm.state, filter.state) &&
        (filter.meter === undefined ||
          filter.meter === null ||
          alarm.rule["meter_name"] === filter.meter),
    );

/** `update_alarm`: an ORM's merge. */
export function putAlarm({ alarms }: CeilometerDatabase, alarm: AlarmRow): AlarmRow {
  return alarms.update(alarm.alarm_id, alarm) ?? alarms.insert(alarm);
}

export const deleteAlarm = ({ alarms }: CeilometerDatabase, id: string): boolean =>
  alarms.remove(id);

export interface ChangeFilter {
  readonly user?: string | null | undefined;
  readonly project?: string | null | undefined;
  readonly type?: string | null | undefined;
  readonly start?: string | undefined;
  readonly start_timestamp_op?: string | undefined;
  readonly end?: string | undefined;
  readonly end_timestamp_op?: string | undefined;
}

/** Newest first; of one moment, the later one. */
export function getAlarmChanges(
  { alarmChanges }: CeilometerDatabase,
  alarm_id: string,
  onBehalfOf: string | null,
  filter: ChangeFilter,
): Row<AlarmChangeRow>[] {
  const { start, end } = filter;
  return alarmChanges
    .find({ alarm_id })
    .filter(
      (change) =>
        is(change.on_behalf_of, onBehalfOf) &&
        is(change.user_id, filter.user) &&
        is(change.project_id, filter.project) &&
        is(change.type, filter.type) &&
        (start === undefined ||
          change.timestamp > start ||
          (change.timestamp === start && filter.start_timestamp_op !== "gt")) &&
        (end === undefined ||
          change.timestamp < end ||
          (change.timestamp === end && filter.end_timestamp_op === "le")),
    )
    .sort((a, b) => newestFirst(a.timestamp, b.timestamp) || b.id - a.id);
}
