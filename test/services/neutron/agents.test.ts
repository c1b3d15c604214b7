/**
 * Agents, and the networks that an admin gives them. Upstream: extensions/agent.py, db/agents_db.py,
 * extensions/dhcpagentscheduler.py, db/agentschedulers_db.py, scheduler/dhcp_agent_scheduler.py at 2014.2.
 */
import { describe, expect, it } from "vitest";
import { NetworkNamespaces } from "../../../src/hardware/network-namespaces.js";
import { seconds } from "../../../src/kernel/index.js";
import type { LogLine } from "../../../src/framework/observations.js";
import type { JsonObject } from "../../../src/python/index.js";
import { dhcpAgent } from "../../../src/services/neutron/dhcp/agent.js";
import { NeutronBed, SERVER } from "./bed.js";

const INTERNAL = /^500 HTTPInternalServerError/;

const agentOf = (bed: NeutronBed, agent_type: string): string =>
  bed.database.agents.find({ agent_type })[0]!.uuid;

/** The methods that were cast to DHCP agents, with where. */
const casts = (bed: NeutronBed): string[] =>
  bed
    .of<{ kind: "rpc.cast"; method: string; topic: string; server?: string }>("rpc.cast")
    .filter(({ topic }) => topic === "dhcp_agent")
    .map(({ method, server }) => `${method} ${server ?? ""}`);

describe("an agent", () => {
  it("is an admin's: to others it is not there, and a change stumbles over whose it is", () => {
    const bed = new NeutronBed();
    bed.host("c1");
    const path = `agents/${agentOf(bed, "Open vSwitch agent")}`;
    const { token } = bed.demo;
    const down = { agent: { admin_state_up: false } };
    const lost = "404 HTTPNotFound: The resource could not be found.";
    expect(bed.said("GET", path, undefined, token)).toBe(lost);
    expect(bed.said("DELETE", path, undefined, token)).toBe(lost);
    // It has no tenant_id (api/v2/base.py, update).
    expect(bed.said("PUT", path, down, token)).toMatch(INTERNAL);
    expect(bed.said("PUT", path, down)).toBe("200");
    expect(bed.said("PUT", `agents/${SERVER}`, down)).toBe(
      `404 AgentNotFound: Agent ${SERVER} could not be found`,
    );
    expect(bed.said("DELETE", `agents/${SERVER}`)).toBe(
      `404 AgentNotFound: Agent ${SERVER} could not be found`,
    );
    expect(bed.said("DELETE", path)).toBe("204");
  });

  it("is not made by a request, and only two things of it are changed", () => {
    const bed = new NeutronBed();
    bed.host("c1");
    expect(bed.said("POST", "agents", { agent: {} })).toBe(
      "400 HTTPBadRequest: Unrecognized attribute(s) 'tenant_id'",
    );
    const path = `agents/${agentOf(bed, "Open vSwitch agent")}`;
    expect(bed.said("PUT", path, { agent: { host: "c2" } })).toBe(
      "400 HTTPBadRequest: Cannot update read-only attribute host",
    );
    expect(bed.said("PUT", path, { agent: { description: 5 } })).toBe(
      "400 HTTPBadRequest: Invalid input for description. Reason: '5' is not a valid string.",
    );
    expect(bed.said("PUT", path, { agents: [] })).toBe(
      "400 HTTPBadRequest: Bulk operation not supported",
    );
    const { body } = bed.ask("GET", `/v2.0/${path}`, bed.adminToken);
    const { agent } = body as { agent: JsonObject };
    expect(agent["started_at"]).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
  });

  it("of DHCP hears of its being disabled, and asks for everything again", () => {
    const bed = new NeutronBed();
    bed.dhcp();
    const id = agentOf(bed, "DHCP agent");
    bed.forget();
    const put = (admin_state_up: boolean) =>
      bed.said("PUT", `agents/${id}`, { agent: { admin_state_up } });
    expect([put(true), put(false)]).toEqual(["200", "200"]);
    bed.wait(seconds(6));
    expect(casts(bed)).toEqual(["agent_updated controller"]);
    expect(bed.calls()).toContain("get_active_networks_info");
  });
});

describe("the networks of a DHCP agent", () => {
  it("are given and taken by an admin, who is told what cannot be", () => {
    const bed = new NeutronBed();
    bed.host("c1");
    bed.dhcp();
    const id = agentOf(bed, "DHCP agent");
    const path = `agents/${id}/dhcp-networks`;
    const on = (network_id: string, agent = id): string =>
      bed.said("POST", `agents/${agent}/dhcp-networks`, { network_id });
    expect(on(bed.network1)).toBe(
      `409 NetworkHostedByDHCPAgent: The network ${bed.network1} has been already hosted by the DHCP Agent ${id}.`,
    );
    expect(on(SERVER)).toBe(`404 NetworkNotFound: Network ${SERVER} could not be found`);
    expect(on(bed.network1, SERVER)).toBe(`404 AgentNotFound: Agent ${SERVER} could not be found`);
    const other = agentOf(bed, "Open vSwitch agent");
    expect(on(bed.network1, other)).toBe(
      `404 InvalidDHCPAgent: Agent ${other} is not a valid DHCP Agent or has been disabled`,
    );
    expect(bed.said("POST", path, {})).toMatch(INTERNAL);
    expect(bed.said("POST", path)).toMatch(INTERNAL);
    expect(bed.said("DELETE", `${path}/${SERVER}`)).toBe(
      `409 NetworkNotHostedByDhcpAgent: The network ${SERVER} is not hosted by the DHCP agent ${id}.`,
    );
    for (const [method, to] of [
      ["GET", path],
      ["GET", `networks/${SERVER}/dhcp-agents`],
    ] as const) {
      expect(bed.said(method, to, undefined, bed.demo.token)).toMatch(/^403 PolicyNotAuthorized: /);
    }
    expect(bed.ask("GET", `/v2.0/${path}`, bed.adminToken).body).toMatchObject({
      networks: [{ id: bed.network1 }],
    });
    expect(bed.ask("GET", "/v2.0/networks/none/dhcp-agents", bed.adminToken).body).toEqual({
      agents: [],
    });
  });

  it("leave their port behind, and whoever serves them next has it", () => {
    const bed = new NeutronBed();
    bed.dhcp();
    const id = agentOf(bed, "DHCP agent");
    const port = () => bed.database.ports.find({ device_owner: "network:dhcp" });
    const [before] = port();
    bed.forget();
    expect(bed.said("DELETE", `agents/${id}/dhcp-networks/${bed.network1}`)).toBe("204");
    expect(port()[0]?.device_id).toBe("reserved_dhcp_port");
    bed.kernel.settle();
    expect(bed.said("POST", `agents/${id}/dhcp-networks`, { network_id: bed.network1 })).toBe(
      "201",
    );
    bed.kernel.settle();
    expect(casts(bed)).toEqual(["network_delete_end controller", "network_create_end controller"]);
    expect(port()).toMatchObject([{ uuid: before!.uuid, device_id: before!.device_id }]);
  });

  it("stay with it when it is dead: it is sent all, new ones go to the living, and at its start it asks for everything (other-services §3.8)", () => {
    const bed = new NeutronBed();
    const start = (host: string) => {
      const env = bed.env("neutron-dhcp-agent", { host, exchange: "neutron" });
      const process = bed.start(dhcpAgent(env, new NetworkNamespaces()));
      bed.kernel.settle();
      return { env, process };
    };
    const dead = start("net1");
    start("net2");
    bed.crash(dead.process, dead.env);
    bed.wait(seconds(80));
    bed.forget();
    bed.run(bed.admin.update("networks", bed.network1, { name: "other" }));
    const { id: network_id = null } = bed.run(bed.admin.create("networks", {}));
    const subnet = { network_id, cidr: "10.3.0.0/24", ip_version: 4 };
    bed.run(bed.admin.create("subnets", subnet));
    bed.run(bed.admin.create("ports", { network_id }));
    bed.kernel.settle();
    expect(casts(bed)).toEqual([
      "network_update_end net1",
      "network_create_end net2",
      "port_create_end net2",
    ]);
    bed.forget();
    start("net1");
    expect(bed.calls()).toContain("get_active_networks_info");
    const on = (id: unknown): string[] =>
      bed.database.dhcpAgentBindings
        .find({ network_id: id as string })
        .map(({ dhcp_agent_id }) => bed.database.agents.get(dhcp_agent_id)!.host);
    expect([on(bed.network1), on(network_id)]).toEqual([["net1"], ["net2"]]);
  });

  it("are as many agents' as dhcp_agents_per_network says, if there are so many", () => {
    const bed = new NeutronBed({ flags: { dhcp_agents_per_network: 2 } });
    for (const host of ["net1", "net2", "net3"]) {
      const env = bed.env("neutron-dhcp-agent", { host, exchange: "neutron" });
      bed.start(dhcpAgent(env, new NetworkNamespaces()));
      bed.kernel.settle();
    }
    // The first two to ask have taken it.
    expect(bed.database.dhcpAgentBindings.find({ network_id: bed.network1 })).toHaveLength(2);
    const ports = bed.database.ports.find({ device_owner: "network:dhcp" });
    expect(ports.map(({ uuid }) => bed.database.portBindings.get(uuid)!.host)).toEqual([
      "net1",
      "net2",
    ]);
  });

  it("get a second agent when the first is dead and a port comes (ChanceScheduler.schedule)", () => {
    const bed = new NeutronBed();
    const env = bed.env("neutron-dhcp-agent", { exchange: "neutron" });
    const first = bed.start(dhcpAgent(env, new NetworkNamespaces()));
    bed.kernel.settle();
    bed.crash(first, env);
    bed.wait(seconds(80));
    const second = bed.env("neutron-dhcp-agent", { host: "net2", exchange: "neutron", flags: {} });
    bed.start(dhcpAgent(second, new NetworkNamespaces()));
    bed.kernel.settle();
    expect(bed.database.dhcpAgentBindings.find({ network_id: bed.network1 })).toHaveLength(2);
  });
});

describe("an agent that is disabled (LP 1410841: agentschedulers_db.py and its filter without a join)", () => {
  const start = (bed: NeutronBed, host: string) => {
    const env = bed.env("neutron-dhcp-agent", { host, exchange: "neutron" });
    bed.start(dhcpAgent(env, new NetworkNamespaces()));
    bed.kernel.settle();
  };
  const hosts = (bed: NeutronBed): string[] =>
    bed.database.dhcpAgentBindings
      .find({ network_id: bed.network1 })
      .map(({ dhcp_agent_id }) => bed.database.agents.get(dhcp_agent_id)!.host);
  const disable = (bed: NeutronBed, host: string) => {
    const agent = bed.database.agentOn(host, "DHCP agent")!;
    expect(bed.said("PUT", `agents/${agent.uuid}`, { agent: { admin_state_up: false } })).toBe(
      "200",
    );
    bed.wait(seconds(6));
  };

  it("counts as serving its networks while it reports, if any agent of any kind is enabled", () => {
    const bed = new NeutronBed();
    start(bed, "net1");
    disable(bed, "net1");
    // Net2 is enabled, asks for work and gets none; nor does a port bring it any.
    start(bed, "net2");
    bed.forget();
    bed.run(bed.admin.create("ports", { network_id: bed.network1 }));
    expect(hosts(bed)).toEqual(["net1"]);
    expect(casts(bed)).toEqual([]);
  });

  it("is nobody's if no agent is enabled at all: then another would be looked for", () => {
    const bed = new NeutronBed();
    start(bed, "net1");
    disable(bed, "net1");
    bed.forget();
    bed.run(bed.admin.create("ports", { network_id: bed.network1 }));
    const logs = bed.of<LogLine>("log").map(({ level, message }) => `${level} ${message}`);
    expect(logs).toHaveLength(2);
    expect(logs[0]).toBe("warning No more DHCP agents");
    const what = `Will not send event port_create_end for network ${bed.network1}`;
    expect(logs[1]).toContain(`error ${what}: no agent available. Payload: {`);
  });
});
