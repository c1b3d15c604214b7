/**
 * Objects without their envelopes: how requests to the scheduler and old calls carry an instance, and
 * how notifications carry whatever is in them. Dates are stamps with microseconds (strtime).
 * Upstream: nova/objects/base.py (obj_to_primitive), nova/rpc.py (JsonPayloadSerializer),
 * nova/openstack/common/jsonutils.py (to_primitive) at 2014.2.
 */
import { RequestContext } from "../../../../framework/index.js";
import { Exception, toJson, type Json, type JsonObject } from "../../../../python/index.js";
import { isObject, type AnyObject } from "../base/versioned-object.js";
import { Instance } from "../instance.js";

/** `obj_to_primitive`: a dictionary, and a list for a list. */
export function primitive(object: AnyObject): JsonObject {
  return membersOf(object, (value) => {
    if (!isObject(value)) return toJson(value);
    const { objects } = value.fields() as { readonly objects?: readonly unknown[] };
    return objects === undefined ? primitive(value) : objects.map(unwrapped);
  });
}

const unwrapped = (value: unknown): Json => (isObject(value) ? primitive(value) : toJson(value));

/**
 * `to_primitive` of a notification's payload: an object is what can be iterated over in it, anything
 * else what Python has in its `__dict__`.
 */
export function payloadOf(value: unknown): Json {
  if (isObject(value)) return membersOf(value, payloadOf);
  if (value instanceof Exception) return { ...attributesOf(value) };
  if (value instanceof RequestContext) return contextAttributes(value);
  if (Array.isArray(value)) return value.map(payloadOf);
  if (typeof value !== "object" || value === null) return toJson(value);
  const members: Record<string, Json> = {};
  for (const [name, member] of Object.entries(value)) {
    if (member !== undefined) members[name] = payloadOf(member);
  }
  return members;
}

/** The fields that are set, and the name that an instance has beside them (`obj_extra_fields`). */
function membersOf(object: AnyObject, convert: (value: unknown) => Json): JsonObject {
  const members: Record<string, Json> = {};
  for (const [name, value] of Object.entries<unknown>({ ...object.fields() })) {
    if (value !== undefined) members[name] = convert(value);
  }
  if (object instanceof Instance) members["name"] = object.name;
  return members;
}

/** Of an exception of Nova's its kwargs; of most others there is nothing to see. */
const attributesOf = (error: Exception): JsonObject =>
  error.kwargs["code"] === undefined
    ? (payloadOf({ ...error.kwargs }) as JsonObject)
    : { kwargs: payloadOf({ ...error.kwargs }) };

/** `read_deleted` is a property over an attribute with another name. */
function contextAttributes(ctxt: RequestContext): JsonObject {
  const { read_deleted, tenant: _tenant, user: _user, ...attributes } = ctxt.toWire();
  return { ...attributes, _read_deleted: read_deleted ?? "no" };
}
