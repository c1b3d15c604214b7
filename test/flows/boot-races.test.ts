/**
 * Builds that something cuts across: users who delete, operators who write, hosts that are away. The
 * rest of the failure matrix of nova §1.9, and pitfalls 10 and 21.
 */
import { describe, expect, it } from "vitest";
import { BOOT, WholeCloud } from "./bed.js";

const GONE = { instances: "0+0", cores: "0+0", ram: "0+0" };
const NOTHING_USED = Object.entries(GONE)
  .map(([resource, used]) => `${resource} ${used}`)
  .join(", ");

const compute = (whole: WholeCloud): string[] =>
  whole.notifications().filter((type) => type.startsWith("compute."));

describe("a server that is deleted before its host begins (nova §1.9)", () => {
  // The host is away, but its heartbeat is young: the message waits for it.
  const whole = new WholeCloud();
  whole.cloud.crash("nova-compute@compute-1");
  whole.type(BOOT);
  whole.type("nova delete t3");
  whole.mark();
  whole.cloud.start("nova-compute@compute-1");
  whole.rest();

  it("is not built, and nobody is told", () => {
    expect(whole.server.status).toBe("DELETED");
    expect(whole.notifications()).toEqual([]);
    expect(whole.texts().filter((text) => text.includes("neutron-server"))).toEqual([]);
    expect(whole.faults()).toEqual([]);
    expect(whole.quota()).toBe(NOTHING_USED);
  });
});

describe("a server that is deleted while it is spawned (nova §1.9)", () => {
  const whole = new WholeCloud();
  whole.type(BOOT);
  whole.until("building/spawning");
  whole.begin("nova delete t3");
  whole.rest();

  it("ends its build quietly, frees the ports and leaves the rest to terminate", () => {
    expect(compute(whole)).toEqual([
      "compute.instance.create.start",
      "compute.instance.create.end",
      "compute.instance.delete.start",
      "compute.instance.shutdown.start",
      "compute.instance.shutdown.end",
      "compute.instance.delete.end",
      // What libvirt tells of its guest's end finds it active and idle: it is stopped, although it is gone (nova/compute/manager.py:5794-5812).
      "compute.instance.power_off.start",
      "compute.instance.power_off.end",
    ]);
    expect(whole.faults()).toEqual([]);
    expect(whole.ports()).toEqual([]);
    expect(whole.quota()).toBe(NOTHING_USED);
  });

  it("counts as a build that succeeded (pitfall 26)", () => {
    expect(whole.events()).toEqual([
      "compute_build_and_run_instance Success",
      "compute_terminate_instance Success",
      "compute_stop_instance Success",
    ]);
  });
});

describe("a delete that lands between networking and block_device_mapping (pitfall 10)", () => {
  it("is erased by the unguarded save: the server is ACTIVE before it goes (nova §3.2)", () => {
    // The delete is on its way when the save is: it is stored a moment before.
    const whole = new WholeCloud();
    whole.begin(BOOT);
    whole.when("a server", () => whole.cloud.server("t3") !== undefined);
    const { id } = whole.server;
    whole.until("building/networking");
    whole.operator("instance_update", {
      instance_uuid: id,
      updates: { task_state: "deleting" },
      service: "conductor",
    });
    whole.rest();
    expect(whole.states().slice(2)).toEqual([
      "building/networking",
      "building/deleting",
      "building/block_device_mapping",
      "building/spawning",
      "active/-",
    ]);
  });
});

describe("a task state that somebody else has written (nova §1.9)", () => {
  const meddled = (at: string, task: string): WholeCloud => {
    const whole = new WholeCloud({ computes: 2 });
    whole.begin(BOOT);
    whole.when("a server", () => whole.cloud.server("t3") !== undefined);
    const { id } = whole.server;
    whole.until(at);
    whole.operator("instance_update", {
      instance_uuid: id,
      updates: { task_state: task },
      service: "conductor",
    });
    whole.rest();
    return whole;
  };

  it("before the network is allocated, ends the build in error, and is overwritten at the end", () => {
    const whole = meddled("building/-", "rebooting");
    // The save that was refused is still to be made, and the clean-up's save makes it.
    expect(whole.state).toBe("error/networking");
    expect(whole.attempts()).toEqual(["compute-1"]);
    expect(whole.faults()).toEqual([
      expect.stringMatching(/aborted: Unexpected task state: expecting .* but the actual state/),
    ]);
    expect(compute(whole)).toEqual([
      "compute.instance.create.start",
      "compute.instance.create.error",
    ]);
    expect(whole.events()).toEqual(["compute_build_and_run_instance Success"]);
  });

  it("`deleting`, before the network is allocated, ends it without a fault or an error", () => {
    const whole = meddled("building/-", "deleting");
    expect(whole.attempts()).toEqual(["compute-1"]);
    expect(whole.faults()).toEqual([]);
    expect(compute(whole)).toEqual([
      "compute.instance.create.start",
      "compute.instance.create.end",
    ]);
  });
});

describe("an image that cannot be fetched (nova §1.9, other-services §11.7)", () => {
  const whole = new WholeCloud({ computes: 2 });
  whole.begin(BOOT);
  whole.untilSaid(/cast build_instances/);
  whole.cloud.crash("glance-api@controller");
  whole.rest();

  it("is re-scheduled with its port until no host is left", () => {
    expect(whole.attempts()).toEqual(["compute-1", "back", "compute-2", "back"]);
    expect(whole.state).toBe("error/-");
    expect(whole.faults()).toEqual(["500 No valid host was found. "]);
    expect(whole.ports()).toEqual(["compute-1 ovs DOWN"]);
    expect(whole.texts().filter((text) => text.includes("POST /v2.0/ports"))).toHaveLength(1);
  });
});

describe("a host that crashes in mid-build (pitfall 21, nova §3.6)", () => {
  const whole = new WholeCloud({ computes: 2 });
  whole.type(BOOT);
  whole.until("building/spawning");
  whole.pass(1);
  whole.cloud.crash("nova-compute@compute-1");
  whole.pass(300);

  it("has lost the message for ever: it was acknowledged before it was handled", () => {
    expect(whole.state).toBe("building/spawning");
    expect(whole.attempts()).toEqual(["compute-1"]);
    expect(whole.events()).toEqual(["compute_build_and_run_instance -"]);
  });

  it("puts the server into error/- when it is back, and keeps its port", () => {
    whole.cloud.start("nova-compute@compute-1");
    whole.rest();
    expect(whole.state).toBe("error/-");
    expect(whole.faults()).toEqual([]);
    expect(whole.ports()).toHaveLength(1);
  });
});

describe("a conductor that dies while the scheduler thinks (pitfall 21)", () => {
  it("loses the build: it stays building/scheduling, and its quota is used", () => {
    const whole = new WholeCloud();
    whole.begin(BOOT);
    whole.untilSaid(/call select_destinations/);
    whole.cloud.crash("nova-conductor@controller");
    whole.cloud.start("nova-conductor@controller");
    whole.pass(600);
    expect(whole.state).toBe("building/scheduling");
    expect(whole.quota()).toBe("instances 1+0, cores 1+0, ram 64+0");
  });
});
