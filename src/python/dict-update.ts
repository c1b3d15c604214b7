/**
 * `dict.update(value)`: it takes a dictionary, or whatever goes through pairs, which a list of lists or of texts
 * of two characters does. A key that is no text has no place in JSON and is refused as what has no length.
 * Upstream: CPython 2.7, Objects/dictobject.c (PyDict_MergeFromSeq2).
 */
import { PythonTypeError, ValueError } from "./exception.js";
import { isObject } from "./guards.js";
import { setMember, type Json, type JsonObject } from "./json.js";
import { hashable, iterate, typeName } from "./operations.js";

/** `dict` with the items of `value`. @throws PythonTypeError, ValueError */
export function dictUpdate(dict: JsonObject, value: Json): JsonObject {
  if (isObject(value)) return { ...dict, ...value };
  const updated = { ...dict };
  for (const [index, element] of iterate(value).entries()) {
    const what = `dictionary update sequence element #${String(index)}`;
    if (element === null || typeof element === "number" || typeof element === "boolean") {
      throw new PythonTypeError(`cannot convert ${what} to a sequence`);
    }
    const pair = iterate(element);
    if (pair.length !== 2) {
      throw new ValueError(`${what} has length ${String(pair.length)}; 2 is required`);
    }
    const key = hashable(pair[0] ?? null);
    if (typeof key !== "string") {
      throw new PythonTypeError(`object of type '${typeName(key)}' has no len()`);
    }
    setMember(updated, key, pair[1] ?? null);
  }
  return updated;
}
