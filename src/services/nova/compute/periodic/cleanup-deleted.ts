/**
 * Guests whose server was deleted while this host was away. What is asked for them sees what is deleted
 * (`read_deleted`), and so the cache of their network cannot be emptied: the server that is gone is set in error, and
 * its volumes stay. Upstream: nova/compute/manager.py (_cleanup_running_deleted_instances, _running_deleted_instances)
 * at 2014.2; nova §3.2, §8.2.
 */
import type { RequestContext } from "../../../../framework/index.js";
import { aloud, seconds, type Op, caught } from "../../../../kernel/index.js";
import type { Exception } from "../../../../python/index.js";
import { getBlockDevices, type BlockDeviceMapping } from "../../objects/block-device-mapping.js";
import { getInstancesByFilters, type Instance } from "../../objects/instance.js";
import type { ComputeHost } from "../compute-host.js";
import { shutdownInstance } from "../lifecycle/shutdown.js";
import { deleteAllVolumes } from "../volumes/clean-up.js";

export function* cleanupRunningDeletedInstances(
  compute: ComputeHost,
  ctxt: RequestContext,
): Op<void> {
  const { running_deleted_instance_action: action } = compute.flags;
  if (action === "noop") return;
  const seeing = ctxt.with({ read_deleted: "yes" });
  for (const instance of yield* runningDeleted(compute, seeing)) {
    const { objects: devices } = yield* getBlockDevices(compute.store, seeing, instance.uuid, {
      use_slave: true,
    });
    const which = `instance with name label '${instance.name}' which is marked as DELETED but still present on host.`;
    switch (action) {
      case "log":
        compute.log("warning", `Detected ${which}`);
        break;
      case "shutdown":
        compute.log("info", `Powering off ${which}`);
        // Of the drivers that are here none can keep it from being started (nova/virt/driver.py, set_bootable).
        compute.log("warning", "set_bootable is not implemented for the current driver");
        yield* attempt(
          compute,
          compute.driver.powerOff(instance, 0),
          () => "Failed to power off instance",
        );
        break;
      default:
        compute.log("info", `Destroying ${which}`);
        compute.events.clear(instance.uuid);
        yield* attempt(
          compute,
          aloud(reap(compute, seeing, instance, devices)),
          ({ message }) => `Periodic cleanup failed to delete instance: ${message}`,
        );
    }
  }
}

function* reap(
  compute: ComputeHost,
  ctxt: RequestContext,
  instance: Instance,
  devices: readonly BlockDeviceMapping[],
): Op<void> {
  yield* shutdownInstance(compute, ctxt, instance, devices, { notify: false });
  yield* deleteAllVolumes(compute, ctxt, devices);
}

function* attempt(
  compute: ComputeHost,
  op: Op<void>,
  failed: (error: Exception) => string,
): Op<void> {
  try {
    yield* op;
  } catch (thrown) {
    compute.log("warning", failed(yield* caught(thrown)));
  }
}

/** Those deleted long enough. The question is asked even if there are no guests. */
function* runningDeleted(compute: ComputeHost, ctxt: RequestContext): Op<readonly Instance[]> {
  const uuid = compute.driver.listInstanceUuids();
  const { kernel } = compute.env;
  const grace = seconds(compute.flags.running_deleted_instance_timeout);
  const deleted = yield* getInstancesByFilters(
    compute.store,
    ctxt,
    { uuid, deleted: true, soft_deleted: false, host: compute.host },
    { use_slave: true },
  );
  return deleted.filter(({ deleted_at }) => {
    return deleted_at === null || kernel.now - kernel.calendar.parse(deleted_at) > grace;
  });
}
