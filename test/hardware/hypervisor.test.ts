/** A host's hypervisor, whatever becomes of the processes on it. */
import { describe, expect, it } from "vitest";
import { Hypervisor } from "../../src/hardware/hypervisor.js";

const IMAGE = "5fa1a9a0-0000-4000-8000-000000000001";

const guest = {
  uuid: "a1b2c3d4-0000-4000-8000-000000000001",
  name: "instance-00000001",
  vcpus: 1,
  memory_mb: 512,
  disk_gb: 1,
  bytes: 0,
  powerState: 1,
} as const;

describe("a hypervisor", () => {
  it("tells whoever listens of guests that change by themselves, not of Nova's own doing", () => {
    const hypervisor = new Hypervisor("c1");
    const told: string[] = [];
    hypervisor.define(guest);
    hypervisor.listen((changed) => told.push(changed));
    hypervisor.setPowerState(guest.uuid, 4);
    hypervisor.startGuest(guest.uuid);
    expect(told).toEqual([guest.uuid]);
    expect(hypervisor.guest(guest.uuid)?.powerState).toBe(1);
  });

  it("keeps guests, switched off, and images when the host loses power", () => {
    const hypervisor = new Hypervisor("c1");
    hypervisor.define(guest);
    hypervisor.cacheImage(IMAGE, 5);
    hypervisor.powerLost();
    expect(hypervisor.guests.map(({ powerState }) => powerState)).toEqual([4]);
    expect(hypervisor.cachedImage(IMAGE)).toBe(5);
  });
});
