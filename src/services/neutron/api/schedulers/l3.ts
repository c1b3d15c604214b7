/**
 * Which routers an L3 agent hosts, by an admin's hand. Upstream: neutron/extensions/l3agentscheduler.py
 * at 2014.2, whose controllers stand outside the frame of the others.
 */
import type { RequestContext } from "../../../../framework/index.js";
import { respond } from "../../../../http/index.js";
import type { Op } from "../../../../kernel/index.js";
import { isObject, KeyError, PythonTypeError, type Json } from "../../../../python/index.js";
import { understood } from "../body.js";
import type { NeutronApi } from "../neutron-api.js";
import { route } from "../policy.js";

/** @throws KeyError, PythonTypeError: nobody looks at the body before it is used */
function routerIn(body: Json): Json {
  if (!isObject(body)) throw new PythonTypeError("create() takes a body");
  if (!Object.hasOwn(body, "router_id")) throw new KeyError("router_id");
  return body["router_id"] ?? null;
}

function notify(
  { plugin }: NeutronApi,
  ctxt: RequestContext,
  event: "add" | "remove",
  agent: { readonly id: string; readonly router_id: Json },
): Op<void> {
  return plugin.app.routerNotifier.info(ctxt, `l3_agent.router.${event}`, { agent });
}

export const l3SchedulerRoutes = [
  route(
    "GET",
    "/v2.0/agents/{agent_id}/l3-routers",
    "get_l3-routers",
    function* ({ app: { plugin }, ctxt, params: { agent_id } }) {
      const ids = plugin.l3.scheduling.hostedBy(agent_id);
      const routers = plugin.l3.routers.list(ctxt).filter(({ id }) => ids.includes(id as string));
      return respond(200, { routers });
    },
  ),
  route(
    "POST",
    "/v2.0/agents/{agent_id}/l3-routers",
    "create_l3-router",
    function* ({ app, ctxt, request, params: { agent_id: id } }) {
      const router_id = routerIn(understood(request.body));
      yield* app.plugin.l3.rescheduling.add(ctxt, id, router_id);
      yield* notify(app, ctxt, "add", { id, router_id });
      return respond(201, null);
    },
  ),
  route(
    "DELETE",
    "/v2.0/agents/{agent_id}/l3-routers/{id}",
    "delete_l3-router",
    function* ({ app, ctxt, params: { agent_id, id: router_id } }) {
      yield* app.plugin.l3.rescheduling.remove(ctxt, agent_id, router_id);
      yield* notify(app, ctxt, "remove", { id: agent_id, router_id });
      return respond(204);
    },
  ),
  route(
    "GET",
    "/v2.0/routers/{router_id}/l3-agents",
    "get_l3-agents",
    function* ({ app: { plugin }, params: { router_id } }) {
      const hosting = plugin.l3.scheduling.hosting(router_id).map(({ uuid }) => uuid);
      const agents = plugin.agents.list().filter(({ id }) => hosting.includes(id as string));
      return respond(200, { agents });
    },
  ),
];
