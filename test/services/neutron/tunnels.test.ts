/**
 * Tunnels between hosts: what an agent tells of its end, who hears of it, and which ports can be bound
 * then. Upstream: plugins/openvswitch/agent/ovs_neutron_agent.py (tunnel_sync, tunnel_update),
 * plugins/ml2/drivers/type_tunnel.py, mech_openvswitch.py at 2014.2.
 */
import { describe, expect, it } from "vitest";
import { clientOf, RpcClient } from "../../../src/bus/index.js";
import { adminContext, contextSerializer, type Env } from "../../../src/framework/index.js";
import type { FlagValues } from "../../../src/framework/flags/index.js";
import type { LogLine } from "../../../src/framework/observations.js";
import { IntegrationBridge } from "../../../src/hardware/integration-bridge.js";
import { milliseconds, minutes, seconds } from "../../../src/kernel/index.js";
import type { JsonObject } from "../../../src/python/index.js";
import { neutronServer } from "../../../src/services/neutron/api/server.js";
import { ovsAgent } from "../../../src/services/neutron/ovs/agent.js";
import { pluginApi, tunnelUpdateApi } from "../../../src/services/neutron/rpcapi.js";
import { NeutronBed } from "./bed.js";

const GRE = { tenant_network_types: ["gre"], tunnel_id_ranges: ["1:9"] };

interface Agent {
  readonly bridge: IntegrationBridge;
  readonly env: Env;
}

/** An agent with flags of its own that has looked around. */
function agentOn(bed: NeutronBed, host: string, flags: FlagValues): Agent {
  const env = bed.env("neutron-openvswitch-agent", { host, exchange: "neutron", flags });
  const bridge = new IntegrationBridge(host);
  bed.start(ovsAgent(env, bridge, { min: milliseconds(50), max: milliseconds(50) }));
  bed.kernel.settle();
  return { bridge, env };
}

const logged = (bed: NeutronBed): string[] =>
  bed.of<LogLine>("log").map(({ level, message }) => `${level} ${message}`);

const fanouts = (bed: NeutronBed): JsonObject[] =>
  bed
    .of<{ kind: "rpc.fanout"; method: string; args: JsonObject }>("rpc.fanout")
    .filter(({ method }) => method === "tunnel_update")
    .map(({ args }) => args);

const configurations = (bed: NeutronBed, host: string): JsonObject =>
  bed.database.agents.first({ host })!.configurations;

const vif = (port: JsonObject): unknown => port["binding:vif_type"];

describe("an agent with tunnels", () => {
  it("tells the server where they end, for each type, and all agents hear of it", () => {
    const bed = new NeutronBed({ flags: GRE });
    agentOn(bed, "c1", { tunnel_types: ["gre", "vxlan"], local_ip: "10.0.1.31" });
    expect(bed.calls()).toEqual(["tunnel_sync", "tunnel_sync"]);
    expect(fanouts(bed)).toEqual([
      { tunnel_ip: "10.0.1.31", tunnel_type: "gre" },
      { tunnel_ip: "10.0.1.31", tunnel_type: "vxlan" },
    ]);
    expect(configurations(bed, "c1")).toMatchObject({
      tunnel_types: ["gre", "vxlan"],
      tunneling_ip: "10.0.1.31",
    });
    expect(bed.database.vxlanEndpoints.find()).toMatchObject([
      { ip_address: "10.0.1.31", udp_port: 4789 },
    ]);
    // It has been said, and is not said again.
    bed.forget();
    bed.wait(minutes(5));
    expect(bed.calls()).toEqual([]);
  });

  it("has those of GRE if it is only told to have some, and ends them at its own address", () => {
    const bed = new NeutronBed({ flags: GRE });
    agentOn(bed, "compute-1", { enable_tunneling: true });
    agentOn(bed, "compute-2", { enable_tunneling: true });
    expect(fanouts(bed).map(({ tunnel_ip }) => tunnel_ip)).toEqual(["10.0.0.31", "10.0.0.32"]);
    expect(configurations(bed, "compute-2")["tunnel_types"]).toEqual(["gre"]);
  });

  it("goes on until the server has heard it", () => {
    const bed = new NeutronBed({ flags: GRE });
    bed.crash(bed.server, bed.serverEnv);
    agentOn(bed, "c1", { tunnel_types: ["gre"], local_ip: "10.0.1.31" });
    bed.wait(minutes(3));
    expect(fanouts(bed)).toEqual([]);
    bed.start(neutronServer(bed.env("neutron-server"), bed.database));
    bed.wait(minutes(2));
    expect(fanouts(bed).length).toBeGreaterThan(0);
    bed.forget();
    bed.wait(minutes(2));
    expect(bed.calls()).toEqual([]);
  });

  it("is one of gre or vxlan, or the run ends", () => {
    const bed = new NeutronBed();
    expect(() => agentOn(bed, "c1", { tunnel_types: ["stt"] })).toThrow(
      "flag agent.tunnel_types: Invalid tunnel type specified: stt",
    );
  });

  it("without tunnels says nothing, whatever address it has", () => {
    const bed = new NeutronBed();
    agentOn(bed, "c1", { local_ip: "10.0.1.31" });
    bed.wait(seconds(10));
    expect(bed.calls()).toEqual([]);
    expect(configurations(bed, "c1")).toMatchObject({
      tunnel_types: [],
      tunneling_ip: "10.0.1.31",
    });
  });
});

describe("tunnel_sync", () => {
  const asked = (bed: NeutronBed) => {
    const env = bed.env("neutron-openvswitch-agent", { host: "c9", exchange: "neutron" });
    const plugin = clientOf(pluginApi, new RpcClient(env.bus, contextSerializer));
    return (tunnel_ip: string, tunnel_type: string) =>
      bed.run(plugin.tunnel_sync(adminContext(env), { tunnel_ip, tunnel_type }));
  };

  it("answers with every end of the type, each once, those of VXLAN with their port", () => {
    const bed = new NeutronBed({ flags: GRE });
    const sync = asked(bed);
    sync("10.0.1.32", "gre");
    sync("10.0.1.31", "gre");
    expect(sync("10.0.1.32", "gre")).toEqual({
      tunnels: [{ ip_address: "10.0.1.31" }, { ip_address: "10.0.1.32" }],
    });
    expect(logged(bed)).toContain("warning Gre endpoint with ip 10.0.1.32 already exists");
    expect(sync("10.0.1.9", "vxlan")).toEqual({
      tunnels: [{ ip_address: "10.0.1.9", udp_port: 4789 }],
    });
  });

  it("refuses no type, and one that is not loaded; a type without tunnels has no such thing", () => {
    const bed = new NeutronBed({ flags: { ...GRE, type_drivers: ["gre", "vlan"] } });
    const sync = asked(bed);
    expect(() => sync("10.0.1.9", "")).toThrow("Network_type value needed by the ML2 plugin");
    expect(() => sync("10.0.1.9", "vxlan")).toThrow("network_type value 'vxlan' not supported");
    expect(() => sync("10.0.1.9", "vlan")).toThrow("has no attribute 'add_endpoint'");
  });
});

describe("tunnel_update", () => {
  it("is looked at: an address of IPv4, a type that is known here", () => {
    const bed = new NeutronBed({ flags: GRE });
    agentOn(bed, "c1", { tunnel_types: ["gre"] });
    const rpc = new RpcClient(bed.serverEnv.bus, contextSerializer);
    const ctxt = adminContext(bed.serverEnv);
    const agents = clientOf(tunnelUpdateApi, rpc).prepare({ fanout: true });
    const told = (tunnel_ip: string, tunnel_type: string): string[] => {
      bed.forget();
      bed.run(agents.tunnel_update(ctxt, { tunnel_ip, tunnel_type }));
      bed.kernel.settle();
      return logged(bed);
    };
    expect(told("10.0.1.9", "gre")).toEqual([]);
    expect(told("::1", "gre")).toEqual([
      "warning Unable to create tunnel port. Invalid remote IP: ::1",
    ]);
    expect(told("10.0.1.9", "")).toEqual(["error No tunnel_type specified, cannot create tunnels"]);
    expect(told("10.0.1.9", "vxlan")).toEqual(["error tunnel_type vxlan not supported by agent"]);
  });
});

describe("a port", () => {
  it("is bound where the agent has what its network needs (mech_openvswitch.py)", () => {
    const bed = new NeutronBed({ flags: { ...GRE, network_vlan_ranges: ["physnet1:1:9", "p2"] } });
    agentOn(bed, "tunnels", { tunnel_types: ["gre"] });
    agentOn(bed, "bridges", { bridge_mappings: ["physnet1:br-eth1"] });
    const on = (host: string, network: JsonObject): unknown => {
      const { id } = bed.run(bed.admin.create("networks", network));
      return vif(bed.port(host, { network_id: id as string }));
    };
    const flat = { "provider:network_type": "flat", "provider:physical_network": "physnet1" };
    const other = {
      "provider:network_type": "vlan",
      "provider:physical_network": "p2",
      "provider:segmentation_id": 5,
    };
    const vxlan = { "provider:network_type": "vxlan", "provider:segmentation_id": 5 };
    expect([on("tunnels", {}), on("bridges", {})]).toEqual(["ovs", "binding_failed"]);
    expect(on("bridges", flat)).toBe("ovs");
    expect(on("bridges", other)).toBe("binding_failed");
    expect(on("tunnels", vxlan)).toBe("binding_failed");
    expect(on("bridges", { "provider:network_type": "local" })).toBe("ovs");
    // Of several segments the first that the host can reach.
    const segments = [other, { "provider:network_type": "gre", "provider:segmentation_id": 8 }];
    expect(
      on("tunnels", {
        segments: segments.map((each, at) =>
          at === 0 ? { ...each, "provider:segmentation_id": 6 } : each,
        ),
      }),
    ).toBe("ovs");
  });

  it("is bound by nobody without a mechanism driver", () => {
    const bed = new NeutronBed({ flags: { mechanism_drivers: ["linuxbridge"] } });
    bed.host("c1");
    expect(vif(bed.port("c1"))).toBe("binding_failed");
  });

  it("goes up all the same where its network leads nowhere, and only a log says so", () => {
    const bed = new NeutronBed();
    const first = bed.host("c1");
    const port = bed.port("c1")["id"] as string;
    bed.crash(first.agent, first.env);
    // The agent comes back without its bridge; the port stays bound.
    const { bridge } = agentOn(bed, "c1", { bridge_mappings: [] });
    bed.forget();
    bridge.plug(port);
    bed.kernel.settle();
    expect(bed.database.ports.get(port)?.status).toBe("ACTIVE");
    expect(logged(bed)).toContain(
      `error Cannot provision VLAN network for net-id=${bed.network1} - no bridge for physical_network physnet1`,
    );
  });
});
