/** neutron-dhcp-agent as a process. Upstream: neutron/agent/dhcp_agent.py (main). */
import { Service, contextSerializer, type Process, type Env } from "../../../framework/index.js";
import { dhcpAgentApi } from "../rpcapi.js";
import { DhcpAgentManager, type TapSwitch } from "./manager.js";

/** The DHCP agent of a host; it plugs its ports into that host's bridge, if that has one. */
export const dhcpAgent = (env: Env, bridge?: TapSwitch): Process =>
  new Service(env, {
    topic: dhcpAgentApi.topic,
    manager: new DhcpAgentManager(env, bridge),
    serializer: contextSerializer,
  });
