/** Reads the members of a request's body; what is not there, or of another type, is a 400. */
import { isObject, type Json, type JsonObject } from "../../python/index.js";
import { ValidationError } from "./exception.js";

/** The object at `key`. @throws HttpFault 400 */
export function objectAt(json: Json, key: string, target = "request body"): JsonObject {
  const member = isObject(json) ? json[key] : undefined;
  if (!isObject(member)) throw new ValidationError({ attribute: key, target });
  return member;
}

/** The text at `key`, if there is any; numbers are taken for text, as Python's clients send them. */
export function textAt(json: JsonObject, key: string): string | undefined {
  const member = json[key];
  if (typeof member === "string") return member === "" ? undefined : member;
  return typeof member === "number" ? String(member) : undefined;
}

/** The text at `key`. @throws HttpFault 400 */
export function requiredText(json: JsonObject, key: string, target: string): string {
  const text = textAt(json, key);
  if (text === undefined) throw new ValidationError({ attribute: key, target });
  return text;
}

/** A boolean; clients also send it as text. */
export function booleanAt(json: JsonObject, key: string): boolean | undefined {
  const member = json[key];
  if (typeof member === "boolean") return member;
  return typeof member === "string" ? member.toLowerCase() === "true" : undefined;
}
