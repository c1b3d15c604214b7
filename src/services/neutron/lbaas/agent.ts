/** neutron-lbaas-agent as a process. Upstream: neutron/services/loadbalancer/agent/agent.py (main) at 2014.2. */
import { Service, type Env, type Process } from "../../../framework/index.js";
import type { NetworkNamespaces } from "../../../hardware/network-namespaces.js";
import type { Span } from "../../../kernel/index.js";
import { neutronSerializer } from "../context.js";
import { lbaasAgentApi } from "../load-balancing/rpcapi.js";
import { LbaasAgentManager } from "./manager.js";

/**
 * The agent of load balancing of a host.
 * @param deployInstance how long it takes to have HAProxy run with what a pool is
 */
export function lbaasAgent(env: Env, deployInstance: Span, namespaces: NetworkNamespaces): Process {
  const manager = new LbaasAgentManager(env, deployInstance, namespaces);
  const service = new Service(env, {
    topic: lbaasAgentApi.topic,
    manager,
    serializer: neutronSerializer,
    habits: { baseRpc: false },
  });
  return {
    start: () => service.start(),
    stop: () => service.stop(),
    crash() {
      manager.stop();
      service.crash();
    },
  };
}
