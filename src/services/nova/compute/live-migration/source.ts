/**
 * A running server leaves this host: the other one makes ready, the hypervisor moves it, and what is left
 * of it here goes; or it stays, and the other host forgets it. Upstream: nova/compute/manager.py
 * (live_migration, _post_live_migration, _rollback_live_migration) at 2014.2; nova §3.4, NOV-258 to NOV-261.
 */
import type { ArgsIn } from "../../../../bus/index.js";
import type { RequestContext } from "../../../../framework/index.js";
import { caught, type Op } from "../../../../kernel/index.js";
import { NotImplementedException, type JsonObject } from "../../../../python/index.js";
import { getBlockDevices } from "../../objects/block-device-mapping.js";
import type { Instance } from "../../objects/instance.js";
import * as taskStates from "../../states/task-states.js";
import * as vmStates from "../../states/vm-states.js";
import { consoleFlags } from "../../virt/flags.js";
import { connectedVolumes } from "../build/block-devices.js";
import type { ComputeHost } from "../compute-host.js";
import {
  beforeReraising,
  bindsArguments,
  wrapException,
  wrapInstanceFault,
  type Method,
} from "../decorators.js";
import { updateAvailableResource } from "../periodic/available-resource.js";
import { terminateConnections } from "../migration/volume-connections.js";
import type { computeApi } from "../rpcapi.js";

type Live = ArgsIn<typeof computeApi, "live_migration">;

const NAME = "live_migration";

const live: Method<Live> = function* (compute, ctxt, args) {
  const { instance, dest, block_migration } = args;
  const { driver, computeRpc } = compute;
  let migrate_data: JsonObject = { ...args.migrate_data };
  try {
    const disk = block_migration ? yield* driver.instanceDiskInfo(instance) : null;
    const there = computeRpc.prepare({ server: dest });
    const call = { instance, block_migration, disk, migrate_data };
    const pre_live_migration_result = yield* there.pre_live_migration(ctxt, call);
    migrate_data = { ...migrate_data, pre_live_migration_result };
  } catch (thrown) {
    const error = yield* caught(thrown);
    compute.log("error", `Pre live migration failed at ${dest}`);
    const undo = rollback(compute, ctxt, { ...args, migrate_data });
    yield* beforeReraising(compute, error, undo);
    throw error;
  }
  const moved = { ...args, migrate_data };
  yield* driver.liveMigration(instance, {
    destination: dest,
    post: () => post(compute, ctxt, moved),
    // What it is told by then is not handed on.
    recover: () => rollback(compute, ctxt, { ...args, migrate_data: null }),
  });
};

export const liveMigration = wrapException<Live>(
  NAME,
  wrapInstanceFault(bindsArguments(NAME, live)),
);

const post: Method<Live> = wrapException(
  "_post_live_migration",
  wrapInstanceFault(function* (compute, ctxt, args) {
    const { instance, dest, block_migration, migrate_data } = args;
    const { driver, network, store } = compute;
    compute.log("info", "_post_live_migration() is started..");
    const { objects: devices } = yield* getBlockDevices(store, ctxt, instance.uuid);
    yield* driver.postLiveMigration(instance, connectedVolumes(devices));
    yield* terminateConnections(compute, ctxt, instance, devices);
    const networkInfo = yield* network.get_instance_nw_info(ctxt, instance);
    yield* compute.notify(ctxt, instance, "live_migration._post.start", { networkInfo });
    let destroyVifs = false;
    try {
      yield* driver.postLiveMigrationAtSource(instance, networkInfo);
    } catch (thrown) {
      const error = yield* caught(thrown);
      if (!(error instanceof NotImplementedException)) throw error;
      destroyVifs = true;
    }
    const there = compute.computeRpc.prepare({ server: dest });
    yield* there.post_live_migration_at_destination(ctxt, { instance, block_migration });
    const { doCleanUp, destroyDisks } = cleanUpFlags(args);
    if (doCleanUp) {
      const what = { destroyDisks, destroyVifs, migrateData: migrate_data };
      yield* driver.cleanUpGuest(ctxt, instance, networkInfo, what);
    }
    compute.events.clear(instance.uuid);
    yield* updateAvailableResource(compute, ctxt);
    yield* compute.notify(ctxt, instance, "live_migration._post.end", { networkInfo });
    compute.log("info", `Migrating instance to ${dest} finished successfully.`);
    compute.log(
      "info",
      'You may see the error "libvirt: QEMU error: Domain not found: no domain with matching name." This error can be safely ignored.',
    );
    yield* forgetConsoles(compute, ctxt, instance);
  }),
  "within the process",
);

function* forgetConsoles(compute: ComputeHost, ctxt: RequestContext, instance: Instance): Op<void> {
  const { vnc_enabled, spice_enabled, rdp_enabled } = compute.env.flags.read(consoleFlags);
  if (!vnc_enabled && !spice_enabled && !rdp_enabled) return;
  yield* compute.consoleauth.delete_tokens_for_instance(ctxt, { instance_uuid: instance.uuid });
}

const rollback: Method<Live> = wrapException(
  "_rollback_live_migration",
  wrapInstanceFault(function* (compute, ctxt, args) {
    const { instance, dest, migrate_data } = args;
    instance.vm_state = vmStates.ACTIVE;
    instance.task_state = null;
    yield* instance.save(ctxt, { expected_task_state: [taskStates.MIGRATING] });
    const { objects } = yield* getBlockDevices(compute.store, ctxt, instance.uuid);
    const there = compute.computeRpc.prepare({ server: dest });
    for (const { isVolume, volume_id } of objects) {
      if (!isVolume) continue;
      const call = { instance, volume_id: volume_id ?? "None" };
      yield* there.remove_volume_connection(ctxt, call);
    }
    yield* compute.notify(ctxt, instance, "live_migration._rollback.start");
    const { doCleanUp, destroyDisks: destroy_disks } = cleanUpFlags(args);
    if (doCleanUp) {
      const call = { instance, destroy_disks, migrate_data };
      yield* there.rollback_live_migration_at_destination(ctxt, call);
    }
    yield* compute.notify(ctxt, instance, "live_migration._rollback.end");
  }),
  "within the process",
);

/** `_live_migration_cleanup_flags`: where nothing is said, a block migration shares nothing. */
function cleanUpFlags({ block_migration, migrate_data }: Live): {
  readonly doCleanUp: boolean;
  readonly destroyDisks: boolean;
} {
  const shared = (key: string): boolean => {
    const said = migrate_data?.[key];
    return typeof said === "boolean" ? said : !block_migration;
  };
  return {
    doCleanUp: block_migration || !shared("is_shared_instance_path"),
    destroyDisks: !shared("is_shared_block_storage"),
  };
}
