/** ceilometer-agent-compute: polls what runs on its host. Upstream: ceilometer/compute/manager.py, ceilometer/cmd/agent_compute.py at 2014.2. */
import type { Env, Process } from "../../../framework/index.js";
import type { Hypervisor } from "../../../hardware/hypervisor.js";
import { pollingAgent } from "../agent/agent.js";
import type { PipelineFile } from "../pipeline/definition.js";
import { LibvirtInspector } from "./inspector.js";
import { instanceDiscovery } from "./instances.js";
import { computePollsters } from "./pollsters.js";

/** @throws PipelineException for a pipeline that cannot be */
export const computeAgent = (env: Env, hypervisor: Hypervisor, file: PipelineFile): Process =>
  pollingAgent(env, file, {
    pollsters: computePollsters(env, new LibvirtInspector(env, hypervisor)),
    discoveries: new Map([["local_instances", instanceDiscovery(env)]]),
    defaultDiscovery: ["local_instances"],
  });
