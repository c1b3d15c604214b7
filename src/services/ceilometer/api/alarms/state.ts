/** The state of an alarm, and its history. Upstream: ceilometer/api/controllers/v2.py (put_state, get_state, history) at 2014.2. */
import type { HttpResponse } from "../../../../http/index.js";
import type { Op } from "../../../../kernel/index.js";
import { getAlarmChanges, putAlarm } from "../../storage/alarms.js";
import { limitedToProject } from "../policy.js";
import { QUERY_ATTRIBUTES } from "../query/query.js";
import { CHANGE_KEYS, queryArguments } from "../query/simple.js";
import { bodyOf, ok, route, urlArguments, type CeilometerCall } from "../route.js";
import { ClientSideError } from "../wsme/errors.js";
import { STATES } from "./alarm.js";
import { findAlarm } from "./alarms.js";
import { recordChange } from "./history.js";
import { changeView } from "./view.js";

export const alarmStateRoutes = [
  route("GET", "/v2/alarms/{id}/state", null, getState),
  route("PUT", "/v2/alarms/{id}/state", null, putState),
  route("GET", "/v2/alarms/{id}/history", null, history),
];

function* getState({ app, ctxt, params: { id }, request }: CeilometerCall<"id">): Op<HttpResponse> {
  urlArguments(request, () => undefined);
  return ok(findAlarm(app, ctxt, id).state);
}

/** No action comes of it. */
function* putState({ app, ctxt, params: { id }, request }: CeilometerCall<"id">): Op<HttpResponse> {
  const body = bodyOf(request, "state");
  const state = STATES.find((known) => known === body);
  if (state === undefined) throw new ClientSideError("state invalid");
  const now = app.env.utcnow();
  const alarm = findAlarm(app, ctxt, id);
  const after = putAlarm(app.db, { ...alarm, state, state_timestamp: now });
  yield* recordChange(app, ctxt, {
    alarm_id: id,
    type: "state transition",
    detail: { state: after.state },
    on_behalf_of: after.project_id,
    timestamp: now,
  });
  return ok(after.state);
}

/** Of an alarm that is gone as well. */
function* history({ app, ctxt, params: { id }, request }: CeilometerCall<"id">): Op<HttpResponse> {
  const query = urlArguments(request, (url) => url.things("q", QUERY_ATTRIBUTES));
  const options = { limited: false };
  const asked = queryArguments(app.env.kernel, ctxt, query, CHANGE_KEYS, options);
  const filter = { ...asked.values, ...asked };
  return ok(getAlarmChanges(app.db, id, limitedToProject(ctxt), filter).map(changeView));
}
