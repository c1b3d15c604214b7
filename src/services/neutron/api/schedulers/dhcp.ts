/**
 * Which networks a DHCP agent serves, by an admin's hand. Upstream:
 * neutron/extensions/dhcpagentscheduler.py, whose controllers stand outside the frame of the others.
 */
import type { RequestContext } from "../../../../framework/index.js";
import { respond } from "../../../../http/index.js";
import type { Op } from "../../../../kernel/index.js";
import { isObject, KeyError, PythonTypeError, type Json } from "../../../../python/index.js";
import { understood } from "../body.js";
import type { NeutronApi } from "../neutron-api.js";
import { route } from "../policy.js";

/** @throws KeyError, PythonTypeError: nobody looks at the body before it is used */
function networkIn(body: Json): Json {
  if (!isObject(body)) throw new PythonTypeError("create() takes a body");
  if (!Object.hasOwn(body, "network_id")) throw new KeyError("network_id");
  return body["network_id"] ?? null;
}

function notify(
  { plugin }: NeutronApi,
  ctxt: RequestContext,
  event: "add" | "remove",
  agent: { readonly id: string; readonly network_id: Json },
): Op<void> {
  return plugin.app.notifier.info(ctxt, `dhcp_agent.network.${event}`, { agent });
}

export const dhcpSchedulerRoutes = [
  route(
    "GET",
    "/v2.0/agents/{agent_id}/dhcp-networks",
    "get_dhcp-networks",
    function* ({ app: { plugin }, ctxt, params: { agent_id } }) {
      const ids = plugin.dhcp.servedBy(agent_id);
      const networks = plugin.networks.list(ctxt).filter(({ id }) => ids.includes(id as string));
      return respond(200, { networks });
    },
  ),
  route(
    "POST",
    "/v2.0/agents/{agent_id}/dhcp-networks",
    "create_dhcp-network",
    function* ({ app, ctxt, request, params: { agent_id: id } }) {
      const { plugin, dhcpAgents } = app;
      const network_id = networkIn(understood(request.body));
      const network = plugin.networks.row(ctxt, network_id);
      const agent = plugin.dhcp.add(id, network.uuid);
      yield* dhcpAgents.networkAdded(ctxt, network.uuid, agent);
      yield* notify(app, ctxt, "add", { id, network_id });
      return respond(201, null);
    },
  ),
  route(
    "DELETE",
    "/v2.0/agents/{agent_id}/dhcp-networks/{id}",
    "delete_dhcp-network",
    function* ({ app, ctxt, params: { agent_id, id: network_id } }) {
      const { plugin, dhcpAgents } = app;
      const agent = plugin.dhcp.remove(agent_id, network_id);
      yield* dhcpAgents.networkRemoved(ctxt, network_id, agent);
      yield* notify(app, ctxt, "remove", { id: agent_id, network_id });
      return respond(204);
    },
  ),
  route(
    "GET",
    "/v2.0/networks/{network_id}/dhcp-agents",
    "get_dhcp-agents",
    function* ({ app: { plugin }, params: { network_id } }) {
      const hosting = plugin.dhcp.hosting(network_id).map(({ uuid }) => uuid);
      const agents = plugin.agents.list().filter(({ id }) => hosting.includes(id as string));
      return respond(200, { agents });
    },
  ),
];
