/**
 * The API's part of shelving, once the task is noted: an image for the disk, then over to a host or
 * to the conductor. Quota is not touched. Upstream: nova/compute/api.py (shelve, unshelve,
 * is_volume_backed_instance) at 2014.2; nova §2.1.
 */
import type { RequestContext } from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import { computeHost } from "../../compute/rpcapi.js";
import { blockDevices } from "../../db/block-devices.js";
import type { Instance } from "../../objects/instance.js";
import type { NovaApp } from "../app.js";
import { createImage } from "./snapshots/image.js";

export function* shelve(app: NovaApp, ctxt: RequestContext, instance: Instance): Op<void> {
  if (isVolumeBacked(app, instance)) {
    const compute = app.computeRpc.prepare({ server: computeHost(instance) });
    yield* compute.shelve_offload_instance(ctxt, { instance });
    return;
  }
  // If Glance fails here the task stays as it is; upstream has nothing that would undo it.
  const name = `${instance.display_name}-shelved`;
  const image = yield* createImage(app, ctxt, instance, { name, type: "snapshot" });
  const compute = app.computeRpc.prepare({ server: computeHost(instance) });
  yield* compute.shelve_instance(ctxt, { instance, image_id: image.id });
}

export function* unshelve(app: NovaApp, ctxt: RequestContext, instance: Instance): Op<void> {
  yield* app.computeTask.unshelve_instance(ctxt, { instance });
}

/** Whether its root disk is a volume. */
export function isVolumeBacked(app: NovaApp, instance: Instance): boolean {
  if (instance.image_ref === "") return true;
  const { objects: devices } = blockDevices(app.db, app.store, instance.uuid);
  const root = devices.find(({ boot_index }) => boot_index === 0);
  return root?.isVolume ?? false;
}
