/**
 * neutron-lbaas-agent and its server: what is said between them, and what becomes of pools whose agent dies, is
 * disabled or comes back. Upstream: neutron/services/loadbalancer/agent/agent_manager.py,
 * drivers/common/agent_driver_base.py, drivers/haproxy/namespace_driver.py at 2014.2 and their tests
 * (test_agent_manager.py, test_agent_driver_base.py, test_namespace_driver.py).
 */
import { describe, expect, it } from "vitest";
import { clientOf, RpcClient } from "../../../../src/bus/index.js";
import { adminContext } from "../../../../src/framework/index.js";
import { seconds } from "../../../../src/kernel/index.js";
import { neutronServer } from "../../../../src/services/neutron/api/server.js";
import { neutronSerializer } from "../../../../src/services/neutron/context.js";
import { lbaasAgentApi } from "../../../../src/services/neutron/load-balancing/rpcapi.js";
import { LoadBalancingBed } from "./bed.js";

/** A pool with an address and a member, all of it ACTIVE. */
function balanced(bed: LoadBalancingBed): { pool: string; vip: string; member: string } {
  const pool = bed.pool();
  const vip = bed.vip(pool);
  const member = bed.member(pool, "10.0.0.21");
  bed.kernel.settle();
  return { pool, vip, member };
}

describe("an agent of load balancing", () => {
  it("reports to the plugin of its own by casts, and says what it can do", () => {
    const bed = new LoadBalancingBed();
    const { id } = bed.agent();
    const reports = bed
      .of<{ kind: "rpc.cast"; topic: string; method: string }>("rpc.cast")
      .filter(({ method }) => method === "report_state");
    expect(reports.map(({ topic }) => topic)).toEqual(["n-lbaas-plugin"]);
    expect(bed.calls()).toEqual(["get_ready_devices"]);
    expect(bed.show(`agents/${id}`, bed.adminToken)).toMatchObject({
      agent_type: "Loadbalancer agent",
      binary: "neutron-lbaas-agent",
      topic: "n-lbaas_agent",
      host: "net1",
      alive: true,
      configurations: { device_drivers: ["haproxy_ns"], instances: 0 },
    });
  });

  it("does nothing for a pool without an address, asks for the whole of every other change, and says how it went", () => {
    const bed = new LoadBalancingBed();
    const { id: agent } = bed.agent();
    const pool = bed.pool();
    bed.kernel.settle();
    expect(bed.casts()).toEqual(["create_pool net1"]);
    expect(bed.calls().slice(1)).toEqual(["update_status"]);
    expect(bed.namespaces.all).toEqual([]);
    const vip = bed.vip(pool);
    bed.kernel.settle();
    expect(bed.calls().slice(2)).toEqual(["get_logical_device", "plug_vip_port", "update_status"]);
    const { address } = bed.look(`vips/${vip}`);
    const [space] = bed.namespaces.all;
    expect([space?.name, space?.gateway, space?.interfaces]).toEqual([
      `qlbaas-${pool}`,
      true,
      [{ network: bed.own, addresses: [address] }],
    ]);
    const member = bed.member(pool, "10.0.0.21");
    const monitor = bed.monitor();
    const associated = bed.told("POST", `pools/${pool}/health_monitors`, {
      health_monitor: { id: monitor },
    });
    expect([associated, bed.status(`vips/${vip}`)]).toEqual(["201", "ACTIVE"]);
    bed.kernel.settle();
    // The port is plugged once.
    expect(bed.calls().filter((method) => method === "plug_vip_port")).toHaveLength(1);
    expect(bed.casts().slice(2)).toEqual(["create_member net1", "create_pool_health_monitor net1"]);
    expect(bed.status(`members/${member}`)).toBe("ACTIVE");
    expect(bed.look(`pools/${pool}`)).toMatchObject({
      status: "ACTIVE",
      health_monitors_status: [{ monitor_id: monitor, status: "ACTIVE", status_description: null }],
    });
    bed.put(`lb/health_monitors/${monitor}`, { health_monitor: { delay: 60 } });
    bed.put(`lb/members/${member}`, { member: { weight: 5 } });
    bed.put(`lb/pools/${pool}`, { pool: { name: "web" } });
    bed.put(`lb/vips/${vip}`, { vip: { connection_limit: 100 } });
    bed.kernel.settle();
    expect(bed.casts().slice(4)).toEqual([
      "update_pool_health_monitor net1",
      "update_member net1",
      "update_pool net1",
      "update_vip net1",
    ]);
    const all = [`members/${member}`, `pools/${pool}`, `vips/${vip}`];
    expect(all.map((path) => bed.status(path))).toEqual(["ACTIVE", "ACTIVE", "ACTIVE"]);
    expect(bed.ask("GET", `/v2.0/agents/${agent}/loadbalancer-pools`, bed.adminToken).body).toEqual(
      { pools: [bed.look(`pools/${pool}`)] },
    );
    expect(
      bed.ask("GET", `/v2.0/lb/pools/${pool}/loadbalancer-agent`, bed.adminToken).body,
    ).toMatchObject({ agent: { id: agent, host: "net1", alive: true } });
    expect(bed.told("GET", `pools/${pool}/loadbalancer-agent`)).toMatch(/^403 /);
    for (const path of [`members/${member}`, `vips/${vip}`, `pools/${pool}`]) {
      expect(bed.told("DELETE", path)).toBe("204");
    }
    bed.kernel.settle();
    expect(bed.casts().slice(8)).toEqual([
      "delete_member net1",
      "delete_vip net1",
      "delete_pool net1",
    ]);
    expect(bed.namespaces.all).toEqual([]);
    expect(bed.ask("GET", `/v2.0/lb/pools/${pool}/loadbalancer-agent`, bed.adminToken).body).toBe(
      null,
    );
  });

  it("says every ten seconds what went through and who answers", () => {
    const bed = new LoadBalancingBed();
    bed.agent();
    const { member, pool } = balanced(bed);
    bed.database.members.update(member, { status: "INACTIVE" });
    const before = bed.calls().length;
    bed.wait(seconds(30));
    const said = bed.calls().slice(before);
    expect(new Set(said)).toEqual(new Set(["update_pool_stats"]));
    expect(said.length).toBe(3);
    expect(bed.status(`members/${member}`)).toBe("ACTIVE");
    expect(bed.database.poolStatistics.get(pool)).toMatchObject({ bytes_in: 0 });
  });

  it("is told once it is disabled, and drops its pools; enabled again, it asks for them within a minute (test_agent_disabled)", () => {
    const bed = new LoadBalancingBed();
    const { id } = bed.agent();
    const { pool } = balanced(bed);
    bed.put(`agents/${id}`, { agent: { admin_state_up: false } }, bed.adminToken);
    bed.kernel.settle();
    expect(bed.casts().slice(3)).toEqual(["agent_updated net1"]);
    expect(bed.calls().slice(-2)).toEqual(["unplug_vip_port", "pool_destroyed"]);
    expect(bed.namespaces.all).toEqual([]);
    // Nobody takes note of it.
    expect(bed.status(`pools/${pool}`)).toBe("ACTIVE");
    bed.put(`agents/${id}`, { agent: { admin_state_up: true } }, bed.adminToken);
    bed.wait(seconds(70));
    expect(bed.namespaces.all.map(({ name }) => name)).toEqual([`qlbaas-${pool}`]);
  });
});

describe("a pool whose agent has died", () => {
  it("goes on, takes what is asked and stays PENDING, and has it all when the agent is back", () => {
    const bed = new LoadBalancingBed();
    const { env, process } = bed.agent();
    const { pool, vip } = balanced(bed);
    bed.crash(process, env);
    const haproxy = bed.namespaces.all[0]?.daemon;
    expect(haproxy).toBeDefined();
    const member = bed.member(pool, "10.0.0.22");
    bed.wait(seconds(100));
    expect(bed.status(`members/${member}`)).toBe("PENDING_CREATE");
    // It is not given to anybody else, and new pools find nobody.
    bed.agent("net2");
    expect(bed.casts().at(-1)).toBe("create_member net1");
    bed.pool();
    expect(bed.casts().at(-1)).toBe("create_pool net2");
    const plugged = bed.calls().filter((method) => method === "plug_vip_port").length;
    bed.agent("net1");
    expect(bed.status(`members/${member}`)).toBe("ACTIVE");
    expect(bed.status(`vips/${vip}`)).toBe("ACTIVE");
    // The same HAProxy with a new configuration: nothing was plugged again.
    expect(bed.namespaces.all[0]?.daemon).toBe(haproxy);
    expect(bed.calls().filter((method) => method === "plug_vip_port")).toHaveLength(plugged);
  });

  it("can be deleted; the agent removes what is left when it starts (test_remove_orphans)", () => {
    const bed = new LoadBalancingBed();
    const { env, process } = bed.agent();
    const { pool, vip } = balanced(bed);
    bed.crash(process, env);
    for (const path of [`vips/${vip}`, `pools/${pool}`]) {
      expect(bed.told("DELETE", path)).toBe("204");
    }
    expect(bed.namespaces.all).toHaveLength(1);
    bed.agent("net1");
    expect(bed.namespaces.all).toEqual([]);
  });

  it("has no agent at all once that was deleted", () => {
    const bed = new LoadBalancingBed();
    const { env, id, process } = bed.agent();
    const { pool } = balanced(bed);
    bed.crash(process, env);
    expect(bed.said("DELETE", `agents/${id}`)).toBe("204");
    expect(bed.told("PUT", `pools/${pool}`, { pool: { name: "x" } })).toBe(
      `404 NoActiveLbaasAgent: No active loadbalancer agent found for pool ${pool}.`,
    );
    expect(bed.status(`pools/${pool}`)).toBe("PENDING_UPDATE");
  });
});

describe("what goes wrong", () => {
  it("of a device driver that the agent has not, the pool is an ERROR", () => {
    const bed = new LoadBalancingBed();
    const { env } = bed.agent();
    const pool = bed.pool();
    bed.kernel.settle();
    const rpc = clientOf(lbaasAgentApi, new RpcClient(bed.serverEnv.bus, neutronSerializer));
    const args = { pool: { id: pool }, driver_name: "other" };
    bed.run(rpc.prepare({ server: env.host }).create_pool(adminContext(bed.serverEnv), args));
    bed.kernel.settle();
    expect(bed.status(`pools/${pool}`)).toBe("ERROR");
  });

  it("of a change to a pool that it does not know, it says nothing but to its log (DeviceNotFoundOnAgent)", () => {
    const bed = new LoadBalancingBed();
    const { env } = bed.agent();
    const rpc = clientOf(lbaasAgentApi, new RpcClient(bed.serverEnv.bus, neutronSerializer));
    const args = { member: { id: "m", pool_id: "unknown" } };
    bed.run(rpc.prepare({ server: env.host }).create_member(adminContext(bed.serverEnv), args));
    bed.kernel.settle();
    expect(bed.calls()).toEqual(["get_ready_devices"]);
    expect(bed.logged("error")).toContain(
      "Exception during message handling of create_member: DeviceNotFoundOnAgent: An unknown exception occurred.",
    );
  });

  it("of a server that does not answer, it asks again after a minute (test_sync_state_exception)", () => {
    const bed = new LoadBalancingBed();
    const first = bed.agent();
    const { pool } = balanced(bed);
    bed.crash(first.process, first.env);
    bed.crash(bed.server, bed.serverEnv);
    bed.namespaces.powerLost("net1");
    bed.agent();
    expect(bed.logged("error").at(-1)).toMatch(
      /^Unable to retrieve ready devices: MessagingTimeout/,
    );
    bed.server = bed.start(neutronServer(bed.env("neutron-server"), bed.database));
    bed.wait(seconds(75));
    expect(bed.namespaces.all.map(({ name }) => name)).toEqual([`qlbaas-${pool}`]);
  });
});
