/** Coming back from being shelved: nova §2.5. */
import { describe, expect, it } from "vitest";
import { failNext } from "../../../hardware/fake-failures.js";
import type { ComputeBed } from "./bed.js";
import { SNAPSHOT } from "./fake-images.js";
import { active, shelve, unshelve } from "./shelving.js";
import { IMAGE, uuid } from "../bed.js";

describe("unshelving an offloaded server", () => {
  function back(prepare: (bed: ComputeBed) => void = () => {}) {
    const { bed } = active();
    shelve(bed);
    const second = bed.startCompute("c2");
    prepare(bed);
    second.network.asked.length = 0;
    return { bed, second };
  }

  it("nova §2.5: rebinds the ports, spawns from the image, deletes it", () => {
    const { bed, second } = back();
    unshelve(bed, "c2");
    expect(bed.states().slice(-2)).toEqual(["shelved_offloaded/spawning", "active/NULL"]);
    expect(bed.stored(1)).toMatchObject({ host: "c2", node: "c2", image_ref: IMAGE });
    expect(second.network.asked).toEqual(["bind to c2", "read@c2"]);
    expect(bed.images.asked).toEqual([`GET ${SNAPSHOT}`, `DELETE ${SNAPSHOT}`]);
    expect(bed.notified()).toEqual([
      "compute.instance.unshelve.start",
      "compute.instance.unshelve.end",
    ]);
  });

  it("nova §2.5: the key of the server is not touched", () => {
    const { bed } = active();
    bed.db.instances.update(uuid(1), { key_data: "ssh-rsa AAAA", auto_disk_config: true });
    shelve(bed);
    bed.startCompute("c2");
    unshelve(bed, "c2");
    expect(bed.stored(1)).toMatchObject({ key_data: "ssh-rsa AAAA", auto_disk_config: true });
  });

  it("nova §2.5: a failure keeps it offloaded, with the failed host on its row", () => {
    const { bed, second } = back();
    failNext(second.hypervisor, "spawn", 1, "qemu would not");
    unshelve(bed, "c2");
    expect(bed.stored(1)).toMatchObject({
      vm_state: "shelved_offloaded",
      task_state: null,
      host: "c2",
    });
    expect(bed.db.instance_faults.find().map(({ message }) => message)).toEqual(["qemu would not"]);
    expect(bed.images.images.has(SNAPSHOT)).toBe(true);
  });
});
