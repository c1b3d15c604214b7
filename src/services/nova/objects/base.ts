/**
 * Versioned objects: data that knows what of it has changed and can be saved, from wherever it is.
 * The methods that need a database go through an `ObjectStore`, of which there are two: directly at
 * the database (nova-api, conductor, scheduler), or through the conductor (nova-compute). A manager's
 * code is the same over either. Upstream: nova/objects/base.py at 2014.2; nova §0.2.
 */
import type { RequestContext } from "../../../framework/index.js";
import { KeyError, type Json, type JsonObject, type Op } from "../../../kernel/index.js";

/** Where remotable methods run. */
export interface ObjectStore {
  /** Run an instance method; the object's fields are brought up to date. */
  action(ctxt: RequestContext, object: AnyObject, method: string, kwargs: object): Op<unknown>;
  /** Run a class method: look-ups, and what needs no object yet. */
  classAction(ctxt: RequestContext, objname: string, method: string, kwargs: object): Op<unknown>;
}

/** An object, whatever its fields are. */
export interface AnyObject {
  readonly objname: string;
  readonly version: string;
  readonly store: ObjectStore;
  fields(): object;
  changes(): object;
  refreshWith(fields: object): void;
  toWire(): ObjectPrimitive;
}

/** An object on the wire. */
export interface ObjectPrimitive {
  readonly "nova_object.name": string;
  readonly "nova_object.namespace": "nova";
  readonly "nova_object.version": string;
  readonly "nova_object.data": JsonObject;
  readonly "nova_object.changes"?: readonly string[];
}

/**
 * Base of all objects. The fields are plain properties; nested values are never changed in place
 * but replaced, so that a change is a difference of identity.
 */
export class VersionedObject<F extends object> {
  static readonly objname: string = "";
  static readonly version: string = "";
  readonly #store: ObjectStore;
  #saved: F;

  constructor(store: ObjectStore, fields: F, changed: readonly string[] = []) {
    this.#store = store;
    Object.assign(this, fields);
    this.#saved = changed.length === 0 ? fields : without(fields, changed);
  }

  get objname(): string {
    return (this.constructor as typeof VersionedObject).objname;
  }

  get version(): string {
    return (this.constructor as typeof VersionedObject).version;
  }

  get store(): ObjectStore {
    return this.#store;
  }

  /** The fields as they are now. */
  fields(): F {
    return Object.assign({}, this) as unknown as F;
  }

  /** `obj_get_changes`: what differs from what was last loaded or saved. */
  changes(): Partial<F> {
    const changes: Record<string, unknown> = {};
    const saved = this.#saved as Record<string, unknown>;
    const now = this as unknown as Record<string, unknown>;
    for (const field of Object.keys(this)) {
      if (now[field] !== saved[field]) changes[field] = now[field];
    }
    return changes as Partial<F>;
  }

  /** Take over what the store knows now; nothing counts as changed after this. */
  refreshWith(fields: Partial<F>): void {
    Object.assign(this, fields);
    this.#saved = this.fields();
  }

  toWire(): ObjectPrimitive {
    const changes = Object.keys(this.changes()).sort();
    return {
      "nova_object.name": this.objname,
      "nova_object.namespace": "nova",
      "nova_object.version": this.version,
      // `toJson` makes nested objects primitives in their turn.
      "nova_object.data": this.fields() as JsonObject,
      ...(changes.length > 0 && { "nova_object.changes": changes }),
    };
  }

  protected remotable(ctxt: RequestContext, method: string, kwargs: object = {}): Op<unknown> {
    return this.#store.action(ctxt, this, method, kwargs);
  }
}

export const isObject = (value: unknown): value is AnyObject => value instanceof VersionedObject;

type ObjectClass<F extends object> = new (
  store: ObjectStore,
  fields: F,
  changed?: readonly string[],
) => VersionedObject<F> & F;

/** The base class for objects called `objname` with the fields of `F`. */
export function versioned<F extends object>(objname: string, version: string): ObjectClass<F> {
  class Versioned extends VersionedObject<F> {
    static override readonly objname = objname;
    static override readonly version = version;
  }
  // The constructor assigns every field of F; a class declaration cannot say so of a type parameter.
  return Versioned as unknown as ObjectClass<F>;
}

export type ObjectConstructor = new (
  store: ObjectStore,
  fields: never,
  changed?: readonly string[],
) => AnyObject;

/** Makes objects out of what came over the wire. */
export class ObjectRegistry {
  readonly #classes: ReadonlyMap<string, ObjectConstructor>;

  constructor(classes: Readonly<Record<string, ObjectConstructor>>) {
    this.#classes = new Map(Object.entries(classes));
  }

  /** `value` with every object primitive in it turned into an object over `store`. */
  hydrate(store: ObjectStore, value: Json): unknown {
    if (typeof value !== "object" || value === null) return value;
    if (isList(value)) return value.map((item) => this.hydrate(store, item));
    if (Object.hasOwn(value, "nova_object.name")) {
      return this.#object(store, value as unknown as ObjectPrimitive);
    }
    const members: Record<string, unknown> = {};
    for (const key of Object.keys(value)) members[key] = this.hydrate(store, value[key] as Json);
    return members;
  }

  #object(store: ObjectStore, primitive: ObjectPrimitive): AnyObject {
    const name = primitive["nova_object.name"];
    const Class = this.#classes.get(name);
    if (Class === undefined) throw new KeyError(`Unsupported object type ${name}`);
    const data = primitive["nova_object.data"];
    const fields: Record<string, unknown> = {};
    for (const key of Object.keys(data)) fields[key] = this.hydrate(store, data[key] as Json);
    return new Class(store, fields as never, primitive["nova_object.changes"]);
  }
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

function without<F extends object>(fields: F, names: readonly string[]): F {
  const kept = { ...fields } as Record<string, unknown>;
  for (const name of names) Reflect.deleteProperty(kept, name);
  return kept as F;
}
