/**
 * A resize is undone: the guest goes from the host that it came to (revert_resize), and on the other one
 * it is made again of what was set aside (finish_revert_resize). Its ports follow only when it runs
 * already, so that it may wait for a word of Neutron's that never comes (LP 1450624). Upstream:
 * nova/compute/manager.py at 2014.2; nova §3.3, NOV-250, NOV-251.
 */
import type { ArgsIn } from "../../../../bus/index.js";
import type { RequestContext } from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import { getBlockDevices } from "../../objects/block-device-mapping.js";
import { fromReservations, type Quotas } from "../../objects/quotas.js";
import * as taskStates from "../../states/task-states.js";
import * as vmStates from "../../states/vm-states.js";
import { connectedVolumes } from "../build/block-devices.js";
import type { ComputeHost } from "../compute-host.js";
import { instanceMethod } from "../decorators.js";
import { stopInline } from "../lifecycle/power.js";
import { notifyUsageExists } from "../lifecycle/shelve.js";
import type { computeApi } from "../rpcapi.js";
import { errorOutOnException } from "../error-out.js";
import { setFlavorColumns, settledFlavors, takeOldVmState } from "./flavor-change.js";
import { refreshedVolumes, terminateConnections } from "./volume-connections.js";

type Revert = ArgsIn<typeof computeApi, "revert_resize">;

export const revertResize = instanceMethod<Revert>(
  "revert_resize",
  function* (compute, ctxt, args) {
    const { instance, reservations } = args;
    const quotas = fromReservations(compute.store, ctxt, instance, reservations);
    // A resize back, as far as whoever bills is concerned.
    yield* notifyUsageExists(compute, ctxt, instance);
    const left = leave(compute, ctxt, args, quotas);
    yield* errorOutOnException(compute, ctxt, instance, left, { quotas });
  },
);

export const finishRevertResize = instanceMethod<Revert>(
  "finish_revert_resize",
  function* (compute, ctxt, args) {
    const { instance, reservations } = args;
    const quotas = fromReservations(compute.store, ctxt, instance, reservations);
    const back = comeBack(compute, ctxt, args, quotas);
    yield* errorOutOnException(compute, ctxt, instance, back, { quotas });
  },
);

function* leave(
  compute: ComputeHost,
  ctxt: RequestContext,
  { instance, migration }: Revert,
  quotas: Quotas,
): Op<void> {
  const { network, store, driver, tracker } = compute;
  const networkInfo = yield* network.get_instance_nw_info(ctxt, instance);
  const { objects: devices } = yield* getBlockDevices(store, ctxt, instance.uuid);
  yield* driver.destroy(ctxt, instance, networkInfo, connectedVolumes(devices));
  yield* terminateConnections(compute, ctxt, instance, devices);
  yield* migration.enter(ctxt, "reverted");
  yield* tracker.dropResizeClaim(ctxt, instance);
  const { source_compute } = migration;
  const source = compute.computeRpc.prepare({ server: source_compute ?? "" });
  const { reservations } = quotas;
  yield* source.finish_revert_resize(ctxt, { instance, migration, reservations });
}

function* comeBack(
  compute: ComputeHost,
  ctxt: RequestContext,
  { instance, migration }: Revert,
  quotas: Quotas,
): Op<void> {
  const { network, driver, env } = compute;
  const networkInfo = yield* network.get_instance_nw_info(ctxt, instance);
  yield* compute.notify(ctxt, instance, "resize.revert.start");
  const { systemMetadata, flavor } = settledFlavors(instance, "reverted");
  const [oldVmState, kept] = takeOldVmState(systemMetadata);
  const { source_compute, dest_compute } = migration;
  instance.system_metadata = kept;
  setFlavorColumns(instance, flavor);
  instance.host = source_compute;
  instance.node = migration.source_node;
  yield* instance.save(ctxt);
  const volumes = yield* refreshedVolumes(compute, ctxt, instance);
  const powerOn = oldVmState !== vmStates.STOPPED;
  yield* driver.finishRevertMigration(ctxt, { instance, networkInfo, volumes, powerOn });
  instance.launched_at = env.utcnow();
  yield* instance.save(ctxt, { expected_task_state: taskStates.RESIZE_REVERTING });
  const move = { source_compute: source_compute ?? "", dest_compute: dest_compute ?? "" };
  yield* network.migrate_instance_finish(ctxt, instance, move);
  compute.log("info", `Updating instance to original state: '${oldVmState}'`);
  if (powerOn) {
    instance.vm_state = vmStates.ACTIVE;
    instance.task_state = null;
    yield* instance.save(ctxt);
  } else {
    instance.task_state = taskStates.POWERING_OFF;
    yield* instance.save(ctxt);
    yield* stopInline(compute, ctxt, { instance });
  }
  yield* compute.notify(ctxt, instance, "resize.revert.end");
  yield* quotas.commit(ctxt);
}
