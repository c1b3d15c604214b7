import { describe, expect, it } from "vitest";
import { minutes } from "../../../../src/kernel/index.js";
import { ApiBed, NOWHERE } from "./bed.js";

const NOTIFY = { notification_driver: ["messaging"] };

const events = (bed: ApiBed): string[] =>
  bed
    .of<{ kind: "notification"; event_type: string; actor: string }>("notification")
    .map(({ event_type }) => event_type);

/** Of what servers use. The group `default`, once made, counts for ever. */
const usage = (bed: ApiBed): string[] =>
  bed.db.quota_usages
    .find()
    .filter(({ resource }) => resource !== "security_groups")
    .map(({ resource, in_use, reserved }) => `${resource} ${in_use} ${reserved}`);

describe("DELETE /servers/{id} (nova §3.2)", () => {
  it("casts terminate_instance to a host that is up, with the quota to give back", () => {
    const bed = new ApiBed();
    bed.service({ host: "c1" });
    const id = bed.active();
    expect(bed.ask("DELETE", `/servers/${id}`).status).toBe(204);
    const [cast] = bed.castings();
    expect(bed.casts()).toEqual(["terminate_instance@compute.c1"]);
    expect(cast?.version).toBe("3.22");
    expect(cast?.args["reservations"]).toHaveLength(3);
    expect(bed.db.instances.get(id)).toMatchObject({ task_state: "deleting", vm_state: "active" });
    expect(bed.db.instance_actions.find({ instance_uuid: id }).map(({ action }) => action)).toEqual(
      ["create", "delete"],
    );
    // Given back only once the host says that it is gone.
    expect(usage(bed)).toEqual(["instances 1 0", "cores 1 0", "ram 512 0"]);
  });

  it("does nothing more for a server that is being deleted already", () => {
    const bed = new ApiBed();
    bed.service({ host: "c1" });
    const id = bed.active({ task_state: "deleting" });
    expect(bed.ask("DELETE", `/servers/${id}`).status).toBe(204);
    expect(bed.casts()).toEqual([]);
    expect(bed.db.reservations.find()).toEqual([]);
    expect(bed.db.instance_actions.find({ instance_uuid: id })).toHaveLength(1);
  });

  it("without a host: deletes the row itself and leaves ports and disks behind", () => {
    const bed = new ApiBed(NOTIFY);
    const id = bed.booted();
    bed.asked.length = 0;
    bed.forget();
    expect(bed.ask("DELETE", `/servers/${id}`).status).toBe(204);
    expect(bed.db.instances.getAny(id)).toMatchObject({ deleted: 1, vm_state: "building" });
    expect(events(bed)).toEqual(["compute.instance.delete.start", "compute.instance.delete.end"]);
    expect([bed.casts(), bed.asked]).toEqual([[], []]);
    expect(bed.db.block_device_mapping.find({ instance_uuid: id })).toHaveLength(1);
    expect(bed.db.instance_actions.find({ instance_uuid: id }).map(({ action }) => action)).toEqual(
      ["create"],
    );
    expect(usage(bed)).toEqual(["instances 0 0", "cores 0 0", "ram 0 0"]);
    expect(bed.ask("GET", `/servers/${id}`).status).toBe(404);
  });

  it("on a host that is down: does the host's work, but for the guest", () => {
    const bed = new ApiBed(NOTIFY);
    bed.service({ host: "c1" });
    bed.wait(minutes(2));
    const id = bed.active();
    bed.asked.length = 0;
    bed.ask("DELETE", `/servers/${id}`);
    expect(bed.casts()).toEqual([]);
    expect(bed.asked).toEqual(["deallocate_for_instance"]);
    expect(bed.db.instances.getAny(id)).toMatchObject({
      deleted: 1,
      vm_state: "deleted",
      task_state: null,
    });
    expect(bed.db.block_device_mapping.find({ instance_uuid: id })).toEqual([]);
    expect(events(bed)).toEqual(["compute.instance.delete.start", "compute.instance.delete.end"]);
    expect(usage(bed)[0]).toBe("instances 0 0");
  });

  it("takes the snapshot of a shelved server along, and does not mind if that fails", () => {
    const bed = new ApiBed();
    const id = bed.active({ vm_state: "shelved_offloaded", host: null });
    const metadata = {
      ...bed.db.instance_system_metadata.get(id)?.metadata,
      shelved_image_id: NOWHERE,
    };
    bed.db.instance_system_metadata.update(id, { metadata });
    bed.asked.length = 0;
    expect(bed.ask("DELETE", `/servers/${id}`).status).toBe(204);
    expect(bed.asked).toEqual([`image delete ${NOWHERE}`]);
  });

  it("refuses a locked server to its owner", () => {
    const bed = new ApiBed();
    const id = bed.active({ locked: true });
    expect(bed.told(bed.ask("DELETE", `/servers/${id}`))).toBe(`409 Instance ${id} is locked`);
  });

  it("gives the quota of another project back to it when an administrator deletes", () => {
    const bed = new ApiBed();
    const id = bed.booted();
    bed.ask("DELETE", `/servers/${id}`, undefined, bed.admin);
    expect(bed.db.quota_usages.find({ project_id: bed.demo.project })[0]).toMatchObject({
      in_use: 0,
    });
    expect(bed.db.quota_usages.find({ project_id: bed.admin.project })).toEqual([]);
  });
});
