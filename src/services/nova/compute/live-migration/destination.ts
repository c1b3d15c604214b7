/**
 * A running server comes to this host: what it needs is made ready, and once it is here it is this host's;
 * or it does not come after all. Nothing is claimed for it. Upstream: nova/compute/manager.py
 * (pre_live_migration, post_live_migration_at_destination, rollback_live_migration_at_destination,
 * remove_volume_connection) at 2014.2; nova §3.4, NOV-259 to NOV-262.
 */
import type { ArgsIn } from "../../../../bus/index.js";
import { caught } from "../../../../kernel/index.js";
import type { Exception, JsonObject } from "../../../../python/index.js";
import { NotFound } from "../../exception.js";
import { getBlockDevices, getBlockDeviceOfVolume } from "../../objects/block-device-mapping.js";
import { getComputeInfo } from "../../objects/service/service.js";
import * as taskStates from "../../states/task-states.js";
import * as vmStates from "../../states/vm-states.js";
import { connectedVolumes } from "../build/block-devices.js";
import { bindsArguments, wrapException, wrapInstanceFault, type Method } from "../decorators.js";
import { refreshedVolumes } from "../migration/volume-connections.js";
import type { computeApi } from "../rpcapi.js";

type Args<M extends keyof (typeof computeApi)["methods"]> = ArgsIn<typeof computeApi, M>;

const pre: Method<Args<"pre_live_migration">, JsonObject | null> = function* (
  compute,
  ctxt,
  { instance, disk, migrate_data },
) {
  const volumes = yield* refreshedVolumes(compute, ctxt, instance);
  const networkInfo = yield* compute.network.get_instance_nw_info(ctxt, instance);
  yield* compute.notify(ctxt, instance, "live_migration.pre.start", { networkInfo });
  const guest = { instance, networkInfo, volumes };
  const answer = yield* compute.driver.preLiveMigration(ctxt, guest, disk, migrate_data);
  yield* compute.notify(ctxt, instance, "live_migration.pre.end", { networkInfo });
  return answer;
};

const post: Method<Args<"post_live_migration_at_destination">> = function* (
  compute,
  ctxt,
  { instance },
) {
  const { network, driver, store, host } = compute;
  compute.log("info", "Post operation of migration started");
  const move = { source_compute: instance.host ?? "", dest_compute: host };
  yield* network.migrate_instance_finish(ctxt, instance, move);
  const networkInfo = yield* network.get_instance_nw_info(ctxt, instance);
  yield* compute.notify(ctxt, instance, "live_migration.post.dest.start", { networkInfo });
  const { objects } = yield* getBlockDevices(store, ctxt, instance.uuid);
  yield* driver.postLiveMigrationAtDestination(ctxt, instance, connectedVolumes(objects));
  const powerState = compute.powerState(instance);
  let node: string | null = null;
  let failure: Exception | undefined;
  try {
    node = (yield* getComputeInfo(store, ctxt, host)).hypervisor_hostname;
  } catch (thrown) {
    const error = yield* caught(thrown);
    if (error instanceof NotFound) compute.log("error", `Failed to get compute_info for ${host}`);
    else failure = error;
  }
  // It is this host's in any case.
  instance.host = host;
  instance.power_state = powerState;
  instance.vm_state = vmStates.ACTIVE;
  instance.task_state = null;
  instance.node = node;
  yield* instance.save(ctxt, { expected_task_state: taskStates.MIGRATING });
  if (failure !== undefined) throw failure;
  yield* compute.notify(ctxt, instance, "live_migration.post.dest.end", { networkInfo });
};

const rollback: Method<Args<"rollback_live_migration_at_destination">> = function* (
  compute,
  ctxt,
  { instance },
) {
  const { network, driver, store } = compute;
  const networkInfo = yield* network.get_instance_nw_info(ctxt, instance);
  yield* compute.notify(ctxt, instance, "live_migration.rollback.dest.start", { networkInfo });
  const { objects } = yield* getBlockDevices(store, ctxt, instance.uuid);
  yield* driver.destroy(ctxt, instance, networkInfo, connectedVolumes(objects));
  yield* compute.notify(ctxt, instance, "live_migration.rollback.dest.end", { networkInfo });
};

/** What it was connected with for the sake of a server that did not come. */
const remove: Method<Args<"remove_volume_connection">, null> = function* (
  compute,
  ctxt,
  { instance, volume_id },
) {
  const { driver, volumes, store } = compute;
  try {
    const device = yield* getBlockDeviceOfVolume(store, ctxt, volume_id);
    yield* driver.detachVolume(instance, device.device_name);
    const connector = driver.volumeConnector(instance);
    yield* volumes.terminate_connection(ctxt, volume_id, connector);
  } catch (thrown) {
    const error = yield* caught(thrown);
    if (!(error instanceof NotFound)) throw error;
  }
  return null;
};

export const preLiveMigration = wrapException(
  "pre_live_migration",
  wrapInstanceFault(bindsArguments("pre_live_migration", pre)),
);

export const postAtDestination = wrapException(
  "post_live_migration_at_destination",
  wrapInstanceFault(bindsArguments("post_live_migration_at_destination", post)),
);

export const rollbackAtDestination = wrapException(
  "rollback_live_migration_at_destination",
  wrapInstanceFault(bindsArguments("rollback_live_migration_at_destination", rollback)),
);

export const removeVolumeConnection = wrapException(
  "remove_volume_connection",
  wrapInstanceFault(bindsArguments("remove_volume_connection", remove)),
);
