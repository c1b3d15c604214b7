/** Builds that take too long end in ERROR, if a limit is set. Upstream: _check_instance_build_time. */
import type { RequestContext } from "../../../../framework/index.js";
import { aloud, seconds, type Op } from "../../../../kernel/index.js";
import { getInstancesByHost } from "../../objects/instance.js";
import * as vmStates from "../../vm-states.js";
import type { Compute } from "../host.js";

export function* checkInstanceBuildTime(compute: Compute, ctxt: RequestContext): Op<void> {
  const { instance_build_timeout: limit } = compute.flags;
  if (limit === 0) return;
  const { kernel } = compute.env;
  const instances = yield* getInstancesByHost(compute.store, ctxt, compute.host);
  for (const instance of instances) {
    if (instance.vm_state !== vmStates.BUILDING) continue;
    if (kernel.now - kernel.calendar.parse(instance.created_at) <= seconds(limit)) continue;
    compute.log("warning", "Instance build timed out. Set to error state.");
    yield* aloud(compute.setInstanceErrorState(ctxt, instance));
  }
}
