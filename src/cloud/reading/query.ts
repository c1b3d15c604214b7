/**
 * A question about things of one kind: those that have all the values that are asked for. A key or a value
 * that there cannot be is a mistake, and said at once: an empty answer would hide it.
 */
import { describe } from "../../text/complaints.js";
import { DriverError, refuse } from "../../kernel/index.js";
import { didYouMeanOrSome } from "../../text/nearest.js";

/**
 * What is asked for, by field; what is not given is not looked at.
 *
 * @example
 * ```ts
 * import { type Filter, type PortState } from "novasim";
 *
 * const down: Filter<PortState> = { status: "DOWN", device_owner: "compute:nova" };
 * Object.keys(down).length; // → 2
 * ```
 */
export type Filter<V> = { readonly [K in keyof V]?: V[K] | undefined };

/** What things of a kind are like. */
export interface Kind<V> {
  /** `servers`, as the method is called. */
  readonly name: string;
  readonly fields: readonly (keyof V & string)[];
  /** What a field can be, where that is a list. */
  readonly values?: { readonly [K in keyof V]?: readonly string[] };
}

/**
 * Those of `all` that fit, in their order, as values that nobody can change.
 * @throws DriverError for a field or a value that there is not
 */
export function select<V extends object>(
  { name, fields, values = {} }: Kind<V>,
  all: readonly V[],
  filter: Filter<V>,
): readonly V[] {
  const given: unknown = filter;
  if (typeof given !== "object" || given === null) {
    refuse(given, name, `what is asked for, such as { ${fields[0] ?? ""}: ... }`);
  }
  const asked = Object.entries(filter).filter(([, value]) => value !== undefined);
  for (const [field, value] of asked) {
    if (!fields.some((known) => known === field)) {
      throw new DriverError(
        `${name}(): there is no field "${field}". ${didYouMeanOrSome(field, fields)}`,
      );
    }
    assertValue(name, field, value, (values as Readonly<Record<string, readonly string[]>>)[field]);
  }
  const found = all.filter((thing) =>
    asked.every(([field, value]) => (Reflect.get(thing, field) as unknown) === value),
  );
  return Object.freeze(found.map((thing) => Object.freeze(thing)));
}

/** @throws DriverError for a value that is none of `known` */
export function assertValue(
  where: string,
  field: string,
  value: unknown,
  known: readonly string[] | undefined,
): void {
  if (typeof value !== "string" || known === undefined || known.includes(value)) return;
  throw new DriverError(
    `${where}(): ${field} is never ${describe(value)}. ${didYouMeanOrSome(value, known)}`,
  );
}
