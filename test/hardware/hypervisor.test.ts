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
  const listened = () => {
    const hypervisor = new Hypervisor("c1");
    const told: string[] = [];
    hypervisor.listen((uuid, transition) => told.push(`${uuid === guest.uuid} ${transition}`));
    return { hypervisor, told };
  };

  // nova/virt/libvirt/driver.py:540-563 knows these four.
  it("tells whoever listens what becomes of guests, once for each change", () => {
    const { hypervisor, told } = listened();
    hypervisor.define({ ...guest, powerState: 4 });
    hypervisor.startGuest(guest.uuid);
    hypervisor.define({ ...guest, bytes: 5 });
    hypervisor.setPowerState(guest.uuid, 3);
    hypervisor.setPowerState(guest.uuid, 1);
    hypervisor.stopGuest(guest.uuid);
    hypervisor.undefine(guest.uuid);
    expect(told).toEqual(["true Started", "true Paused", "true Resumed", "true Stopped"]);
  });

  it("tells of a guest that starts paused that it started, and that it is paused", () => {
    const { hypervisor, told } = listened();
    hypervisor.define({ ...guest, powerState: 3 });
    hypervisor.undefine(guest.uuid);
    expect(told).toEqual(["true Started", "true Paused", "true Stopped"]);
  });

  it("tells on both hosts of a guest that goes from one to the other", () => {
    const [from, to] = [listened(), listened()];
    from.hypervisor.define(guest);
    from.hypervisor.moveTo(to.hypervisor, guest.uuid);
    expect(from.told).toEqual(["true Started", "true Paused", "true Stopped"]);
    expect(to.told).toEqual(["true Started", "true Resumed"]);
  });

  it("keeps guests, switched off, and images when the host loses power", () => {
    const hypervisor = new Hypervisor("c1");
    hypervisor.define(guest);
    hypervisor.images.add(IMAGE, 5);
    hypervisor.powerLost();
    expect(hypervisor.guests.map(({ powerState }) => powerState)).toEqual([4]);
    expect(hypervisor.images.bytes(IMAGE)).toBe(5);
  });
});
