/** Neutron, as a cloud is told of it: server, DHCP agent and the L2 agent of each compute host. */
import { addressed, networks } from "../../framework/network-options.js";
import {
  defineProject,
  inMilliseconds,
  onController,
  process,
  store,
} from "../../framework/project.js";
import { integrationBridge } from "../hardware.js";
import { neutronServer } from "./api/server.js";
import { NeutronDatabase } from "./database.js";
import { dhcpAgent } from "./dhcp/agent.js";
import {
  dhcpAgentFlags,
  neutronAuthFlags,
  neutronServerFlags,
  novaNotifierFlags,
  ovsAgentFlags,
} from "./flags.js";
import { ovsAgent } from "./ovs/agent.js";
import { seedNetwork } from "./seed.js";

const neutronDatabase = store((kernel) => new NeutronDatabase(kernel));

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
      uses: {},
      flags: [dhcpAgentFlags],
      configFiles: ["dhcp_agent.ini"],
      make: (env) => dhcpAgent(env),
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
  stores: { db: neutronDatabase },
  catalog: [{ type: "network", url: onController(9696) }],
  serviceUser: "neutron",
  options: { networks },
  seed({ db }, { networks }, { operator }) {
    for (const { name, cidr } of addressed(networks)) {
      seedNetwork(db, { name, cidr, tenantId: operator() });
    }
  },
  resolve: ({ db }) => ({
    network: (name) => db.networks.find().find((row) => row.name === name)?.uuid,
    port: (name) => db.ports.find().find((row) => row.name === name)?.uuid,
  }),
});
