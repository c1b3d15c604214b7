/** neutron-l3-agent as a process. Upstream: neutron/agent/l3_agent.py (main) at 2014.2. */
import { Service, type Env, type Process } from "../../../framework/index.js";
import type { NetworkNamespaces } from "../../../hardware/network-namespaces.js";
import type { Span } from "../../../kernel/index.js";
import { l3AgentApi } from "../routing/rpcapi.js";
import { L3AgentManager } from "./manager.js";
import { neutronSerializer } from "../context.js";

/**
 * The L3 agent of a host.
 * @param configureRouter how long it takes to configure one router
 */
export function l3Agent(env: Env, configureRouter: Span, namespaces: NetworkNamespaces): Process {
  const manager = new L3AgentManager(env, configureRouter, namespaces);
  const service = new Service(env, {
    topic: l3AgentApi.topic,
    manager,
    serializer: neutronSerializer,
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
