/**
 * `POST /servers/{id}/action`: the body's one key says what is to be done. What there is to do is in
 * `server-actions.ts`. Upstream: nova/api/openstack/wsgi.py (action_peek) at 2014.2.
 */
import { respond } from "../../../../../http/index.js";
import { isObject, type Json } from "../../../../../python/index.js";
import { badRequest } from "../../input.js";
import { route, type NovaRoute } from "../../route.js";
import { act, actionRules, serverActions } from "../../server-actions.js";
import { findServer } from "./servers.js";

export const actionRoutes: readonly NovaRoute[] = [
  route("POST", "/servers/{id}/action", { inside: actionRules }, function* (call) {
    const { app, ctxt, request, params, enforce } = call;
    const [name, argument] = onlyKey(request.body);
    const action = serverActions.get(name);
    if (action === undefined) throw badRequest(`There is no such action: ${name}`);
    if (action.policy !== null) enforce(ctxt, action.policy);
    const instance = findServer(app, ctxt, params.id);
    try {
      yield* act(call, instance, action, argument);
    } catch (error) {
      throw action.fault(error, name);
    }
    return respond(202);
  }),
];

/** The name of the action and what is said of it. @throws HttpFault 400 */
function onlyKey(body: Json): readonly [string, Json] {
  const entries = isObject(body) ? Object.entries(body) : [];
  const [first] = entries;
  if (first === undefined || entries.length > 1) throw badRequest("Malformed request body");
  return first;
}
