/**
 * What each resource of a stack keeps of itself in a snapshot, and what of that goes with one. Upstream:
 * heat/engine/stack.py (snapshot, delete_snapshot) at 2014.2.
 */
import type { Op } from "../../../../kernel/index.js";
import { isObject, PythonTypeError } from "../../../../python/index.js";
import type { SnapshotRow } from "../../db/schema.js";
import { TaskRunner } from "../scheduler/task.js";
import type { StackCore } from "./core.js";
import { runTask, stackTask } from "./perform.js";

export function* snapshotStack(stack: StackCore): Op<void> {
  yield* runTask(stack, "SNAPSHOT", () =>
    stackTask(stack, "SNAPSHOT", (resource) => resource.snapshot()),
  );
}

/** Each resource to its end. @throws PythonTypeError for a snapshot that is not taken yet */
export function* deleteSnapshot(stack: StackCore, { data }: SnapshotRow): Op<void> {
  const kept = data?.["resources"] ?? null;
  for (const [name, resource] of stack.resources) {
    if (data === null) {
      throw new PythonTypeError("'NoneType' object has no attribute '__getitem__'");
    }
    const of = isObject(kept) ? (kept[name] ?? null) : null;
    const label = `delete_snapshot of ${name}`;
    const { kernel } = stack.parts;
    yield* new TaskRunner(kernel, label, () => resource.deleteSnapshot(of)).run();
  }
}

/** Those of a stack that is deleted go first. */
export function* deleteSnapshots(stack: StackCore): Op<void> {
  const { db } = stack.parts;
  for (const row of db.snapshots.find({ stack_id: stack.id ?? "" })) {
    yield* deleteSnapshot(stack, row);
  }
}
