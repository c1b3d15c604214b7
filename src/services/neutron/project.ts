/** Neutron, as a cloud is told of it: server, DHCP, L3, load balancing and metadata agents and the L2 agent of each compute host. */
import { NEUTRON_EXCEPTIONS } from "./invariants/ports.js";
import type { FlagValues } from "../../framework/flags/index.js";
import { addressed, networks } from "../../framework/network-options.js";
import {
  defineProject,
  inMilliseconds,
  onController,
  process,
  store,
} from "../../framework/project.js";
import { integrationBridge, networkNamespaces } from "../hardware.js";
import { neutronServer } from "./api/server.js";
import { NeutronDatabase } from "./db/database.js";
import { dhcpAgent } from "./dhcp/agent.js";
import {
  dhcpAgentFlags,
  l3AgentFlags,
  lbaasAgentFlags,
  neutronAuthFlags,
  neutronServerFlags,
  novaNotifierFlags,
  ovsAgentFlags,
} from "./flags.js";
import * as errors from "./errors.js";
import { guestRoute } from "./guest-route.js";
import { l3Agent } from "./l3/agent.js";
import { lbaasAgent } from "./lbaas/agent.js";
import { metadataAgent } from "./metadata/agent.js";
import { metadataAgentFlags } from "./metadata/flags.js";
import { ovsAgent } from "./ovs/agent.js";
import { TooManyExternalNetworks } from "./routing/errors.js";
import { seedNetwork } from "./seed.js";
import { neutronInventory } from "./inventory.js";

export const neutronDatabase = store((kernel) => new NeutronDatabase(kernel));

export const neutron = defineProject({
  name: "neutron",
  processes: [
    process({
      binary: "neutron-server",
      on: "controller",
      uses: { db: neutronDatabase },
      flags: [neutronAuthFlags, neutronServerFlags, novaNotifierFlags],
      configFiles: ["ml2_conf.ini"],
      make: (env, { db }) => neutronServer(env, db),
    }),
    process({
      binary: "neutron-dhcp-agent",
      on: "controller",
      uses: { namespaces: networkNamespaces },
      flags: [dhcpAgentFlags],
      configFiles: ["dhcp_agent.ini"],
      make: (env, { namespaces }) => dhcpAgent(env, namespaces),
    }),
    process({
      binary: "neutron-l3-agent",
      on: "controller",
      optional: true,
      uses: { namespaces: networkNamespaces },
      flags: [l3AgentFlags],
      configFiles: ["l3_agent.ini"],
      // What it needs for one router's namespace, interfaces and rules.
      latency: { configure_router: inMilliseconds(300, 900) },
      make: (env, { namespaces }, { configure_router }) =>
        l3Agent(env, configure_router, namespaces),
    }),
    process({
      binary: "neutron-lbaas-agent",
      on: "controller",
      optional: true,
      uses: { namespaces: networkNamespaces },
      flags: [lbaasAgentFlags],
      configFiles: ["lbaas_agent.ini"],
      // What it needs to write down what a pool is and have HAProxy read it.
      latency: { deploy_instance: inMilliseconds(200, 600) },
      make: (env, { namespaces }, { deploy_instance }) =>
        lbaasAgent(env, deploy_instance, namespaces),
    }),
    process({
      binary: "neutron-metadata-agent",
      on: "controller",
      optional: true,
      uses: {},
      flags: [metadataAgentFlags],
      configFiles: ["metadata_agent.ini"],
      make: (env) => metadataAgent(env),
    }),
    process({
      binary: "neutron-openvswitch-agent",
      on: "computes",
      uses: { bridge: integrationBridge },
      flags: [ovsAgentFlags],
      configFiles: ["ml2_conf.ini", "ovs_neutron_plugin.ini"],
      // What it needs to wire one port.
      latency: { wire_port: inMilliseconds(50, 150) },
      make: (env, { bridge }, { wire_port }) => ovsAgent(env, bridge, wire_port),
    }),
  ],
  presets: (starts): Readonly<Record<string, FlagValues>> => ({
    // A cloud of VLANs, on the network that the agents have a bridge for.
    "neutron-server": {
      mechanism_drivers: ["openvswitch"],
      tenant_network_types: ["vlan"],
      network_vlan_ranges: ["physnet1:1000:2999"],
      // DevStack loads a plugin where it starts the agent.
      ...(starts("neutron-l3-agent") || starts("neutron-lbaas-agent")
        ? {
            service_plugins: [
              ...(starts("neutron-l3-agent") ? ["router"] : []),
              ...(starts("neutron-lbaas-agent") ? ["lbaas"] : []),
            ],
          }
        : {}),
    },
  }),
  stores: { db: neutronDatabase, namespaces: networkNamespaces },
  states: {
    ports: { thing: "port", columns: ["status"] },
    networks: { thing: "network", columns: ["status"] },
    routers: { thing: "router", columns: ["status"] },
    floatingips: { thing: "floatingip", columns: ["status"] },
    vips: { thing: "vip", columns: ["status"] },
    pools: { thing: "pool", columns: ["status"] },
    members: { thing: "member", columns: ["status"] },
    poolmonitorassociations: { thing: "poolmonitorassociation", columns: ["status"] },
  },
  catalog: [{ type: "network", url: onController(9696) }],
  serviceUser: "neutron",
  // neutron/common/rpc.py: ALLOWED_EXMODS.
  allowedModules: new Map([["neutron.common.exceptions", { ...errors, TooManyExternalNetworks }]]),
  options: { networks },
  seed({ db }, { networks }, { operator }) {
    for (const { name, cidr } of addressed(networks)) {
      seedNetwork(db, { name, cidr, tenantId: operator() });
    }
  },
  resolve: ({ db }) => ({
    network: (name) => db.networks.find().find((row) => row.name === name)?.uuid,
    port: (name) => db.ports.find().find((row) => row.name === name)?.uuid,
    subnet: (name) => db.subnets.find().find((row) => row.name === name)?.uuid,
    router: (name) => db.routers.find().find((row) => row.name === name)?.uuid,
    // By its address, as people know it.
    floatingip: (address) => db.floatingIps.first({ floating_ip_address: address })?.uuid,
    pool: (name) => db.pools.find().find((row) => row.name === name)?.uuid,
    vip: (name) => db.vips.find().find((row) => row.name === name)?.uuid,
    // By its host.
    "l3-agent": (host) => db.agentOn(host, "L3 agent")?.uuid,
    "dhcp-agent": (host) => db.agentOn(host, "DHCP agent")?.uuid,
    "lbaas-agent": (host) => db.agentOn(host, "Loadbalancer agent")?.uuid,
  }),
  guestRoute: ({ db, namespaces }, server) => guestRoute(db, namespaces, server),
  exceptions: NEUTRON_EXCEPTIONS,
  inventory: ({ db }, premises) => neutronInventory(db, premises),
});
