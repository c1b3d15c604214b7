/**
 * A server is rebuilt here because its host is dead: what it takes for that, and that it is this host's
 * now. Nothing is claimed, and its ports stay bound where they were. Upstream: nova/compute/manager.py
 * (rebuild_instance with recreate, _check_instance_exists) at 2014.2; nova §3.5, NOV-236.
 */
import type { RequestContext } from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import {
  InstanceExists,
  InstanceRecreateNotSupported,
  InvalidSharedStorage,
  NotFound,
} from "../../exception.js";
import type { Instance } from "../../objects/instance.js";
import { getComputeInfo } from "../../objects/service/service.js";
import type { ComputeHost } from "../compute-host.js";

interface Recreation {
  readonly instance: Instance;
  readonly image_ref: string | null;
  readonly orig_image_ref: string | null;
  readonly on_shared_storage: boolean;
}

/**
 * @returns of which image it is made: none where its disk is there
 * @throws InstanceRecreateNotSupported, InstanceExists, InvalidSharedStorage
 */
export function* takeOver(
  compute: ComputeHost,
  ctxt: RequestContext,
  { instance, image_ref, orig_image_ref, on_shared_storage: shared }: Recreation,
): Op<Pick<Recreation, "image_ref" | "orig_image_ref">> {
  const { driver, host } = compute;
  if (!driver.supportsRecreate) throw new InstanceRecreateNotSupported();
  if (driver.listInstanceUuids().includes(instance.uuid)) {
    throw new InstanceExists({ name: instance.name });
  }
  if (shared !== driver.instanceOnDisk(instance)) {
    throw new InvalidSharedStorage({}, "Invalid state of instance files on shared storage");
  }
  const image = instance.image_ref;
  compute.log(
    "info",
    shared
      ? "disk on shared storage, recreating using existing disk"
      : `disk not on shared storage, rebuilding from: '${image}'`,
  );
  let node: string | null = null;
  try {
    node = (yield* getComputeInfo(compute.store, ctxt, host)).hypervisor_hostname;
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
    compute.log("error", `Failed to get compute_info for ${host}`);
  }
  instance.host = host;
  instance.node = node;
  yield* instance.save(ctxt);
  return shared ? { image_ref, orig_image_ref } : { image_ref: image, orig_image_ref: image };
}
