/**
 * The API's part of a rebuild, of a request that is read already: what the new image says is written to
 * the row, at first without what is remembered of its properties. Upstream: nova/compute/api.py (rebuild)
 * at 2014.2; nova §3.1, nova-actions NOV-233.
 */
import type { RequestContext } from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import { boolFromString } from "../../../../python/index.js";
import { blockDevices } from "../../db/block-devices.js";
import { actionStart } from "../../db/instances/instance-actions.js";
import type { ImageMeta } from "../../image/image-meta.js";
import { systemMetadataFromImage } from "../../image/system-metadata.js";
import type { Instance, SystemMetadata } from "../../objects/instance.js";
import * as task from "../../states/task-states.js";
import { noteTask } from "../actions/action.js";
import type { NovaApp } from "../app.js";
import { shown } from "../input.js";
import {
  checkAutoDiskConfig,
  checkInjectedFiles,
  checkRequestedImage,
  kernelAndRamdisk,
  propertiesOf,
} from "../server-create/base-options.js";
import type { RebuildForm } from "../actions/rebuild-form.js";
import { checkMetadata } from "./metadata.js";

/** @throws what is wrong with image, metadata or files; UnexpectedTaskStateError */
export function* rebuild(
  app: NovaApp,
  ctxt: RequestContext,
  instance: Instance,
  form: RebuildForm,
): Op<void> {
  const orig_image_ref = instance.image_ref;
  const image = yield* app.images.get(ctxt, form.image);
  checkAutoDiskConfig(image, form.changes.auto_disk_config ?? null);
  const metadata = checkMetadata(app.quotas, ctxt, form.metadata ?? {});
  checkInjectedFiles(app.quotas, ctxt, form.files);
  checkRequestedImage(form.image, image, instance.flavor());
  const { kernel_id, ramdisk_id } = yield* kernelAndRamdisk(app, ctxt, image);
  Object.assign(instance, inherited(image, form.changes.auto_disk_config ?? null), {
    image_ref: form.image,
    kernel_id,
    ramdisk_id,
    ...form.changes,
    ...(form.metadata !== undefined && { metadata }),
  });
  const state = task.REBUILDING;
  yield* noteTask(app, ctxt, instance, { state, record: null, progress: 0 });
  const orig_sys_metadata = yield* resetImageMetadata(ctxt, instance, image);
  const bdms = blockDevices(app.db, app.store, instance.uuid);
  actionStart(app.db, ctxt, instance.uuid, "rebuild");
  yield* app.computeTask.rebuild_instance(ctxt, {
    instance,
    new_pass: form.password,
    injected_files: form.files.map(([path, contents]) => [shown(path), contents]),
    image_ref: form.image,
    orig_image_ref,
    orig_sys_metadata,
    bdms,
    recreate: false,
    on_shared_storage: false,
    preserve_ephemeral: form.preserveEphemeral,
    host: instance.host,
  });
}

/** `_inherit_properties_from_image`. @throws AutoDiskConfigDisabledByImage */
function inherited(
  image: ImageMeta,
  wanted: boolean | null,
): Pick<Instance, "os_type" | "architecture" | "vm_mode" | "auto_disk_config"> {
  const { os_type, architecture, vm_mode, auto_disk_config } = propertiesOf(image);
  return {
    os_type: os_type ?? null,
    architecture: architecture ?? null,
    vm_mode: vm_mode ?? null,
    auto_disk_config: wanted ?? boolFromString(auto_disk_config),
  };
}

/** What is remembered of the old image goes. @returns all that was remembered */
function* resetImageMetadata(
  ctxt: RequestContext,
  instance: Instance,
  image: ImageMeta,
): Op<SystemMetadata> {
  const before = instance.system_metadata;
  const kept = Object.entries(before).filter(([key]) => !key.startsWith("image_"));
  const { root_gb } = instance.flavor();
  instance.system_metadata = {
    ...Object.fromEntries(kept),
    ...systemMetadataFromImage(image, root_gb),
  };
  yield* instance.save(ctxt);
  return before;
}
