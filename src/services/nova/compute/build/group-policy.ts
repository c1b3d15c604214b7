/**
 * The scheduler spreads a group's servers, but two of its decisions can cross; the host has the last
 * word. Upstream: nova/compute/manager.py (_validate_instance_group_policy); nova §1.6.
 */
import type { RequestContext } from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import { RescheduledException } from "../../exception.js";
import type { Instance } from "../../objects/instance.js";
import { getInstanceGroupByHint, getInstanceGroupHosts } from "../../objects/instance-group.js";
import type { FilterProperties } from "../../scheduler/rpcapi.js";
import type { ComputeHost } from "../compute-host.js";

/** @throws RescheduledException if another server of an anti-affinity group is on this host */
export function* validateGroupPolicy(
  compute: ComputeHost,
  ctxt: RequestContext,
  instance: Instance,
  { scheduler_hints }: FilterProperties,
): Op<void> {
  const hint = scheduler_hints?.["group"];
  if (typeof hint !== "string" || hint === "") return;
  const { locks } = compute.env;
  yield* locks.synchronized(hint, validate(compute, ctxt, instance, hint));
}

function* validate(
  compute: ComputeHost,
  ctxt: RequestContext,
  instance: Instance,
  hint: string,
): Op<void> {
  const group = yield* getInstanceGroupByHint(compute.store, ctxt, hint);
  if (!group.policies.includes("anti-affinity")) return;
  const hosts = yield* getInstanceGroupHosts(ctxt, group, [instance.uuid]);
  if (!hosts.includes(compute.host)) return;
  const reason = "Anti-affinity instance group policy was violated.";
  throw new RescheduledException({ instance_uuid: instance.uuid, reason });
}
