/**
 * finish_resize, on the host that a server has come to: it is of its new flavor now, its ports are bound
 * here, and the guest is made of the disks that came. Upstream: nova/compute/manager.py (finish_resize,
 * _finish_resize) at 2014.2; nova §3.3, NOV-246.
 */
import { originalMessage, type ArgsIn } from "../../../../bus/index.js";
import type { RequestContext } from "../../../../framework/index.js";
import { caught, type Op } from "../../../../kernel/index.js";
import type { Exception } from "../../../../python/index.js";
import { copiedFlavor, flavorToSystemMetadata } from "../../objects/flavor.js";
import type { Instance } from "../../objects/instance.js";
import { fromReservations, type Quotas } from "../../objects/quotas.js";
import * as taskStates from "../../states/task-states.js";
import * as vmStates from "../../states/vm-states.js";
import type { ArrivingGuest } from "../../virt/driver.js";
import type { ComputeHost } from "../compute-host.js";
import {
  beforeReraising,
  bindsArguments,
  revertsTaskState,
  wrapException,
  wrapInstanceEvent,
  wrapInstanceFault,
  type Method,
} from "../decorators.js";
import { type computeApi } from "../rpcapi.js";
import { errorsOutMigration } from "./errors-out-migration.js";
import { becomeFlavor, takeOldVmState } from "./flavor-change.js";
import { refreshedVolumes } from "./volume-connections.js";

type Finish = ArgsIn<typeof computeApi, "finish_resize">;

const NAME = "finish_resize";

const finish: Method<Finish> = function* (compute, ctxt, args) {
  const { instance, reservations } = args;
  const quotas = fromReservations(compute.store, ctxt, instance, reservations);
  try {
    yield* arrive(compute, ctxt, args);
    yield* quotas.commit(ctxt);
  } catch (thrown) {
    const error = yield* caught(thrown);
    compute.log("error", "Setting instance vm_state to ERROR");
    yield* beforeReraising(compute, error, giveUp(compute, ctxt, instance, quotas));
    throw error;
  }
};

export const finishResize = wrapException<Finish>(
  NAME,
  revertsTaskState(
    wrapInstanceEvent(NAME, errorsOutMigration(wrapInstanceFault(bindsArguments(NAME, finish)))),
  ),
);

function* giveUp(
  compute: ComputeHost,
  ctxt: RequestContext,
  instance: Instance,
  quotas: Quotas,
): Op<void> {
  try {
    yield* quotas.rollback(ctxt);
  } catch (thrown) {
    const error: Exception = yield* caught(thrown);
    const why = originalMessage(error);
    compute.log("error", `Failed to rollback quota for failed finish_resize: ${why}`);
  }
  yield* compute.setInstanceErrorState(ctxt, instance);
}

function* arrive(
  compute: ComputeHost,
  ctxt: RequestContext,
  { instance, migration, disk_info: diskInfo }: Finish,
): Op<void> {
  const { network } = compute;
  const before = copiedFlavor(instance.system_metadata, "");
  const [oldVmState] = takeOldVmState(instance.system_metadata);
  const stashed = { ...instance.system_metadata, ...flavorToSystemMetadata(before, "old_") };
  const resized = migration.old_instance_type_id !== migration.new_instance_type_id;
  if (resized) {
    becomeFlavor(instance, copiedFlavor(instance.system_metadata, "new_"), stashed);
    yield* instance.save(ctxt);
  } else instance.system_metadata = stashed;
  const move = { source_compute: migration.source_compute ?? "", dest_compute: compute.host };
  const dest_compute = migration.dest_compute ?? "";
  yield* network.migrate_instance_finish(ctxt, instance, { ...move, dest_compute });
  const networkInfo = yield* network.get_instance_nw_info(ctxt, instance);
  instance.task_state = taskStates.RESIZE_FINISH;
  yield* instance.save(ctxt, { expected_task_state: taskStates.RESIZE_MIGRATED });
  yield* compute.notify(ctxt, instance, "finish_resize.start", { networkInfo });
  const volumes = yield* refreshedVolumes(compute, ctxt, instance);
  const powerOn = oldVmState !== vmStates.STOPPED;
  const guest = { instance, diskInfo, networkInfo, volumes, powerOn };
  yield* makeGuest(compute, ctxt, guest, function* () {
    if (!resized) return;
    becomeFlavor(instance, before, instance.system_metadata);
    yield* instance.save(ctxt);
  });
  yield* migration.enter(ctxt, "finished");
  instance.vm_state = vmStates.RESIZED;
  instance.task_state = null;
  instance.launched_at = compute.env.utcnow();
  yield* instance.save(ctxt, { expected_task_state: taskStates.RESIZE_FINISH });
  yield* compute.notify(ctxt, instance, "finish_resize.end", { networkInfo });
}

/** If it cannot be made, `restore` the flavor that it had; the host stays. */
function* makeGuest(
  compute: ComputeHost,
  ctxt: RequestContext,
  guest: ArrivingGuest,
  restore: () => Op<void>,
): Op<void> {
  try {
    yield* compute.driver.finishMigration(ctxt, guest);
  } catch (thrown) {
    const error = yield* caught(thrown);
    yield* beforeReraising(compute, error, restore());
    throw error;
  }
}
