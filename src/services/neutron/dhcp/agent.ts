/** neutron-dhcp-agent as a process. Upstream: neutron/agent/dhcp_agent.py (main). */
import { Service, type Process, type Env } from "../../../framework/index.js";
import type { NetworkNamespaces } from "../../../hardware/network-namespaces.js";
import { dhcpAgentApi } from "../rpcapi.js";
import { DhcpAgentManager } from "./manager.js";
import { neutronSerializer } from "../context.js";

/** The DHCP agent of a host. */
export const dhcpAgent = (env: Env, namespaces: NetworkNamespaces): Process =>
  new Service(env, {
    topic: dhcpAgentApi.topic,
    manager: new DhcpAgentManager(env, namespaces),
    serializer: neutronSerializer,
  });
