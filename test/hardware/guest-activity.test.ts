/** What a guest does, and what is counted of it. */
import { describe, expect, it } from "vitest";
import { Hypervisor } from "../../src/hardware/hypervisor.js";

const guest = {
  uuid: "a1b2c3d4-0000-4000-8000-000000000001",
  name: "instance-00000001",
  vcpus: 2,
  memory_mb: 512,
  disk_gb: 1,
  bytes: 0,
  powerState: 1,
} as const;

const SECOND = 1_000_000;

describe("the counters of a guest", () => {
  it("are its load times the time for which it has run", () => {
    const clock = { now: 0 };
    const hypervisor = new Hypervisor("c1", {}, clock);
    hypervisor.define(guest);
    hypervisor.setLoad(guest.uuid, { cpu_percent: 50, disk_read_bytes: 8192, net_in_bytes: 1200 });
    clock.now = 10 * SECOND;
    expect(hypervisor.counters(guest.uuid)).toMatchObject({
      cpu_ns: 10_000_000_000,
      disk: { rd_bytes: 81_920, rd_req: 20 },
      net: { rx_bytes: 12_000, rx_packets: 100 },
    });
    hypervisor.setLoad(guest.uuid, { cpu_percent: 100 });
    clock.now = 11 * SECOND;
    expect(hypervisor.counters(guest.uuid)?.cpu_ns).toBe(12_000_000_000);
  });

  it("stand still while it is paused, and begin anew when it was switched off", () => {
    const clock = { now: 0 };
    const hypervisor = new Hypervisor("c1", {}, clock);
    hypervisor.define(guest);
    clock.now = SECOND;
    hypervisor.setPowerState(guest.uuid, 3);
    clock.now = 5 * SECOND;
    expect(hypervisor.counters(guest.uuid)?.cpu_ns).toBe(40_000_000);
    hypervisor.setPowerState(guest.uuid, 4);
    expect(hypervisor.counters(guest.uuid)?.cpu_ns).toBe(0);
    hypervisor.setPowerState(guest.uuid, 1);
    clock.now = 6 * SECOND;
    expect(hypervisor.counters(guest.uuid)?.cpu_ns).toBe(40_000_000);
  });

  it("are none of a guest that is not there", () => {
    const hypervisor = new Hypervisor("c1");
    hypervisor.setLoad(guest.uuid, { cpu_percent: 50 });
    expect(hypervisor.counters(guest.uuid)).toBeUndefined();
  });
});
