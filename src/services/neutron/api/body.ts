/**
 * Reads a request's body into the attributes of an object, or of several at once: known ones only,
 * with defaults, converted and looked at. Upstream: neutron/api/v2/base.py (prepare_request_body),
 * whose order this keeps, so that of several faults the same one is told.
 */
import type { RequestContext } from "../../../framework/index.js";
import { HttpFault } from "../../../http/index.js";
import {
  AttributeError,
  dictOrder,
  dumps,
  isObject,
  KeyError,
  PythonTypeError,
  type Json,
  type JsonObject,
} from "../../../python/index.js";
import { MalformedRequestBody } from "../errors.js";
import {
  attributeOf,
  iterated,
  type Attribute,
  type Attributes,
  type Limits,
} from "./attributes/index.js";

/** What a body is about. */
export interface BodyOf {
  /** `security_group_rule`. */
  readonly member: string;
  readonly attributes: Attributes;
  readonly limits: Limits;
  /** Whether several may be made at once (`allow_bulk`). */
  readonly bulk: boolean;
}

/** One object, or those of a bulk request. */
export type Prepared =
  | { readonly kind: "one"; readonly object: JsonObject }
  | { readonly kind: "many"; readonly objects: readonly JsonObject[] };

/** What came, if it is JSON: a text here is what could not be understood. @throws MalformedRequestBody */
export function understood(body: Json): Json {
  if (typeof body !== "string" || body === "") return body === "" ? null : body;
  throw new MalformedRequestBody({ reason: "Cannot understand JSON" });
}

/** @throws HttpFault 400, InvalidInput and what conversions raise, Python's errors for what is no object */
export function toCreate(ctxt: RequestContext, body: Json, of: BodyOf): Prepared {
  const collection = `${of.member}s`;
  const found = members(body);
  if (!Object.hasOwn(found, collection)) return { kind: "one", object: one(ctxt, found, of) };
  return { kind: "many", objects: several(ctxt, found[collection] ?? null, of) };
}

/** @throws as `toCreate` */
export function toUpdate(ctxt: RequestContext, body: Json, of: BodyOf): JsonObject {
  const found = members(body);
  if (Object.hasOwn(found, `${of.member}s`)) {
    if (!of.bulk) throw new HttpFault(400, "Bulk operation not supported");
    if (isFalse(found[`${of.member}s`] ?? null)) throw new HttpFault(400, "Resources required");
    throw new KeyError(of.member);
  }
  const given = resourceIn(found, of.member);
  checkTenant(ctxt, given);
  if (!isObject(given)) throw new AttributeError("no attribute 'keys'");
  refuseUnknown(given, of.attributes);
  for (const [name, { put }] of Object.entries(of.attributes)) {
    if (put !== true && Object.hasOwn(given, name)) {
      throw new HttpFault(400, `Cannot update read-only attribute ${name}`);
    }
  }
  return converted(new Map(Object.entries(given)), of);
}

/** The body's members. What is no object has none, and Python stumbles over it. */
function members(body: Json): JsonObject {
  if (isFalse(body)) throw new HttpFault(400, "Resource body required");
  if (isObject(body)) return body;
  throw new AttributeError("no attribute 'get'");
}

function several(ctxt: RequestContext, items: Json, of: BodyOf): JsonObject[] {
  if (!of.bulk) throw new HttpFault(400, "Bulk operation not supported");
  if (isFalse(items)) throw new HttpFault(400, "Resources required");
  return iterated(items).map((item) => {
    if (!isObject(item)) throw new PythonTypeError("item assignment is not supported");
    if (Object.hasOwn(item, `${of.member}s`)) {
      const inner = several(ctxt, item[`${of.member}s`] ?? null, of);
      throw new KeyError(`${of.member} of ${String(inner.length)}`);
    }
    return one(ctxt, Object.hasOwn(item, of.member) ? item : { [of.member]: item }, of);
  });
}

function one(ctxt: RequestContext, body: JsonObject, of: BodyOf): JsonObject {
  const given = resourceIn(body, of.member);
  checkTenant(ctxt, given);
  if (!isObject(given)) throw new PythonTypeError("item assignment is not supported");
  const attrs = new Map(Object.entries(given));
  if (!attrs.has("tenant_id")) attrs.set("tenant_id", ownTenant(ctxt));
  refuseUnknown(Object.fromEntries(attrs), of.attributes);
  for (const [name, attribute] of Object.entries(of.attributes)) fill(attrs, name, attribute);
  return converted(attrs, of);
}

/** @throws HttpFault 400 */
function resourceIn(body: JsonObject, member: string): Json {
  const resource = Object.hasOwn(body, member) ? (body[member] ?? null) : null;
  if (resource !== null) return resource;
  throw new HttpFault(400, `Unable to find '${member}' in request body`);
}

/** `_populate_tenant_id`: nobody but an admin speaks for others. @throws HttpFault 400 */
function checkTenant(ctxt: RequestContext, given: Json): void {
  if (typeof given === "number" || typeof given === "boolean") {
    throw new PythonTypeError("argument is not iterable");
  }
  if (!isObject(given) || !Object.hasOwn(given, "tenant_id")) return;
  if (given["tenant_id"] === ctxt.project_id || ctxt.is_admin) return;
  throw new HttpFault(
    400,
    "Specifying 'tenant_id' other than authenticated tenant in request requires admin privileges",
  );
}

function ownTenant({ project_id }: RequestContext): string {
  if (project_id !== null && project_id !== "") return project_id;
  throw new HttpFault(400, "Running without keystone AuthN requires  that tenant_id is specified");
}

function refuseUnknown(given: JsonObject, attributes: Attributes): void {
  // As a set made of the keys of a dictionary is gone through, without those that are known.
  const names = dictOrder(dictOrder(Object.keys(given)));
  const unknown = dictOrder(names.filter((name) => attributeOf(attributes, name) === undefined));
  if (unknown.length > 0) {
    throw new HttpFault(400, `Unrecognized attribute(s) '${unknown.join(", ")}'`);
  }
}

/** What holds when nothing was said; what may not be said is refused. @throws HttpFault 400 */
function fill(attrs: Map<string, Json>, name: string, attribute: Attribute): void {
  const said = attrs.has(name);
  if (attribute.post !== true) {
    if (said) throw new HttpFault(400, `Attribute '${name}' not allowed in POST`);
    return;
  }
  if (said || attribute.optional === true) return;
  if (attribute.default === undefined) {
    throw new HttpFault(400, `Failed to parse request. Required attribute '${name}' not specified`);
  }
  attrs.set(name, attribute.default);
}

/** @throws HttpFault 400, InvalidInput */
function converted(attrs: ReadonlyMap<string, Json>, { attributes, limits }: BodyOf): JsonObject {
  const result: Record<string, Json> = {};
  for (const [name, { convert, validate }] of Object.entries(attributes)) {
    const given = attrs.get(name);
    if (given === undefined) continue;
    const value = convert === undefined ? given : convert(given);
    const wrong = validate?.(value, limits);
    if (wrong !== undefined) {
      throw new HttpFault(400, `Invalid input for ${name}. Reason: ${wrong}.`);
    }
    result[name] = value;
  }
  return result;
}

/** Python's idea of no. */
const isFalse = (value: Json): boolean =>
  value === null ||
  value === false ||
  value === 0 ||
  value === "" ||
  (typeof value === "object" && Object.keys(value).length === 0);

/** What a request for a change says when its body is no object: the body as it came. */
export const badFormat = (body: Json): string =>
  `Invalid format: ${body === null ? "" : dumps(body)}`;
