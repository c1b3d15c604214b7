/**
 * What Juno itself counts wrong of a quota, and how much: each cause with its share of what a usage row says too
 * much or too little. Upstream: nova/quota.py, nova/compute/manager.py, nova/compute/api.py at 2014.2; nova §8.5.
 */
import type { Row } from "../../../framework/index.js";
import { wentWrongSince } from "../../../framework/mishaps.js";
import { minutes } from "../../../kernel/index.js";
import type { NovaDatabase } from "../db/database.js";
import type { InstanceRow, InstanceTypeRow, QuotaUsageRow } from "../db/schema.js";
import * as vm from "../states/vm-states.js";
import type { NovaException } from "./exceptions.js";
import { befell, outagesOf, wasUnheard, type Evidence } from "./evidence.js";
import { deedsOf, spanOf, wasDeletedByNobody } from "./history.js";

/** By how much more is counted than there is, where something that Juno does is the cause. */
export interface Share {
  readonly exception: NovaException;
  readonly least: number;
  readonly most: number;
}

export function sharesOf(
  db: NovaDatabase,
  usage: Row<QuotaUsageRow>,
  evidence: Evidence,
): readonly Share[] {
  const open = openReservations(db, usage.id, evidence);
  const reverted = keptByFailedReverts(db, usage);
  const resized = givenBackByFailedResizes(db, usage, evidence);
  const outgrown = resizedSinceDelete(db, usage);
  return [
    {
      exception: "reservation-awaits-expiry",
      least: -open.reduce((sum, delta) => sum + Math.max(0, delta), 0),
      most: -open.reduce((sum, delta) => sum + Math.min(0, delta), 0),
    },
    {
      exception: "deleted-twice-given-back-twice",
      least: -givenBackTooOften(db, usage, evidence),
      most: 0,
    },
    { exception: "failed-revert-keeps-quota", least: reverted, most: reverted },
    { exception: "failed-resize-gives-quota-back", least: -resized, most: -resized },
    { exception: "delete-gives-back-old-size", least: outgrown, most: outgrown },
    {
      exception: "restart-deletes-without-quota",
      least: 0,
      most: deletedAtRestart(db, usage, evidence).reduce(
        (sum, row) => sum + amountOf(row, usage.resource),
        0,
      ),
    },
  ];
}

/** Servers of a usage's owner that went without a message that was to delete them, or when their host had just started. */
const deletedAtRestart = (
  db: NovaDatabase,
  { project_id, user_id }: QuotaUsageRow,
  evidence: Evidence,
): readonly Row<InstanceRow>[] =>
  db.instances
    .findAny({ project_id })
    .filter((row) => user_id === null || row.user_id === user_id)
    .filter((row) => wasDeletedByNobody(db, row.uuid) || wentAtStart(db, row, evidence));

/** What a start ends it ends at once. */
const START = minutes(1);

function wentAtStart(
  db: NovaDatabase,
  { deleted, deleted_at, host }: Row<InstanceRow>,
  evidence: Evidence,
): boolean {
  if (deleted === 0 || deleted_at === null || host === null) return false;
  const at = db.kernel.calendar.parse(deleted_at);
  return outagesOf(evidence, host).some(({ to }) => to <= at && at <= to + START);
}

/** What deletes have given back more often than their servers went, softly or for good. */
const givenBackTooOften = (
  db: NovaDatabase,
  { project_id, user_id, resource }: QuotaUsageRow,
  evidence: Evidence,
): number =>
  db.instances
    .findAny({ project_id })
    .filter((row) => user_id === null || row.user_id === user_id)
    .reduce((sum, row) => {
      const done = (action: string): number =>
        deedsOf(db, row.uuid).filter(
          (deed) =>
            deed.action.action === action && deed.events.some(({ result }) => result === "Success"),
        ).length;
      const went = row.deleted !== 0 || row.vm_state === vm.SOFT_DELETED ? 1 : 0;
      const locally = wentWhileAway(db, row, evidence) ? 1 : 0;
      const often = Math.max(0, done("delete") + locally - done("restore") - went);
      return sum + often * amountOf(row, resource);
    }, 0);

/** Whether nova-api deleted a server itself, since it had not heard of its host, after something else had been done to delete it. */
const wentWhileAway = (
  db: NovaDatabase,
  { uuid, host, deleted_at }: Row<InstanceRow>,
  evidence: Evidence,
): boolean => {
  if (host === null || deleted_at === null || !wasDeletedByNobody(db, uuid)) return false;
  const at = db.kernel.calendar.parse(deleted_at);
  return wasUnheard(evidence, host, at);
};

/** By how much the flavors that reverts were to take back are larger than those that servers have again. */
const keptByFailedReverts = (
  db: NovaDatabase,
  { project_id, user_id, resource }: QuotaUsageRow,
): number =>
  db.instances
    .findAny({ project_id })
    .filter((row) => user_id === null || row.user_id === user_id)
    .filter(({ uuid }) =>
      deedsOf(db, uuid).some(
        ({ action, events }) =>
          action.action === "revertResize" && events.some(({ result }) => result === "Error"),
      ),
    )
    .reduce((sum, row) => {
      const [move] = db.migrations.findAny({ instance_uuid: row.uuid }).slice(-1);
      const larger = db.instance_types.getAny(move?.new_instance_type_id ?? 0);
      return larger === undefined
        ? sum
        : sum + amountOf(larger, resource) - amountOf(row, resource);
    }, 0);

/** By how much the flavors of servers whose resize has failed on its new host are larger than those before. */
const givenBackByFailedResizes = (
  db: NovaDatabase,
  { project_id, user_id, resource }: QuotaUsageRow,
  evidence: Evidence,
): number =>
  db.instances
    .findAny({ project_id })
    .filter((row) => user_id === null || row.user_id === user_id)
    .filter(({ uuid }) =>
      deedsOf(db, uuid).some((deed) =>
        deed.events.some(
          ({ event, result, finish_time }) =>
            event === "compute_finish_resize" &&
            (result === "Error" ||
              (finish_time === null && befell(db, uuid, evidence, spanOf(db, deed)))),
        ),
      ),
    )
    .reduce((sum, row) => {
      const [move] = db.migrations.findAny({ instance_uuid: row.uuid }).slice(-1);
      const smaller = db.instance_types.getAny(move?.old_instance_type_id ?? 0);
      if (smaller === undefined || row.instance_type_id !== move?.new_instance_type_id) return sum;
      return sum + amountOf(row, resource) - amountOf(smaller, resource);
    }, 0);

/** By how much servers that are gone had grown after their delete was asked for, which gave back what they used then. */
const resizedSinceDelete = (
  db: NovaDatabase,
  { project_id, user_id, resource }: QuotaUsageRow,
): number =>
  db.instances
    .findAny({ project_id })
    .filter((row) => user_id === null || row.user_id === user_id)
    .reduce((sum, row) => {
      const before = sizeAtDelete(db, row);
      return before === undefined
        ? sum
        : sum + amountOf(row, resource) - amountOf(before, resource);
    }, 0);

/** The flavor that a server had when a delete of it was asked for before which a move came to its end. */
function sizeAtDelete(
  db: NovaDatabase,
  { uuid, deleted, deleted_at }: Row<InstanceRow>,
): Row<InstanceTypeRow> | undefined {
  const asked = deedsOf(db, uuid).find(({ action }) => action.action === "delete")?.action;
  if (deleted === 0 || deleted_at === null || asked === undefined) return undefined;
  const [first] = db.migrations
    .findAny({ instance_uuid: uuid })
    .filter(({ created_at: at }) => asked.start_time <= at && at <= deleted_at);
  return db.instance_types.getAny(first?.old_instance_type_id ?? 0);
}

/** Those of a usage that something may have kept from their end. */
export const openReservations = (
  db: NovaDatabase,
  usage_id: number,
  { mishaps }: Evidence,
): number[] =>
  db.reservations
    .find({ usage_id })
    .filter(({ created_at }) => wentWrongSince(mishaps, db.kernel.calendar.parse(created_at)))
    .map(({ delta }) => delta);

export function amountOf(
  { vcpus, memory_mb }: Pick<InstanceRow, "vcpus" | "memory_mb">,
  resource: string,
): number {
  if (resource === "cores") return vcpus;
  if (resource === "ram") return memory_mb;
  return resource === "instances" ? 1 : 0;
}
