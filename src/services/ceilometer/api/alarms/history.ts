/**
 * The record of what became of alarms, and the notification of it. Upstream: ceilometer/api/controllers/v2.py
 * (_record_change, _record_creation, _send_notification) at 2014.2.
 */
import type { RequestContext } from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import { dumps, type JsonObject } from "../../../../python/index.js";
import { userContext } from "../../context.js";
import { isoformat } from "../../times.js";
import type { CeilometerApp } from "../app.js";

export interface Change {
  readonly alarm_id: string;
  readonly type: "creation" | "rule change" | "state transition" | "deletion";
  readonly detail: JsonObject;
  readonly on_behalf_of: string | null;
  readonly timestamp: string;
}

/** Nothing, with `record_history` off. */
export function* recordChange(app: CeilometerApp, ctxt: RequestContext, change: Change): Op<void> {
  if (!app.flags.record_history) return;
  const { user_id, project_id } = ctxt;
  const row = {
    ...change,
    event_id: app.ids.uuid(),
    detail: dumps(change.detail),
    on_behalf_of: orElse(change.on_behalf_of, project_id),
    user_id,
    project_id,
  };
  app.db.alarmChanges.insert(row);
  const event = `alarm.${change.type.replaceAll(" ", "_")}`;
  yield* app.notifier.info(userContext(app.env), event, {
    ...row,
    detail: change.detail,
    timestamp: isoformat(change.timestamp),
  });
}

const orElse = (value: string | null, otherwise: string | null): string | null =>
  value === null || value === "" ? otherwise : value;
