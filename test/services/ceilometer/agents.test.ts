/** What the agents poll, and what becomes of it when something is away. Upstream: ceilometer/tests/agentbase.py, ceilometer/tests/compute/pollsters/*.py, ceilometer/tests/test_novaclient.py at 2014.2. */
import { describe, expect, it } from "vitest";
import { minutes } from "../../../src/kernel/index.js";
import { str, type Json } from "../../../src/python/index.js";
import { TelemetryBed } from "./telemetry-bed.js";

class PollingBed extends TelemetryBed {
  constructor(options: ConstructorParameters<typeof TelemetryBed>[0] = {}) {
    super(options);
    this.cloud.user("demo").command("nova boot t1 --flavor m1.nano --image cirros");
    this.cloud.settle();
  }

  wait(minutesLong: number): void {
    const { kernel } = this.cloud;
    kernel.run(kernel.now + minutes(minutesLong));
  }

  meters(): string[] {
    return this.list("/v2/meters").map(({ name = null }) => str(name));
  }

  volumes(meter: string): Json[] {
    return this.list(`/v2/meters/${meter}`).map(({ counter_volume = null }) => counter_volume);
  }
}

describe("the compute agent", () => {
  it("measures servers every ten minutes, and how busy they are from the second time on", () => {
    const bed = new PollingBed();
    bed.wait(10);
    expect(bed.meters()).toContain("cpu");
    expect(bed.meters()).not.toContain("cpu_util");
    bed.cloud.load("t1", { cpu_percent: 80 });
    bed.wait(20);
    expect(bed.volumes("cpu_util")[0]).toBeCloseTo(80, 0);
    // One of the two sources that want it sends it on, the other makes the rate of it.
    expect(bed.volumes("cpu")).toHaveLength(3);
    const [{ resource_metadata: metadata } = {}] = bed.list("/v2/meters/instance");
    expect(metadata).toMatchObject({
      display_name: "t1",
      "flavor.name": "m1.nano",
      status: "active",
      memory_mb: "64",
      root_gb: "0",
    });
    expect(bed.list("/v2/meters/network.incoming.bytes")[0]).toMatchObject({
      counter_type: "cumulative",
      resource_metadata: { fref: "None", instance_id: bed.cloud.server("t1")?.id },
    });
  });

  it("measures nothing of a server that is shut off but that nothing was read or written", () => {
    const bed = new PollingBed();
    bed.cloud.user("demo").command("nova stop t1");
    bed.cloud.settle();
    bed.wait(10);
    expect(bed.volumes("disk.read.bytes")[0]).toBe(0);
    expect(bed.meters()).not.toContain("disk.device.read.bytes");
    expect(bed.meters()).not.toContain("network.incoming.bytes");
  });

  it("leaves a gap while Nova is away (nova-api down)", () => {
    const bed = new PollingBed();
    bed.wait(10);
    const before = bed.volumes("instance").length;
    bed.cloud.crash("nova-api@controller");
    bed.wait(10);
    bed.cloud.start("nova-api@controller");
    expect(bed.volumes("instance")).toHaveLength(before);
    bed.wait(10);
    expect(bed.volumes("instance").length).toBeGreaterThan(before);
  });
});

describe("the central agent", () => {
  it("counts images and what is stored, with nobody for a user", () => {
    const bed = new TelemetryBed({ services: ["ceilometer", "swift"] });
    const wait = () => {
      bed.cloud.kernel.run(bed.cloud.kernel.now + minutes(10));
    };
    wait();
    const [image] = bed.list("/v2/meters/image.size");
    expect(image).toMatchObject({ counter_unit: "B", user_id: null, counter_type: "gauge" });
    // Swift shows accounts of others to who has the role for it, which an operator must give.
    expect(bed.list("/v2/meters/storage.objects")).toEqual([]);
    const admin = bed.cloud.user("admin");
    expect(admin.command("keystone role-create --name ResellerAdmin").exit).toBe(0);
    const whom = "--user ceilometer --tenant service";
    expect(admin.command(`keystone user-role-add ${whom} --role ResellerAdmin`).exit).toBe(0);
    wait();
    const stored = bed.list("/v2/meters/storage.objects");
    expect(stored.length).toBeGreaterThan(1);
    expect(stored[0]).toMatchObject({ counter_volume: 0, counter_unit: "object" });
  });
});
