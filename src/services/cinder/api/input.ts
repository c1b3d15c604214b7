/**
 * Reads requests: bodies, pages, yes and no. What is not as it should be is a 400 in upstream's words.
 * Upstream: cinder/api/common.py, cinder/utils.py, cinder/api/openstack/wsgi.py at 2014.2.
 */
import type { HttpRequest, Query } from "../../../http/index.js";
import {
  bytesRepr,
  contains,
  Exception,
  isObject,
  item,
  KeyError,
  PythonTypeError,
  str,
  strictBoolean,
  truth,
  typeName,
  ValueError,
  type Json,
  type JsonObject,
} from "../../../python/index.js";
import { badRequest, plainFault } from "./faults.js";

/** What a method with a `body` is given; without one it cannot be called. @throws HttpFault 400 */
export function bodyOf({ body }: HttpRequest): Json {
  if (body === null) throw plainFault(400);
  return body;
}

/** `is_valid_body`: the dictionary at `key`; undefined where there is none. @throws PythonTypeError */
export function validEntity(body: Json, key: string): JsonObject | undefined {
  if (!truth(body) || !contains(body, key)) return undefined;
  const member = item(body, key);
  return isObject(member) ? member : undefined;
}

/** `body[key]`, where its absence has words. @throws HttpFault 400; PythonTypeError for no dictionary */
export function required(body: Json, key: string, missing: string): Json {
  try {
    return item(body, key);
  } catch (error) {
    if (error instanceof KeyError) throw badRequest(missing);
    throw error;
  }
}

/** `body[key]` for whom anything else is a malformed body. @throws HttpFault 400 */
export function member(body: Json, key: string): Json {
  try {
    return item(body, key);
  } catch (error) {
    if (!(error instanceof KeyError || error instanceof PythonTypeError)) throw error;
    throw badRequest("Malformed request body");
  }
}

/** A yes or no of an action. @throws HttpFault 400 */
export function flagIn(value: Json, name: string): boolean {
  if (typeof value === "boolean") return value;
  if (typeof value !== "string") throw badRequest(`'${name}' not string or bool`);
  const flag = strictBoolean(value);
  if (flag === undefined) throw badRequest(`Bad value for '${name}'`);
  return flag;
}

/** `validate_key_names`, of one; what is left of a line at its end does not count. */
export const isKeyName = (key: string): boolean => /^[\p{L}\p{N}_.:-]+\n?$/u.test(key);

/** `utils.is_valid_boolstr`. */
export const isBoolString = (value: Json): boolean =>
  ["true", "false", "yes", "no", "y", "n", "1", "0"].includes(str(value).toLowerCase());

/** `int(text)`; undefined where that raises ValueError. */
export const integerIn = (text: string): number | undefined =>
  /^[ \t\n\r\f\v]*[+-]?\d+[ \t\n\r\f\v]*$/.test(text) ? Number(text) : undefined;

/** `int(value)`. @throws ValueError, PythonTypeError */
export function intOf(value: Json): number {
  if (typeof value === "number") return Math.trunc(value);
  if (typeof value === "boolean") return Number(value);
  if (typeof value === "string") {
    const number = integerIn(value);
    if (number !== undefined) return number;
    throw new ValueError(`invalid literal for int() with base 10: ${bytesRepr(value)}`);
  }
  const what = "int() argument must be a string or a number, not";
  throw new PythonTypeError(`${what} '${typeName(value)}'`);
}

/** `utils.is_int_like`: written as Python writes an integer, which 1e300 is not. */
export const isIntLike = (value: Json): boolean =>
  (typeof value === "number" || typeof value === "string") && /^(?:0|-?[1-9]\d*)$/.test(str(value));

/** `common.limited`: a slice by offset and limit, where a limit of 0 is none. @throws HttpFault 400 */
export function limited<T>(items: readonly T[], query: Query, most: number): readonly T[] {
  const offset = numberIn(query, "offset", 0);
  const limit = numberIn(query, "limit", most);
  if (limit < 0) throw badRequest("limit param must be positive");
  if (offset < 0) throw badRequest("offset param must be positive");
  return items.slice(offset, offset + Math.min(most, limit === 0 ? most : limit));
}

function numberIn(query: Query, name: string, usual: number): number {
  const text = query.get(name);
  if (text === undefined) return usual;
  const number = integerIn(text);
  if (number === undefined) throw badRequest(`${name} param must be an integer`);
  return number;
}

/** What MySQL says to a value that a column of texts has no room for. */
class DataError extends Exception {
  static override readonly module: string = "oslo.db.exception";
  override readonly name: string = "DBError";
}

const COLUMN = 255;

/** A value as a column of texts keeps it. @throws DataError, which is a 500 */
export function columnText(value: Json): string | null {
  if (value === null) return null;
  const text = typeof value === "boolean" ? String(Number(value)) : str(value);
  if (typeof value === "object" || text.length > COLUMN) {
    throw new DataError(`(DataError) (1406, "Data too long for column at row 1")`);
  }
  return text;
}

const INTEGERS = 2_147_483_648;

/** A whole number as a column of integers keeps it. @throws DataError, which is a 500 */
export function columnInteger(value: number): number {
  if (value >= -INTEGERS && value < INTEGERS) return value;
  throw new DataError(`(DataError) (1264, "Out of range value for column at row 1")`);
}

/** A text that must be there. @throws DataError, which is a 500 */
export function columnRequired(value: Json): string {
  const text = columnText(value);
  if (text !== null) return text;
  throw new DataError(`(IntegrityError) (1048, "Column cannot be null")`);
}
