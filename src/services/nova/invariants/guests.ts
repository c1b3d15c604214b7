/**
 * That guests and rows agree: a guest is where its server's row says, on one host, and has been taken away from where it was. Upstream:
 * nova/compute/manager.py (_destroy_evacuated_instances, post_live_migration_at_destination) at 2014.2; nova §3.3, §3.4.
 */
import type { Row } from "../../../framework/index.js";
import type { Finding } from "../../../framework/invariants.js";
import { meet } from "../../../framework/mishaps.js";
import type { Premises } from "../../../framework/project.js";
import { hypervisor, integrationBridge } from "../../hardware.js";
import type { NovaDatabase } from "../db/database.js";
import type { InstanceRow, MigrationRow } from "../db/schema.js";
import * as tasks from "../states/task-states.js";
import * as vm from "../states/vm-states.js";
import { befell, isWorkedOn, outagesOf, since } from "./evidence.js";
import type { NovaException } from "./exceptions.js";
import {
  deedsOf,
  spanOf,
  wasBegunAmidDelete,
  wasBusyAtDelete,
  wasDeletedLocally,
  wasRebuiltNowhere,
} from "./history.js";
import { isDeletedAmid, isForgotten, isOpen, isWrittenOverMigrating } from "./moves.js";

/** Guests that no row speaks of. */
export const guestsOfNobody = (db: NovaDatabase, premises: Premises): Finding[] =>
  [...premises.onComputes(hypervisor)].flatMap(([host, { guests }]) =>
    guests
      .filter(({ uuid }) => db.instances.get(uuid)?.host !== host && !mayComeBack(db, uuid, host))
      .filter(({ uuid }) => !isWorkedOn(db, uuid, premises))
      .map(({ uuid, name }) => ({
        invariant: db.instances.get(uuid) === undefined ? "owner" : "one-host",
        what: `guest ${name} on ${host}: server ${uuid} is not there`,
        where: host,
        exception: whyGuest(db, uuid, host, premises),
      })),
  );

function whyGuest(
  db: NovaDatabase,
  uuid: string,
  host: string,
  premises: Premises,
): NovaException | undefined {
  const row = db.instances.getAny(uuid);
  if (row === undefined) return undefined;
  const left = whyLeft(db, uuid, host, premises);
  if (left !== undefined) return left;
  if (row.deleted !== 0 && wasDeletedLocally(db, uuid)) return "local-delete-leaves-guest";
  if (row.deleted !== 0 && (wasBusyAtDelete(db, uuid) || wasBegunAmidDelete(db, uuid))) {
    return "build-outlives-server";
  }
  const struck =
    befell(db, uuid, premises, since(db, row.created_at)) ||
    wasEvacuated(db, uuid, host, premises) ||
    hasArrivedUnheard(db, uuid, host, premises);
  if (!struck) return undefined;
  return row.deleted === 0 ? "died-in-mid-work" : "build-outlives-server";
}

/** A live migration leaves no row of where it went: that it was there is told by who was away when it was evacuated. */
const wasEvacuated = (db: NovaDatabase, uuid: string, host: string, premises: Premises): boolean =>
  deedsOf(db, uuid)
    .filter(({ action }) => action.action === "evacuate")
    .some(({ action }) =>
      outagesOf(premises, host).some((outage) => meet(outage, since(db, action.start_time))),
    );

/** Servers that are deleted and have a guest, or its taps, where a move has left it, and why. */
export const strays = (db: NovaDatabase, premises: Premises): ReadonlyMap<string, NovaException> =>
  new Map(
    [...premises.onComputes(hypervisor)].flatMap(([host, { guests }]) => {
      const bridge = premises.onComputes(integrationBridge).get(host);
      const plugged = bridge?.ports().map((port) => bridge.guestOf(port)) ?? [];
      return [...guests.map(({ uuid }) => uuid), ...plugged].flatMap((uuid) => {
        const why =
          db.instances.get(uuid) === undefined ? whyLeft(db, uuid, host, premises) : undefined;
        return why === undefined ? [] : [[uuid, why] as const];
      });
    }),
  );

/** Servers of which something was plugged on their host after their delete was asked for. */
export const pluggedLate = (db: NovaDatabase, premises: Premises): ReadonlySet<string> =>
  new Set(
    [...premises.onComputes(integrationBridge)].flatMap(([host, bridge]) =>
      bridge.ports().flatMap((port) => {
        const uuid = bridge.guestOf(port);
        if (db.instances.getAny(uuid)?.host !== host) return [];
        const asked = deedsOf(db, uuid).find(({ action }) => action.action === "delete");
        if (asked === undefined) return [];
        return bridge.pluggedAt(port) >= spanOf(db, asked).from ? [uuid] : [];
      }),
    ),
  );

/** Why a move, or what was one, has left a guest on a host. */
function whyLeft(
  db: NovaDatabase,
  uuid: string,
  host: string,
  premises: Premises,
): NovaException | undefined {
  const moves = db.migrations.findAny({ instance_uuid: uuid, source_compute: host });
  if (moves.some(({ status }) => status === "error")) return "failed-move-leaves-source";
  const arrived = db.migrations.findAny({ instance_uuid: uuid, dest_compute: host });
  if ([...moves, ...arrived].some((move) => isOpen(move) && isForgotten(db, move))) {
    return "state-written-over";
  }
  if (moves.some((move) => isDeletedAmid(db, move))) return "delete-amid-move-leaves-source";
  if (db.instances.getAny(uuid)?.host !== host && wasRebuiltNowhere(db, uuid)) {
    return "rebuild-keeps-no-host";
  }
  if (hasArrivedUnsaved(db, uuid, host)) return "live-migration-finds-other-state";
  const isGone = db.instances.get(uuid) === undefined;
  const isEvacuated = wasEvacuated(db, uuid, host, premises);
  if (isGone && isEvacuated) return "delete-hides-evacuated-guest";
  if (isEvacuated || !hasStrayed(db, uuid, host, premises)) return undefined;
  return isGone ? "live-migration-outlives-delete" : "live-migration-finds-other-state";
}

/** Where a live migration ends is saved together with its state, which by then is another. */
const hasArrivedUnsaved = (db: NovaDatabase, uuid: string, host: string): boolean =>
  db.instances.getAny(uuid)?.host !== host && isWrittenOverMigrating(db, uuid);

/** Only a live migration takes a guest away and leaves no row of that: the row of a server that is deleted, or softly, names another host. */
function hasStrayed(db: NovaDatabase, uuid: string, host: string, premises: Premises): boolean {
  const row = db.instances.getAny(uuid);
  if (row === undefined || row.host === null || row.host === host) return false;
  if (row.deleted === 0 && row.vm_state !== vm.SOFT_DELETED) return false;
  const bridge = premises.onComputes(integrationBridge).get(host);
  const taps = bridge?.ports().filter((port) => bridge.guestOf(port) === uuid) ?? [];
  const plugged = taps.map((port) => bridge?.pluggedAt(port) ?? -Infinity);
  // Other moves must have been over by then.
  const isOver = (move: Row<MigrationRow>): boolean =>
    !isOpen(move) &&
    plugged.some((at) => at > db.kernel.calendar.parse(move.updated_at ?? move.created_at));
  return (
    !wasDeletedLocally(db, uuid) && db.migrations.findAny({ instance_uuid: uuid }).every(isOver)
  );
}

/** Whether a live migration has taken a guest to a host that was away: nobody there has heard what is to be done with it. */
function hasArrivedUnheard(
  db: NovaDatabase,
  uuid: string,
  host: string,
  premises: Premises,
): boolean {
  const row = db.instances.get(uuid);
  if (row?.task_state !== tasks.MIGRATING || row.host === host) return false;
  const migrating = { from: db.taskState.of(uuid) ?? Infinity, to: Infinity };
  return outagesOf(premises, host).some((outage) => meet(outage, migrating));
}

/** Where a live migration has taken a guest unheard. */
export const arrivedUnheard = (
  db: NovaDatabase,
  uuid: string,
  premises: Premises,
): string | undefined =>
  [...premises.onComputes(hypervisor)].find(
    ([host, { guests }]) =>
      guests.some((guest) => guest.uuid === uuid) && hasArrivedUnheard(db, uuid, host, premises),
  )?.[0];

/** Whether there is no guest where the row of a server says: whoever asks that host for it is told so. */
export const isWithoutGuest = ({ uuid, host }: Row<InstanceRow>, premises: Premises): boolean => {
  const guests = premises.onComputes(hypervisor).get(host ?? "")?.guests ?? [];
  return !guests.some((guest) => guest.uuid === uuid);
};

/** What was set aside of a server that was moved, until that is confirmed. */
const mayComeBack = (db: NovaDatabase, instance_uuid: string, source_compute: string): boolean =>
  db.instances.get(instance_uuid) !== undefined &&
  db.migrations.find({ instance_uuid, source_compute }).some(isOpen);
