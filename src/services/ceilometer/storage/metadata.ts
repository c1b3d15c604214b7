/**
 * Metadata of a resource as it can be looked for: each leaf under the way to it (`a.b`, `a[0]`), in the one of
 * four tables that holds values of its type. A number is an integer unless it has a fraction. Upstream:
 * ceilometer/utils.py (dict_to_keyval), ceilometer/storage/sqlalchemy/utils.py (META_TYPE_MAP) at 2014.2.
 */
import { sameText } from "../../../framework/index.js";
import { isObject, type Json } from "../../../python/index.js";

type MetadataTable = "metadata_text" | "metadata_bool" | "metadata_int" | "metadata_float";

/** Where values of its type are; undefined where there is no such table. */
export function tableOf(value: Json): MetadataTable | undefined {
  if (value === null || typeof value === "string") return "metadata_text";
  if (typeof value === "boolean") return "metadata_bool";
  if (typeof value !== "number") return undefined;
  return Number.isInteger(value) ? "metadata_int" : "metadata_float";
}

/** The leaf at `key`, if its value is of a kind with `like`; null where there is none, as an outer join has it. */
export function metadataAt(metadata: Json, key: string, like: Json): Json {
  const table = tableOf(like);
  for (const [name, value] of leaves(metadata, "")) {
    if (sameText(name, key) && tableOf(value) === table) return value;
  }
  return null;
}

/** `dict_to_keyval`. */
function leaves(value: Json, base: string): (readonly [string, Json])[] {
  const below = (key: string, member: Json): (readonly [string, Json])[] =>
    member !== null && typeof member === "object" ? leaves(member, key) : [[key, member]];
  if (isObject(value)) {
    return Object.entries(value).flatMap(([key, member]) =>
      below(base === "" ? key : `${base}.${key}`, member),
    );
  }
  if (value === null || typeof value !== "object") return [];
  return value.flatMap((member, at) => below(`${base}[${at}]`, member));
}
