/**
 * How servers have gone where Juno leaves behind what was theirs, and what becomes of the images of shelved
 * ones. Upstream: nova/compute/api.py (_delete, _local_delete, shelve) at 2014.2; nova §2.1, §3.2.
 */
import type { Row } from "../../../framework/index.js";
import type { Departed } from "../../../framework/inventory.js";
import { meet, type Stretch } from "../../../framework/mishaps.js";
import { minutes, type Micros } from "../../../kernel/index.js";
import type { NovaDatabase } from "../db/database.js";
import { portsOf } from "../db/history/lost-ports.js";
import type { BlockDeviceMappingRow, InstanceRow } from "../db/schema.js";
import type { NovaException } from "./exceptions.js";
import * as tasks from "../states/task-states.js";
import * as vm from "../states/vm-states.js";
import { befell, since, type Evidence } from "./evidence.js";
import {
  deedsOf,
  isSentNowhere,
  spanOf,
  wasBegunAmidDelete,
  wasBusyAtDelete,
  wasDeletedByNobody,
  wasDeletedLocally,
  wasRebuilt,
  type Deed,
} from "./history.js";

/** Kinds of what depends on a server by more than its id, as others name them in `by`. */
const SHELVING = "shelving of server";
const TAPS = "taps of server";
const PORTS = "ports of server";
const VOLUME = "attachment";
export const OF_SERVERS: readonly string[] = [SHELVING, TAPS, PORTS];

const LATE: NovaException = "attach-outlives-server";

/**
 * @param strayed servers that are deleted and have a guest all the same, and why
 * @param pluggedLate those of which something was plugged after their delete was asked for
 */
export function departures(
  db: NovaDatabase,
  evidence: Evidence,
  strayed: ReadonlyMap<string, NovaException>,
  pluggedLate: ReadonlySet<string>,
): Departed[] {
  return db.instances.findAny().flatMap((row) => {
    const { uuid: id, deleted, host } = row;
    const gone = deleted === 0 ? undefined : howGone(db, id, host, evidence);
    const image = howForgotten(db, id, deleted !== 0, evidence);
    const why = strayed.get(id) ?? gone ?? whyPlugged(db, id, evidence);
    const taps = why ?? (pluggedLate.has(id) ? LATE : undefined);
    return [
      ...(gone === undefined ? [] : [{ kind: "server", id, exception: gone }]),
      ...(deleted === 0 ? [] : [{ kind: PORTS, id, exception: LATE, from: deleteOf(db, row) }]),
      ...(taps === undefined ? [] : [{ kind: TAPS, id, exception: taps }]),
      ...(deleted === 0 ? [] : attachments(db, row, evidence, strayed.has(id))),
      ...portsGone(db, id, deleted !== 0),
      ...(image === undefined ? [] : [{ kind: SHELVING, id, exception: image }]),
    ];
  });
}

/** Ports whose tap stays where a server is or was, though Neutron has none of them any more. */
function portsGone(db: NovaDatabase, uuid: string, deleted: boolean): Departed[] {
  if (hasGivenPortsBack(db, uuid)) return [];
  const { forgotten = [], gone = [] } = db.cachedPorts.of(uuid) ?? {};
  const { vm_state, task_state } = db.instances.getAny(uuid) ?? {};
  const rests = !deleted && vm_state !== vm.BUILDING && task_state !== tasks.DELETING;
  const cached = rests ? portsOf(db.instance_info_caches.get(uuid)) : [];
  const of = (ports: readonly string[], exception: NovaException): Departed[] =>
    ports.map((id) => ({ kind: "port", id, exception }));
  // What is forgotten is there until its server is deleted; if it is not, somebody else has deleted it.
  return deleted
    ? [...of(gone, "port-deleted-behind-nova"), ...of(forgotten, "stale-cache-forgets-port")]
    : of([...gone, ...forgotten, ...cached], "port-deleted-behind-nova");
}

export function howGone(
  db: NovaDatabase,
  uuid: string,
  host: string | null,
  evidence: Evidence,
): NovaException | undefined {
  if (wasDeletedLocally(db, uuid)) {
    return host === null ? "delete-without-host-leaks" : "local-delete-leaves-guest";
  }
  const [removed] = deedsOf(db, uuid).filter(({ action }) => action.action === "delete");
  if (removed === undefined) return undefined;
  const whole = removed.events.every(({ result }) => result === "Success");
  return !whole && befell(db, uuid, evidence, spanOf(db, removed)) ? "died-in-mid-work" : undefined;
}

/**
 * Whether work was cut short that gives ports back, a delete failed, or something that makes ports was still at
 * work when it was asked for.
 */
function whyPlugged(db: NovaDatabase, uuid: string, evidence: Evidence): NovaException | undefined {
  const deeds = deedsOf(db, uuid);
  const failed = deeds.some(
    ({ action, events }) =>
      action.action === "delete" && events.some(({ result }) => result === "Error"),
  );
  if (failed) return "failed-destroy-frees-ports";
  if (wasBusyAtDelete(db, uuid)) return "delete-carries-old-network";
  if (wasBegunAmidDelete(db, uuid)) return "build-outlives-server";
  if (lostPortsWhenBuilt(db, uuid)) return "finished-build-loses-ports";
  const cut = deeds.filter(({ events }) => events.some(({ finish_time }) => finish_time === null));
  const { vm_state } = db.instances.getAny(uuid) ?? {};
  const uncleaned = deeds.some((deed) =>
    befell(db, uuid, evidence, spanOf(db, deed), ["operation"]),
  );
  if (vm_state === vm.ERROR && uncleaned) return "failed-destroy-frees-ports";
  if (vm_state === vm.DELETED && wasNotCleanedUp(db, uuid)) return "failed-destroy-frees-ports";
  if (wasReclaimedInVain(db, uuid, evidence)) {
    return "failed-destroy-frees-ports";
  }
  // A live migration is no action: all that is known is that its host has ended in the server's life.
  const life = lifeOf(db, uuid);
  const struck =
    cut.some((deed) => befell(db, uuid, evidence, spanOf(db, deed))) ||
    befell(db, uuid, evidence, life, ["process"]);
  return struck ? "died-in-mid-work" : undefined;
}

/** Whether a build of it has ended in its clean-up: a guest that was never made is not destroyed by a later delete either. */
const wasNotCleanedUp = (db: NovaDatabase, instance_uuid: string): boolean =>
  db.instance_faults
    .findAny({ instance_uuid })
    .some(({ message }) => message.includes("Could not clean up failed build"));

/** Whether its host's hardware has failed since it was deleted softly: who reclaims it gives its ports back all the same. */
function wasReclaimedInVain(db: NovaDatabase, uuid: string, { mishaps }: Evidence): boolean {
  const { host } = db.instances.get(uuid) ?? {};
  if (typeof host !== "string") return false;
  const deed = deedsOf(db, uuid).findLast(({ action }) => action.action === "delete");
  if (deed === undefined) return false;
  const deleted = since(db, deed.action.start_time);
  return mishaps.some(
    (mishap) =>
      mishap.kind === "operation" && mishap.places.includes(host) && meet(mishap, deleted),
  );
}

/** The volumes that a server which is gone had, where Juno does not let go of them, or takes hold of them again. */
function attachments(
  db: NovaDatabase,
  row: Row<InstanceRow>,
  evidence: Evidence,
  strayed: boolean,
): Departed[] {
  const { uuid: instance_uuid } = row;
  const every = whyAttached(db, instance_uuid, evidence);
  const asked = deleteOf(db, row);
  const gone = db.kernel.calendar.parse(row.deleted_at ?? row.created_at);
  const late = strayed || wasRebuilt(db, instance_uuid, { from: asked, to: gone });
  return db.block_device_mapping.findAny({ instance_uuid }).flatMap((disk) => {
    const lost = whyLost(db, disk, evidence);
    const thing = { kind: VOLUME, id: `${disk.volume_id ?? ""} of ${instance_uuid}` };
    return [
      ...(late ? [{ ...thing, exception: LATE, from: asked }] : []),
      ...(lost === undefined ? [] : [{ ...thing, exception: lost }]),
      ...(every === undefined ? [] : [{ ...thing, exception: every }]),
    ];
  });
}

/** Why Cinder may know nothing of a delete. */
function whyAttached(
  db: NovaDatabase,
  uuid: string,
  evidence: Evidence,
): NovaException | undefined {
  if (wasDeletedByNobody(db, uuid)) return "delete-without-catalog";
  // Which of its requests was struck, and how, is not known: only that the delete did not fail of it.
  const refused = deedsOf(db, uuid).some(
    (deed) =>
      deed.action.action === "delete" && befell(db, uuid, evidence, spanOf(db, deed), ["request"]),
  );
  return refused ? "delete-ignores-missing-volume" : undefined;
}

/** How long after its row is gone a failure has its fault, which is one more call. */
const FAULT = minutes(1);

/** Why a block device is gone whose volume is attached. */
function whyLost(
  db: NovaDatabase,
  disk: Row<BlockDeviceMappingRow>,
  evidence: Evidence,
): NovaException | undefined {
  const { instance_uuid, deleted_at } = disk;
  if (deleted_at === null) return undefined;
  if (isLostByAttach(db, disk, evidence)) return "failed-attach-forgets-volume";
  const at = db.kernel.calendar.parse(deleted_at);
  const rebuilt = wasRebuilt(db, instance_uuid, { from: at, to: at });
  return rebuilt ? "rebuild-attaches-detached-volume" : undefined;
}

/** Whether an attach has failed at last which somebody else may have come before: a rebuild, or Cinder whose answer was lost. */
function isLostByAttach(
  db: NovaDatabase,
  { instance_uuid, created_at, deleted_at }: Row<BlockDeviceMappingRow>,
  evidence: Evidence,
): boolean {
  if (deleted_at === null) return false;
  const { calendar } = db.kernel;
  const life = { from: calendar.parse(created_at), to: calendar.parse(deleted_at) };
  const failed = db.instance_faults.findAny({ instance_uuid }).some((fault) => {
    const at = calendar.parse(fault.created_at);
    return life.to <= at && at <= life.to + FAULT;
  });
  return (
    failed && (wasRebuilt(db, instance_uuid, life) || befell(db, instance_uuid, evidence, life))
  );
}

/** When the delete was asked for by which a server went, or it went if nobody asked. */
function deleteOf(db: NovaDatabase, { uuid, deleted_at }: Row<InstanceRow>): Micros {
  const deed = deedsOf(db, uuid).findLast(({ action }) => action.action === "delete");
  return db.kernel.calendar.parse(deed?.action.start_time ?? deleted_at ?? "");
}

/** Of a server that has run only a build that found another state gives ports back. */
const lostPortsWhenBuilt = (db: NovaDatabase, uuid: string): boolean =>
  db.instances.getAny(uuid)?.launched_at !== null && hasGivenPortsBack(db, uuid);

/** Only who cleans up after a build that has failed writes so. */
const hasGivenPortsBack = (db: NovaDatabase, uuid: string): boolean =>
  db.instance_system_metadata.get(uuid)?.metadata["network_allocated"] === "False";

/** Why a server, there or gone, knows nothing of an image that it was shelved to. */
function howForgotten(
  db: NovaDatabase,
  uuid: string,
  gone: boolean,
  evidence: Evidence,
): NovaException | undefined {
  const deeds = deedsOf(db, uuid);
  const actions = deeds.map(({ action }) => action.action);
  if (!actions.includes("shelve")) return undefined;
  if (gone) return "image-before-shelve";
  if (actions.lastIndexOf("unshelve") > actions.lastIndexOf("shelve")) {
    return "unshelve-forgets-image";
  }
  // Each shelve has made an image of its own, and a later one knows nothing of it.
  const vain = deeds.some(
    (deed) =>
      deed.action.action === "shelve" &&
      (hasFailed(deed) || isSentNowhere(db, deed) || befell(db, uuid, evidence, spanOf(db, deed))),
  );
  return vain ? "image-before-shelve" : undefined;
}

/** Whether its host could not shelve it, as where an operator has written another state meanwhile; offloading comes after. */
const hasFailed = ({ events }: Deed): boolean =>
  events.some(({ event, result }) => event === "compute_shelve_instance" && result === "Error");

/** From when it was made until it was deleted. */
function lifeOf(db: NovaDatabase, uuid: string): Stretch {
  const { calendar } = db.kernel;
  const { created_at, deleted_at } = db.instances.getAny(uuid) ?? {};
  return {
    from: created_at === undefined ? Infinity : calendar.parse(created_at),
    to: typeof deleted_at === "string" ? calendar.parse(deleted_at) : Infinity,
  };
}
