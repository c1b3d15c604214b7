/**
 * A JSON patch as v2 takes it, by two drafts: v2.0 has `{"replace": "/name", "value": x}`, v2.1 has
 * `{"op": "replace", "path": "/name", "value": x}`. Everything is looked at before anything is
 * changed. Upstream: glance/api/v2/images.py (RequestDeserializer) at 2014.2.
 */
import { HttpFault, type HttpRequest } from "../../../../http/index.js";
import {
  AttributeError,
  isObject,
  PythonTypeError,
  str,
  typeName,
  type Json,
  type JsonObject,
} from "../../../../python/index.js";
import { InvalidObject } from "../../exception.js";
import { isList, validateImage } from "./schema.js";

/** One step: to what, and what; without a value where something goes. */
export interface Change {
  readonly op: string;
  readonly path: readonly [root: string, ...rest: string[]];
  readonly value: Json;
}

const DRAFTS: ReadonlyMap<string, 4 | 10> = new Map([
  ["application/openstack-images-v2.0-json-patch", 4],
  ["application/openstack-images-v2.1-json-patch", 10],
]);

const READ_ONLY: readonly string[] = [
  ...["created_at", "updated_at", "status", "checksum", "size", "virtual_size"],
  ...["direct_url", "self", "file", "schema"],
];

const RESERVED: readonly string[] = ["owner", "is_public", "location", "deleted", "deleted_at"];

const bad = (message: string): HttpFault => new HttpFault(400, message);

/** @throws HttpFault 400, 403, 415 */
export function changesIn({ headers, body }: HttpRequest): Change[] {
  const type = (headers["content-type"] ?? "").split(";")[0]?.trim() ?? "";
  const draft = DRAFTS.get(type);
  if (draft === undefined) {
    const message = `The request media type ${type} is not supported by this server.`;
    throw new HttpFault(415, message, { "accept-patch": [...DRAFTS.keys()].join(", ") });
  }
  if (body === null) throw bad("Body expected in request.");
  if (!Array.isArray(body)) throw bad("Request body must be a JSON array of operation objects.");
  return (body as readonly Json[]).map((raw) => {
    if (!isObject(raw)) throw bad("Operations must be JSON objects.");
    return changeOf(raw, draft);
  });
}

function changeOf(raw: JsonObject, draft: 4 | 10): Change {
  const said = draft === 10 ? member(raw, "op") : operationOf(raw);
  const pointer = draft === 10 ? member(raw, "path") : (raw[operationOf(raw)] ?? null);
  if (typeof pointer !== "string") {
    throw new AttributeError(`'${typeName(pointer)}' object has no attribute 'startswith'`);
  }
  const path = pathOf(pointer);
  const [root] = path;
  if (typeof said === "object" && said !== null) {
    throw new PythonTypeError(`unhashable type: '${typeName(said)}'`);
  }
  const op = str(said);
  if (path.length !== depthOf(root, op)) {
    throw bad(`Invalid JSON pointer for this resource: '/${path.join("/")}'`);
  }
  if (op === "remove") return { op, path, value: null };
  if (!Object.hasOwn(raw, "value")) {
    throw bad(`Operation "${op}" requires a member named "value".`);
  }
  const value = raw["value"] ?? null;
  checkValue(op, path, value);
  return { op, path, value };
}

function member(raw: JsonObject, key: string): Json {
  if (Object.hasOwn(raw, key)) return raw[key] ?? null;
  throw bad(`Unable to find '${key}' in JSON Schema change`);
}

function operationOf(raw: JsonObject): string {
  const named = ["replace", "add", "remove"].filter((key) => Object.hasOwn(raw, key));
  const [op] = named;
  if (named.length > 1) {
    throw bad(
      'Operation objects must contain only one member named "add", "remove", or "replace".',
    );
  }
  if (op !== undefined) return op;
  throw bad(
    'Operation objects must contain exactly one member named "add", "remove", or "replace".',
  );
}

/** How many parts a path has: one, but for the members of the list of locations. */
const depthOf = (root: string, op: string): number =>
  root === "locations" && (op === "add" || op === "remove") ? 2 : 1;

/** The parts of a JSON pointer, of a limited form. @throws HttpFault 400 */
function pathOf(pointer: string): [string, ...string[]] {
  const wrong = (what: string): HttpFault => bad(`Pointer \`${pointer}\` ${what}`);
  if (!pointer.startsWith("/")) throw wrong('does not start with "/".');
  if (/\/\s*?\//.test(pointer.slice(1))) throw wrong('contains adjacent "/".');
  if (pointer.length > 1 && pointer.endsWith("/")) throw wrong('end with "/".');
  if (pointer.slice(1).trim() === "/") throw wrong("does not contains valid token.");
  if (/~[^01]/.test(pointer) || pointer.endsWith("~")) {
    throw wrong('contains "~" not part of a recognized escape sequence.');
  }
  const [first = "", ...rest] = pointer
    .replace(/^\/+/, "")
    .split("/")
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~").trim());
  return [first, ...rest];
}

function checkValue(op: string, path: Change["path"], value: Json): void {
  const [root] = path;
  if (READ_ONLY.includes(root)) throw new HttpFault(403, `Attribute '${root}' is read-only.`);
  if (RESERVED.includes(root)) throw new HttpFault(403, `Attribute '${root}' is reserved.`);
  if (op === "delete" || (path.length > 1 && !isList(root))) return;
  try {
    validateImage({ [root]: path.length === 1 ? value : [value] });
  } catch (error) {
    throw error instanceof InvalidObject ? bad(error.message) : error;
  }
}
