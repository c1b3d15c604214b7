/**
 * What Cinder holds: volumes that servers have, logical volumes and targets beside the rows that they are
 * of, states that nobody will end, usages beside what they count.
 */
import { cinderClaims, notOnDisk } from "./invariants/claims.js";
import type { FlagsOf } from "../../framework/index.js";
import type { Finding } from "../../framework/invariants.js";
import type { Inventory } from "../../framework/inventory.js";
import { meet, wentWrongSince, type Mishap } from "../../framework/mishaps.js";
import type { Premises } from "../../framework/project.js";
import type { Micros } from "../../kernel/index.js";
import type { VolumeGroups } from "../../hardware/volume-group.js";
import type { CinderDatabase } from "./db/database.js";
import { snapshotName } from "./db/snapshots.js";
import { volumeName } from "./db/volumes.js";
import { quotaFlags } from "./quota/flags.js";
import { quotaResources } from "./quota/resources.js";

export function cinderInventory(
  db: CinderDatabase,
  groups: VolumeGroups,
  { flagsOf, mishaps }: Pick<Premises, "flagsOf" | "mishaps">,
): Inventory {
  const volumes = db.volumes.find();
  return {
    things: volumes.map(({ uuid }) => ({ kind: "volume", id: uuid })),
    dependents: volumes.flatMap(({ uuid, instance_uuid, mountpoint }) =>
      instance_uuid === null
        ? []
        : [
            {
              what: `volume ${uuid} as ${mountpoint ?? "a disk"}`,
              of: { kind: "server", id: instance_uuid },
              by: { kind: "attachment", id: `${uuid} of ${instance_uuid}` },
              since: db.volumeServer.of(uuid),
            },
          ],
    ),
    ended: db.volumes
      .findAny()
      .filter(({ deleted }) => deleted !== 0)
      .map(({ uuid }) => ({ kind: "volume", id: uuid })),
    claims: cinderClaims(db),
    departed: volumes
      .filter(({ status }) => status === "error_attaching" || status === "error_detaching")
      .map(({ uuid, instance_uuid }) => ({
        ...{ kind: "attachment", id: `${uuid} of ${instance_uuid ?? ""}` },
        exception: "failed-attach-keeps-server",
      })),
    kept: db.snapshots.find().map(({ volume_id: id }) => ({
      ...{ kind: "volume", id, exception: "snapshot-keeps-volume" },
    })),
    broken: notOnDisk(db, groups),
    wrong: [
      ...statusesThatStay("volume", volumes, db.volumeStatus, mishaps),
      ...statusesThatStay("snapshot", db.snapshots.find(), db.snapshotStatus, mishaps),
      ...onDisk(db, groups, mishaps),
      ...miscounted(db, flagsOf("cinder-api").read(quotaFlags), mishaps),
    ],
  };
}

/**
 * Rows in a passing state; what has failed says so, as `error_deleting`, and rests. What counts is when that was stored: a host may write of a volume's export as long after that
 * as it has had to wait, and nobody waits for it any more.
 */
const statusesThatStay = (
  kind: "volume" | "snapshot",
  rows: readonly { readonly uuid: string; readonly status: string }[],
  stored: { of(uuid: string): Micros | undefined },
  mishaps: readonly Mishap[],
): readonly Finding[] =>
  rows
    .filter(({ status }) => status.endsWith("ing") && !status.startsWith("error_"))
    .map(({ uuid, status }) => ({
      ...{ invariant: "at-rest", where: `cinder.${kind}s` },
      what: `${kind} ${uuid}: stays ${status}`,
      exception: wentWrongSince(mishaps, stored.of(uuid) ?? Infinity)
        ? "status-before-message"
        : undefined,
    }));

function onDisk(db: CinderDatabase, groups: VolumeGroups, mishaps: readonly Mishap[]): Finding[] {
  const names = new Set([
    ...db.volumes.find().map(volumeName),
    ...db.snapshots.find().map(snapshotName),
  ]);
  return groups.all.flatMap(({ host, volumes }) =>
    volumes
      .filter(({ name }) => !names.has(name))
      .map(({ name }) => ({
        invariant: "owner",
        what: `logical volume ${name} on ${host}: there is no row of it`,
        where: host,
        exception: wasTriedAgain(db, name, mishaps) ? "create-outlives-volume" : undefined,
      })),
  );
}

/** Whether something went wrong between a volume's creation and its delete. */
function wasTriedAgain(db: CinderDatabase, name: string, mishaps: readonly Mishap[]): boolean {
  const row = db.volumes.findAny().find((volume) => volumeName(volume) === name);
  if (row === undefined || row.deleted === 0) return false;
  const { calendar } = db.kernel;
  const life = {
    from: calendar.parse(row.created_at),
    to: calendar.parse(row.deleted_at ?? row.created_at),
  };
  return mishaps.some((mishap) => meet(mishap, life));
}

function miscounted(
  db: CinderDatabase,
  flags: FlagsOf<typeof quotaFlags>,
  mishaps: readonly Mishap[],
): Finding[] {
  const resources = quotaResources(db, flags);
  return db.quota_usages.find().flatMap(({ id, project_id, resource, in_use, reserved }) => {
    const what = `quota of project ${project_id}: ${resource}`;
    const there = resources.get(resource)?.count(project_id) ?? in_use;
    const texts = [
      ...(reserved === 0 ? [] : [`${what}: ${String(reserved)} reserved`]),
      ...(there === in_use ? [] : [`${what}: ${String(in_use)} counted, ${String(there)} there`]),
    ];
    return texts.map((text) => ({
      invariant: "quota",
      what: text,
      where: "cinder.quota_usages",
      exception: waits(db, id, mishaps) ? "volume-reservation-awaits-expiry" : undefined,
    }));
  });
}

/** Whether a reservation of a usage is open, and something went wrong since it was made. */
const waits = (db: CinderDatabase, usage_id: number, mishaps: readonly Mishap[]): boolean =>
  db.reservations
    .find({ usage_id })
    .some(({ created_at }) => wentWrongSince(mishaps, db.kernel.calendar.parse(created_at)));
