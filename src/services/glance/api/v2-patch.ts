/** Changes an image as v2 asks for it: by a JSON patch. Upstream: glance/api/v2/images.py (RequestDeserializer). */
import { HttpFault } from "../../../http/index.js";
import { isObject, type Json, type JsonObject } from "../../../python/index.js";
import type { ImageChanges, Properties } from "../image-meta.js";
import { BASE_PROPERTIES } from "./v2-bodies.js";

const READ_ONLY: ReadonlySet<string> = new Set([
  ...["id", "status", "checksum", "size", "virtual_size", "direct_url", "self", "file", "schema"],
  ...["created_at", "updated_at", "owner"],
]);

/** `image` after each step of `patch`. @throws HttpFault 400, 403, 409 */
export function patched(image: JsonObject, patch: Json): JsonObject {
  if (!Array.isArray(patch)) {
    throw new HttpFault(400, "Request body must be a JSON array of operation objects.");
  }
  const after = new Map<string, Json>(Object.entries(image));
  for (const step of patch as readonly Json[]) {
    const { op, path, value } = isObject(step) ? step : {};
    const name = typeof path === "string" ? /^\/([^/]+)$/.exec(path)?.[1] : undefined;
    if (name === undefined) throw new HttpFault(400, "Invalid JSON pointer for this resource");
    if (READ_ONLY.has(name)) throw new HttpFault(403, `Attribute '${name}' is read-only.`);
    if (op === "remove") {
      if (BASE_PROPERTIES.has(name)) {
        throw new HttpFault(403, `Property ${name} may not be removed.`);
      }
      if (!after.delete(name)) throw new HttpFault(409, `Property ${name} does not exist.`);
    } else if (op === "add" || op === "replace") {
      if (op === "replace" && !after.has(name)) {
        throw new HttpFault(409, `Property ${name} does not exist.`);
      }
      after.set(name, value ?? null);
    } else throw new HttpFault(400, "Operations must be one of add, remove, replace.");
  }
  return Object.fromEntries(after);
}

/** What a flat v2 image says, as the database keeps it. @throws HttpFault 400 */
export function changesOf(image: JsonObject): ImageChanges {
  const changes: ImageChanges = {};
  const properties: Record<string, string | null> = {};
  for (const [name, value] of Object.entries(image)) {
    if (!BASE_PROPERTIES.has(name)) properties[name] = textual(name, value);
  }
  const { visibility, name, disk_format, container_format } = image;
  if (visibility !== undefined && visibility !== "public" && visibility !== "private") {
    throw new HttpFault(400, `Invalid visibility '${JSON.stringify(visibility)}'`);
  }
  if (visibility !== undefined) changes.is_public = visibility === "public";
  if (name !== undefined) changes.name = textual("name", name);
  if (disk_format !== undefined) changes.disk_format = textual("disk_format", disk_format);
  if (container_format !== undefined) {
    changes.container_format = textual("container_format", container_format);
  }
  if (typeof image["protected"] === "boolean") changes.protected = image["protected"];
  if (typeof image["min_disk"] === "number") changes.min_disk = image["min_disk"];
  if (typeof image["min_ram"] === "number") changes.min_ram = image["min_ram"];
  return { ...changes, properties: properties satisfies Properties };
}

function textual(name: string, value: Json): string | null {
  if (value === null || typeof value === "string") return value;
  throw new HttpFault(
    400,
    `Provided object does not match schema 'image': ${name} is not a string`,
  );
}
