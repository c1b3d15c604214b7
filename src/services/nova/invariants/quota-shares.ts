/**
 * What Juno itself counts wrong of a quota, and how much: each cause with its share of what a usage row says too
 * much or too little. Upstream: nova/quota.py, nova/compute/manager.py, nova/compute/api.py at 2014.2; nova §8.5.
 */
import type { Row } from "../../../framework/index.js";
import { meet, wentWrongSince } from "../../../framework/mishaps.js";
import type { NovaDatabase } from "../db/database.js";
import { amountOf } from "../db/quota/usages.js";
import type { InstanceRow, QuotaUsageRow } from "../db/schema.js";
import * as vm from "../states/vm-states.js";
import type { NovaException } from "./exceptions.js";
import { befell, outagesOf, type Evidence } from "./evidence.js";
import { deedsOf, spanOf, wasDeletedByNobody, wasDeletedLocally, type Deed } from "./history.js";
import { MISCOUNTS_OF_MOVES, type Miscount } from "./quota-of-moves.js";

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
  const { resource, project_id, user_id } = usage;
  const open = openReservations(db, usage.id, evidence);
  const servers = db.instances
    .findAny({ project_id })
    .filter((row) => user_id === null || row.user_id === user_id);
  const sum = (each: (row: Row<InstanceRow>) => number): number =>
    servers.reduce((total, row) => total + each(row), 0);
  /** What may be too much of one server; 0 where nothing is. */
  const excesses = (miscounts: readonly Miscount[]): readonly number[] =>
    miscounts.length === 0
      ? [0]
      : miscounts.map((each) => amountOf(each.counted, resource) - amountOf(each.there, resource));
  return [
    {
      exception: "reservation-awaits-expiry",
      least: -open.reduce((total, delta) => total + Math.max(0, delta), 0),
      most: -open.reduce((total, delta) => total + Math.min(0, delta), 0),
    },
    {
      exception: "recount-takes-soft-deleted",
      least: 0,
      most: db.recountedSoft.get(usage.id) ?? 0,
    },
    {
      exception: "deleted-twice-given-back-twice",
      least: -sum((row) => givenBackTooOften(db, row, evidence) * amountOf(row, resource)),
      most: 0,
    },
    ...MISCOUNTS_OF_MOVES.map(({ exception, of }) => ({
      exception,
      least: sum((row) => Math.min(...excesses(of(db, row, evidence)))),
      most: sum((row) => Math.max(...excesses(of(db, row, evidence)))),
    })),
    {
      exception: "restart-deletes-without-quota",
      least: 0,
      most: sum((row) => (wasDeletedByNobody(db, row.uuid) ? amountOf(row, resource) : 0)),
    },
    {
      exception: "restart-gives-back-twice",
      least: -sum((row) => (wasHalfReclaimed(db, row, evidence) ? amountOf(row, resource) : 0)),
      most: 0,
    },
  ];
}

/** Whether a server that was deleted softly had no guest any more, but its row, when its host ended. */
function wasHalfReclaimed(db: NovaDatabase, row: Row<InstanceRow>, evidence: Evidence): boolean {
  const { uuid, host, deleted_at, terminated_at } = row;
  if (host === null || deleted_at === null || terminated_at === null) return false;
  const softly = deedsOf(db, uuid).some(({ events }) =>
    events.some(({ event }) => event === "compute_soft_delete_instance"),
  );
  const { calendar } = db.kernel;
  const half = { from: calendar.parse(terminated_at), to: calendar.parse(deleted_at) };
  return (
    softly &&
    wasDeletedByNobody(db, uuid) &&
    outagesOf(evidence, host).some((outage) => meet(outage, half))
  );
}

/** How much more often deletes have given back what a server used than it went, softly or for good. */
function givenBackTooOften(db: NovaDatabase, row: Row<InstanceRow>, evidence: Evidence): number {
  const deeds = deedsOf(db, row.uuid);
  const done = (action: string): number =>
    deeds.filter((deed) => deed.action.action === action && mayBeTaken(db, deed, evidence)).length;
  const went = row.deleted !== 0 || row.vm_state === vm.SOFT_DELETED ? 1 : 0;
  const locally = wasDeletedLocally(db, row.uuid) ? 1 : 0;
  return Math.max(0, done("delete") + locally - done("restore") - went);
}

/**
 * Whether a host may have taken the reservations of a request. One that was cut short, or not answered, may have come as far, or
 * have been kept from giving back what it gives back before it deletes a server that was deleted softly.
 */
function mayBeTaken(db: NovaDatabase, { action, events }: Deed, evidence: Evidence): boolean {
  const { instance_uuid, request_id } = action;
  const forNothing =
    db.deletedAgain.of(instance_uuid)?.has(request_id) === true &&
    events.some(({ event }) => event === "compute_terminate_instance");
  if (!forNothing && events.some(({ result }) => result === "Success")) return true;
  return events.length > 0 && befell(db, instance_uuid, evidence, spanOf(db, { action, events }));
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
