/**
 * An object as plain data, without its envelope: how requests to the scheduler and answers of old
 * calls carry instances. Upstream: nova/objects/base.py (obj_to_primitive).
 */
import { toJson, type Json, type JsonObject } from "../../../python/index.js";
import { isObject, type AnyObject } from "../objects/base.js";

export function primitive(object: AnyObject): JsonObject {
  const plain: Record<string, Json> = {};
  for (const [name, value] of Object.entries<unknown>(object.fields() as Record<string, unknown>)) {
    plain[name] = isObject(value) ? primitive(value) : toJson(value);
  }
  return plain;
}
