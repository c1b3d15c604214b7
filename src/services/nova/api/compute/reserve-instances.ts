/**
 * Reserves quota for new instances: for as many as were asked for or, if there is no room, for as
 * many as there is room for but not fewer than the least. Upstream: nova/compute/api.py
 * (_check_num_instances_quota) at 2014.2; nova §1.3 row 1.
 */
import type { RequestContext } from "../../../../framework/index.js";
import type { OverQuotaDetails } from "../../db/reservations.js";
import { OverQuota, TooManyInstances } from "../../exception.js";
import type { FlavorFields } from "../../objects/flavor.js";
import { headroom, type QuotaEngine } from "../../quota.js";

/** Memory of the video card, which counts as well. */
const VIDEO_RAM = "hw_video:ram_max_mb";

export interface ReservedInstances {
  readonly count: number;
  readonly reservations: readonly string[];
}

/** @throws TooManyInstances */
export function reserveInstances(
  quotas: QuotaEngine,
  ctxt: RequestContext,
  flavor: FlavorFields,
  min: number,
  max: number,
): ReservedInstances {
  const memory = flavor.memory_mb + Number(flavor.extra_specs[VIDEO_RAM] ?? 0);
  const deltas = { instances: max, cores: max * flavor.vcpus, ram: max * memory };
  const owner = { project_id: ctxt.project_id ?? "", user_id: ctxt.user_id ?? "" };
  try {
    return { count: max, reservations: quotas.reserve(owner, deltas) };
  } catch (error) {
    if (!(error instanceof OverQuota)) throw error;
    const details = error.kwargs as unknown as OverQuotaDetails;
    const left = headroom(details, deltas);
    const allowed = Math.min(
      left["instances"] ?? 0,
      flavor.vcpus > 0 ? Math.floor((left["cores"] ?? 0) / flavor.vcpus) : Infinity,
      flavor.memory_mb > 0 ? Math.floor((left["ram"] ?? 0) / memory) : Infinity,
    );
    if (allowed > 0 && min <= allowed && allowed <= max) {
      return reserveInstances(quotas, ctxt, flavor, min, allowed);
    }
    const [resource = "instances"] = details.overs;
    const total = details.quotas[resource] ?? 0;
    const asked = { ...deltas, instances: min === max ? String(min) : `${min}-${max}` };
    throw new TooManyInstances({
      overs: details.overs.join(","),
      req: asked[resource as keyof typeof asked],
      used: total - (left[resource] ?? 0),
      allowed: total,
      resource,
    });
  }
}
