/**
 * The arguments of a controller's method: the members of the body and what the path says, by name.
 * One too many or too few is Python's own TypeError. Upstream: keystone/common/wsgi.py
 * (Application.__call__, _normalize_dict) at 2014.2; CPython 2.7, Python/ceval.c.
 */
import {
  dictOrder,
  isObject,
  PythonTypeError,
  type Json,
  type JsonObject,
} from "../../../python/index.js";

/** How upstream's method is declared, past `self` and `context`. */
export interface Signature {
  readonly name: string;
  readonly takes: readonly string[];
  /** Those with a default. */
  readonly optional?: readonly string[];
  /** It takes whatever else comes. */
  readonly rest?: boolean;
  /** A list hands its filters to the method as one more. */
  readonly filtered?: boolean;
}

/** What comes with a request; the path wins over the body. */
export function argumentsOf(body: Json, params: Readonly<Record<string, string>>): JsonObject {
  const members = isObject(body) ? Object.entries(body) : [];
  const named = members.map(([name, value]): [string, Json] => [normalized(name), value ?? null]);
  return { ...Object.fromEntries(named), ...params };
}

/** `OS-KSADM:service` to `OS_KSADM_service`. */
const normalized = (name: string): string => name.replace(/[:-]/g, "_");

/** @throws PythonTypeError */
export function bind(signature: Signature, given: JsonObject): void {
  const { name, takes, optional = [], rest = false, filtered = false } = signature;
  const names = dictOrder(Object.keys(given));
  const unknown = names.find((key) => !takes.includes(key) && !optional.includes(key));
  if (unknown !== undefined && !rest) {
    throw new PythonTypeError(`${name}() got an unexpected keyword argument '${unknown}'`);
  }
  if (takes.every((key) => names.includes(key))) return;
  const fixed = filtered ? 3 : 2;
  const count = fixed + takes.length;
  const had = fixed + names.filter((key) => takes.includes(key) || optional.includes(key)).length;
  const exactly = optional.length > 0 ? "at least" : "exactly";
  throw new PythonTypeError(
    `${name}() takes ${exactly} ${String(count)} arguments (${String(had)} given)`,
  );
}
