/**
 * The L3 agent and its server: what is said between them, and which agent has which router. Upstream:
 * neutron/agent/l3_agent.py, api/rpc/handlers/l3_rpc.py, api/rpc/agentnotifiers/l3_rpc_agent_api.py,
 * scheduler/l3_agent_scheduler.py, db/l3_agentschedulers_db.py at 2014.2.
 */
import { describe, expect, it } from "vitest";
import { NetworkNamespaces } from "../../../../src/hardware/network-namespaces.js";
import { milliseconds, seconds } from "../../../../src/kernel/index.js";
import { clientOf, RpcClient } from "../../../../src/bus/index.js";
import {
  adminContext,
  contextSerializer,
  type Env,
  type Process,
} from "../../../../src/framework/index.js";
import type { FlagValues } from "../../../../src/framework/flags/index.js";
import type { JsonObject } from "../../../../src/python/index.js";
import { neutronServer } from "../../../../src/services/neutron/api/server.js";
import { l3Agent } from "../../../../src/services/neutron/l3/agent.js";
import { l3AgentApi } from "../../../../src/services/neutron/routing/rpcapi.js";
import { SERVER } from "../bed.js";
import { RoutingBed } from "./bed.js";

interface Agent {
  readonly process: Process;
  readonly env: Env;
  readonly id: string;
}

function agentOn(bed: RoutingBed, host: string, flags: FlagValues = {}): Agent {
  const env = bed.env("neutron-l3-agent", { host, exchange: "neutron", flags });
  const span = { min: milliseconds(100), max: milliseconds(200) };
  const process = bed.start(l3Agent(env, span, new NetworkNamespaces()));
  bed.kernel.settle();
  const { uuid } = bed.database.agents.first({ host, agent_type: "L3 agent" })!;
  return { process, env, id: uuid };
}

const hosts = (bed: RoutingBed, router: string): string[] =>
  bed.database.routerAgentBindings
    .find({ router_id: router })
    .map(({ l3_agent_id }) => bed.database.agents.get(l3_agent_id)!.host);

const statusOf = (bed: RoutingBed, id: string): unknown => bed.show(`floatingips/${id}`)["status"];

describe("an L3 agent", () => {
  it("asks for the plugins, and reports itself with what it has", () => {
    const bed = new RoutingBed();
    const { id } = agentOn(bed, "net1");
    expect(bed.calls()).toEqual(["get_service_plugin_list"]);
    expect(bed.show(`agents/${id}`, bed.adminToken)).toMatchObject({
      agent_type: "L3 agent",
      binary: "neutron-l3-agent",
      topic: "l3_agent",
      host: "net1",
      alive: true,
      configurations: {
        agent_mode: "legacy",
        use_namespaces: true,
        router_id: "",
        handle_internal_only_routers: true,
        external_network_bridge: "br-ex",
        gateway_external_network_id: "",
        routers: 0,
        ex_gw_ports: 0,
        interfaces: 0,
        floating_ips: 0,
      },
    });
  });

  it("is told of a router by its id, asks for it, and says which floating IPs are there", () => {
    const bed = new RoutingBed();
    const agent = agentOn(bed, "net1");
    const router = bed.router({ external_gateway_info: { network_id: bed.external } });
    bed.kernel.settle();
    // Nobody is told of a new router.
    expect([hosts(bed, router), bed.toAgents()]).toEqual([[], []]);
    bed.put(`routers/${router}/add_router_interface`, { subnet_id: bed.ownSubnet });
    bed.kernel.settle();
    expect(hosts(bed, router)).toEqual(["net1"]);
    expect(bed.toAgents()).toEqual(["routers_updated net1"]);
    expect(bed.calls().slice(1)).toEqual([
      "sync_routers",
      "get_external_network_id",
      "update_floatingip_statuses",
    ]);
    const { id } = bed.floatingIp({ port_id: bed.serverPort() });
    expect(statusOf(bed, id)).toBe("DOWN");
    bed.kernel.settle();
    expect(statusOf(bed, id)).toBe("ACTIVE");
    bed.put(`floatingips/${id}`, { floatingip: { port_id: null } });
    expect(statusOf(bed, id)).toBe("ACTIVE");
    bed.kernel.settle();
    expect(statusOf(bed, id)).toBe("DOWN");
    bed.wait(seconds(35));
    expect(bed.show(`agents/${agent.id}`, bed.adminToken)["configurations"]).toMatchObject({
      routers: 1,
      ex_gw_ports: 1,
      interfaces: 1,
      floating_ips: 0,
    });
  });

  it("is given ports with their subnets, and the ports its host (_ensure_host_set_on_ports)", () => {
    const bed = new RoutingBed();
    agentOn(bed, "net1");
    const id = bed.connected();
    bed.kernel.settle();
    const [reply] = bed
      .of<{ kind: "rpc.reply"; result: unknown }>("rpc.reply")
      .map(({ result }) => result)
      .filter((result) => Array.isArray(result) && (result[0] as JsonObject)["id"] === id);
    const [router] = reply as JsonObject[];
    expect(router).toMatchObject({
      id,
      enable_snat: true,
      gw_port_host: null,
      gw_port: {
        device_owner: "network:router_gateway",
        subnet: { id: bed.externalSubnet, cidr: "172.24.4.0/28", gateway_ip: "172.24.4.1" },
        extra_subnets: [],
      },
      _interfaces: [{ device_owner: "network:router_interface", subnet: { cidr: "10.0.0.0/24" } }],
      _snat_router_interfaces: [],
    });
    expect(router).not.toHaveProperty("_floatingips");
    const bound = bed.database.ports
      .find({ device_id: id })
      .map(({ uuid }) => bed.database.portBindings.get(uuid)!.host);
    expect(bound).toEqual(["net1", "net1"]);
  });

  it("asks for all of its routers at the second tick after a minute, if it has to (periodic_task.py)", () => {
    const bed = new RoutingBed();
    const id = bed.connected();
    agentOn(bed, "net1");
    // One that nobody has goes to whoever asks.
    bed.wait(seconds(75));
    expect(hosts(bed, id)).toEqual([]);
    bed.wait(seconds(15));
    expect(hosts(bed, id)).toEqual(["net1"]);
    const asked = (): number => bed.calls().filter((method) => method === "sync_routers").length;
    expect(asked()).toBe(1);
    bed.wait(seconds(300));
    expect(asked()).toBe(1);
  });

  it("that cannot ask does so with the next full sync", () => {
    const bed = new RoutingBed();
    agentOn(bed, "net1");
    const router = bed.connected();
    const { id } = bed.floatingIp({ port_id: bed.serverPort() });
    bed.kernel.settle();
    bed.wait(seconds(100));
    const told = bed.env("another neutron-server", { exchange: "neutron" });
    const agents = clientOf(l3AgentApi, new RpcClient(told.bus, contextSerializer));
    bed.crash(bed.server, bed.serverEnv);
    bed.database.floatingIps.update(id, { status: "DOWN" });
    const args = { routers: [router] };
    bed.run(agents.prepare({ server: "net1" }).routers_updated(adminContext(told), args));
    bed.wait(seconds(70));
    const logs = bed.of<{ kind: "log"; message: string }>("log").map(({ message }) => message);
    expect(logs.filter((line) => /^Failed to fetch router information/.test(line))).toHaveLength(1);
    const flags = { service_plugins: ["router"] };
    bed.start(neutronServer(bed.env("neutron-server", { flags }), bed.database));
    expect(bed.database.floatingIps.get(id)?.status).toBe("DOWN");
    bed.wait(seconds(150));
    expect(bed.database.floatingIps.get(id)?.status).toBe("ACTIVE");
  });

  it("hears of a router's end, wherever it was", () => {
    const bed = new RoutingBed();
    agentOn(bed, "net1");
    const id = bed.connected();
    bed.kernel.settle();
    bed.put(`routers/${id}/remove_router_interface`, { subnet_id: bed.ownSubnet });
    bed.kernel.settle();
    bed.saidToDemo("DELETE", `routers/${id}`);
    bed.kernel.settle();
    expect(bed.toAgents().at(-1)).toBe("router_deleted");
    expect(bed.calls().at(-1)).toBe("update_floatingip_statuses");
    expect(bed.database.routerAgentBindings.size).toBe(0);
  });

  it("serves one external network, and gives up a router if there are several (get_external_network_id)", () => {
    const bed = new RoutingBed();
    bed.make("networks", { network: { "router:external": true } }, bed.adminToken);
    agentOn(bed, "net1");
    const id = bed.connected();
    const { id: floating } = bed.floatingIp({ port_id: bed.serverPort() });
    bed.kernel.settle();
    expect(hosts(bed, id)).toEqual(["net1"]);
    // It is never configured, and nobody tries again.
    expect(statusOf(bed, floating)).toBe("DOWN");
    expect(bed.calls()).not.toContain("update_floatingip_statuses");
  });
});

describe("the agent of a router (ChanceScheduler)", () => {
  it("is one that is enabled, alive, and serves its gateway", () => {
    const bed = new RoutingBed();
    const router = bed.router();
    const touch = (): string[] => {
      bed.put(`routers/${router}`, { router: { name: "x" } });
      return hosts(bed, router);
    };
    expect(touch()).toEqual([]);
    agentOn(bed, "net1", { gateway_external_network_id: SERVER });
    agentOn(bed, "net2", { handle_internal_only_routers: false });
    const info = { external_gateway_info: { network_id: bed.external } };
    bed.database.agents.update(bed.database.agents.first({ host: "net1" })!.uuid, {
      admin_state_up: false,
    });
    expect(touch()).toEqual([]);
    bed.put(`routers/${router}`, { router: info });
    expect(hosts(bed, router)).toEqual(["net2"]);
  });

  it("is the one with the fewest, if the scheduler is to count them (LeastRoutersScheduler)", () => {
    const router_scheduler_driver = "neutron.scheduler.l3_agent_scheduler.LeastRoutersScheduler";
    const bed = new RoutingBed({ flags: { router_scheduler_driver } });
    agentOn(bed, "net1");
    agentOn(bed, "net2");
    const info = { external_gateway_info: { network_id: bed.external } };
    const touched = (): string => {
      const router = bed.router();
      bed.put(`routers/${router}`, { router: info });
      return hosts(bed, router)[0]!;
    };
    const six = Array.from({ length: 6 }, touched);
    expect(six.slice(0, 4).sort()).toEqual(["net1", "net1", "net2", "net2"]);
    // One that is new to the cloud has none, and gets all until it has as many.
    agentOn(bed, "net3", { handle_internal_only_routers: true });
    expect([touched(), touched(), touched()]).toEqual(["net3", "net3", "net3"]);
  });

  it("keeps it when it is dead, and is sent nothing (other-services §3.8)", () => {
    const bed = new RoutingBed();
    const first = agentOn(bed, "net1");
    const router = bed.connected();
    bed.kernel.settle();
    const { id } = bed.floatingIp({ port_id: bed.serverPort() });
    bed.kernel.settle();
    bed.crash(first.process, first.env);
    bed.wait(seconds(80));
    agentOn(bed, "net2");
    bed.forget();
    bed.put(`floatingips/${id}`, { floatingip: { port_id: null } });
    bed.kernel.settle();
    expect(bed.toAgents()).toEqual([]);
    expect(hosts(bed, router)).toEqual(["net1"]);
    // Nobody says so.
    expect(statusOf(bed, id)).toBe("ACTIVE");
  });

  it("keeps it when it is disabled, and is told of it, while any other agent is enabled (LP 1410841)", () => {
    const bed = new RoutingBed();
    const { id } = agentOn(bed, "net1");
    const router = bed.connected();
    bed.kernel.settle();
    const other = agentOn(bed, "net2");
    const touch = (): string[] => {
      bed.forget();
      bed.put(`routers/${router}`, { router: { name: "x" } });
      bed.kernel.settle();
      return bed.toAgents();
    };
    bed.put(`agents/${id}`, { agent: { admin_state_up: false } }, bed.adminToken);
    expect(touch()).toEqual(["routers_updated net1"]);
    bed.put(`agents/${other.id}`, { agent: { admin_state_up: false } }, bed.adminToken);
    expect(touch()).toEqual([]);
    expect(hosts(bed, router)).toEqual(["net1"]);
  });

  it("is another one, some time after its death, where that is allowed", () => {
    const bed = new RoutingBed({ flags: { allow_automatic_l3agent_failover: true } });
    const first = agentOn(bed, "net1");
    const router = bed.connected();
    bed.kernel.settle();
    agentOn(bed, "net2");
    const { id } = bed.floatingIp({ port_id: bed.serverPort() });
    bed.kernel.settle();
    bed.crash(first.process, first.env);
    bed.forget();
    bed.wait(seconds(140));
    expect(hosts(bed, router)).toEqual(["net1"]);
    bed.wait(seconds(90));
    expect(hosts(bed, router)).toEqual(["net2"]);
    expect(bed.toAgents()).toEqual([
      "router_removed_from_agent net1",
      "router_added_to_agent net2",
    ]);
    expect(bed.calls()).toContain("update_floatingip_statuses");
    expect(statusOf(bed, id)).toBe("ACTIVE");
    const ports = bed.database.ports.find({ device_id: router });
    expect(ports.map(({ uuid }) => bed.database.portBindings.get(uuid)!.host)).toEqual([
      "net2",
      "net2",
    ]);
  });

  it("is nobody if none is left, and the loop that moves routers ends with that (RouterReschedulingFailed)", () => {
    const bed = new RoutingBed({ flags: { allow_automatic_l3agent_failover: true } });
    const first = agentOn(bed, "net1");
    const router = bed.connected();
    bed.kernel.settle();
    bed.crash(first.process, first.env);
    bed.wait(seconds(240));
    expect(hosts(bed, router)).toEqual(["net1"]);
    agentOn(bed, "net2");
    bed.wait(seconds(300));
    expect(hosts(bed, router)).toEqual(["net1"]);
  });
});

describe("an admin (extensions/l3agentscheduler.py)", () => {
  it("gives routers to agents and takes them away, and is told what cannot be", () => {
    const bed = new RoutingBed();
    bed.host("c1");
    const [first, second] = [agentOn(bed, "net1"), agentOn(bed, "net2")];
    const router = bed.router();
    const add = (agent: string, router_id = router): string =>
      bed.said("POST", `agents/${agent}/l3-routers`, { router_id });
    bed.forget();
    expect([add(first.id), add(first.id)]).toEqual(["201", "201"]);
    expect(add(second.id)).toBe(
      `409 RouterHostedByL3Agent: The router ${router} has been already hosted by the L3 Agent ${first.id}.`,
    );
    const ovs = bed.database.agents.first({ host: "c1" })!.uuid;
    expect(add(ovs)).toBe(
      `404 InvalidL3Agent: Agent ${ovs} is not a L3 Agent or has been disabled`,
    );
    expect(add(SERVER)).toBe(`404 AgentNotFound: Agent ${SERVER} could not be found`);
    expect(add(first.id, SERVER)).toBe(`404 RouterNotFound: Router ${SERVER} could not be found`);
    expect(bed.said("POST", `agents/${first.id}/l3-routers`, {})).toMatch(/^500 /);
    const remove = (agent: string): string =>
      bed.said("DELETE", `agents/${agent}/l3-routers/${router}`);
    expect(remove(second.id)).toBe(
      `409 RouterNotHostedByL3Agent: The router ${router} is not hosted by L3 agent ${second.id}.`,
    );
    const get = (path: string): unknown => bed.ask("GET", `/v2.0/${path}`, bed.adminToken).body;
    expect(get(`agents/${first.id}/l3-routers`)).toMatchObject({ routers: [{ id: router }] });
    expect(get(`routers/${router}/l3-agents`)).toMatchObject({ agents: [{ id: first.id }] });
    expect(remove(first.id)).toBe("204");
    expect(get(`routers/${router}/l3-agents`)).toEqual({ agents: [] });
    bed.kernel.settle();
    expect(bed.toAgents()).toEqual([
      "router_added_to_agent net1",
      "router_removed_from_agent net1",
    ]);
  });

  it("alone does so", () => {
    const bed = new RoutingBed();
    const { id } = agentOn(bed, "net1");
    const router = bed.router();
    for (const [method, path, action] of [
      ["GET", `agents/${id}/l3-routers`, "get_l3-routers"],
      ["POST", `agents/${id}/l3-routers`, "create_l3-router"],
      ["DELETE", `agents/${id}/l3-routers/${router}`, "delete_l3-router"],
      ["GET", `routers/${router}/l3-agents`, "get_l3-agents"],
    ] as const) {
      expect(bed.saidToDemo(method, path, method === "POST" ? {} : undefined)).toBe(
        `403 PolicyNotAuthorized: Policy doesn't allow ${action} to be performed.`,
      );
    }
  });

  it("who disables an agent has it ask again, and its routers go nowhere", () => {
    const bed = new RoutingBed();
    const { id } = agentOn(bed, "net1");
    const router = bed.connected();
    bed.kernel.settle();
    bed.wait(seconds(100));
    bed.forget();
    bed.put(`agents/${id}`, { agent: { admin_state_up: false } }, bed.adminToken);
    bed.wait(seconds(150));
    expect(bed.toAgents()).toEqual(["agent_updated net1"]);
    expect(bed.calls()).toEqual(["sync_routers"]);
    expect(hosts(bed, router)).toEqual(["net1"]);
  });
});
