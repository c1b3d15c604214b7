/**
 * Guests whose server was deleted while this host was away. Upstream:
 * _cleanup_running_deleted_instances, _running_deleted_instances; nova §3.2, §8.2.
 */
import { originalMessage } from "../../../../bus/index.js";
import type { RequestContext } from "../../../../framework/index.js";
import { aloud, seconds, type Op } from "../../../../kernel/index.js";
import { Exception } from "../../../../python/index.js";
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
    const { name } = instance;
    compute.log(
      "warning",
      `Detected instance with name label '${name}' which is marked as DELETED`,
    );
    if (action === "log") continue;
    try {
      if (action === "shutdown") yield* compute.driver.powerOff(instance, 0);
      else yield* aloud(shutdownInstance(compute, ctxt, instance, { notify: false }));
    } catch (error) {
      if (!(error instanceof Exception)) throw error;
      compute.log("warning", `Periodic cleanup failed to ${action}: ${originalMessage(error)}`);
    }
  }
}

function* runningDeleted(compute: ComputeHost, ctxt: RequestContext): Op<readonly Instance[]> {
  const uuid = compute.driver.listInstanceUuids();
  if (uuid.length === 0) return [];
  const { kernel } = compute.env;
  const grace = seconds(compute.flags.running_deleted_instance_timeout);
  const deleted = yield* getInstancesByFilters(
    compute.store,
    ctxt,
    { uuid, deleted: true },
    { use_slave: true },
  );
  return deleted.filter(({ host, deleted_at }) => {
    const at = deleted_at === null ? kernel.now : kernel.calendar.parse(deleted_at);
    return host === compute.host && kernel.now - at >= grace;
  });
}
