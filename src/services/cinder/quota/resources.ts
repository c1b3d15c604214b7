/**
 * What is limited: five things for every project, and three of them once more for each volume type;
 * and how much of each a project has, counted from the tables. Upstream: cinder/quota.py
 * (VolumeTypeQuotaEngine), cinder/db/sqlalchemy/api.py (QUOTA_SYNC_FUNCTIONS) at 2014.2.
 */
import type { FlagsOf } from "../../../framework/index.js";
import type { CinderDatabase } from "../db/database.js";
import type { quotaFlags } from "./flags.js";

type QuotaFlags = FlagsOf<typeof quotaFlags>;

/** Of which types have limits of their own. */
export const PER_TYPE = ["volumes", "gigabytes", "snapshots"] as const;
type PerType = (typeof PER_TYPE)[number];

export interface Resource {
  readonly name: string;
  readonly default: number;
  /** How much of it a project has. */
  readonly count: (project: string) => number;
}

/** All resources there are now, by name. */
export function quotaResources(
  db: CinderDatabase,
  flags: QuotaFlags,
): ReadonlyMap<string, Resource> {
  const counts = countsOf(db, flags);
  const globals: Resource[] = [
    { name: "volumes", default: flags.quota_volumes, count: counts.volumes },
    { name: "snapshots", default: flags.quota_snapshots, count: counts.snapshots },
    { name: "gigabytes", default: flags.quota_gigabytes, count: counts.gigabytes },
    // There are no backups here.
    { name: "backups", default: flags.quota_backups, count: () => 0 },
    { name: "backup_gigabytes", default: flags.quota_backup_gigabytes, count: () => 0 },
  ];
  const ofTypes = db.volume_types.find().flatMap(({ uuid, name }) =>
    PER_TYPE.map((part) => ({
      name: `${part}_${name}`,
      default: -1,
      count: (project: string) => counts[part](project, uuid),
    })),
  );
  return new Map([...globals, ...ofTypes].map((resource) => [resource.name, resource]));
}

type Count = (project: string, type?: string) => number;

function countsOf(db: CinderDatabase, flags: QuotaFlags): Record<PerType, Count> {
  const volumes = (project_id: string, type?: string) =>
    db.volumes
      .find({ project_id })
      .filter(({ volume_type_id }) => type === undefined || volume_type_id === type);
  // Of a type are the snapshots whose volume is.
  const snapshots = (project_id: string, type?: string) =>
    db.snapshots
      .find({ project_id })
      .filter(
        ({ volume_id }) =>
          type === undefined || db.volumes.getAny(volume_id)?.volume_type_id === type,
      );
  const sizes = (rows: readonly number[]): number => rows.reduce((sum, size) => sum + size, 0);
  return {
    volumes: (project, type) => volumes(project, type).length,
    snapshots: (project, type) => snapshots(project, type).length,
    gigabytes: (project, type) =>
      sizes(volumes(project, type).map(({ size }) => size)) +
      (flags.no_snapshot_gb_quota
        ? 0
        : sizes(snapshots(project, type).map(({ volume_size }) => volume_size))),
  };
}
