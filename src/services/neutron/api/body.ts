/**
 * Reads a request's body into the attributes of an object: known ones only, with defaults and types.
 * Upstream: api/v2/base.py (prepare_request_body).
 */
import type { RequestContext } from "../../../framework/index.js";
import { HttpFault } from "../../../http/index.js";
import { isObject, type Json, type JsonObject } from "../../../python/index.js";
import { InvalidInput } from "../errors.js";
import type { Attribute, Attributes } from "./attributes.js";
import { toBoolean } from "./filters.js";

/** The object at `member`. @throws HttpFault 400 */
export function objectIn(body: Json, member: string): JsonObject {
  if (!isObject(body)) throw new HttpFault(400, "Resource body required");
  const object = body[member];
  if (!isObject(object)) throw new HttpFault(400, `Unable to find '${member}' in request body`);
  return object;
}

/** @throws HttpFault 400, InvalidInput */
export function attributesToCreate(
  ctxt: RequestContext,
  given: JsonObject,
  attributes: Attributes,
): JsonObject {
  refuseUnknown(given, attributes);
  const attrs: Record<string, Json> = { tenant_id: tenantOf(ctxt, given) };
  for (const [name, attribute] of Object.entries(attributes)) {
    if (name === "tenant_id") continue;
    const value = given[name];
    if (value !== undefined && attribute.post !== true) {
      throw new HttpFault(400, `Attribute '${name}' not allowed in POST`);
    }
    if (value === undefined && attribute.required === true) {
      throw new HttpFault(
        400,
        `Failed to parse request. Required attribute '${name}' not specified`,
      );
    }
    const chosen = value === undefined ? attribute.default : value;
    if (chosen !== undefined) attrs[name] = convert(chosen, attribute);
  }
  return attrs;
}

/** @throws HttpFault 400, InvalidInput */
export function attributesToUpdate(given: JsonObject, attributes: Attributes): JsonObject {
  refuseUnknown(given, attributes);
  const attrs: Record<string, Json> = {};
  for (const [name, value] of Object.entries(given)) {
    const attribute = attributes[name] ?? {};
    if (attribute.put !== true) {
      throw new HttpFault(400, `Cannot update read-only attribute ${name}`);
    }
    attrs[name] = convert(value, attribute);
  }
  return attrs;
}

function refuseUnknown(given: JsonObject, attributes: Attributes): void {
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(attributes, name));
  if (unknown.length > 0) {
    throw new HttpFault(400, `Unrecognized attribute(s) '${unknown.join(", ")}'`);
  }
}

function tenantOf(ctxt: RequestContext, given: JsonObject): string {
  const asked = given["tenant_id"];
  if (typeof asked === "string" && asked !== ctxt.project_id && !ctxt.is_admin) {
    throw new HttpFault(
      400,
      "Specifying 'tenant_id' other than authenticated tenant in request requires admin privileges",
    );
  }
  const tenant = typeof asked === "string" ? asked : ctxt.project_id;
  if (tenant !== null) return tenant;
  throw new HttpFault(400, "Running without keystone AuthN requires that tenant_id is specified");
}

function convert(value: Json, { type }: Attribute): Json {
  if (type === "boolean") return toBoolean(value);
  if (type !== "integer" || value === null) return value;
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  if (typeof number === "number" && Number.isInteger(number)) return number;
  throw new InvalidInput({ error_message: `'${JSON.stringify(value)}' is not a integer` });
}
