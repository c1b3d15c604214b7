/**
 * resize_instance, on the host that a server is on: the guest is switched off, its disks and its row go to
 * the other host. Neutron has nothing to do when a move begins. Upstream: nova/compute/manager.py
 * (resize_instance) at 2014.2; nova §3.3, NOV-245.
 */
import type { ArgsIn } from "../../../../bus/index.js";
import type { RequestContext } from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import { truth } from "../../../../python/index.js";
import { getBlockDevices } from "../../objects/block-device-mapping.js";
import { getFlavorById } from "../../objects/flavor.js";
import { fromReservations, type Quotas } from "../../objects/quotas.js";
import * as taskStates from "../../states/task-states.js";
import { connectedVolumes } from "../build/block-devices.js";
import type { ComputeHost } from "../compute-host.js";
import {
  bindsArguments,
  revertsTaskState,
  wrapException,
  wrapInstanceEvent,
  wrapInstanceFault,
  type Method,
} from "../decorators.js";
import { shutdownTimeout } from "../lifecycle/power.js";
import { type computeApi } from "../rpcapi.js";
import { errorOutOnException } from "../error-out.js";
import { errorsOutMigration } from "./errors-out-migration.js";
import { terminateConnections } from "./volume-connections.js";

type Resize = ArgsIn<typeof computeApi, "resize_instance">;

const NAME = "resize_instance";

const resize: Method<Resize> = function* (compute, ctxt, args) {
  const { instance, reservations } = args;
  const quotas = fromReservations(compute.store, ctxt, instance, reservations);
  const sent = send(compute, ctxt, args, quotas);
  yield* errorOutOnException(compute, ctxt, instance, sent, { quotas });
};

export const resizeInstance = wrapException<Resize>(
  NAME,
  revertsTaskState(
    wrapInstanceEvent(NAME, errorsOutMigration(wrapInstanceFault(bindsArguments(NAME, resize)))),
  ),
);

function* send(
  compute: ComputeHost,
  ctxt: RequestContext,
  { instance, migration, image, instance_type, clean_shutdown = true }: Resize,
  quotas: Quotas,
): Op<void> {
  const { store, driver, network } = compute;
  const flavor =
    instance_type ?? (yield* getFlavorById(store, ctxt, migration.new_instance_type_id ?? 0));
  const networkInfo = yield* network.get_instance_nw_info(ctxt, instance);
  yield* migration.enter(ctxt, "migrating");
  instance.task_state = taskStates.RESIZE_MIGRATING;
  yield* instance.save(ctxt, { expected_task_state: taskStates.RESIZE_PREP });
  yield* compute.notify(ctxt, instance, "resize.start", { networkInfo });
  const { objects: devices } = yield* getBlockDevices(store, ctxt, instance.uuid);
  const { dest_compute, dest_host: address } = migration;
  const destination = dest_compute ?? "";
  const disk_info = yield* driver.migrateDiskAndPowerOff({
    instance,
    destination: { host: destination, address },
    flavor,
    volumes: connectedVolumes(devices),
    timeout: shutdownTimeout(compute, instance, truth(clean_shutdown)),
  });
  yield* terminateConnections(compute, ctxt, instance, devices);
  yield* migration.enter(ctxt, "post-migrating");
  instance.host = dest_compute;
  instance.node = migration.dest_node;
  instance.task_state = taskStates.RESIZE_MIGRATED;
  yield* instance.save(ctxt, { expected_task_state: taskStates.RESIZE_MIGRATING });
  yield* compute.computeRpc.prepare({ server: destination }).finish_resize(ctxt, {
    instance,
    migration,
    image,
    disk_info,
    reservations: quotas.reservations,
  });
  yield* compute.notify(ctxt, instance, "resize.end", { networkInfo });
  compute.events.clear(instance.uuid);
}
