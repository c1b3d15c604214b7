/** Alarms: list, make, show, change, delete. Upstream: ceilometer/api/controllers/v2.py (AlarmsController, AlarmController) at 2014.2. */
import type { RequestContext } from "../../../../framework/index.js";
import { respond, type HttpResponse } from "../../../../http/index.js";
import type { Op } from "../../../../kernel/index.js";
import { repr, type Json, type JsonObject } from "../../../../python/index.js";
import { deleteAlarm, getAlarms, putAlarm } from "../../storage/alarms.js";
import type { AlarmRow } from "../../storage/database.js";
import type { CeilometerApp } from "../app.js";
import { limitedToProject, limitedToUser } from "../policy.js";
import { QUERY_ATTRIBUTES } from "../query/query.js";
import { ALARM_KEYS, queryArguments } from "../query/simple.js";
import { bodyOf, ok, route, urlArguments, type CeilometerCall } from "../route.js";
import { AlarmNotFound, ClientSideError, ProjectNotAuthorized } from "../wsme/errors.js";
import { readAlarm, thresholdDict, type AlarmData } from "./alarm.js";
import { validateAlarm } from "./checks.js";
import { recordChange } from "./history.js";
import { alarmDict, alarmView, descriptionOf } from "./view.js";

export const alarmRoutes = [
  route("GET", "/v2/alarms", null, list),
  route("POST", "/v2/alarms", null, create),
  route("GET", "/v2/alarms/{id}", null, show),
  route("PUT", "/v2/alarms/{id}", null, update),
  route("DELETE", "/v2/alarms/{id}", null, remove),
];

/** The alarm, of one's own project. @throws AlarmNotFound */
export function findAlarm({ db }: CeilometerApp, ctxt: RequestContext, id: string): AlarmRow {
  const project = limitedToProject(ctxt);
  const [alarm] = getAlarms(db, { alarm_id: id, project });
  if (alarm === undefined) throw new AlarmNotFound(id, project);
  return alarm;
}

function* list({ app, ctxt, request }: CeilometerCall): Op<HttpResponse> {
  const query = urlArguments(request, (url) => url.things("q", QUERY_ATTRIBUTES));
  const options = { timestamps: false };
  const { values, enabled } = queryArguments(app.env.kernel, ctxt, query, ALARM_KEYS, options);
  return ok(getAlarms(app.db, { ...values, enabled }).map(alarmView));
}

function* show({ app, ctxt, params: { id }, request }: CeilometerCall<"id">): Op<HttpResponse> {
  urlArguments(request, () => undefined);
  return ok(alarmView(findAlarm(app, ctxt, id)));
}

interface Stamps {
  readonly alarm_id: string;
  readonly user_id: string | null;
  readonly project_id: string | null;
  readonly timestamp: string;
  readonly state_timestamp: string;
}

/** What the row becomes. */
function rowOf(data: AlarmData, stamps: Stamps): AlarmRow {
  const { threshold_rule, combination_rule } = data;
  const rule: JsonObject =
    threshold_rule !== undefined && threshold_rule !== null
      ? thresholdDict(threshold_rule)
      : { ...combination_rule };
  const type = data.type ?? "";
  return {
    ...stamps,
    enabled: data.enabled === undefined ? true : data.enabled,
    name: data.name ?? null,
    type,
    description: descriptionOf({ description: data.description ?? null, type, rule }),
    state: data.state ?? "insufficient data",
    ok_actions: data.ok_actions === undefined ? [] : data.ok_actions,
    alarm_actions: data.alarm_actions === undefined ? [] : data.alarm_actions,
    insufficient_data_actions:
      data.insufficient_data_actions === undefined ? [] : data.insufficient_data_actions,
    repeat_actions: data.repeat_actions === undefined ? false : data.repeat_actions,
    rule,
    time_constraints: (data.time_constraints ?? []).map((constraint) => ({ ...constraint })),
  };
}

function* create({ app, ctxt, request }: CeilometerCall): Op<HttpResponse> {
  const { db, env } = app;
  const data = validateAlarm(db, ctxt, readAlarm(ctxt, bodyOf(request, "data")));
  const now = env.utcnow();
  const alarm_id = app.ids.uuid();
  const [limitedUser, limitedProject] = [limitedToUser(ctxt), limitedToProject(ctxt)];
  const user_id = owner("user", data.user_id, limitedUser, ctxt.user_id);
  const project_id = owner("project", data.project_id, limitedProject, ctxt.project_id);
  if (isOverQuota(app, project_id, user_id)) {
    const whose = `user ${user_id ?? "None"} on project ${project_id ?? "None"}`;
    throw new ClientSideError(`Alarm quota exceeded for ${whose}`, 403);
  }
  const row = rowOf(data, { alarm_id, user_id, project_id, timestamp: now, state_timestamp: now });
  if (getAlarms(db, { name: row.name, project: project_id }).length > 0) {
    throw new ClientSideError(`Alarm with name='${row.name ?? "None"}' exists`, 409);
  }
  db.alarms.insert(row);
  yield* recordChange(app, ctxt, {
    alarm_id,
    type: "creation",
    detail: alarmDict(row),
    on_behalf_of: ctxt.project_id,
    timestamp: now,
  });
  return ok(alarmView(row), 201);
}

/** `_set_ownership`. @throws ProjectNotAuthorized */
function owner(
  aspect: "user" | "project",
  requested: string | null | undefined,
  limitation: string | null,
  caller: string | null,
): string | null {
  if (requested === undefined) return caller;
  if (limitation !== null && requested !== caller)
    throw new ProjectNotAuthorized(requested, aspect);
  return limitation ?? requested;
}

function isOverQuota(
  { db, flags }: CeilometerApp,
  project: string | null,
  user: string | null,
): boolean {
  const { user_alarm_quota: ofUser, project_alarm_quota: ofProject } = flags;
  if (ofUser !== null && getAlarms(db, { user }).length >= ofUser) return true;
  return ofProject !== null && getAlarms(db, { project }).length >= ofProject;
}

function* update({ app, ctxt, params: { id }, request }: CeilometerCall<"id">): Op<HttpResponse> {
  const { db, env } = app;
  const data = validateAlarm(db, ctxt, readAlarm(ctxt, bodyOf(request, "data")));
  const before = findAlarm(app, ctxt, id);
  const now = env.utcnow();
  const user_id =
    limitedToUser(ctxt) ?? (data.user_id === undefined ? before.user_id : data.user_id);
  const project_id =
    limitedToProject(ctxt) ?? (data.project_id === undefined ? before.project_id : data.project_id);
  const state = data.state ?? "insufficient data";
  const state_timestamp = before.state === state ? before.state_timestamp : now;
  if (before.name !== data.name) {
    if (getAlarms(db, { name: data.name, project: project_id }).length > 0) {
      throw new ClientSideError(`Alarm with name=${data.name ?? "None"} exists`, 409);
    }
  }
  if (data.type === "combination" && data.combination_rule?.alarm_ids.includes(id) === true) {
    throw new ClientSideError(`Cannot specify alarm ${id} itself in combination rule`);
  }
  const stamps = { alarm_id: id, user_id, project_id, timestamp: now, state_timestamp };
  const old = alarmDict(before);
  const after = putAlarm(db, rowOf(data, stamps));
  yield* recordChange(app, ctxt, {
    alarm_id: id,
    type: "rule change",
    detail: changed(old, alarmDict(after)),
    on_behalf_of: after.project_id,
    timestamp: now,
  });
  return ok(alarmView(after));
}

const UNTOLD = ["timestamp", "state_timestamp"];

function changed(before: JsonObject, after: JsonObject): JsonObject {
  const differs = (a: Json | undefined, b: Json): boolean => repr(a ?? null) !== repr(b);
  return Object.fromEntries(
    Object.entries(after).filter(
      ([key, value]) => !UNTOLD.includes(key) && differs(before[key], value),
    ),
  );
}

function* remove({ app, ctxt, params: { id }, request }: CeilometerCall<"id">): Op<HttpResponse> {
  urlArguments(request, () => undefined);
  const alarm = findAlarm(app, ctxt, id);
  deleteAlarm(app.db, id);
  yield* recordChange(app, ctxt, {
    alarm_id: id,
    type: "deletion",
    detail: alarmDict(alarm),
    on_behalf_of: ctxt.project_id,
    timestamp: app.env.utcnow(),
  });
  return respond(204);
}
