/**
 * ceilometer-agent-central: polls services over REST, images, floating IPs and object storage. Kwapi, OpenDaylight,
 * SNMP, and Neutron's balancers, VPNs and firewalls have no pollsters here. Upstream:
 * ceilometer/central/manager.py, ceilometer/cmd/agent_central.py, setup.cfg (ceilometer.poll.central) at 2014.2.
 */
import type { Env, Process } from "../../../framework/index.js";
import { pollingAgent } from "../agent/agent.js";
import type { PipelineFile } from "../pipeline/definition.js";
import { floatingIpPollster } from "./floating-ips.js";
import { imagePollsters } from "./images.js";
import { CentralKeystone, centralDiscoveries } from "./keystone.js";
import { storagePollsters } from "./storage.js";

/** @throws PipelineException for a pipeline that cannot be */
export function centralAgent(env: Env, file: PipelineFile): Process {
  const keystone = new CentralKeystone(env);
  return pollingAgent(env, file, {
    pollsters: [
      floatingIpPollster(env, keystone),
      ...imagePollsters(env, keystone),
      ...storagePollsters(env, keystone),
    ],
    discoveries: centralDiscoveries(env, keystone),
    before: () => keystone.logIn(),
  });
}
