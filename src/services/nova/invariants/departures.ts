/**
 * How servers have gone where Juno leaves behind what was theirs, and what becomes of the images of shelved
 * ones. Upstream: nova/compute/api.py (_delete, _local_delete, shelve) at 2014.2; nova §2.1, §3.2.
 */
import type { Departed } from "../../../framework/inventory.js";
import type { NovaDatabase } from "../db/database.js";
import type { NovaException } from "./exceptions.js";
import { deedsOf, wasDeletedLocally, type Deed, type Evidence } from "./history.js";

/** Kinds of what depends on a server by more than its id, as others name them in `by`. */
const SHELVING = "shelving of server";
const TAPS = "taps of server";

export function departures(db: NovaDatabase, evidence: Evidence): Departed[] {
  return db.instances.findAny().flatMap(({ uuid: id, deleted, host }) => {
    const gone = deleted === 0 ? undefined : howGone(db, id, host, evidence);
    const image = howForgotten(db, id, deleted !== 0, evidence);
    const taps = gone ?? whyPlugged(db, id, evidence);
    return [
      ...(gone === undefined ? [] : [{ kind: "server", id, exception: gone }]),
      ...(taps === undefined ? [] : [{ kind: TAPS, id, exception: taps }]),
      ...(image === undefined ? [] : [{ kind: SHELVING, id, exception: image }]),
    ];
  });
}

export function howGone(
  db: NovaDatabase,
  uuid: string,
  host: string | null,
  { troubled }: Evidence,
): NovaException | undefined {
  if (wasDeletedLocally(db, uuid)) {
    return host === null ? "delete-without-host-leaks" : "local-delete-leaves-guest";
  }
  const [removed] = deedsOf(db, uuid).filter(({ action }) => action.action === "delete");
  const whole = removed?.events.every(({ result }) => result === "Success") === true;
  return troubled && !whole ? "died-in-mid-work" : undefined;
}

/**
 * Whether work was cut short that gives ports back, a delete failed, or something that makes ports was still at
 * work when it was asked for.
 */
function whyPlugged(
  db: NovaDatabase,
  uuid: string,
  { troubled }: Evidence,
): NovaException | undefined {
  const deeds = deedsOf(db, uuid);
  const asked = deeds.find(({ action }) => action.action === "delete")?.action.start_time;
  const failed = deeds.some(
    ({ action, events }) =>
      action.action === "delete" && events.some(({ result }) => result === "Error"),
  );
  if (failed) return "failed-destroy-frees-ports";
  const overlaps = ({ action, events }: Deed): boolean =>
    action.action !== "delete" &&
    asked !== undefined &&
    action.start_time <= asked &&
    events.some(({ finish_time }) => finish_time === null || finish_time >= asked);
  if (deeds.some(overlaps)) return "delete-carries-old-network";
  const cut = deeds.some(({ events }) => events.some(({ finish_time }) => finish_time === null));
  return troubled && cut ? "died-in-mid-work" : undefined;
}

/** Why a server, there or gone, knows nothing of an image that it was shelved to. */
function howForgotten(
  db: NovaDatabase,
  uuid: string,
  gone: boolean,
  { troubled }: Evidence,
): NovaException | undefined {
  const actions = deedsOf(db, uuid).map(({ action }) => action.action);
  if (!actions.includes("shelve")) return undefined;
  if (gone) return "image-before-shelve";
  if (actions.lastIndexOf("unshelve") > actions.lastIndexOf("shelve")) {
    return "unshelve-forgets-image";
  }
  return troubled ? "image-before-shelve" : undefined;
}
