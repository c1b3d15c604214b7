/**
 * What the rows tell of a server's moves: which are open, and how a delete or an operator has left one open for good.
 * Upstream: nova/compute/api.py (_confirm_resize_on_deleting), nova/compute/manager.py at 2014.2; nova §3.2, §3.3.
 */
import type { Row } from "../../../framework/index.js";
import type { NovaDatabase } from "../db/database.js";
import type { MigrationRow } from "../db/schema.js";
import * as tasks from "../states/task-states.js";
import { deedsOf } from "./history.js";

type Move = Row<MigrationRow>;

export const isOpen = ({ status }: MigrationRow): boolean =>
  !["confirmed", "reverted", "error"].includes(status);

/** Whether nobody ends a move, as another state was written over its server's: over its own, or over an earlier move's. */
export const isForgotten = (db: NovaDatabase, move: Move): boolean =>
  isWrittenOver(db, move.instance_uuid, move.created_at) || isEndedInstead(db, move);

/** Whether another state was written over a server's since a row was made, and nothing ended. */
export const isWrittenOver = (
  db: NovaDatabase,
  uuid: string,
  from: string,
  to?: string,
): boolean => {
  const { calendar } = db.kernel;
  const [begun, ended] = [calendar.parse(from), to === undefined ? Infinity : calendar.parse(to)];
  return (db.overwritten.of(uuid) ?? []).some(({ at }) => begun <= at && at <= ended);
};

/** A delete, a confirmation or a revert ends one move, the oldest: a later one stays where the state of an earlier one was written over. */
const isEndedInstead = (db: NovaDatabase, { id, instance_uuid, created_at }: Move): boolean =>
  db.migrations
    .findAny({ instance_uuid })
    .some(
      (earlier) =>
        earlier.id < id &&
        ["confirmed", "reverted"].includes(earlier.status) &&
        (earlier.updated_at ?? "") >= created_at &&
        isWrittenOver(db, instance_uuid, earlier.created_at, created_at),
    );

/** Whether that was done while a server was being moved as it ran. */
export const isWrittenOverMigrating = (db: NovaDatabase, uuid: string): boolean =>
  (db.overwritten.of(uuid) ?? []).some(({ task_state }) => task_state === tasks.MIGRATING);

/** Whether a server went while a move of it was between its two hosts, or half taken back. */
export const isDeletedAmid = (db: NovaDatabase, { instance_uuid, status }: Move): boolean =>
  db.instances.get(instance_uuid) === undefined &&
  (status === "post-migrating" || isRevertedHalfway(db, instance_uuid));

/** Whether a move was begun to be taken back, and its source has not done its part. */
const isRevertedHalfway = (db: NovaDatabase, instance_uuid: string): boolean =>
  deedsOf(db, instance_uuid).some(
    ({ action, events }) =>
      action.action === "revertResize" &&
      !events.some(
        ({ event, result }) => event === "compute_finish_revert_resize" && result === "Success",
      ),
  );
