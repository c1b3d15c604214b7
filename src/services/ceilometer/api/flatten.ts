/**
 * Metadata as the API shows it, flat and all text, and back. Of several dots in a key the first stays, the others
 * become colons. Upstream: ceilometer/api/controllers/v2.py (_flatten_metadata), ceilometer/utils.py
 * (restore_nesting) at 2014.2.
 */
import { isObject, setMember, type Json, type JsonObject } from "../../../python/index.js";
import { keypairs, text } from "../publisher/signature.js";

export function flattened(metadata: Json): JsonObject {
  const flat = {};
  if (!isObject(metadata)) return flat;
  for (const [key, value] of keypairs(metadata, ".")) {
    setMember(flat, key.replaceAll(".", ":").replace(":", "."), text(value));
  }
  return flat;
}

/** `restore_nesting(dict, separator='.')`. */
export function nested(flat: JsonObject): JsonObject {
  const result = {};
  for (const [key, value] of Object.entries(flat)) {
    if (!key.includes(".")) setMember(result, key, value);
  }
  const below = new Map<string, Record<string, Json>>();
  for (const [key, value] of Object.entries(flat)) {
    const dot = key.indexOf(".");
    if (dot < 0) continue;
    const top = key.slice(0, dot);
    const known = isObject(flat[top]) ? { ...flat[top] } : {};
    const members = below.get(top) ?? known;
    setMember(members, key.slice(dot + 1), value);
    below.set(top, members);
  }
  for (const [top, members] of below) setMember(result, top, nested(members));
  return result;
}
