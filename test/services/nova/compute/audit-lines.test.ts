/**
 * What is logged for the auditor (LOG.audit) of servers and their volumes: nova/compute/manager.py,
 * nova/api/openstack/compute/contrib/volumes.py, server_external_events.py at 2014.2.
 */
import { describe, expect, it } from "vitest";
import { seconds } from "../../../../src/kernel/index.js";
import { ApiBed, NOWHERE } from "../api/bed.js";
import { VolumeApiBed } from "../api/volume-bed.js";
import type { TestBed } from "../../bed.js";
import { VolumeBed } from "../volume/bed.js";
import { VOLUME } from "../volume/fake-cinder.js";

const info = (bed: TestBed): string[] =>
  bed
    .of<{ kind: "log"; level: string; message: string }>("log")
    .filter(({ level }) => level === "info")
    .map(({ message }) => message);

describe("the host logs", () => {
  it("that a build begins, and that a server is taken down", () => {
    const bed = new VolumeBed();
    bed.built({});
    expect(info(bed)).toEqual([
      "Starting instance...",
      // nova/compute/claims.py:152-167 (2014.2).
      "Attempting claim: memory 512 MB, disk 1 GB",
      "Total memory: 16384 MB, used: 512.00 MB",
      "memory limit: 16384.00 MB, free: 15872.00 MB",
      "Total disk: 200 GB, used: 0.00 GB",
      "disk limit not specified, defaulting to unlimited",
      "Claim successful",
      `Booting with volume ${VOLUME} at /dev/vda`,
      // nova/virt/libvirt/driver.py:2629, :2942, nova/compute/manager.py:1075 (2014.2).
      "Creating image",
      "Instance spawned successfully.",
      "VM Started (Lifecycle Event)",
    ]);
    bed.terminate();
    bed.settle();
    // nova/virt/libvirt/driver.py:1028, :6280-6297, nova/compute/manager.py:5781 (2014.2).
    expect(info(bed).slice(11)).toEqual([
      "Terminating instance",
      "Instance destroyed successfully.",
      "VM Stopped (Lifecycle Event)",
      expect.stringMatching(/^Deleting instance files .*_del$/),
      expect.stringMatching(/^Deletion of .*_del complete$/),
      "During sync_power_state the instance has a pending task (deleting). Skip.",
    ]);
  });
});

describe("nova-api logs", () => {
  it("which volume is to be attached where, and which detached, before the server is looked up", () => {
    const bed = new VolumeApiBed();
    const id = bed.guest();
    const at = (server: string) => `/servers/${server}/os-volume_attachments`;
    bed.ask("POST", at(id), { volumeAttachment: { volumeId: VOLUME, device: "/dev/vdc" } });
    bed.wait(seconds(10));
    bed.ask("POST", at(NOWHERE), { volumeAttachment: { volumeId: VOLUME } });
    const here = { server_id: id, device: "/dev/vdc" };
    bed.cinder.put(VOLUME, { status: "in-use", attachments: [here] });
    bed.ask("DELETE", `${at(id)}/${VOLUME}`);
    bed.wait(seconds(10));
    expect(info(bed).filter((line) => line.includes(VOLUME))).toEqual([
      `Attach volume ${VOLUME} to instance ${id} at /dev/vdc`,
      expect.stringMatching(`^Attaching volume ${VOLUME} to /dev/vd`),
      `Attach volume ${VOLUME} to instance ${NOWHERE} at None`,
      `Detach volume ${VOLUME}`,
      expect.stringMatching(`^Detach volume ${VOLUME} from mountpoint /dev/vd`),
    ]);
  });

  it("what is asked of volumes and snapshots", () => {
    const bed = new VolumeApiBed();
    bed.ask("POST", "/os-volumes", { volume: { size: 3 } });
    bed.ask("POST", "/os-snapshots", { snapshot: { volume_id: VOLUME } });
    bed.ask("DELETE", `/os-snapshots/${NOWHERE}`);
    bed.ask("DELETE", `/os-volumes/${VOLUME}`);
    expect(info(bed)).toEqual([
      "Create volume of 3 GB",
      `Create snapshot from volume ${VOLUME}`,
      `Delete snapshot with id: ${NOWHERE}`,
      `Delete volume with id: ${VOLUME}`,
    ]);
  });

  it("events of servers that are on a host, and no others", () => {
    const bed = new ApiBed();
    const server_uuid = bed.active();
    const events = [
      { server_uuid, name: "network-vif-plugged", tag: "p" },
      { server_uuid, name: "network-changed" },
      { server_uuid: NOWHERE, name: "network-changed" },
    ];
    bed.ask("POST", "/os-server-external-events", { events }, bed.admin);
    expect(info(bed)).toEqual([
      `Creating event network-vif-plugged:p for instance ${server_uuid}`,
      `Creating event network-changed:None for instance ${server_uuid}`,
    ]);
  });
});
