/**
 * nova/compute/manager.py (_poll_volume_usage, detach_volume), nova/conductor/manager.py (vol_usage_update),
 * nova/db/sqlalchemy/api.py (vol_usage_update), nova/compute/utils.py (usage_volume_info), nova/virt/libvirt/driver.py
 * (block_stats, get_all_volume_usage) at 2014.2.
 */
import { describe, expect, it } from "vitest";
import { LibvirtError } from "../../../../src/hardware/libvirt-errors.js";
import { seconds } from "../../../../src/kernel/index.js";
import type { JsonObject } from "../../../../src/python/index.js";
import { uuid } from "../bed.js";
import { VolumeBed } from "./bed.js";
import { VOLUME } from "./fake-cinder.js";

const POLLING = { volume_usage_poll_interval: 20 };

/** A server from a volume, on a host that looks every 20 s. */
function booted(flags = POLLING): VolumeBed {
  const bed = new VolumeBed(flags);
  bed.built({});
  bed.forget();
  return bed;
}

const carries = (bed: VolumeBed, rd_req: number, rd_bytes: number, wr_req = 0, wr_bytes = 0) => {
  bed.c1.hypervisor.disks.transfer(uuid(1), "vda", { rd_req, rd_bytes, wr_req, wr_bytes });
};

const usages = (bed: VolumeBed): JsonObject[] =>
  bed
    .of<{ kind: "notification"; event_type: string; payload: JsonObject }>("notification")
    .filter(({ event_type }) => event_type === "volume.usage")
    .map(({ payload }) => payload);

const sums = (usage: JsonObject | undefined) =>
  ["reads", "read_bytes", "writes", "write_bytes"].map((name) => usage?.[name]);

const row = (bed: VolumeBed) => bed.db.volume_usage_cache.first({ volume_id: VOLUME });

function stopAndStart(bed: VolumeBed): void {
  const c1 = bed.compute.prepare({ server: "c1" });
  bed.db.instances.update(uuid(1), { task_state: "powering-off" });
  bed.run(c1.stop_instance(bed.ctxt, { instance: bed.reload() }));
  bed.settle();
  bed.db.instances.update(uuid(1), { task_state: "powering-on" });
  bed.run(c1.start_instance(bed.ctxt, { instance: bed.reload() }));
  bed.settle();
}

function detach(bed: VolumeBed): void {
  const args = { instance: bed.reload(), volume_id: VOLUME };
  bed.run(bed.compute.prepare({ server: "c1" }).detach_volume(bed.ctxt, args));
  bed.settle();
}

describe("_poll_volume_usage", () => {
  it("is off without an interval (nova §8.2)", () => {
    const bed = booted({ volume_usage_poll_interval: 0 });
    bed.wait(seconds(300));
    detach(bed);
    expect(usages(bed)).toEqual([]);
    expect(row(bed)).toBeUndefined();
  });

  it("tells what each guest has read and written of each volume, for the conductor to notify of", () => {
    const bed = booted();
    carries(bed, 7, 7168, 3, 3072);
    bed.wait(seconds(21));
    expect(usages(bed).at(-1)).toEqual({
      volume_id: VOLUME,
      tenant_id: bed.reload().project_id,
      user_id: bed.reload().user_id,
      availability_zone: bed.reload().availability_zone,
      instance_id: uuid(1),
      last_refreshed: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/u) as string,
      reads: 7,
      read_bytes: 7168,
      writes: 3,
      write_bytes: 3072,
    });
    expect(row(bed)).toMatchObject({ curr_reads: 7, tot_reads: 0, tot_last_refreshed: null });
  });

  it("has a fraction of a second in its first word of a volume, which MySQL has not kept later", () => {
    const bed = new VolumeBed(POLLING);
    bed.built({});
    const times = usages(bed).map(({ last_refreshed }) => last_refreshed);
    expect(times.length).toBeGreaterThan(1);
    expect(times[0]).toMatch(/:\d\d\.\d{6}$/u);
    for (const time of times.slice(1)) expect(time).toMatch(/:\d\d$/u);
  });

  it("adds up where a guest counts from nothing again, and says so", () => {
    const bed = booted();
    carries(bed, 10, 1000);
    bed.wait(seconds(21));
    stopAndStart(bed);
    carries(bed, 1, 100);
    bed.wait(seconds(21));
    expect(sums(usages(bed).at(-1))).toEqual([11, 1100, 0, 0]);
    expect(row(bed)).toMatchObject({ tot_reads: 10, curr_reads: 1 });
    expect(bed.logs()).toContain(
      `info: Volume(${VOLUME}) has lower stats then what is in the database. ` +
        "Instance must have been rebooted or crashed. Updating totals.",
    );
  });

  it("is told nothing by a guest that is off, and logs that", () => {
    const bed = booted();
    bed.run(
      bed.compute.prepare({ server: "c1" }).stop_instance(bed.ctxt, { instance: bed.reload() }),
    );
    bed.settle();
    bed.forget();
    bed.wait(seconds(21));
    expect(usages(bed)).toEqual([]);
    expect(bed.logs()).toContain(
      `info: Getting block stats failed, device might have been detached. Instance=${bed.reload().name} ` +
        "Disk=vda Code=55 Error=Requested operation is not valid: domain is not running",
    );
  });

  it("finds nothing out by the fake driver, which counts nothing", () => {
    const bed = booted({ ...POLLING, ...{ compute_driver: "fake.FakeDriver" } });
    bed.wait(seconds(60));
    expect(usages(bed)).toEqual([]);
    detach(bed);
    expect(sums(usages(bed).at(-1))).toEqual([0, 0, 0, 0]);
  });
});

describe("detach_volume", () => {
  it("puts what the guest has counted into the sum, and nothing is left to count", () => {
    const bed = booted();
    carries(bed, 5, 500);
    bed.wait(seconds(21));
    carries(bed, 1, 100, 1, 100);
    detach(bed);
    expect(sums(usages(bed).at(-1))).toEqual([6, 600, 1, 100]);
    expect(row(bed)).toMatchObject({ tot_reads: 6, tot_writes: 1, curr_reads: 0, curr_writes: 0 });
    expect(row(bed)?.tot_last_refreshed).not.toBeNull();
  });

  it("adds what the last guest had counted, where the new one was never asked (update_totals)", () => {
    const bed = booted({ volume_usage_poll_interval: 3000 });
    bed.wait(seconds(3000));
    carries(bed, 10, 1000);
    bed.wait(seconds(3160));
    expect(row(bed)).toMatchObject({ curr_reads: 10 });
    stopAndStart(bed);
    carries(bed, 2, 200);
    detach(bed);
    expect(sums(usages(bed).at(-1))).toEqual([12, 1200, 0, 0]);
  });
});

describe("a hypervisor", () => {
  it("counts a guest's disks while it runs, and knows no others (virDomainBlockStats)", () => {
    const { hypervisor } = booted().c1;
    expect(hypervisor.disks.stats(uuid(1), "vda").rd_req).toBe(0);
    expect(() => hypervisor.disks.stats(uuid(1), "vdz")).toThrow(LibvirtError);
    expect(() => hypervisor.disks.stats(uuid(1), "vdz")).toThrow("invalid path: vdz");
    expect(() => hypervisor.disks.stats(uuid(9), "vda")).toThrow("domain is not running");
  });
});
