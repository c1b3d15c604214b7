/**
 * What a quota counts of a server that is not there, or does not count though it is, since a move of it failed or met
 * other work: as one size it is counted, another it has. Upstream: nova/compute/manager.py (finish_resize,
 * finish_revert_resize), nova/compute/api.py (_delete) at 2014.2; nova §3.3, §8.5.
 */
import type { Row } from "../../../framework/index.js";
import type { NovaDatabase } from "../db/database.js";
import type { InstanceRow, MigrationRow } from "../db/schema.js";
import type { NovaException } from "./exceptions.js";
import { befell, type Evidence } from "./evidence.js";
import { deedsOf, spanOf, type Deed } from "./history.js";
import { isWrittenOver } from "./moves.js";

type Size = Pick<InstanceRow, "vcpus" | "memory_mb">;

export interface Miscount {
  readonly counted: Size;
  readonly there: Size;
}

interface Cause {
  readonly exception: NovaException;
  /** What may be counted of a server so; none: it is not the cause. */
  readonly of: (db: NovaDatabase, row: Row<InstanceRow>, evidence: Evidence) => readonly Miscount[];
}

/** What the flavors that a revert was to take back used, beside what its server had before. */
const failedRevert = (
  db: NovaDatabase,
  row: Row<InstanceRow>,
  evidence: Evidence,
): readonly Miscount[] => {
  const failed = hasFailed(
    db,
    row.uuid,
    evidence,
    ({ action }) => action.action === "revertResize",
  );
  if (!failed) return [];
  // Whichever it was: a later move may have made it another size again.
  return movesOf(db, row).flatMap(({ old_instance_type_id, new_instance_type_id }) => {
    const there = db.instance_types.getAny(old_instance_type_id ?? 0);
    return there === undefined ? [] : sized(db, new_instance_type_id, there);
  });
};

/** What a server used before a resize that has failed on its new host. */
const failedResize = (
  db: NovaDatabase,
  row: Row<InstanceRow>,
  evidence: Evidence,
): readonly Miscount[] => {
  const failed = hasFailed(db, row.uuid, evidence, (_, event) => event === "compute_finish_resize");
  const [move] = movesOf(db, row).slice(-1);
  if (!failed || row.instance_type_id !== move?.new_instance_type_id) return [];
  return sized(db, move.old_instance_type_id, row);
};

/** What a server has grown by since a delete was asked for that gave back what it used then. */
const resizedSinceDelete = (db: NovaDatabase, row: Row<InstanceRow>): readonly Miscount[] => {
  const { uuid, deleted, deleted_at } = row;
  const asked = deedsOf(db, uuid).find(({ action }) => action.action === "delete")?.action;
  if (deleted === 0 || deleted_at === null || asked === undefined) return [];
  const [first] = movesOf(db, row).filter(
    ({ created_at: at }) => asked.start_time <= at && at <= deleted_at,
  );
  const there = db.instance_types.getAny(first?.old_instance_type_id ?? 0);
  return there === undefined ? [] : [{ counted: row, there }];
};

/** What any of several moves was to make of a server over whose state another was written, beside what the last has made of it. */
const movedAtOnce = (db: NovaDatabase, row: Row<InstanceRow>): readonly Miscount[] => {
  const moves = movesOf(db, row);
  const [first] = moves;
  if (first === undefined || moves.length < 2) return [];
  const { start_time: from = first.created_at } =
    deedsOf(db, row.uuid).find(({ action }) => MOVES.includes(action.action))?.action ?? {};
  if (!isWrittenOver(db, row.uuid, from)) return [];
  return moves.flatMap((move) => sized(db, move.new_instance_type_id, row));
};

/**
 * What the first of a server's moves and all that came before its end took, less what its end gave back, beside what the
 * last of them has made of the server.
 */
const firstEnded = (db: NovaDatabase, row: Row<InstanceRow>): readonly Miscount[] => {
  const moves = movesOf(db, row);
  return moves.flatMap((first) => {
    const { id, status, created_at, updated_at } = first;
    const ended = updated_at ?? created_at;
    const later = moves.filter((other) => other.id > id && other.created_at <= ended);
    const [second] = later;
    const last = later.at(-1);
    if (second === undefined || last === undefined || !ENDED.includes(status)) return [];
    if (!isWrittenOver(db, row.uuid, created_at, second.created_at)) return [];
    const before = db.instance_types.getAny(first.old_instance_type_id ?? 0);
    if (before === undefined) return [];
    const took = (status === "reverted" ? later : [first, ...later]).map((move) => grown(db, move));
    const gaveBack = status === "reverted" ? [] : [shrunk(db, last)];
    const sum = (of: keyof Size): number =>
      [...took, ...gaveBack].reduce((total, size) => total + size[of], before[of]);
    return [{ counted: { vcpus: sum("vcpus"), memory_mb: sum("memory_mb") }, there: row }];
  });
};

const ENDED: readonly string[] = ["confirmed", "reverted"];

/** How much more a server is after a move, and how much less, which the quota is told of at different times. */
const grown = (db: NovaDatabase, move: Row<MigrationRow>): Size => changed(db, move, Math.max);
const shrunk = (db: NovaDatabase, move: Row<MigrationRow>): Size => changed(db, move, Math.min);

function changed(
  db: NovaDatabase,
  { old_instance_type_id, new_instance_type_id }: MigrationRow,
  bound: (difference: number, zero: number) => number,
): Size {
  const [before, after] = [old_instance_type_id, new_instance_type_id].map((id) =>
    db.instance_types.getAny(id ?? 0),
  );
  const by = (of: keyof Size): number => bound((after?.[of] ?? 0) - (before?.[of] ?? 0), 0);
  return { vcpus: by("vcpus"), memory_mb: by("memory_mb") };
}

const MOVES: readonly string[] = ["resize", "migrate"];

export const MISCOUNTS_OF_MOVES: readonly Cause[] = [
  { exception: "failed-revert-keeps-quota", of: failedRevert },
  { exception: "failed-resize-gives-quota-back", of: failedResize },
  { exception: "delete-gives-back-old-size", of: resizedSinceDelete },
  { exception: "last-move-sets-flavor", of: movedAtOnce },
  { exception: "first-of-moves-is-ended", of: firstEnded },
];

/** Whether one of such events has failed, or was cut short. */
const hasFailed = (
  db: NovaDatabase,
  uuid: string,
  evidence: Evidence,
  isSuch: (deed: Deed, event: string) => boolean,
): boolean =>
  deedsOf(db, uuid).some((deed) =>
    deed.events.some(
      ({ event, result, finish_time }) =>
        isSuch(deed, event) &&
        (result === "Error" ||
          (finish_time === null && befell(db, uuid, evidence, spanOf(db, deed)))),
    ),
  );

const movesOf = (db: NovaDatabase, { uuid }: Row<InstanceRow>) =>
  db.migrations.findAny({ instance_uuid: uuid });

/** Counted as of a flavor, and there as its row says. */
function sized(
  db: NovaDatabase,
  flavor: number | null | undefined,
  there: Size,
): readonly Miscount[] {
  const counted = db.instance_types.getAny(flavor ?? 0);
  return counted === undefined ? [] : [{ counted, there }];
}
