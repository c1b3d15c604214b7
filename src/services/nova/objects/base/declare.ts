/**
 * What declares an object: its name, its version, its fields, which of them are objects, and the columns that nearly every object
 * has. What an object does is in `versioned-object.ts`. Upstream: nova/objects/base.py (NovaObjectMetaclass, NovaPersistentObject)
 * at 2014.2; nova §0.2.
 */
import { storedDate, type BaseColumns } from "../../../../framework/index.js";
import type { JsonObject } from "../../../../python/index.js";
import { datetime, type WireType } from "../wire/field-types.js";
import { VersionedObject, type ObjectStore } from "./versioned-object.js";

type ObjectClass<F extends object> = (new (
  store: ObjectStore,
  fields: F,
  changed?: readonly string[],
  data?: JsonObject,
) => VersionedObject<F> & F) & { readonly objname: string };

/** The names of all fields of `F`; the compiler misses none. */
export type FieldNames<F> = Readonly<Record<keyof F & string, true>>;

export interface ObjectSpec<F> {
  readonly name: string;
  readonly version: string;
  readonly fields: FieldNames<F>;
  /** Those of the fields that are objects, or lists of objects. */
  readonly objects?: readonly (keyof F & string)[];
  /** Those that are another text on the wire. */
  readonly wire?: { readonly [K in keyof F]?: WireType };
}

/** The fields of `NovaPersistentObject`, which nearly every object has. */
export const PERSISTENT = {
  created_at: datetime,
  updated_at: datetime,
  deleted_at: datetime,
} as const;

/** What those fields are. */
export interface PersistentFields {
  created_at: string | null;
  updated_at: string | null;
  deleted_at: string | null;
  deleted: boolean;
}

/** What they are in an object that is made of a row. */
export const stored = ({ created_at, updated_at, deleted_at, deleted }: BaseColumns) =>
  ({
    created_at: storedDate(created_at),
    updated_at: storedDate(updated_at),
    deleted_at: storedDate(deleted_at),
    deleted: deleted !== 0,
  }) satisfies PersistentFields;

/** The base class for the objects that `spec` describes: each field is an accessor. */
export function versioned<F extends object>(spec: ObjectSpec<F>): ObjectClass<F> {
  const wire = (spec.wire ?? {}) as Readonly<Record<string, WireType>>;
  class Versioned extends VersionedObject<F> {
    static override readonly objname = spec.name;
    static override readonly version = spec.version;
    static override readonly objectFields = spec.objects ?? [];
    static override readonly wireTypes = new Map(Object.entries<WireType>(wire));
  }
  for (const name of Object.keys(spec.fields)) {
    Object.defineProperty(Versioned.prototype, name, {
      get(this: Versioned): unknown {
        return this.read(name);
      },
      set(this: Versioned, value: unknown) {
        this.assign(name, value);
      },
    });
  }
  // The loop above has just made every field of F; a class declaration cannot say so.
  return Versioned as unknown as ObjectClass<F>;
}
