/** What libvirt's driver says of the image that it makes of a guest: nova/virt/libvirt/driver.py:1600, 1637 of 2014.2. */
import { describe, expect, it } from "vitest";
import { Invalid } from "../../../../src/services/nova/exception.js";
import { ComputeBed } from "../compute/bed.js";
import { SNAPSHOT } from "../compute/fake-images.js";
import { IMAGE } from "../bed.js";

/** An active server, of an image in that format, is made an image; `gone`: its own is not to be had any more. */
function snapshot(disk_format: string, gone = false) {
  const bed = new ComputeBed();
  const base = bed.images.images.get(IMAGE)!;
  bed.images.images.set(IMAGE, { ...base, disk_format });
  bed.startCompute("c1");
  bed.build(bed.server(1, {}, { image_container_format: "ovf" }));
  bed.settle();
  const instance = bed.reload();
  instance.task_state = "image_snapshot_pending";
  bed.run(instance.save(bed.ctxt));
  if (gone) {
    const get = bed.images.get.bind(bed.images);
    bed.images.get = function* (ctxt, id) {
      if (id === IMAGE) throw new Invalid({}, "no such thing");
      return yield* get(ctxt, id);
    };
  }
  const c1 = bed.compute.prepare({ server: "c1" });
  bed.run(c1.snapshot_instance(bed.ctxt, { instance, image_id: SNAPSHOT }));
  bed.settle();
  return { bed, image: bed.images.images.get(SNAPSHOT)! };
}

describe("an image of a guest", () => {
  it.each([
    ["raw", "qcow2"],
    ["qcow2", "qcow2"],
    ["ami", "ami"],
  ])("of an image in %s is %s, as the disk is", (format, made) => {
    expect(snapshot(format).image.disk_format).toBe(made);
  });

  it("is made of what the server remembers where its own image cannot be read, which is a warning", () => {
    const { bed, image } = snapshot("qcow2", true);
    expect(image.container_format).toBe("ovf");
    expect(bed.stored(1).task_state).toBeNull();
    expect(bed.logs()).toContain(`warning: Can't access image ${IMAGE}: no such thing`);
  });
});
