/**
 * Reads requests: bodies, pages, and what clients write for numbers. What is not as it should be is a
 * 400 or 422 in upstream's words. Upstream: nova/utils.py, nova/api/openstack/common.py at 2014.2.
 */
import { HttpFault, type Query } from "../../../http/index.js";
import {
  contains,
  isObject,
  item,
  str,
  truth,
  typeName,
  ValueError,
  type Json,
  type JsonObject,
} from "../../../python/index.js";
import { InvalidInput } from "../exception.js";

export const isList = (json: Json | undefined): json is readonly Json[] => Array.isArray(json);

/** As `%s` writes what came. */
export const shown = (value: Json | undefined): string => str(value ?? null);

export const badRequest = (explanation: string): HttpFault => new HttpFault(400, explanation);

/** webob's own words for 422. */
export const unprocessable = (): HttpFault =>
  new HttpFault(422, "Unable to process the contained instructions");

/** `Controller.is_valid_body`: the object at `key`. @throws HttpFault 422 */
export function entity(body: Json, key: string): JsonObject {
  const member = isObject(body) && Object.hasOwn(body, key) ? body[key] : undefined;
  if (!isObject(member)) throw unprocessable();
  return member;
}

/** `is_valid_body`: the dictionary at `key`; undefined where there is none. @throws PythonTypeError */
export function validEntity(body: Json, key: string): JsonObject | undefined {
  if (!truth(body) || !contains(body, key)) return undefined;
  const member = item(body, key);
  return isObject(member) ? member : undefined;
}

/** `utils.validate_integer`: `int(str(value))`, which takes neither `true` nor `2.5`. @throws InvalidInput */
export function validInteger(value: Json, name: string, min = -Infinity, max = Infinity): number {
  const number = integerIn(str(value));
  const invalid = (text: string): InvalidInput =>
    new InvalidInput({ reason: `${name} must be ${text}` });
  if (number === undefined) throw invalid("an integer");
  if (number < min) throw invalid(`>= ${String(min)}`);
  if (number > max) throw invalid(`<= ${String(max)}`);
  return number;
}

/** `int(text)`, of any size; undefined where that raises ValueError. */
export const integerIn = (text: string): number | undefined =>
  /^[ \t\n\r\f\v]*[+-]?\d+[ \t\n\r\f\v]*$/.test(text) ? Number(text) : undefined;

/** `utils.check_string_length`, which counts characters. @throws InvalidInput */
export function stringOfLength(value: Json, name: string, min: number, max: number): string {
  const refused = (text: string): InvalidInput => new InvalidInput({}, `${name} ${text}`);
  if (typeof value !== "string") throw refused("is not a string or unicode");
  const { length } = Array.from(value);
  if (length < min) throw refused(`has a minimum character requirement of ${String(min)}.`);
  if (length > max) throw refused(`has more than ${String(max)} characters.`);
  return value;
}

/** `utils.check_string_length` of what is stripped first. @throws HttpFault 400 */
export function checkedText(
  value: Json | undefined,
  name: string,
  min: number,
  max: number,
): string {
  if (typeof value !== "string") throw badRequest(`${name} is not a string or unicode`);
  const length = Array.from(value.trim()).length;
  if (length < min) {
    throw badRequest(`${name} has a minimum character requirement of ${min}.`);
  }
  if (length > max) throw badRequest(`${name} has more than ${max} characters.`);
  return value.trim();
}

/** `StringField` of a versioned object: what it makes of a value. @throws ValueError */
export function stringField(value: Json): string | null {
  if (value !== null && typeof value === "object") {
    throw new ValueError(`A string is required here, not ${typeName(value)}`);
  }
  return value === null ? null : str(value);
}

/** Whether Python's base64 takes it; blanks do not count. */
export function isBase64(text: string): boolean {
  const bare = text.replace(/[ \t\n\r\f\v]/g, "");
  return bare.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(bare);
}

/** `urlparse.parse_qs(...)[name][0]`: the first that is not empty. */
export const firstGiven = (query: Query, name: string): string | undefined =>
  query.getAll(name).find((value) => value !== "");

export interface Page {
  readonly limit: number;
  readonly marker: string | undefined;
}

/** `get_limit_and_marker`: a limit of 0 is none at all. @throws HttpFault 400 */
export function pageOf(query: Query, most: number): Page {
  const limit = countIn(query, "limit");
  // Read for its errors alone.
  countIn(query, "page_size");
  return { limit: Math.min(most, limit ?? most), marker: query.get("marker") };
}

/** `_get_int_param`. @throws HttpFault 400 */
export function countIn(query: Query, name: string): number | undefined {
  const text = query.get(name);
  if (text === undefined) return undefined;
  const count = integerIn(text);
  if (count === undefined) throw badRequest(`${name} param must be an integer`);
  if (count < 0) throw badRequest(`${name} param must be positive`);
  return count;
}

/** `common.limited`, where 0 is as many as there may be. @throws HttpFault 400 */
export function limited<T>(items: readonly T[], query: Query, most: number): readonly T[] {
  const number = (name: string, otherwise: number): number => {
    const text = query.get(name);
    const value = text === undefined ? otherwise : integerIn(text);
    if (value === undefined) throw badRequest(`${name} param must be an integer`);
    return value;
  };
  const [offset, limit] = [number("offset", 0), number("limit", most)];
  if (limit < 0) throw badRequest("limit param must be positive");
  if (offset < 0) throw badRequest("offset param must be positive");
  return items.slice(offset, offset + Math.min(most, limit === 0 ? most : limit));
}
