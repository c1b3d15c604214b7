/**
 * What goes into a column of text where no validator looked at it: what MySQL makes of other values,
 * and what it refuses. Upstream: the String columns of neutron/db/, under the mode TRADITIONAL.
 */
import { Exception, type Json, type JsonObject } from "../../../python/index.js";

/** The database refuses a value. To a client it is an error of the server. */
export class DBError extends Exception {
  static override readonly module: string = "neutron.openstack.common.db.exception";
  override readonly name: string = "DBError";
}

const LONGEST = 255;

/** @throws DBError if it is too long, or no single value */
export function textColumn(value: Json): string | null {
  if (value === null) return null;
  if (typeof value === "boolean") return value ? "1" : "0";
  if (typeof value === "object") throw new DBError("can't adapt a value that is no text");
  const text = String(value);
  if (Array.from(text).length > LONGEST) throw new DBError("(DataError) Data too long for column");
  return text;
}

/** One that is never null: a validator has seen to it. @throws DBError */
export const requiredText = (value: Json | undefined): string => textColumn(value ?? "") ?? "";

/** Values of which those that are text must fit into their columns. @throws DBError */
export const texts = (values: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]): [string, Json] => [
      name,
      typeof value === "string" ? requiredText(value) : value,
    ]),
  );
