/**
 * The history of instances: actions, their events, and what went wrong. Upstream:
 * nova/db/sqlalchemy/api.py (action_*, instance_fault_*); nova §0.3.
 */
import type { RequestContext, Row } from "../../../../framework/index.js";
import { InstanceActionEventNotFound, InstanceActionNotFound } from "../../exception.js";
import type { ObjectStore } from "../../objects/base/versioned-object.js";
import { InstanceFault } from "../../objects/instance-fault.js";
import { stored } from "../../objects/base/declare.js";
import type { NovaDatabase } from "../database.js";
import type { InstanceActionRow } from "../schema.js";

export function actionStart(
  db: NovaDatabase,
  ctxt: RequestContext,
  instanceUuid: string,
  action: string,
): void {
  db.instance_actions.insert({
    action,
    instance_uuid: instanceUuid,
    request_id: ctxt.request_id,
    user_id: ctxt.user_id,
    project_id: ctxt.project_id,
    start_time: ctxt.timestamp,
    finish_time: null,
    message: null,
  });
}

/** @throws InstanceActionNotFound */
export function eventStart(
  db: NovaDatabase,
  ctxt: RequestContext,
  instanceUuid: string,
  event: string,
): void {
  const action = findAction(db, ctxt, instanceUuid);
  db.instance_actions_events.insert({
    event,
    action_id: action.id,
    start_time: db.utcnow(),
    finish_time: null,
    result: null,
    traceback: null,
  });
}

/**
 * Finish the first event of that name: a second attempt at a build finds the first one's row.
 * @throws InstanceActionNotFound, InstanceActionEventNotFound
 */
export function eventFinish(
  db: NovaDatabase,
  ctxt: RequestContext,
  instanceUuid: string,
  event: string,
  failure: { readonly exc_val: string | null; readonly exc_tb: string | null },
): void {
  const action = findAction(db, ctxt, instanceUuid);
  const row = db.instance_actions_events.first({ action_id: action.id, event });
  if (row === undefined) throw new InstanceActionEventNotFound({ action_id: action.id, event });
  const failed = failure.exc_tb !== null;
  db.instance_actions_events.update(row.id, {
    finish_time: db.utcnow(),
    result: failed ? "Error" : "Success",
    traceback: failed ? failure.exc_tb : null,
  });
  if (failed) db.instance_actions.update(action.id, { message: "Error" });
}

function findAction(
  db: NovaDatabase,
  ctxt: RequestContext,
  instanceUuid: string,
): Row<InstanceActionRow> {
  const { request_id } = ctxt;
  const action = db.instance_actions.first({ instance_uuid: instanceUuid, request_id });
  if (action === undefined) {
    throw new InstanceActionNotFound({ request_id, instance_uuid: instanceUuid });
  }
  return action;
}

export function createFault(db: NovaDatabase, fault: InstanceFault): void {
  const { instance_uuid, code, message, details, host } = fault;
  const row = db.instance_faults.insert({ instance_uuid, code, message, details, host });
  fault.refreshWith({ ...row, ...stored(row) });
}

export function latestFault(
  db: NovaDatabase,
  store: ObjectStore,
  instanceUuid: string,
): InstanceFault | null {
  const row = db.instance_faults.find({ instance_uuid: instanceUuid }).at(-1);
  if (row === undefined) return null;
  return new InstanceFault(store, { ...row, ...stored(row) });
}
