/**
 * What is asked of Heat's tables for somebody: only what is in the project that they ask in. Upstream:
 * heat/db/sqlalchemy/api.py (stack_get*, event_get_all*, resource_get_by_physical_resource_id) at 2014.2.
 */
import type { Row } from "../../../framework/database/row.js";
import type { JsonObject } from "../../../python/index.js";
import type { HeatContext } from "../context.js";
import type { HeatDatabase } from "./database.js";
import { filtered, paged, type Page } from "./paging.js";
import type { EventRow, ResourceRow, StackRow } from "./schema.js";

type StackRecord = Row<StackRow>;

const isTheirs = (ctxt: HeatContext, { tenant, stack_user_project_id }: StackRecord): boolean =>
  ctxt.tenant_id === tenant || ctxt.tenant_id === stack_user_project_id;

/** `stack_get`. */
export function stackGet(
  db: HeatDatabase,
  ctxt: HeatContext,
  id: string,
  showDeleted = false,
): StackRecord | undefined {
  const row = showDeleted || ctxt.show_deleted ? db.stacks.getAny(id) : db.stacks.get(id);
  return row !== undefined && isTheirs(ctxt, row) ? row : undefined;
}

/** `stack_get_by_name`. */
export const stackGetByName = (
  db: HeatDatabase,
  ctxt: HeatContext,
  name: string,
): StackRecord | undefined =>
  db.stacks.find().find((row) => row.name === name && isTheirs(ctxt, row));

/** `stack_get_by_name_and_owner_id`. */
export const stackGetByOwner = (
  db: HeatDatabase,
  name: string,
  owner_id: string,
): StackRecord | undefined => db.stacks.first({ name, owner_id });

export interface StackQuery {
  readonly filters: JsonObject | null;
  readonly tenant_safe: boolean;
  readonly show_deleted: boolean;
  readonly show_nested: boolean;
}

const stacksOf = (
  db: HeatDatabase,
  ctxt: HeatContext,
  { filters, tenant_safe, show_deleted, show_nested }: StackQuery,
): readonly StackRecord[] => {
  const rows = show_deleted || ctxt.show_deleted ? db.stacks.findAny() : db.stacks.find();
  const shown = rows
    .filter(({ backup, owner_id }) => (show_nested ? !backup : owner_id === null))
    .filter(({ tenant }) => !tenant_safe || tenant === ctxt.tenant_id);
  return filtered(shown, filters);
};

/** `stack_count_all`. */
export const stackCount = (db: HeatDatabase, ctxt: HeatContext, query: StackQuery): number =>
  stacksOf(db, ctxt, query).length;

/** `stack_get_all`. @throws KeyError, ValueError */
export const stackPage = (
  db: HeatDatabase,
  ctxt: HeatContext,
  query: StackQuery,
  page: Page,
): readonly StackRecord[] =>
  paged(stacksOf(db, ctxt, query), db.stacks.findAny(), page, {
    keys: {
      stack_name: "name",
      stack_status: "status",
      creation_time: "created_at",
      updated_time: "updated_time",
    },
    marker: "uuid",
    last: "uuid",
  });

/** Events of one stack, or of all that there are in the project. @throws KeyError, ValueError */
export function eventPage(
  db: HeatDatabase,
  ctxt: HeatContext,
  stackId: string | null,
  filters: JsonObject | null,
  page: Page,
): readonly Row<EventRow>[] {
  const rows =
    stackId === null
      ? db.events.find().filter(({ stack_id }) => {
          const stack = db.stacks.get(stack_id);
          return stack?.tenant === ctxt.tenant_id;
        })
      : db.events.find({ stack_id: stackId });
  return paged(filtered(rows, filters), db.events.find(), page, {
    keys: { event_time: "created_at", resource_type: "resource_type" },
    marker: "uuid",
    last: "id",
  });
}

/** `resource_get_by_physical_resource_id`. */
export const resourceByPhysicalId = (
  db: HeatDatabase,
  ctxt: HeatContext,
  id: string,
): Row<ResourceRow> | undefined =>
  db.resources.find({ nova_instance: id }).find(({ stack_id }) => {
    const stack = db.stacks.getAny(stack_id);
    return stack !== undefined && isTheirs(ctxt, stack);
  });
