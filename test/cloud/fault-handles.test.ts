/** Faults in the hands of whoever let them go wrong. */
import { describe, expect, it } from "vitest";
import { Cloud } from "../../src/index.js";

const BOOT = "nova boot t1 --flavor m1.nano --image cirros";

describe("the handle of a fault", () => {
  it("counts its strikes, and is over when it is healed, once", () => {
    const cloud = new Cloud({ seed: 1, computes: 2 });
    const fault = cloud.inject({ driver: "spawn", host: "compute-1", error: "no disk", times: 9 });
    const other = cloud.inject({ driver: "spawn", host: "compute-2", error: "no disk", times: 9 });
    cloud.user("demo").command(BOOT);
    cloud.settle();
    expect([fault.strikes, other.strikes]).toEqual([1, 1]);
    expect(cloud.server("t1")?.status).toBe("ERROR");
    fault.heal();
    fault.heal();
    expect([fault.lifted, other.lifted]).toEqual([true, false]);
    const lifted = cloud.timeline.entries.filter(
      (entry) => entry.kind === "fault" && entry.event === "lifted",
    );
    expect(lifted).toHaveLength(1);
  });

  it("knows when it was healed by others", () => {
    const cloud = new Cloud({ seed: 1 });
    const fault = cloud.partition("compute-1");
    cloud.heal("cut_off");
    expect(fault.lifted).toBe(true);
  });

  it("reads as recordings and warnings have it", () => {
    const cloud = new Cloud({ seed: 1 });
    const { text } = cloud.inject({ drop: { method: "build_and_run_instance", topic: "compute" } });
    expect(text).toBe("drop build_and_run_instance on compute");
    expect(cloud.warnings()).toEqual([`this fault never struck: ${text}`]);
  });
});

describe("a partition", () => {
  it("stops one link, both ways or one, and leaves the others", () => {
    const cloud = new Cloud({ seed: 1, computes: 2 });
    const link = cloud.partition("compute-1", "nova-conductor@controller", { direction: "out" });
    cloud.advance("100s");
    const ups = () =>
      cloud
        .run(cloud.user("admin").nova.services({ binary: "nova-compute" }))
        .map(({ host, state }) => [host, state])
        .sort();
    expect(ups()).toEqual([
      ["compute-1", "down"],
      ["compute-2", "up"],
    ]);
    link.heal();
    cloud.advance("60s");
    expect(ups().map(([, state]) => state)).toEqual(["up", "up"]);
  });
});

describe("a hold", () => {
  it("keeps what comes for a topic until it is released, in order", () => {
    const cloud = new Cloud({ seed: 1 });
    const held = cloud.hold("scheduler");
    for (const name of ["t1", "t2"]) cloud.user("demo").begin(BOOT.replace("t1", name));
    cloud.advance("5s");
    expect(cloud.servers().map(({ task_state }) => task_state)).toEqual([
      "scheduling",
      "scheduling",
    ]);
    held.release();
    cloud.settle();
    expect(cloud.count("ACTIVE")).toBe(2);
  });

  it("may hold one host's alone", () => {
    const cloud = new Cloud({ seed: 1, computes: 2 });
    const held = cloud.hold("compute", { host: "compute-1" });
    for (const name of ["t1", "t2"]) cloud.user("demo").begin(BOOT.replace("t1", name));
    cloud.advance("20s");
    expect(cloud.servers({ host: "compute-2" }).every(({ status }) => status === "ACTIVE")).toBe(
      true,
    );
    held.release();
    cloud.settle();
    expect(cloud.count("ACTIVE")).toBe(2);
  });
});
