/**
 * Limits of a project beside what it has of volumes, for forms that count with them. What fails leaves a message and fewer
 * numbers. Upstream: openstack_dashboard/usage/quotas.py (tenant_limit_usages) at 2014.2.
 */
import type { Op } from "../../../kernel/index.js";
import { KeyError } from "../../../python/index.js";
import { volumeLimits, volumeList, volumeSnapshotList } from "../api/cinder.js";
import { absoluteLimits } from "../api/nova.js";
import { attempted } from "../web/attempts.js";
import type { HorizonRequest } from "../web/request.js";

export type Limits = Readonly<Record<string, number>>;

export function* limitUsages(request: HorizonRequest): Op<Limits> {
  const limits: Record<string, number> = {
    ...(yield* attempted(request, "Unable to retrieve compute limit information.", () =>
      absoluteLimits(request),
    )),
  };
  if (!request.user.serviceEnabled("volume")) return limits;
  const message = "Unable to retrieve volume limit information.";
  yield* attempted(request, message, function* () {
    Object.assign(limits, yield* volumeLimits(request));
    const volumes = yield* volumeList(request);
    const snapshots = yield* volumeSnapshotList(request);
    limits["gigabytesUsed"] = volumes.reduce((sum, { size }) => sum + Number(size), 0);
    limits["volumesUsed"] = volumes.length;
    limits["snapshotsUsed"] = snapshots.length;
  });
  return limits;
}

/** How many are left. @throws KeyError where one of the two could not be told */
export function left(limits: Limits, max: string, used: string): number {
  const [most, gone] = [limits[max], limits[used]];
  if (most === undefined) throw new KeyError(max);
  if (gone === undefined) throw new KeyError(used);
  return most - gone;
}
