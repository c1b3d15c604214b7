/**
 * What was done to a server, newest first; what the services made of it is for administrators.
 * Upstream: contrib/instance_actions.py at 2014.2; nova §4.6, §5.6.
 */
import { storedDate, type Row } from "../../../../../framework/index.js";
import { respond } from "../../../../../http/index.js";
import type { JsonObject } from "../../../../../python/index.js";
import type { InstanceActionRow } from "../../../db/schema.js";
import { plainFault } from "../../faults.js";
import { authorized } from "../../policy.js";
import { findServer } from "./look-up.js";
import { route, type NovaRoute } from "../../route.js";

const POLICY = "compute_extension:instance_actions";
const COLLECTION = "/servers/{id}/os-instance-actions";

export const instanceActionRoutes: readonly NovaRoute[] = [
  route("GET", COLLECTION, { inside: POLICY }, function* ({ app, ctxt, params, enforce }) {
    const instance = findServer(app, ctxt, params.id);
    enforce(instance);
    const actions = app.db.instance_actions.find({ instance_uuid: instance.uuid }).reverse();
    return respond(200, { instanceActions: actions.map(view) });
  }),
  route(
    "GET",
    `${COLLECTION}/{request_id}`,
    { inside: POLICY },
    function* ({ app, ctxt, params, enforce }) {
      const { id, request_id } = params;
      const { instance_actions, instance_actions_events } = app.db;
      const instance = findServer(app, ctxt, id);
      enforce(instance);
      const action = instance_actions.first({ instance_uuid: instance.uuid, request_id });
      if (action === undefined) throw plainFault(404);
      const events = instance_actions_events
        .find({ action_id: action.id })
        .reverse()
        .map(({ event, start_time, finish_time, result, traceback }) => ({
          event,
          start_time: storedDate(start_time),
          finish_time: storedDate(finish_time),
          result,
          traceback,
        }));
      const all = authorized(ctxt, `${POLICY}:events`);
      return respond(200, { instanceAction: { ...view(action), ...(all && { events }) } });
    },
  ),
];

function view(action: Row<InstanceActionRow>): JsonObject {
  const { instance_uuid, request_id, user_id, project_id, start_time, message } = action;
  return {
    action: action.action,
    instance_uuid,
    request_id,
    user_id,
    project_id,
    start_time: storedDate(start_time),
    message,
  };
}
