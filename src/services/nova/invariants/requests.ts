/**
 * That what users asked for comes to an end: no server rests in a passing state, every action that was begun
 * has events that are over. Upstream: nova/compute/manager.py (wrap_instance_event) at 2014.2; nova §0.3.
 */
import type { Finding } from "../../../framework/invariants.js";
import type { Row } from "../../../framework/index.js";
import type { Premises } from "../../../framework/project.js";
import type { NovaDatabase } from "../db/database.js";
import type { InstanceRow, MigrationRow } from "../db/schema.js";
import * as tasks from "../states/task-states.js";
import * as vm from "../states/vm-states.js";
import type { NovaException } from "./exceptions.js";
import { BEGUN, befell, isWorkedOn, since, type Evidence } from "./evidence.js";
import { arrivedUnheard, isWithoutGuest } from "./guests.js";
import { deedsOf, isSentNowhere, spanOf, whyUnended, type Deed } from "./history.js";
import { isForgotten } from "./moves.js";

const INSTANCES = "nova.instances";

/** Servers whose task nobody will end. */
export const tasksThatStay = (db: NovaDatabase, premises: Premises): Finding[] =>
  db.instances.find().flatMap((row) => {
    const { uuid, vm_state, task_state } = row;
    // What has failed keeps the task that it failed at, and users see ERROR.
    if (task_state === null || vm_state === vm.ERROR || isWorkedOn(db, uuid, premises)) return [];
    const what = `server ${uuid}: stays ${task_state}`;
    const exception = whyUnended(db, row, premises) ?? whyMigrating(db, row, premises);
    return [{ invariant: "at-rest" as const, what, where: INSTANCES, exception }];
  });

/** What no message and no process of the server's own hosts explains. */
function whyMigrating(
  db: NovaDatabase,
  row: Row<InstanceRow>,
  premises: Premises,
): NovaException | undefined {
  if (row.task_state !== tasks.MIGRATING || !isWithoutGuest(row, premises)) return undefined;
  return arrivedUnheard(db, row.uuid, premises) === undefined
    ? "failed-check-keeps-migrating"
    : "died-in-mid-work";
}

/** Passing states that are nobody's leftover: those of servers in error, builds, moves. */
export function statesThatStay(db: NovaDatabase, evidence: Evidence): Finding[] {
  const rest = (what: string, where: string, exception?: NovaException): Finding => ({
    invariant: "at-rest",
    what,
    where,
    exception,
  });
  const servers = db.instances.find().flatMap((row) => {
    const { uuid, vm_state, task_state } = row;
    if (isWorkedOn(db, uuid, evidence)) return [];
    if (vm_state === vm.ERROR && task_state !== null) {
      const what = `server ${uuid}: is in error and stays ${task_state}`;
      const [last] = deedsOf(db, uuid).slice(-1);
      const nowhere = last !== undefined && isSentNowhere(db, last);
      return [rest(what, INSTANCES, nowhere ? "state-before-host" : "error-keeps-task-state")];
    }
    if (vm_state !== vm.BUILDING || task_state !== null) return [];
    return [rest(`server ${uuid}: stays building`, INSTANCES, whyUnended(db, row, evidence))];
  });
  const moves = db.migrations.find().flatMap((move) => {
    const { id, status, instance_uuid } = move;
    const server = db.instances.get(instance_uuid);
    const awaited = status === "finished" && server?.vm_state === vm.RESIZED;
    if (awaited || OVER.includes(status) || isWorkedOn(db, instance_uuid, evidence)) return [];
    if (isBegunByLoop(db, move, evidence)) return [];
    const what = `migration ${String(id)} of server ${instance_uuid}: stays ${status}`;
    const over = isForgotten(db, move) ? "state-written-over" : undefined;
    return [rest(what, "nova.migrations", isFailedMove(db, move, evidence) ?? over)];
  });
  return [...servers, ...moves];
}

/** Whether a loop is at work which may have begun with a move: the status is stored before the action is. */
const isBegunByLoop = (
  db: NovaDatabase,
  { status, updated_at }: Row<MigrationRow>,
  { loops }: Evidence,
): boolean =>
  status === "confirming" &&
  loops !== undefined &&
  loops.size > 0 &&
  db.kernel.calendar.parse(updated_at ?? "") > db.kernel.now - BEGUN;

const OVER: readonly string[] = ["confirmed", "reverted", "error", "done"];

function isFailedMove(
  db: NovaDatabase,
  { instance_uuid, created_at, updated_at }: Row<MigrationRow>,
  evidence: Evidence,
): NovaException | undefined {
  // A loop that confirms is no action: what befell it did since the status was written.
  const cut = befell(db, instance_uuid, evidence, since(db, updated_at ?? created_at));
  const failed = deedsOf(db, instance_uuid).some(
    (deed) =>
      MOVES.includes(deed.action.action) &&
      (deed.events.some(({ result }) => result === "Error") ||
        befell(db, instance_uuid, evidence, spanOf(db, deed))),
  );
  return failed || cut ? "migration-left-open" : undefined;
}

const MOVES: readonly string[] = ["resize", "migrate", "confirmResize", "revertResize", "delete"];

/** Actions of which no event says how they ended. */
export const unendedActions = (db: NovaDatabase, evidence: Evidence): Finding[] =>
  [...new Set(db.instance_actions.find().map(({ instance_uuid }) => instance_uuid))].flatMap(
    (uuid) =>
      deedsOf(db, uuid).flatMap((deed) => {
        const { action, request_id } = deed.action;
        if (isEnded(db, deed) || isWorkedOn(db, uuid, evidence)) return [];
        const what = `${action} of server ${uuid} (${request_id}): ${outcomeOf(deed)}`;
        const exception = whyWithoutOutcome(db, uuid, deed, evidence);
        return [{ invariant: "outcome" as const, what, where: "nova.instance_actions", exception }];
      }),
  );

/** Whose methods are no events: the state of the server is all that tells. */
const EVENTLESS: readonly string[] = ["createImage", "createBackup", "lock", "unlock"];

/** What fails before it comes to a host has no event; its fault is what users are told. */
const isEnded = (db: NovaDatabase, { action, events }: Deed): boolean =>
  events.length === 0
    ? EVENTLESS.includes(action.action) ||
      isOffloadedAtOnce(db, action) ||
      isDeletedUnbuilt(db, action) ||
      hasFailedSince(db, action)
    : events.every(({ finish_time }) => finish_time !== null);

/** A server that is on a volume is not shelved but offloaded, by a method that is no event. */
const isOffloadedAtOnce = (db: NovaDatabase, { action, instance_uuid }: Deed["action"]): boolean =>
  action === "shelve" &&
  db.block_device_mapping
    .findAny({ instance_uuid })
    .some(({ boot_index, destination_type }) => boot_index === 0 && destination_type === "volume");

/** A server that went before it had a host is passed over by who would build it: that it went is its outcome. */
const isDeletedUnbuilt = (db: NovaDatabase, { action, instance_uuid }: Deed["action"]): boolean => {
  const { deleted = 0, host = null } = db.instances.getAny(instance_uuid) ?? {};
  return action === "create" && deleted !== 0 && host === null;
};

const hasFailedSince = (db: NovaDatabase, { instance_uuid, start_time }: Deed["action"]): boolean =>
  db.instance_faults
    .findAny({ instance_uuid })
    .some(({ created_at }) => created_at.slice(0, 19) >= start_time.slice(0, 19));

const outcomeOf = ({ events }: Deed): string =>
  events.length === 0
    ? "nothing came of it"
    : `${events.find(({ finish_time }) => finish_time === null)?.event ?? ""} was begun and never ended`;

function whyWithoutOutcome(
  db: NovaDatabase,
  uuid: string,
  deed: Deed,
  evidence: Evidence,
): NovaException | undefined {
  const { events } = deed;
  const [open] = events.filter(({ finish_time }) => finish_time === null);
  const again = events.filter(({ event }) => event === open?.event).length > 1;
  if (open !== undefined && again) return "second-attempt-unfinished";
  if (open === undefined && isToldElsewhere(db, uuid, deed)) return "told-of-the-first-action";
  if (isSentNowhere(db, deed)) return "state-before-host";
  if (!befell(db, uuid, evidence, spanOf(db, deed))) return undefined;
  return open === undefined ? "state-before-message" : "died-in-mid-work";
}

/** Whether an earlier action of the same request has what was done for this one. */
const isToldElsewhere = (db: NovaDatabase, uuid: string, { action }: Deed): boolean =>
  deedsOf(db, uuid).some(
    (other) =>
      other.action.id < action.id &&
      other.action.request_id === action.request_id &&
      other.events.length > 1,
  );
