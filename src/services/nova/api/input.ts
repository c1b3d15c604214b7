/**
 * Reads requests: bodies, pages, and what clients write for numbers. What is not as it should be is a
 * 400 or 422 in upstream's words. Upstream: nova/utils.py, nova/api/openstack/common.py at 2014.2.
 */
import { HttpFault, type Query } from "../../../http/index.js";
import { isObject, type Json, type JsonObject } from "../../../python/index.js";
import { InvalidInput } from "../exception.js";

export const isList = (json: Json | undefined): json is readonly Json[] => Array.isArray(json);

/** As a message shows what came. */
export const shown = (value: Json | undefined): string =>
  typeof value === "string" ? value : JSON.stringify(value ?? null);

export const badRequest = (explanation: string): HttpFault => new HttpFault(400, explanation);

/** webob's own words for 422. */
export const unprocessable = (): HttpFault =>
  new HttpFault(422, "Unable to process the contained instructions");

/** `Controller.is_valid_body`: the object at `key`. @throws HttpFault 422 */
export function entity(body: Json, key: string): JsonObject {
  const member = isObject(body) ? body[key] : undefined;
  if (!isObject(member)) throw unprocessable();
  return member;
}

/** `utils.validate_integer`. @throws InvalidInput */
export function validInteger(value: Json | undefined, name: string, min: number): number {
  const text = typeof value === "number" ? String(Math.trunc(value)) : value;
  if (typeof text !== "string" || !/^\s*[+-]?\d+\s*$/.test(text)) {
    throw new InvalidInput({ reason: `${name} must be an integer` });
  }
  const number = Number(text);
  if (number < min) throw new InvalidInput({ reason: `${name} must be >= ${min}` });
  return number;
}

/** `utils.check_string_length`. @throws HttpFault 400 */
export function checkedText(
  value: Json | undefined,
  name: string,
  min: number,
  max: number,
): string {
  if (typeof value !== "string") throw badRequest(`${name} is not a string or unicode`);
  if (value.trim().length < min) {
    throw badRequest(`${name} has a minimum character requirement of ${min}.`);
  }
  if (value.trim().length > max) throw badRequest(`${name} has more than ${max} characters.`);
  return value.trim();
}

/** Whether Python's base64 would take it. */
export function isBase64(value: Json | undefined): value is string {
  if (typeof value !== "string") return false;
  const text = value.replace(/\s/g, "");
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}

export interface Page {
  readonly limit: number;
  readonly marker: string | undefined;
}

/** `get_limit_and_marker`. @throws HttpFault 400 */
export function pageOf(query: Query, most: number): Page {
  const text = query.get("limit");
  const limit = text === undefined ? most : Number(text);
  if (!Number.isInteger(limit)) throw badRequest("limit param must be an integer");
  if (limit < 0) throw badRequest("limit param must be positive");
  return { limit: Math.min(most, limit === 0 ? most : limit), marker: query.get("marker") };
}
