/**
 * What a JSON value is. One question, one answer, for everybody who reads JSON that others wrote:
 * bodies of requests, answers, payloads.
 */
import type { Json, JsonObject } from "./json.js";

/** Whether `value` is an object: no list, not null. */
export const isObject = (value: Json | undefined): value is JsonObject => isMapping(value);

/** The same of what may be anything: files and payloads that nobody has checked yet. */
export const isMapping = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
