/**
 * The stack beside a stack in which an update keeps what it replaces, until it is done. Upstream:
 * heat/engine/stack.py (_backup_stack, _backup_name, and what delete does with what is in it) at 2014.2.
 */
import type { Op } from "../../../../../kernel/index.js";
import { KeyError, repr } from "../../../../../python/index.js";
import { stackGetByOwner } from "../../../db/queries.js";
import type { StackCore } from "../core.js";
import { loadedValues } from "../load.js";
import { storeStack } from "../store.js";

const backupName = ({ name }: StackCore): string => `${name}*`;

/** What an earlier update has left; undefined if it has left nothing. */
export function existingBackup(stack: StackCore): StackCore | undefined {
  const { parts, context, id } = stack;
  if (id === null) return undefined;
  const row = stackGetByOwner(parts.db, backupName(stack), id);
  if (row === undefined) return undefined;
  parts.log("debug", "Loaded existing backup stack");
  return stack.child(loadedValues(parts.db, context, row));
}

/** The same, or a new one with the template that the stack has now. */
export function* backupStack(stack: StackCore): Op<StackCore> {
  const existing = existingBackup(stack);
  if (existing !== undefined) return existing;
  const { context, template, name, tenant, username, id: owner } = stack;
  const backup = stack.child({
    ...{ name, template, context, tenant, username, owner },
    parameters: stack.userParameters,
    registry: stack.registry,
  });
  backup.userCredsId = stack.userCredsId;
  yield* storeStack(backup, backupName(stack));
  stack.parts.log("debug", "Created new backup stack");
  return backup;
}

/**
 * Before all is deleted: what was replaced by something that failed, or that something failed depends on, takes its
 * place back, so that it goes in the right order. @throws KeyError for what the stack has no more, of which upstream
 * does not think
 */
export function* restoreBackedUp(stack: StackCore, backup: StackCore): Op<void> {
  const dependencies = yield* stack.dependencies();
  for (const [name, old] of backup.resources) {
    const current = stack.resources.get(name);
    if (current === undefined) throw new KeyError(repr(name));
    if (old.resourceId === null || old.resourceId === "") continue;
    const failed = dependencies
      .above(current)
      .some(({ action, status }) => action === "CREATE" && status !== "COMPLETE");
    if (!failed && current.status === "COMPLETE") continue;
    current.exchangePhysical(old);
  }
}
