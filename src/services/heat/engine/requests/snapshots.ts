/**
 * Snapshots of stacks: what each resource can be made of again, and what an abandoned stack would leave, in a row.
 * Juno restores none. Upstream: heat/engine/service.py (stack_snapshot, show_snapshot, delete_snapshot,
 * stack_list_snapshots), heat/engine/api.py (format_snapshot), heat/engine/stack.py (snapshot, delete_snapshot) at
 * 2014.2.
 */
import type { Row } from "../../../../framework/database/row.js";
import type { Op } from "../../../../kernel/index.js";
import { str, type Json, type JsonObject } from "../../../../python/index.js";
import type { HeatContext } from "../../context.js";
import type { SnapshotRow } from "../../db/schema.js";
import { NotFound } from "../../exception.js";
import type { StackIdentity } from "../../identifier.js";
import type { Engine } from "../engine.js";
import { deleteSnapshot, snapshotStack } from "../stack/snapshot.js";
import type { Stack } from "../stack/stack.js";
import { startWithAcquired } from "./changes.js";

const formatSnapshot = ({
  uuid: id,
  name,
  status,
  status_reason,
  data,
}: Row<SnapshotRow>): JsonObject => ({ id, name, status, status_reason, data });

/** @throws ActionInProgress */
export function* take(
  engine: Engine,
  ctxt: HeatContext,
  identity: StackIdentity,
  name: Json,
): Op<JsonObject> {
  const stack = engine.existing(ctxt, identity);
  const lock = engine.lock(ctxt, stack);
  let taken: JsonObject = {};
  yield* lock.during(function* () {
    const row = engine.db.snapshots.insert({
      uuid: engine.parts.ids.uuid(),
      stack_id: stack.id ?? "",
      name: name === null ? null : str(name),
      data: null,
      tenant: ctxt.tenant_id,
      status: "IN_PROGRESS",
      status_reason: null,
    });
    startWithAcquired(engine, stack, lock, "snapshot stack", filled(engine, stack, row.uuid));
    taken = formatSnapshot(row);
  });
  return taken;
}

function* filled({ db }: Engine, stack: Stack, id: string): Op<void> {
  yield* snapshotStack(stack);
  const data = yield* stack.prepareAbandon();
  const { status, statusReason: status_reason } = stack;
  db.snapshots.update(id, { data, status, status_reason });
}

/** Of whichever stack of the project: nobody asks which. @throws NotFound */
export function show({ db }: Engine, ctxt: HeatContext, id: string): JsonObject {
  return formatSnapshot(found({ db }, ctxt, id));
}

function found({ db }: Pick<Engine, "db">, ctxt: HeatContext, id: string): Row<SnapshotRow> {
  const row = db.snapshots.get(id);
  if (row?.tenant === ctxt.tenant_id) return row;
  throw new NotFound();
}

export const list = (engine: Engine, ctxt: HeatContext, identity: StackIdentity): JsonObject[] => {
  const { uuid } = engine.row(ctxt, identity);
  return engine.db.snapshots.find({ stack_id: uuid }).map(formatSnapshot);
};

/** In a thread, without a lock. @throws NotFound, StackNotFound */
export function remove(
  engine: Engine,
  ctxt: HeatContext,
  identity: StackIdentity,
  id: string,
): void {
  const stack = engine.existing(ctxt, identity);
  const row = found(engine, ctxt, id);
  engine.threads.start(stack.id ?? "", "delete snapshot", removed(engine, stack, row), () => {
    // Nothing is locked.
  });
}

function* removed({ db }: Engine, stack: Stack, row: Row<SnapshotRow>): Op<void> {
  yield* deleteSnapshot(stack, row);
  db.snapshots.remove(row.uuid);
}
