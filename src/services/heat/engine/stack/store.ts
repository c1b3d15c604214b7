/**
 * A stack and its row: written when there is something new to keep, and read by whoever has to do with a
 * stack that somebody else has made. Upstream: heat/engine/stack.py (store, load, _from_db),
 * heat/engine/template.py (Template.store, load) at 2014.2.
 */
import type { Op } from "../../../../kernel/index.js";
import { reasonColumn } from "../../db/database.js";
import type { StackRow } from "../../db/schema.js";
import type { StackCore } from "./core.js";
import { keepCredentials } from "./credentials.js";

/** @param name of a backup, which its stack is not called by @returns its id */
export function* storeStack(stack: StackCore, name?: string): Op<string> {
  const { db, ids, kernel } = stack.parts;
  const row: Omit<StackRow, "uuid" | "user_creds_id" | "raw_template_id"> = {
    name: name ?? stack.name,
    username: stack.username,
    tenant: stack.tenant,
    parameters: stack.environment,
    owner_id: stack.owner,
    action: stack.action,
    status: stack.status,
    status_reason: reasonColumn(stack.statusReason),
    timeout: stack.timeoutMinutes,
    disable_rollback: stack.disableRollback,
    backup: name !== undefined,
    stack_user_project_id: stack.userProjectId,
    updated_time: stack.updatedTime,
  };
  const raw_template_id = storeTemplate(stack);
  if (stack.id !== null) {
    db.stacks.update(stack.id, { ...row, raw_template_id, user_creds_id: stack.userCredsId });
    return stack.id;
  }
  yield* keepCredentials(stack);
  const uuid = ids.uuid();
  const user_creds_id = stack.userCredsId;
  db.stacks.insert({ uuid, ...row, raw_template_id, user_creds_id });
  stack.id = uuid;
  stack.createdTime = kernel.calendar.stamp(kernel.now);
  stack.parameters.setStackId(stack.identity());
  return uuid;
}

/** `Template.store`. @returns the id of its row */
export function storeTemplate({ parts: { db }, id, template }: StackCore): number {
  const content = { template: template.source, files: template.files };
  const known = id === null ? undefined : db.stacks.get(id)?.raw_template_id;
  if (known === undefined) return db.templates.insert(content).id;
  db.templates.update(known, content);
  return known;
}
