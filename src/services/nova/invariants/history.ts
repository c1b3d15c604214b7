/**
 * What the rows of actions and events tell of a server: whether what was asked for has come to an end, and
 * if not, at which of Juno's weak places it has stopped. A place counts only where something did go wrong
 * with that work (`evidence.ts`): without that, a task that stays is nobody's known defect.
 */
import type { Row } from "../../../framework/index.js";
import type { Stretch } from "../../../framework/mishaps.js";
import type { NovaDatabase } from "../db/database.js";
import * as tasks from "../states/task-states.js";
import type { InstanceActionEventRow, InstanceActionRow, InstanceRow } from "../db/schema.js";
import { befell, since, type Evidence } from "./evidence.js";
import type { NovaException } from "./exceptions.js";

/** An action, and what services have made of it. */
export interface Deed {
  readonly action: Row<InstanceActionRow>;
  readonly events: readonly Row<InstanceActionEventRow>[];
}

export const deedsOf = (db: NovaDatabase, instance_uuid: string): Deed[] =>
  db.instance_actions.find({ instance_uuid }).map((action) => ({
    action,
    events: db.instance_actions_events.find({ action_id: action.id }),
  }));

/** Whether a server was on no host when something was asked for that nobody has begun: no message of it was sent. */
export const isSentNowhere = (db: NovaDatabase, deed: Deed): boolean =>
  deed.events.length === 0 && !SCHEDULED.includes(deed.action.action) && wasAskedHostless(db, deed);

/** What conductors are asked for, who find the host: that the server is on none is no hindrance. */
const SCHEDULED: readonly string[] = [
  "create",
  "unshelve",
  "rebuild",
  "evacuate",
  "resize",
  "migrate",
];

/** Whether a host was found for a rebuild because its server was on none: it is not written there. */
export const wasRebuiltNowhere = (db: NovaDatabase, instance_uuid: string): boolean =>
  deedsOf(db, instance_uuid).some(
    (deed) =>
      deed.events.some(({ event }) => event === "compute_rebuild_instance") &&
      wasAskedHostless(db, deed),
  );

/** Whether a host was looked for in vain, for a rebuild of a server that was on none. */
const isRebuildWithoutHost = (db: NovaDatabase, deed: Deed): boolean =>
  deed.action.action === "rebuild" &&
  deed.events.at(-1)?.event === "rebuild_server" &&
  deed.events.at(-1)?.result === "Error" &&
  wasAskedHostless(db, deed);

const wasAskedHostless = (
  db: NovaDatabase,
  { action: { instance_uuid, start_time, created_at } }: Deed,
): boolean =>
  wasHostless(db, instance_uuid, {
    from: db.kernel.calendar.parse(start_time),
    to: db.kernel.calendar.parse(created_at),
  });

const wasHostless = (db: NovaDatabase, instance_uuid: string, { from, to }: Stretch): boolean =>
  (db.hostless.of(instance_uuid) ?? []).some((stretch) => stretch.from <= to && from <= stretch.to);

/** Why a server stays in the middle of what was last asked for. */
export function whyUnended(
  db: NovaDatabase,
  row: Row<InstanceRow>,
  evidence: Evidence,
): NovaException | undefined {
  const { uuid } = row;
  const stored = { from: db.taskState.of(uuid) ?? Infinity, to: Infinity };
  const deed = deedsOf(db, uuid).at(-1);
  const asked = UNRECORDED[row.task_state ?? ""] ?? whyUnrecordedDelete(row, deed);
  if (asked !== undefined) {
    const { from } = stored;
    const asksHost = IMAGING.includes(row.task_state ?? "");
    if (asksHost && wasHostless(db, uuid, { from, to: from })) return "state-before-host";
    return befell(db, uuid, evidence, stored) ? asked : undefined;
  }
  if (deed !== undefined && isSentNowhere(db, deed)) return "state-before-host";
  if (deed !== undefined && isRebuildWithoutHost(db, deed)) return "rebuild-asks-by-id";
  if (deed === undefined || !befell(db, uuid, evidence, since(db, deed.action.start_time))) {
    return undefined;
  }
  const { events } = deed;
  if (events.length === 0) return "state-before-message";
  if (events.some(({ finish_time }) => finish_time === null)) return "died-in-mid-work";
  if (events.some(({ result }) => result === "Error")) return "revert-failed";
  return PASSING_ON.includes(events.at(-1)?.event ?? "") ? "state-before-message" : undefined;
}

/** Task states of what is no action, or has no events, and who has stored them last: nova-api, or the host. */
const UNRECORDED: Readonly<Record<string, NovaException>> = {
  image_snapshot_pending: "state-before-message",
  image_snapshot: "died-in-mid-work",
  image_pending_upload: "died-in-mid-work",
  image_uploading: "died-in-mid-work",
  image_backup: "state-before-message",
  migrating: "state-before-message",
  shelving_offloading: "died-in-mid-work",
};

/** A delete that nova-api does itself is no action: what fails it leaves the state that was stored first. */
const whyUnrecordedDelete = (
  { task_state }: Row<InstanceRow>,
  last: Deed | undefined,
): NovaException | undefined =>
  task_state === tasks.DELETING && last?.action.action !== "delete"
    ? "state-before-message"
    : undefined;

/** Those that nova-api stores before it asks a server's host itself. */
const IMAGING: readonly string[] = [tasks.IMAGE_SNAPSHOT_PENDING, tasks.IMAGE_BACKUP];

/** Events that end when the next host has been sent a message, and not before it has come. */
const PASSING_ON: readonly string[] = [
  "cold_migrate",
  "get_image_info",
  // It ends well as well where it asks for another host.
  "compute_build_and_run_instance",
  "schedule_instances",
  "rebuild_server",
  "compute_prep_resize",
  "compute_resize_instance",
  "compute_revert_resize",
];

/** Whether nova-api deleted a server itself, as one that is on no host, or on one that it has not heard of. */
export const wasDeletedLocally = (db: NovaDatabase, instance_uuid: string): boolean =>
  db.deleters.of(instance_uuid)?.actor.startsWith("nova-api") === true;

/** Whether a server went for no user's request: a loop or a start of its host did it. */
export function wasDeletedByNobody(db: NovaDatabase, instance_uuid: string): boolean {
  const deleter = db.deleters.of(instance_uuid);
  if (deleter === undefined || wasDeletedLocally(db, instance_uuid)) return false;
  return !db.instance_actions
    .find({ instance_uuid })
    .some(({ request_id }) => request_id === deleter.request);
}

/** Whether something else was still at work on a server when its delete was asked for. */
export function wasBusyAtDelete(db: NovaDatabase, instance_uuid: string): boolean {
  const deeds = deedsOf(db, instance_uuid);
  const asked = deeds.find(({ action }) => action.action === "delete")?.action.start_time;
  if (asked === undefined) return false;
  return deeds.some(
    ({ action, events }) =>
      action.action !== "delete" &&
      action.start_time <= asked &&
      events.some(({ finish_time }) => finish_time === null || finish_time >= asked),
  );
}

/** Whether something was asked of a server when its delete had been asked for and was not done, as after an operator's reset-state. */
export function wasBegunAmidDelete(db: NovaDatabase, instance_uuid: string): boolean {
  const { deleted_at = null } = db.instances.getAny(instance_uuid) ?? {};
  const deeds = deedsOf(db, instance_uuid);
  const asked = deeds.findLast(({ action }) => action.action === "delete")?.action.start_time;
  if (asked === undefined || deleted_at === null) return false;
  return deeds.some(
    ({ action: { action, start_time }, events }) =>
      action !== "delete" && events.length > 0 && asked <= start_time && start_time <= deleted_at,
  );
}

/** Whether a host was rebuilding a server at some moment of a stretch: then it attaches the server's volumes anew. */
export function wasRebuilt(
  db: NovaDatabase,
  instance_uuid: string,
  { from, to }: Stretch,
): boolean {
  const at = (date: string): number => db.kernel.calendar.parse(date);
  return deedsOf(db, instance_uuid)
    .flatMap(({ events }) => events)
    .some(
      ({ event, start_time, finish_time }) =>
        event === "compute_rebuild_instance" &&
        at(start_time) <= to &&
        (finish_time === null || at(finish_time) >= from),
    );
}

/** From an action's start to its last event's end; one that has not ended has not. */
export function spanOf(db: NovaDatabase, { action, events }: Deed): Stretch {
  const { calendar } = db.kernel;
  const ends = events.map(({ finish_time }) =>
    finish_time === null ? Infinity : calendar.parse(finish_time),
  );
  return {
    from: calendar.parse(action.start_time),
    to: ends.length === 0 ? Infinity : Math.max(...ends),
  };
}
