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
import type { Places } from "./places.js";
import type { UnitPlan } from "./unit.js";

/** Every process of the cloud. */
export function deployment(places: Places, latency: Latency): UnitPlan[] {
  const nova = { project: "nova", allowedModules: novaAllowedModules } as const;
  const controller: UnitPlan[] = [
    {
      binary: "keystone",
      host: CONTROLLER,
      project: "keystone",
      make: (surroundings) => keystone(surroundings, places.keystone),
    },
    {
      binary: "glance-registry",
      host: CONTROLLER,
      project: "glance",
      make: (surroundings) => glanceRegistry(surroundings, places.glance),
    },
    {
      binary: "glance-api",
      host: CONTROLLER,
      project: "glance",
      make: (surroundings) => glanceApi(surroundings, places.glance, places.imageFiles),
    },
    {
      binary: "neutron-server",
      host: CONTROLLER,
      project: "neutron",
      make: (surroundings) => neutronServer(surroundings, places.neutron),
    },
    {
      binary: "neutron-dhcp-agent",
      host: CONTROLLER,
      project: "neutron",
      make: (surroundings) => dhcpAgent(surroundings),
    },
    {
      ...nova,
      binary: "nova-conductor",
      host: CONTROLLER,
      make: (surroundings) => novaConductor(surroundings, places.nova),
    },
    {
      ...nova,
      binary: "nova-scheduler",
      host: CONTROLLER,
      make: (surroundings) => novaScheduler(surroundings, places.nova),
    },
    {
      ...nova,
      binary: "nova-api",
      host: CONTROLLER,
      make: (surroundings) => novaApi(surroundings, places.nova),
    },
  ];
  return [...controller, ...[...places.hypervisors.keys()].flatMap((host) => compute(host))];

  function compute(host: string): UnitPlan[] {
    const hypervisor = places.hypervisors.get(host);
    const bridge = places.bridges.get(host);
    if (hypervisor === undefined || bridge === undefined) return [];
    return [
      {
        binary: "neutron-openvswitch-agent",
        host,
        project: "neutron",
        make: (surroundings) => ovsAgent(surroundings, bridge, latency.wire_port),
      },
      {
        ...nova,
        binary: "nova-compute",
        host,
        make: (surroundings) => novaCompute(surroundings, { hypervisor, bridge, latency }),
      },
    ];
  }
}
