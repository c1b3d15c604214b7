/**
 * terminate_instance: the guest, its ports, its rows, and the quota it used. Waits for a build of the
 * same server to end. Upstream: nova/compute/manager.py (terminate_instance, _delete_instance,
 * _complete_deletion) at 2014.2; nova §3.2.
 */
import { originalMessage, type ArgsIn } from "../../../../bus/index.js";
import type { RequestContext } from "../../../../framework/index.js";
import { caught, type Op } from "../../../../kernel/index.js";
import { InstanceNotFound } from "../../exception.js";
import type { BlockDeviceMappingList } from "../../objects/block-device-mapping.js";
import type { Instance, SystemMetadata } from "../../objects/instance.js";
import { fromReservations, type Quotas } from "../../objects/quotas.js";
import { consoleFlags } from "../../virt/flags.js";
import * as vmStates from "../../states/vm-states.js";
import type { ComputeHost } from "../compute-host.js";
import { instanceMethod } from "../decorators.js";
import type { computeApi } from "../rpcapi.js";
import { deleteVolumes } from "../volumes/clean-up.js";
import { shutdownInstance } from "./shutdown.js";

type Terminate = ArgsIn<typeof computeApi, "terminate_instance">;

export const terminateInstance = instanceMethod<Terminate>(
  "terminate_instance",
  function* (compute, ctxt, { instance, bdms, reservations }) {
    const quotas = quotasOf(compute, ctxt, instance, reservations);
    yield* compute.locked(instance, terminateLocked(compute, ctxt, instance, bdms, quotas));
  },
);

function* terminateLocked(
  compute: ComputeHost,
  ctxt: RequestContext,
  instance: Instance,
  bdms: BlockDeviceMappingList,
  quotas: Quotas,
): Op<void> {
  try {
    yield* deleteInstance(compute, ctxt, instance, bdms, quotas);
  } catch (thrown) {
    const error = yield* caught(thrown);
    if (error instanceof InstanceNotFound) {
      compute.log("info", "Instance disappeared during terminate");
      return;
    }
    compute.log("error", `Setting instance vm_state to ERROR: ${originalMessage(error)}`);
    yield* compute.setInstanceErrorState(ctxt, instance);
    throw error;
  }
}

/** `_delete_instance`. @throws whatever kept the guest or its ports from going */
export function* deleteInstance(
  compute: ComputeHost,
  ctxt: RequestContext,
  instance: Instance,
  bdms: BlockDeviceMappingList,
  quotas: Quotas,
): Op<void> {
  const system_metadata = instance.system_metadata;
  if (instance.vm_state === vmStates.SOFT_DELETED) yield* giveNothingBack(quotas, ctxt);
  try {
    compute.events.clear(instance.uuid);
    // The cache in memory stays: it says which taps to unplug.
    yield* instance.info_cache.delete(ctxt);
    yield* compute.notify(ctxt, instance, "delete.start");
    yield* shutdownInstance(compute, ctxt, instance, bdms.objects);
    yield* deleteVolumes(compute, ctxt, bdms.objects);
    instance.vm_state = vmStates.DELETED;
    instance.task_state = null;
    instance.terminated_at = compute.env.utcnow();
    yield* instance.save(ctxt);
    yield* compute.tracker.updateUsage(ctxt, instance);
    yield* instance.destroy(ctxt);
  } catch (thrown) {
    const error = yield* caught(thrown);
    yield* quotas.rollback(ctxt);
    throw error;
  }
  yield* completeDeletion(compute, ctxt, instance, bdms, quotas, system_metadata);
}

/** The soft delete has given the quota back. Whatever fails here is passed over, and the commit at the end is tried as ever. */
function* giveNothingBack(quotas: Quotas, ctxt: RequestContext): Op<void> {
  try {
    yield* quotas.rollback(ctxt);
  } catch (thrown) {
    yield* caught(thrown);
  }
}

/** What is left to do when the row is gone. */
export function* completeDeletion(
  compute: ComputeHost,
  ctxt: RequestContext,
  instance: Instance,
  bdms: BlockDeviceMappingList,
  quotas: Quotas,
  systemMetadata: SystemMetadata,
): Op<void> {
  yield* quotas.commit(ctxt);
  for (const bdm of bdms.objects) yield* bdm.destroy(ctxt);
  yield* compute.notify(ctxt, instance, "delete.end", { systemMetadata });
  const { vnc_enabled, spice_enabled } = compute.env.flags.read(consoleFlags);
  if (vnc_enabled || spice_enabled) {
    const call = { instance_uuid: instance.uuid };
    yield* compute.consoleauth.delete_tokens_for_instance(ctxt, call);
  }
}

/**
 * The reservations of a request, which belong to the server's owner, whoever deletes it. Upstream:
 * nova/objects/quotas.py (from_reservations, ids_from_instance).
 */
export function quotasOf(
  { store }: ComputeHost,
  ctxt: RequestContext,
  instance: Instance,
  reservations: readonly string[] | null,
): Quotas {
  return fromReservations(store, ctxt, instance, reservations);
}
