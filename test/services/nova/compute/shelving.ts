/** A server that is shelved and brought back by messages, as API and conductor send them. */
import { ComputeBed } from "./bed.js";
import { SNAPSHOT } from "./fake-images.js";

/** Server 1 is ACTIVE on c1 and is to be shelved. */
export function active(flags = {}) {
  const bed = new ComputeBed(flags);
  const host = bed.startCompute("c1");
  bed.build(bed.server());
  bed.settle();
  return { bed, host };
}

export function begin(bed: ComputeBed, task: string, action: string) {
  const instance = bed.reload();
  instance.task_state = task;
  bed.run(instance.save(bed.ctxt));
  bed.db.instance_actions.find().forEach(({ id }) => bed.db.instance_actions.softDelete(id));
  bed.action(instance.uuid, action);
  bed.images.asked.length = 0;
  bed.forget();
  return instance;
}

export function shelve(bed: ComputeBed) {
  const instance = begin(bed, "shelving", "shelve");
  const args = { instance, image_id: SNAPSHOT };
  bed.run(bed.compute.prepare({ server: "c1" }).shelve_instance(bed.ctxt, args));
  bed.settle();
}

export function unshelve(bed: ComputeBed, host = "c1") {
  const instance = begin(bed, "unshelving", "unshelve");
  const image = bed.images.images.get(SNAPSHOT) ?? null;
  const args = { instance, image, filter_properties: { limits: {} }, node: host };
  bed.run(bed.compute.prepare({ server: host }).unshelve_instance(bed.ctxt, args));
  bed.settle();
}
