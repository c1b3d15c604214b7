/** Complex queries over samples, alarms and their history. Upstream: ceilometer/api/controllers/v2.py (QueryController) at 2014.2. */
import type { HttpResponse } from "../../../../http/index.js";
import type { Op } from "../../../../kernel/index.js";
import { query, type ComplexQuery } from "../../storage/complex-query.js";
import { samplesOf } from "../../storage/sample-filter.js";
import { alarmView, changeView } from "../alarms/view.js";
import { readComplexQuery, type Queried } from "../query/complex.js";
import { bodyOf, ok, route, type CeilometerCall } from "../route.js";
import { sampleView } from "./samples.js";

const OWNERS = new Map([
  ["user", "user_id"],
  ["project", "project_id"],
]);

type Kind = Omit<Queried, "kernel">;

const SAMPLES: Kind = {
  model: "FullSample",
  fields: ["source", "counter_name", "counter_type", "counter_unit", "counter_volume"].concat([
    ...["user_id", "project_id", "resource_id", "timestamp", "resource_metadata"],
    ...["message_id", "message_signature", "recorded_at"],
  ]),
  aliases: new Map([
    ...OWNERS,
    ["resource", "resource_id"],
    ["meter", "counter_name"],
    ["type", "counter_type"],
    ["unit", "counter_unit"],
    ["volume", "counter_volume"],
  ]),
  metadata: true,
  visibility: "project_id",
  missing: ["source"],
};

const ALARMS: Kind = {
  model: "Alarm",
  fields: ["alarm_id", "type", "enabled", "name", "description", "timestamp", "user_id"].concat([
    ...["project_id", "state", "state_timestamp", "ok_actions", "alarm_actions"],
    ...["insufficient_data_actions", "repeat_actions", "rule", "time_constraints"],
  ]),
  aliases: OWNERS,
  metadata: false,
  visibility: "project_id",
};

const CHANGES: Kind = {
  model: "AlarmChange",
  fields: ["event_id", "alarm_id", "type", "detail", "user_id", "project_id"].concat([
    ...["on_behalf_of", "timestamp"],
  ]),
  aliases: OWNERS,
  metadata: false,
  visibility: "on_behalf_of",
};

const read = ({ app, ctxt, request }: CeilometerCall, kind: Kind): ComplexQuery =>
  readComplexQuery(ctxt, bodyOf(request, "body"), { ...kind, kernel: app.env.kernel });

export const queryRoutes = [
  route("POST", "/v2/query/samples", null, function* (call): Op<HttpResponse> {
    const wanted = read(call, SAMPLES);
    return ok(query(samplesOf(call.app.db, {}), wanted).map(sampleView));
  }),
  route("POST", "/v2/query/alarms", null, function* (call): Op<HttpResponse> {
    const wanted = read(call, ALARMS);
    return ok(query(call.app.db.alarms.find(), wanted).map(alarmView));
  }),
  route("POST", "/v2/query/alarms/history", null, function* (call): Op<HttpResponse> {
    const wanted = read(call, CHANGES);
    return ok(query(call.app.db.alarmChanges.find(), wanted).map(changeView));
  }),
];
