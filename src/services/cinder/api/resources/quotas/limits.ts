/**
 * What a project may have, and what it has. Nobody counts requests, so there are no rates. Upstream:
 * cinder/api/v{1,2}/limits.py, cinder/api/views/limits.py, cinder/api/contrib/used_limits.py at 2014.2.
 */
import { respond, type HttpResponse } from "../../../../../http/index.js";
import type { Op } from "../../../../../kernel/index.js";
import { BOTH, inVersions, type CinderCall } from "../../route.js";

const USED = "limits_extension:used_limits";

export const limitRoutes = inVersions(BOTH, (route) => [
  route("GET", "/limits", { inside: USED }, index),
]);

/** What each resource is called here: its limit, and how much of it is used. */
const NAMES = [
  ["volumes", "maxTotalVolumes", "totalVolumesUsed"],
  ["gigabytes", "maxTotalVolumeGigabytes", "totalGigabytesUsed"],
  ["snapshots", "maxTotalSnapshots", "totalSnapshotsUsed"],
  ["backups", "maxTotalBackups", "totalBackupsUsed"],
  ["backup_gigabytes", "maxTotalBackupGigabytes", "totalBackupGigabytesUsed"],
] as const;

function* index({ app, ctxt, enforce }: CinderCall): Op<HttpResponse> {
  const quotas = app.quotas.projectQuotas(ctxt.project_id ?? "");
  const limits = NAMES.map(([resource, name]) => [name, quotas[resource]?.limit ?? 0] as const);
  enforce(ctxt, USED);
  const used = NAMES.map(([resource, , name]) => [name, quotas[resource]?.in_use ?? 0] as const);
  return respond(200, {
    limits: { rate: [], absolute: Object.fromEntries([...limits, ...used]) },
  });
}
