/**
 * Which agent of load balancing hosts which pools; nobody moves them. Upstream:
 * neutron/extensions/lbaas_agentscheduler.py at 2014.2, whose controllers stand outside the frame of the others.
 */
import { respond } from "../../../../http/index.js";
import { route } from "../policy.js";

export const lbaasSchedulerRoutes = [
  route(
    "GET",
    "/v2.0/agents/{agent_id}/loadbalancer-pools",
    "get_loadbalancer-pools",
    function* ({ app: { plugin }, ctxt, params: { agent_id } }) {
      const { pools, scheduling } = plugin.loadBalancing;
      const ids = scheduling.hostedBy(agent_id);
      return respond(200, {
        pools: pools.list(ctxt).filter(({ id }) => ids.includes(id as string)),
      });
    },
  ),
  route(
    "GET",
    "/v2.0/lb/pools/{pool_id}/loadbalancer-agent",
    "get_loadbalancer-agent",
    function* ({ app: { plugin }, ctxt, params: { pool_id } }) {
      const agent = plugin.loadBalancing.scheduling.hosting(pool_id);
      // Of a pool without an agent, or of none, there is nothing to say.
      return respond(
        200,
        agent === undefined ? null : { agent: plugin.agents.get(ctxt, agent.uuid) },
      );
    },
  ),
];
