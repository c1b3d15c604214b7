/**
 * `POST /servers/{id}/action`: the body's one key says what is to be done. What there is to do is in
 * `server-actions.ts`. Upstream: nova/api/openstack/wsgi.py (action_peek) at 2014.2.
 */
import { caught } from "../../../../../kernel/index.js";
import { respond } from "../../../../../http/index.js";
import { requestedAction } from "../../request-stack.js";
import { route, type NovaRoute } from "../../route.js";
import { act, actionRules, serverActions } from "../../server-actions.js";
import { findServer } from "./look-up.js";

export const actionRoutes: readonly NovaRoute[] = [
  route("POST", "/servers/{id}/action", { inside: actionRules }, function* (call) {
    const { app, ctxt, request, params, enforce } = call;
    const { name, action, argument } = requestedAction(request, serverActions);
    if (action.policy !== null) enforce(ctxt, action.policy);
    action.check?.(argument, call);
    if (action.unseen !== undefined) {
      yield* action.unseen(app, ctxt, params.id, argument);
      return respond(202);
    }
    const instance = findServer(app, ctxt, params.id, action.missing);
    try {
      return yield* act(call, instance, action, argument);
    } catch (error) {
      throw action.fault(yield* caught(error), name);
    }
  }),
];
