/**
 * What the rows of actions and events tell of a server: whether what was asked for has come to an end, and
 * if not, at which of Juno's weak places it has stopped. A place counts only where something did go
 * wrong in the cloud: without that, a task that stays is nobody's known defect.
 */
import type { Row } from "../../../framework/index.js";
import type { Premises } from "../../../framework/project.js";
import type { NovaDatabase } from "../db/database.js";
import type { InstanceActionEventRow, InstanceActionRow } from "../db/schema.js";
import type { NovaException } from "./exceptions.js";

/** What may be known of the run. */
export type Evidence = Pick<Premises, "troubled">;

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

/** Why a server stays in the middle of what was last asked for. */
export function whyUnended(
  db: NovaDatabase,
  instance_uuid: string,
  { troubled }: Evidence,
): NovaException | undefined {
  if (!troubled) return undefined;
  const events = deedsOf(db, instance_uuid).at(-1)?.events ?? [];
  if (events.length === 0) return "state-before-message";
  if (events.some(({ finish_time }) => finish_time === null)) return "died-in-mid-work";
  if (events.some(({ result }) => result === "Error")) return "revert-failed";
  return PASSING_ON.includes(events.at(-1)?.event ?? "") ? "state-before-message" : undefined;
}

/** Events that end when the next host has been sent a message, and not before it has come. */
const PASSING_ON: readonly string[] = [
  "cold_migrate",
  "get_image_info",
  "schedule_instances",
  "rebuild_server",
  "compute_prep_resize",
  "compute_resize_instance",
  "compute_revert_resize",
];

/** Whether a server that is gone was deleted by nova-api itself: then no action says so. */
export const wasDeletedLocally = (db: NovaDatabase, instance_uuid: string): boolean =>
  db.instance_actions.first({ instance_uuid, action: "delete" }) === undefined;
