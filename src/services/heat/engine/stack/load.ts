/**
 * A stack that somebody has stored, as another one is made of it. Upstream: heat/engine/stack.py (_from_db),
 * heat/engine/template.py (Template.load) at 2014.2.
 */
import type { Row } from "../../../../framework/database/row.js";
import { isObject, type Json, type JsonObject } from "../../../../python/index.js";
import type { HeatContext } from "../../context.js";
import type { HeatDatabase } from "../../db/database.js";
import type { StackRow } from "../../db/schema.js";
import { Template } from "../template/template.js";
import type { NewStack } from "./new-stack.js";

/** @param listed only to be shown in a list */
export function loadedValues(
  db: HeatDatabase,
  context: HeatContext,
  row: Row<StackRow>,
  listed = false,
): NewStack {
  const { template, files } = db.templates.get(row.raw_template_id) ?? {};
  return {
    name: row.name,
    template: new Template(template ?? {}, files ?? {}),
    parameters: memberOf(row.parameters, "parameters"),
    registry: memberOf(row.parameters, "resource_registry"),
    context,
    tenant: row.tenant,
    username: row.username,
    timeoutMinutes: row.timeout,
    disableRollback: row.disable_rollback,
    owner: row.owner_id,
    row,
    listed,
  };
}

/** A dictionary in another one, if it is there. */
export function memberOf(values: JsonObject, key: string): JsonObject {
  const member: Json = values[key] ?? null;
  return isObject(member) ? member : {};
}
