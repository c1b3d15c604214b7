/**
 * Guests whose server was deleted while this host was away. Upstream:
 * _cleanup_running_deleted_instances, _running_deleted_instances; nova §3.2, §8.2.
 */
import type { RequestContext } from "../../../../framework/index.js";
import { aloud, seconds, type Op, caught } from "../../../../kernel/index.js";
import type { Exception } from "../../../../python/index.js";
import { getBlockDevices } from "../../objects/block-device-mapping.js";
import { getInstancesByFilters, type Instance } from "../../objects/instance.js";
import type { ComputeHost } from "../compute-host.js";
import { shutdownInstance } from "../lifecycle/shutdown.js";

export function* cleanupRunningDeletedInstances(
  compute: ComputeHost,
  ctxt: RequestContext,
): Op<void> {
  const { running_deleted_instance_action: action } = compute.flags;
  if (action === "noop") return;
  for (const instance of yield* runningDeleted(compute, ctxt)) {
    const { objects: devices } = yield* getBlockDevices(compute.store, ctxt, instance.uuid, {
      use_slave: true,
    });
    const which = `instance with name label '${instance.name}' which is marked as DELETED but still present on host.`;
    switch (action) {
      case "log":
        compute.log("warning", `Detected ${which}`);
        break;
      case "shutdown":
        compute.log("info", `Powering off ${which}`);
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
          aloud(shutdownInstance(compute, ctxt, instance, devices, { notify: false })),
          ({ message }) => `Periodic cleanup failed to delete instance: ${message}`,
        );
    }
  }
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
