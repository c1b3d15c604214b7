/**
 * Neutron among services that are down: old reports of agents, events that Nova does not take, a delete
 * that Neutron cannot do. Upstream: neutron/db/agents_db.py (AgentExtRpcCallback), notifiers/nova.py,
 * nova/compute/manager.py (_shutdown_instance) at 2014.2.
 */
import { describe, expect, it } from "vitest";
import { Cloud } from "../../../src/cloud/cloud.js";
import { seconds } from "../../../src/kernel/index.js";
import { neutronServer } from "../../../src/services/neutron/api/server.js";
import { NeutronBed } from "./bed.js";

const BOOT = "nova boot t1 --flavor m1.nano --image cirros --nic net-id=private";

describe("a report of before the server's start (other-services §3.8)", () => {
  it("is dropped when the server comes to it", () => {
    const bed = new NeutronBed();
    const { agent, env } = bed.host("c1");
    const row = () => bed.database.agents.first({ host: "c1" });
    bed.crash(bed.server, bed.serverEnv);
    // One more report, which waits in the queue; then the agent is dead.
    bed.wait(seconds(40));
    bed.crash(agent, env);
    const before = row()?.heartbeat_timestamp;
    bed.start(neutronServer(bed.env("neutron-server"), bed.database));
    bed.kernel.settle();
    expect(row()?.heartbeat_timestamp).toBe(before);
  });
});

describe("an event that Nova does not take (other-services §11.7 row 6)", () => {
  it("is not sent twice: the port is ACTIVE, and the server in ERROR after 300 s", () => {
    const cloud = new Cloud();
    const path = "/v2/*/os-server-external-events";
    cloud.inject({ answer: { status: 503, path } });
    const began = cloud.kernel.now;
    cloud.user("demo").command(BOOT);
    cloud.settle();
    const sent = cloud.timeline.entries.filter(
      (entry) => entry.kind === "rest.request" && entry.path.endsWith("external-events"),
    );
    expect(sent).toHaveLength(1);
    expect(cloud.server("t1")).toMatchObject({ status: "ERROR", task_state: "spawning" });
    expect(cloud.kernel.now - began).toBeGreaterThan(seconds(300));
  });
});

describe("Neutron that fails while a server is deleted (other-services §11.7 row 7)", () => {
  it("leaves it in ERROR without a task; a second delete is one, and leaves no port", () => {
    const cloud = new Cloud();
    const demo = (line: string) => cloud.user("demo").command(line);
    demo(BOOT);
    cloud.settle();
    cloud.inject({ answer: { status: 503, method: "DELETE", path: "/v2.0/ports/*" } });
    demo("nova delete t1");
    cloud.settle();
    expect(cloud.server("t1")).toMatchObject({ status: "ERROR", task_state: null });
    demo("nova delete t1");
    cloud.settle();
    expect(cloud.server("t1")?.status).toBe("DELETED");
    expect(cloud.user("admin").command("neutron port-list -c device_owner").stdout).not.toContain(
      "compute:",
    );
  });
});
