import { describe, expect, it } from "vitest";
import { RpcClient, clientOf } from "../../../src/bus/index.js";
import { RequestContext, adminContext, contextSerializer } from "../../../src/framework/index.js";
import type { LogLine } from "../../../src/framework/observations.js";
import { respond } from "../../../src/http/index.js";
import { minutes, seconds } from "../../../src/kernel/index.js";
import { neutronSerializer } from "../../../src/services/neutron/context.js";
import { pluginApi } from "../../../src/services/neutron/rpcapi.js";
import { neutronServer } from "../../../src/services/neutron/api/server.js";
import { ovsAgent } from "../../../src/services/neutron/ovs/agent.js";
import { IntegrationBridge } from "../../../src/hardware/integration-bridge.js";
import type { JsonObject } from "../../../src/python/index.js";
import { NeutronBed, SERVER } from "./bed.js";

const plugged = (tag: string) => ({
  server_uuid: SERVER,
  name: "network-vif-plugged",
  status: "completed",
  tag,
});

describe("wiring a port (other-services §3.6)", () => {
  it("goes BUILD, then ACTIVE, with these calls, and Nova hears of it", () => {
    const bed = new NeutronBed();
    const { bridge } = bed.host("c1");
    const id = bed.port("c1")["id"] as string;
    bed.forget();
    bridge.plug(id);
    bed.kernel.settle();
    // The first is the probe.
    expect(bed.calls()).toEqual([
      "security_group_info_for_devices",
      "security_group_info_for_devices",
      "get_devices_details_list",
      "update_device_up",
    ]);
    expect(bed.statuses(id)).toEqual(["BUILD", "ACTIVE"]);
    expect(bed.events).toEqual([[plugged(id)]]);
  });

  it("takes no longer than a beat of 2 s, the wiring and the batch of 2 s", () => {
    const bed = new NeutronBed();
    const { bridge } = bed.host("c1");
    const id = bed.port("c1")["id"] as string;
    const began = bed.kernel.now;
    bridge.plug(id);
    bed.kernel.settle();
    expect(bed.kernel.now - began).toBeGreaterThan(seconds(2));
    expect(bed.kernel.now - began).toBeLessThan(seconds(4.5));
  });

  it("sends what comes within 2 s to Nova in one request (other-services §3.5)", () => {
    const bed = new NeutronBed();
    const { bridge } = bed.host("c1");
    const ids = [bed.port("c1"), bed.port("c1")].map(({ id }) => id as string);
    for (const id of ids) bridge.plug(id);
    bed.kernel.settle();
    expect(bed.events).toEqual([ids.map(plugged)]);
  });

  it("asks for nothing while nothing happens, however long", () => {
    const bed = new NeutronBed();
    bed.host("c1");
    bed.forget();
    const before = bed.kernel.events;
    bed.wait(minutes(10));
    expect(bed.calls()).toEqual([]);
    // Twenty reports, each a cast with its delivery and handling; a tick each 2 s would be 300 more.
    expect(bed.kernel.events - before).toBeLessThan(150);
  });

  it("comes up anew if its tap went and came between two looks, as a rebuild does it (check_changed_vlans at 961 of ovs_neutron_agent.py at 2014.2)", () => {
    const bed = new NeutronBed();
    const { bridge } = bed.host("c1");
    const id = bed.port("c1")["id"] as string;
    bridge.plug(id);
    bed.kernel.settle();
    bed.events.length = 0;
    bridge.unplug(id);
    bridge.plug(id);
    bed.kernel.settle();
    // Without its VLAN it counts as updated: get_devices_details_list leaves it in BUILD, from which it comes up.
    expect(bed.statuses(id)).toEqual(["BUILD", "ACTIVE", "BUILD", "ACTIVE"]);
    expect(bed.events).toEqual([[plugged(id)]]);
  });

  it("is not taken for another one while its tap stays, and is dead on VLAN 4095 while it is down by hand", () => {
    const bed = new NeutronBed();
    const { bridge } = bed.host("c1");
    const [id, other] = [bed.port("c1"), bed.port("c1")].map((port) => port["id"] as string);
    bridge.plug(id ?? "");
    bed.kernel.settle();
    bridge.plug(other ?? "");
    bed.kernel.settle();
    expect(bed.statuses(id ?? "")).toEqual(["BUILD", "ACTIVE"]);
    // One network, one VLAN (provision_local_vlan).
    expect([id, other].map((port) => bridge.vlanOf(port ?? ""))).toEqual([1, 1]);
    bed.run(bed.admin.update("ports", id ?? "", { admin_state_up: false }));
    bed.kernel.settle();
    expect(bed.statuses(id ?? "").at(-1)).toBe("DOWN");
    expect(bridge.vlanOf(id ?? "")).toBe(4095);
  });

  it("reports a tap that went, and Nova hears only of ports that were ACTIVE (other-services §3.5)", () => {
    const bed = new NeutronBed();
    const { bridge } = bed.host("c1");
    const id = bed.port("c1")["id"] as string;
    bridge.plug(id);
    bed.kernel.settle();
    bridge.unplug(id);
    bed.kernel.settle();
    expect(bed.statuses(id)).toEqual(["BUILD", "ACTIVE", "DOWN"]);
    expect(bed.events[1]).toEqual([{ ...plugged(id), name: "network-vif-unplugged" }]);
  });

  it("is nobody's news when the port was deleted first", () => {
    const bed = new NeutronBed();
    const { bridge } = bed.host("c1");
    const id = bed.port("c1")["id"] as string;
    bridge.plug(id);
    bed.kernel.settle();
    bed.run(bed.user.delete("ports", id));
    bridge.unplug(id);
    bed.kernel.settle();
    expect(bed.calls().at(-1)).toBe("update_device_down");
    expect(bed.events).toHaveLength(1);
  });

  it("leaves a port in BUILD that is bound to another host (other-services §3.8)", () => {
    const bed = new NeutronBed();
    bed.host("c1");
    const { bridge } = bed.host("c2");
    const id = bed.port("c1")["id"] as string;
    bridge.plug(id);
    bed.kernel.settle();
    expect(bed.statuses(id)).toEqual(["BUILD"]);
    expect(bed.events).toEqual([]);
  });

  it("is done again by the agent of a host that a bound port is moved to", () => {
    const bed = new NeutronBed();
    bed.host("c1");
    const { bridge } = bed.host("c2");
    const id = bed.port("c1")["id"] as string;
    bridge.plug(id);
    bed.kernel.settle();
    bed.run(bed.admin.update("ports", id, { "binding:host_id": "c2" }));
    bed.kernel.settle();
    expect(bed.statuses(id)).toEqual(["BUILD", "ACTIVE"]);
    const names = bed.events.flat().map(({ name }) => name);
    expect(names.sort()).toEqual(["network-changed", "network-vif-plugged"]);
  });

  it("is repeated for every tap of the host when the agent starts again", () => {
    const bed = new NeutronBed();
    const { agent, bridge, env } = bed.host("c1");
    const id = bed.port("c1")["id"] as string;
    bridge.plug(id);
    bed.kernel.settle();
    bed.crash(agent, env);
    bed.host("c1", bridge);
    expect(bed.statuses(id)).toEqual(["BUILD", "ACTIVE", "BUILD", "ACTIVE"]);
    expect(bed.events.flat()).toEqual([plugged(id), plugged(id)]);
  });

  it("is put off while neutron-server is away, and done for all ports once it is back (other-services §3.8)", () => {
    const bed = new NeutronBed();
    const { bridge } = bed.host("c1");
    const [first, second] = [bed.port("c1"), bed.port("c1")].map(({ id }) => id as string);
    bridge.plug(first!);
    bed.kernel.settle();
    bed.crash(bed.server, bed.serverEnv);
    bridge.plug(second!);
    bed.kernel.settle();
    bed.wait(minutes(2));
    expect(bed.statuses(second!)).toEqual([]);
    bed.start(neutronServer(bed.env("neutron-server"), bed.database));
    bed.wait(minutes(2));
    expect(bed.statuses(first!).slice(0, 4)).toEqual(["BUILD", "ACTIVE", "BUILD", "ACTIVE"]);
    expect(bed.database.ports.get(second!)?.status).toBe("ACTIVE");
  });
});

describe("security groups", () => {
  it("tell every agent of a new member; one with ports of the group asks again", () => {
    const bed = new NeutronBed();
    const one = bed.host("c1");
    bed.host("c2");
    one.bridge.plug(bed.port("c1")["id"] as string);
    bed.kernel.settle();
    bed.forget();
    bed.port("c2");
    bed.kernel.settle();
    const fanouts = bed.of<{ kind: "rpc.fanout"; method: string }>("rpc.fanout");
    expect(fanouts.map(({ method }) => method)).toEqual(["security_groups_member_updated"]);
    const asked = bed.of<{ kind: "rpc.call"; from: string }>("rpc.call");
    expect(asked.map(({ from }) => from)).toEqual(["neutron-openvswitch-agent@c1"]);
    expect(bed.calls()).toEqual(["security_group_info_for_devices"]);
  });

  it("are asked about again, for all ports of the host, when a DHCP server comes", () => {
    const bed = new NeutronBed();
    const { bridge } = bed.host("c1");
    bed.host("c2");
    const ids = [1, 2].map(() => bed.port("c1", { security_groups: [] })["id"] as string);
    for (const id of ids) bridge.plug(id);
    bed.kernel.settle();
    bed.forget();
    bed.port("c2", { device_owner: "network:dhcp" });
    bed.kernel.settle();
    const asked = bed.of<{ kind: "rpc.call"; from: string; args: JsonObject }>("rpc.call");
    expect(asked.map(({ from, args }) => [from, args["devices"]])).toEqual([
      ["neutron-openvswitch-agent@c1", ids],
    ]);
  });

  it("are asked about for each port where filtering is off too, and news of them change nothing", () => {
    // neutron/agent/securitygroups_rpc.py at 2014.2: only the driver knows that it is off.
    const bed = new NeutronBed({ flags: { enable_security_group: false } });
    const { bridge } = bed.host("c1");
    bridge.plug(bed.port("c1")["id"] as string);
    bed.kernel.settle();
    const asked = "security_group_info_for_devices";
    expect(bed.calls()).toEqual([asked, asked, "get_devices_details_list", "update_device_up"]);
    bed.forget();
    bed.port("c2");
    bed.kernel.settle();
    expect(bed.calls()).toEqual([]);
  });
});

describe("events for Nova (other-services §3.5)", () => {
  it("are dropped when Nova knows none of the servers", () => {
    const bed = new NeutronBed();
    const { bridge } = bed.host("c1");
    bed.novaAnswers = () => respond(404, { itemNotFound: { code: 404, message: "gone" } });
    bridge.plug(bed.port("c1")["id"] as string);
    bed.kernel.settle();
    bed.wait(minutes(5));
    expect(bed.events).toHaveLength(1);
    const logs = bed.of<{ kind: "log"; message: string }>("log");
    expect(logs.at(-1)?.message).toMatch(/^Failed to notify nova on events network-vif-plugged/);
  });

  it("are sent with a token of their own, asked for once and again after a 401", () => {
    const bed = new NeutronBed();
    const { bridge } = bed.host("c1");
    const ports = [1, 2, 3].map(() => bed.port("c1")["id"] as string);
    bed.forget();
    for (const id of ports.slice(0, 2)) {
      bridge.plug(id);
      bed.kernel.settle();
    }
    const logins = () =>
      bed.requests("neutron-server@controller").filter((each) => /POST .*tokens/.test(each));
    expect(logins()).toHaveLength(1);
    let refused = false;
    const answer = bed.novaAnswers;
    bed.novaAnswers = (events) => {
      if (refused) return answer(events);
      refused = true;
      return respond(401, null);
    };
    bridge.plug(ports[2]!);
    bed.kernel.settle();
    expect(logins()).toHaveLength(2);
    expect(bed.events.at(-1)).toEqual([plugged(ports[2]!)]);
  });

  it("are not sent for ports that are no server's", () => {
    const bed = new NeutronBed();
    const { bridge } = bed.host("c1");
    bridge.plug(bed.port("c1", { device_owner: "network:dhcp" })["id"] as string);
    bridge.plug(bed.port("c1", { device_id: "no uuid" })["id"] as string);
    bed.kernel.settle();
    expect(bed.events).toEqual([]);
  });
});

describe("what Nova is told", () => {
  it("comes with the headers of python-novaclient 2.20.0 (novaclient/client.py)", () => {
    const bed = new NeutronBed();
    const { bridge } = bed.host("c1");
    const port = bed.port("c1");
    bridge.plug(port["id"] as string);
    bed.wait(seconds(10));
    const requests = bed
      .of<{ kind: "rest.request"; from: string; path: string; headers: object }>("rest.request")
      .filter(({ path }) => path.includes("os-server-external-events"));
    expect(requests).toHaveLength(1);
    expect(requests[0]?.headers).toMatchObject({
      "user-agent": "python-novaclient",
      accept: "application/json",
      "content-type": "application/json",
    });
  });
});

describe("the DHCP agent", () => {
  it("takes the networks that nobody serves when it starts, with a port on each", () => {
    const bed = new NeutronBed();
    bed.dhcp();
    expect(bed.calls()).toEqual(["get_active_networks_info", "create_dhcp_port"]);
    const search = { network_id: bed.network1, device_owner: "network:dhcp" };
    const ports = bed.run(bed.admin.list("ports", search));
    expect(ports).toMatchObject([{ fixed_ips: [{ ip_address: "192.168.1.2" }] }]);
  });

  it("gets an address of each subnet, and keeps it (agent/linux/dhcp.py, setup_dhcp_port)", () => {
    const bed = new NeutronBed();
    bed.dhcp();
    const subnet = { network_id: bed.network1, cidr: "10.5.0.0/24", ip_version: 4 };
    const { id } = bed.run(bed.admin.create("subnets", subnet));
    bed.kernel.settle();
    const addresses = () => bed.database.ipAllocations.find().map(({ ip_address }) => ip_address);
    expect(addresses()).toEqual(["192.168.1.2", "10.5.0.2"]);
    bed.run(bed.admin.update("subnets", id as string, { enable_dhcp: false }));
    bed.kernel.settle();
    expect(addresses()).toEqual(["192.168.1.2", "10.5.0.2"]);
    bed.run(bed.admin.delete("subnets", id as string));
    bed.kernel.settle();
    expect(addresses()).toEqual(["192.168.1.2"]);
  });

  it("makes no second port when it starts again", () => {
    const bed = new NeutronBed();
    bed.dhcp();
    bed.forget();
    bed.dhcp();
    expect(bed.calls()).toEqual(["get_active_networks_info"]);
  });

  it("is given a new network with the first port there, and told of each (other-services §3.6 rows 5, 6)", () => {
    const bed = new NeutronBed();
    bed.dhcp();
    const { id } = bed.run(bed.user.create("networks", { name: "mine" }));
    const network_id = id as string;
    const subnet = { network_id, cidr: "10.5.0.0/24", ip_version: 4 };
    bed.run(bed.user.create("subnets", subnet));
    bed.kernel.settle();
    bed.forget();
    bed.port("", { network_id });
    bed.kernel.settle();
    bed.port("", { network_id });
    bed.kernel.settle();
    const casts = bed.of<{ kind: "rpc.cast"; method: string; server: string }>("rpc.cast");
    expect(casts.map(({ method, server }) => `${server} ${method}`)).toEqual([
      "controller network_create_end",
      "controller port_create_end",
      "controller port_create_end",
    ]);
    expect(bed.calls()).toEqual(["get_network_info", "create_dhcp_port"]);
  });
});

describe("an L2 agent's report", () => {
  it("is a call the first time and a cast every 30 s afterwards", () => {
    const bed = new NeutronBed();
    bed.start(
      ovsAgent(
        bed.env("neutron-openvswitch-agent", { host: "c1", exchange: "neutron" }),
        new IntegrationBridge("c1"),
        { min: 0, max: 0 },
      ),
    );
    bed.wait(seconds(70));
    const kinds = bed.seen
      .filter(({ what }) => "method" in what && what.method === "report_state")
      .map(({ what, detail }) => `${what.kind} ${detail}`);
    expect(kinds).toEqual(["rpc.call full", "rpc.cast full", "rpc.cast full"]);
  });
});

describe("what an L2 agent raises while it handles a message", () => {
  it.each([
    "q-agent-notifier-port-update",
    "q-agent-notifier-network-delete",
    "q-agent-notifier-security_group-update",
  ])("is in its log, whatever the topic: %s", (topic) => {
    const bed = new NeutronBed();
    bed.host("c1");
    const link = bed.bus.connect({ actor: "tester", exchange: "neutron" });
    const rpc = new RpcClient(link, contextSerializer);
    bed.run(
      rpc.cast(
        { topic, fanout: true },
        new RequestContext({ request_id: "req-1" }),
        "no_such_thing",
        {},
      ),
    );
    bed.wait(seconds(1));
    expect(
      bed.of<LogLine>("log").map(({ actor, message }) => `${String(actor)}: ${message}`),
    ).toEqual([
      expect.stringMatching(
        /^neutron-openvswitch-agent@c1: Exception during message handling of no_such_thing: /,
      ),
    ]);
  });
});

describe("a run", () => {
  it("is the same again for the same seed, and another for another", () => {
    const story = (seed: number) => {
      const bed = new NeutronBed({ seed });
      const { bridge } = bed.host("c1");
      bed.dhcp();
      bridge.plug(bed.port("c1")["id"] as string);
      bed.kernel.settle();
      return JSON.stringify(bed.seen);
    };
    expect(story(7)).toBe(story(7));
    expect(story(8)).not.toBe(story(7));
  });
});

describe("what an agent may call a port (plugins/ml2/rpc.py, plugins/ml2/plugin.py _device_to_port_id at 2014.2)", () => {
  function asked(bed: NeutronBed) {
    const env = bed.env("neutron-openvswitch-agent");
    const plugin = clientOf(pluginApi, new RpcClient(env.bus, neutronSerializer));
    const ctxt = adminContext(env);
    const agent = { agent_id: "ovs-agent-c1", host: "c1" };
    return {
      details: (device: string) => bed.run(plugin.get_device_details(ctxt, { device, ...agent })),
      up: (device: string, host: string | null) =>
        bed.run(plugin.update_device_up(ctxt, { device, agent_id: "x", host })),
      down: (device: string, host: string | null) =>
        bed.run(plugin.update_device_down(ctxt, { device, agent_id: "x", host })),
    };
  }
  const warnings = (bed: NeutronBed): string[] =>
    bed.of<LogLine>("log").flatMap(({ level, message }) => (level === "warning" ? [message] : []));

  it("its id, the name of its tap, or its MAC address; the answer has its profile", () => {
    const bed = new NeutronBed();
    bed.host("c1");
    const { id, mac_address } = bed.port("c1") as { id: string; mac_address: string };
    const { details } = asked(bed);
    for (const device of [id, `tap${id.slice(0, 11)}`, mac_address]) {
      expect(details(device)).toMatchObject({ device, port_id: id, profile: {} });
    }
  });

  it("a port that is gone, or is not bound, is a warning with the agent's name", () => {
    const bed = new NeutronBed();
    bed.host("c1");
    const { id, network_id } = bed.port("nowhere") as { id: string; network_id: string };
    const { details } = asked(bed);
    bed.forget();
    expect([details("gone"), details(id)]).toEqual([{ device: "gone" }, { device: id }]);
    expect(warnings(bed)).toEqual([
      "Device gone requested by agent ovs-agent-c1 not found in database",
      `Device ${id} requested by agent ovs-agent-c1 on network ${network_id} not bound, vif_type: binding_failed`,
    ]);
  });

  it("to a host a port that is gone exists; to whoever names no host, it does not", () => {
    const bed = new NeutronBed();
    bed.host("c1");
    const id = bed.port("c1")["id"] as string;
    const { up, down } = asked(bed);
    bed.forget();
    expect([down("gone", "c1"), down(id, "c2"), down("gone", null)]).toEqual([
      { device: "gone", exists: true },
      { device: id, exists: true },
      { device: "gone", exists: false },
    ]);
    expect(warnings(bed)).toEqual(["Port gone updated up by agent not found"]);
    up(id, "c2");
    expect(bed.statuses(id)).toEqual([]);
    up(id, null);
    expect(bed.statuses(id)).toEqual(["ACTIVE"]);
  });
});
