/**
 * One event as another service sends it, and what its fields make of the values. Upstream:
 * contrib/server_external_events.py (create), nova/objects/external_event.py, nova/objects/fields.py at
 * 2014.2.
 */
import {
  dictOrder,
  dictUpdate,
  PythonTypeError,
  str,
  ValueError,
  type Json,
  type JsonObject,
} from "../../../../python/index.js";
import type { ExternalEventFields } from "../../objects/external-event.js";
import { badRequest } from "../input.js";
import { plainFault } from "../faults.js";

const STATUSES = ["failed", "completed", "in-progress"] as const;
const KEYS = ["server_uuid", "name", "status", "tag"];

/**
 * Any name will do. The text about a key that is missing never comes to be, because a KeyError is no
 * mapping to fill it from, and the text about a status is a detail, which is not shown.
 * @throws HttpFault 400; PythonTypeError, ValueError for what no field can be
 */
export function eventOf(given: JsonObject): ExternalEventFields {
  const member = (key: string): Json => {
    const value = given[key];
    if (value === undefined) throw new PythonTypeError("format requires a mapping");
    return value;
  };
  const instance_uuid = uuidField(member("server_uuid"));
  const name = stringField("name", member("name"));
  const word = stringField("status", given["status"] === undefined ? "completed" : given["status"]);
  const tag = given["tag"] ?? null;
  const port = tag === null ? null : stringField("tag", tag);
  const unknown = dictOrder(Object.keys(given)).filter((key) => !KEYS.includes(key));
  if (unknown.length > 0) {
    throw badRequest(`event entity contains unsupported items: ${unknown.join(", ")}`);
  }
  const status = STATUSES.find((known) => known === word);
  if (status === undefined) throw plainFault(400);
  return { instance_uuid, name, status, tag: port };
}

/** `dict(value)`. @throws PythonTypeError, ValueError */
export const dictOf = (value: Json): JsonObject => dictUpdate({}, value);

/** Nothing looks whether it is a UUID; it has to be ASCII. @throws ValueError */
function uuidField(value: Json): string {
  if (value === null) throw cannotBeNone("instance_uuid");
  const uuid = str(value);
  if (/[^\0-\x7f]/.test(uuid)) throw new ValueError("ordinal not in range(128)");
  return uuid;
}

/** @throws ValueError */
function stringField(field: string, value: Json): string {
  if (value === null) throw cannotBeNone(field);
  if (typeof value === "object") throw new ValueError("A string is required here");
  return str(value);
}

const cannotBeNone = (field: string): ValueError =>
  new ValueError(`Field \`${field}' cannot be None`);
