/** How much each project may have. Upstream: cinder/quota.py (quota_opts) at 2014.2. */
import { boolean, integer, wholeSeconds } from "../../../framework/index.js";

export const quotaFlags = {
  quota_volumes: integer(10, "Number of volumes allowed per project", { min: -1 }),
  quota_snapshots: integer(10, "Number of volume snapshots allowed per project", { min: -1 }),
  quota_gigabytes: integer(
    1000,
    "Total amount of storage, in gigabytes, allowed for volumes and snapshots per project",
    { min: -1 },
  ),
  quota_backups: integer(10, "Number of volume backups allowed per project", { min: -1 }),
  quota_backup_gigabytes: integer(
    1000,
    "Total amount of storage, in gigabytes, allowed for backups per project",
    { min: -1 },
  ),
  no_snapshot_gb_quota: boolean(false, "Whether snapshots do not count against gigabyte quota"),
  reservation_expire: wholeSeconds(86_400, "Number of seconds until a reservation expires", {
    min: 0,
  }),
  until_refresh: integer(0, "Count of reservations until usage is refreshed; 0: never", { min: 0 }),
  max_age: wholeSeconds(0, "Number of seconds between usage refreshes; 0: any", { min: 0 }),
  use_default_quota_class: boolean(true, "Use the default quota class for default quotas"),
} as const;
