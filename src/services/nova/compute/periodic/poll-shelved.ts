/**
 * Servers that have been shelved long enough leave their host. Upstream: _poll_shelved_instances;
 * nova §2.3.
 */
import { originalMessage } from "../../../../bus/index.js";
import type { RequestContext } from "../../../../framework/index.js";
import { aloud, seconds, type Op, caught } from "../../../../kernel/index.js";
import { subscript } from "../../../../python/index.js";
import { getInstancesByFilters, type Instance } from "../../objects/instance.js";
import * as taskStates from "../../states/task-states.js";
import * as vmStates from "../../states/vm-states.js";
import type { ComputeHost } from "../compute-host.js";
import { shelveOffloadInline } from "../lifecycle/shelve-offload.js";

export function* pollShelvedInstances(compute: ComputeHost, ctxt: RequestContext): Op<void> {
  const { shelved_offload_time: time } = compute.flags;
  if (time <= 0) return;
  const filters = { vm_state: vmStates.SHELVED, host: compute.host };
  const loading = { expected_attrs: ["system_metadata"], use_slave: true } as const;
  const shelved = yield* getInstancesByFilters(compute.store, ctxt, filters, loading);
  // All are looked at before the first goes, which takes its time.
  for (const instance of shelved.filter((one) => shelvedFor(compute, one, time))) {
    try {
      yield* aloud(offload(compute, ctxt, instance));
    } catch (thrown) {
      const error = yield* caught(thrown);
      const text = originalMessage(error);
      compute.log("error", `Periodic task failed to offload instance: ${text}`);
    }
  }
}

/** @throws KeyError where nothing says when, which ends the round for all */
function shelvedFor({ env }: ComputeHost, { system_metadata }: Instance, time: number): boolean {
  const { kernel } = env;
  const at = kernel.calendar.parse(String(subscript(system_metadata, "shelved_at")));
  return kernel.now - at > seconds(time);
}

function* offload(compute: ComputeHost, ctxt: RequestContext, instance: Instance): Op<void> {
  instance.task_state = taskStates.SHELVING_OFFLOADING;
  yield* instance.save(ctxt);
  yield* shelveOffloadInline(compute, ctxt, { instance });
}
