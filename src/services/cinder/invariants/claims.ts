/**
 * What Cinder's rows say of others: in whose project a volume is, of which volume a snapshot is, and that a volume which can be
 * used lies on its host. Upstream: cinder/volume/drivers/lvm.py at 2014.2.
 */
import type { Finding } from "../../../framework/invariants.js";
import type { Claim } from "../../../framework/inventory.js";
import { inProject } from "../../../framework/ownership.js";
import type { VolumeGroups } from "../../../hardware/volume-group.js";
import type { CinderDatabase } from "../db/database.js";
import { snapshotName } from "../db/snapshots.js";
import { volumeName } from "../db/volumes.js";

export const cinderClaims = (db: CinderDatabase): readonly Claim[] => [
  ...db.volumes
    .find()
    .flatMap(({ uuid, project_id }) => inProject(`volume ${uuid}`, "cinder.volumes", project_id)),
  ...db.snapshots.find().flatMap(({ uuid, project_id, volume_id }) => {
    const [what, where] = [`snapshot ${uuid}`, "cinder.snapshots"];
    const of = { kind: "volume", id: volume_id };
    return [
      ...inProject(what, where, project_id),
      { invariant: "owner" as const, what, where, of },
    ];
  }),
];

/** Statuses of what was made and is to be used. */
const MADE: readonly string[] = ["available", "in-use"];

/** Volumes and snapshots of which nothing lies on their hosts. */
export function notOnDisk(db: CinderDatabase, groups: VolumeGroups): readonly Finding[] {
  const there = new Set(
    groups.all.flatMap(({ host, volumes }) => volumes.map(({ name }) => `${host} ${name}`)),
  );
  const hosts = new Set(groups.all.map(({ host }) => host));
  const of = new Map(db.volumes.find().map((volume) => [volume.uuid, volume]));
  const rows = [
    ...db.volumes.find().map((volume) => ({
      ...{ what: `volume ${volume.uuid}`, where: "cinder.volumes", name: volumeName(volume) },
      ...{ status: volume.status, host: volume.host },
    })),
    ...db.snapshots.find().map((snapshot) => ({
      ...{ what: `snapshot ${snapshot.uuid}`, where: "cinder.snapshots" },
      ...{ name: snapshotName(snapshot), status: snapshot.status },
      host: of.get(snapshot.volume_id)?.host ?? null,
    })),
  ];
  return rows.flatMap(({ what, where, name, status, host }) => {
    // `controller#LVM_iSCSI`: a host and its pool.
    const [at = ""] = host?.split("#") ?? [];
    if (!MADE.includes(status) || !hosts.has(at) || there.has(`${at} ${name}`)) return [];
    return [{ invariant: "made", what: `${what}: ${name} is not on ${at}`, where }];
  });
}
