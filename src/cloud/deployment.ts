/**
 * Which process runs where: one controller with everything, and compute hosts with nova-compute and
 * the L2 agent. In the order in which they start.
 */
import { glanceApi } from "../services/glance/api/index.js";
import { glanceRegistry } from "../services/glance/registry/index.js";
import { keystone } from "../services/keystone/index.js";
import { dhcpAgent, neutronServer, ovsAgent } from "../services/neutron/index.js";
import { novaAllowedModules } from "../services/nova/allowed-modules.js";
import { novaApi } from "../services/nova/api/index.js";
import { novaCompute } from "../services/nova/compute/index.js";
import { novaConductor } from "../services/nova/conductor/index.js";
import { novaScheduler } from "../services/nova/scheduler/index.js";
import { CONTROLLER } from "./catalog.js";
import type { Latency } from "./options.js";
import type { Infrastructure } from "./infrastructure.js";
import type { SlotPlan } from "./slot.js";

/** Every process of the cloud. */
export function deployment(infrastructure: Infrastructure, latency: Latency): SlotPlan[] {
  const nova = { project: "nova", allowedModules: novaAllowedModules } as const;
  const controller: SlotPlan[] = [
    {
      binary: "keystone",
      host: CONTROLLER,
      project: "keystone",
      make: (env) => keystone(env, infrastructure.keystone),
    },
    {
      binary: "glance-registry",
      host: CONTROLLER,
      project: "glance",
      make: (env) => glanceRegistry(env, infrastructure.glance),
    },
    {
      binary: "glance-api",
      host: CONTROLLER,
      project: "glance",
      make: (env) => glanceApi(env, infrastructure.glance, infrastructure.imageFiles),
    },
    {
      binary: "neutron-server",
      host: CONTROLLER,
      project: "neutron",
      make: (env) => neutronServer(env, infrastructure.neutron),
    },
    {
      binary: "neutron-dhcp-agent",
      host: CONTROLLER,
      project: "neutron",
      make: (env) => dhcpAgent(env),
    },
    {
      ...nova,
      binary: "nova-conductor",
      host: CONTROLLER,
      make: (env) => novaConductor(env, infrastructure.nova),
    },
    {
      ...nova,
      binary: "nova-scheduler",
      host: CONTROLLER,
      make: (env) => novaScheduler(env, infrastructure.nova),
    },
    {
      ...nova,
      binary: "nova-api",
      host: CONTROLLER,
      make: (env) => novaApi(env, infrastructure.nova),
    },
  ];
  return [
    ...controller,
    ...[...infrastructure.hypervisors.keys()].flatMap((host) => compute(host)),
  ];

  function compute(host: string): SlotPlan[] {
    const hypervisor = infrastructure.hypervisors.get(host);
    const bridge = infrastructure.bridges.get(host);
    if (hypervisor === undefined || bridge === undefined) return [];
    return [
      {
        binary: "neutron-openvswitch-agent",
        host,
        project: "neutron",
        make: (env) => ovsAgent(env, bridge, latency.wire_port),
      },
      {
        ...nova,
        binary: "nova-compute",
        host,
        make: (env) => novaCompute(env, { hypervisor, bridge, latency }),
      },
    ];
  }
}
