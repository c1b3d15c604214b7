/**
 * Files of deleted servers that could not be removed with them: each is tried again, a few times. Upstream:
 * nova/compute/manager.py (_run_pending_deletes) at 2014.2; nova §8.2.
 */
import type { RequestContext } from "../../../../framework/index.js";
import { aloud, type Op } from "../../../../kernel/index.js";
import { getInstancesByFilters, type Instance } from "../../objects/instance.js";
import type { ComputeHost } from "../compute-host.js";

export function* runPendingDeletes(compute: ComputeHost, ctxt: RequestContext): Op<void> {
  const { flags, host, store } = compute;
  if (flags.instance_delete_interval === 0) return;
  compute.log("debug", "Cleaning up deleted instances");
  const seeing = ctxt.with({ read_deleted: "yes" });
  const filters = { deleted: true, soft_deleted: false, host, cleaned: false };
  const expected_attrs = ["info_cache", "security_groups", "system_metadata"];
  const loading = { expected_attrs, use_slave: true } as const;
  const instances = yield* getInstancesByFilters(store, seeing, filters, loading);
  compute.log("debug", `There are ${String(instances.length)} instances to clean`);
  for (const instance of instances) yield* aloud(tryAgain(compute, seeing, instance));
}

function* tryAgain(compute: ComputeHost, ctxt: RequestContext, instance: Instance): Op<void> {
  const { system_metadata } = instance;
  const attempts = Number(system_metadata["clean_attempts"] ?? "0");
  const most = compute.flags.maximum_instance_delete_attempts;
  compute.log("debug", `Instance has had ${String(attempts)} of ${String(most)} cleanup attempts`);
  if (attempts >= most) return;
  const success = yield* compute.driver.deleteInstanceFiles(instance);
  instance.system_metadata = { ...system_metadata, clean_attempts: String(attempts + 1) };
  if (success) instance.cleaned = true;
  yield* instance.save(ctxt);
}
