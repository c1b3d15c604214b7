/**
 * Versioned objects: data that knows what of it has changed and can be saved, from wherever it is.
 * The methods that need a database go through an `ObjectStore`, of which there are two: directly at
 * the database (nova-api, conductor, scheduler), or through the conductor (nova-compute). A manager's
 * code is the same over either. Upstream: nova/objects/base.py at 2014.2; nova §0.2.
 */
import type { RequestContext } from "../../../../framework/index.js";
import type { Op, Unchecked } from "../../../../kernel/index.js";
import { toJson, type Json, type JsonObject } from "../../../../python/index.js";
import type { Arguments } from "../wire/arguments.js";
import type { WireType } from "../wire/field-types.js";
import { ObjectActionError } from "../../exception.js";

/** Where remotable methods run. */
export interface ObjectStore {
  /** Whether objects may come out of messages that no compiler has seen. */
  readonly unchecked?: Unchecked;
  /** Run an instance method; the object's fields are brought up to date. */
  action(ctxt: RequestContext, object: AnyObject, method: string, given: Arguments): Op<unknown>;
  /** Run a class method: look-ups, and what needs no object yet. */
  classAction(ctxt: RequestContext, objname: string, method: string, given: Arguments): Op<unknown>;
}

/** An object, whatever its fields are. */
export interface AnyObject {
  readonly objname: string;
  readonly version: string;
  readonly store: ObjectStore;
  /** Which of its fields are objects. */
  readonly objectFields: readonly string[];
  fields(): object;
  changes(): object;
  refreshWith(fields: object): void;
  /** The fields in their form on the wire, without the envelope's. */
  data(): JsonObject;
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
 * Base of all objects. The fields are a value that is replaced when something changes, so that an
 * object costs nothing to receive and next to nothing to send again: its JSON is kept, and only what
 * was assigned since is made anew. Nested dictionaries are never changed in place but replaced.
 */
export class VersionedObject<F extends object> {
  static readonly objname: string = "";
  static readonly version: string = "";
  /** Fields that are objects themselves, and so may change without being assigned. */
  static readonly objectFields: readonly string[] = [];
  /** Fields that are another text on the wire than in memory. */
  static readonly wireTypes: ReadonlyMap<string, WireType> = new Map();

  readonly #store: ObjectStore;
  #now: Fields;
  /** Whether `#now` is this object's alone and may be written to. */
  #owned = false;
  /** None of the two is made for an object that is only read, as most are. */
  #changed: Set<string> | undefined;
  #stale: Set<string> | undefined;
  /** `#now` as JSON, but for the fields in `#stale`. */
  #data: JsonObject | undefined;
  #primitive: ObjectPrimitive | undefined;

  /**
   * @param data what the fields are in JSON, where that is known; if they are another value than this,
   *   they were made for this object
   */
  constructor(store: ObjectStore, fields: F, changed: readonly string[] = [], data?: JsonObject) {
    this.#store = store;
    this.#now = fields as Fields;
    this.#owned = data !== undefined && data !== (fields as unknown);
    if (changed.length > 0) this.#changed = new Set(changed);
    this.#data = data;
  }

  get objname(): string {
    return (this.constructor as typeof VersionedObject).objname;
  }

  get version(): string {
    return (this.constructor as typeof VersionedObject).version;
  }

  get objectFields(): readonly string[] {
    return (this.constructor as typeof VersionedObject).objectFields;
  }

  get store(): ObjectStore {
    return this.#store;
  }

  /** The fields as they are now: a value that does not change any more. */
  fields(): F {
    this.#owned = false;
    return this.#now as F;
  }

  /** `obj_get_changes`: what was assigned since it was last loaded or saved. */
  changes(): Partial<F> {
    const changes: Fields = {};
    for (const name of this.#changed ?? []) changes[name] = this.#now[name];
    return changes as Partial<F>;
  }

  /** Take over what the store knows now; nothing counts as changed after this. */
  refreshWith(fields: Partial<F>): void {
    for (const name of Object.keys(fields)) this.#write(name, (fields as Fields)[name]);
    this.#changed = undefined;
    this.#primitive = undefined;
  }

  data(): JsonObject {
    const { objectFields, wireTypes } = this.constructor as typeof VersionedObject;
    let data: Record<string, Json> = this.#data ?? this.#primitives(wireTypes);
    let owned = false;
    const put = (name: string): void => {
      const value = this.#now[name];
      // What was never loaded is not sent.
      if (value === undefined) return;
      const json = wireTypes.get(name)?.toWire(value) ?? toJson(value);
      if (data[name] === json) return;
      if (!owned) data = { ...data };
      owned = true;
      data[name] = json;
    };
    for (const name of this.#stale ?? []) put(name);
    this.#stale = undefined;
    for (const name of objectFields) put(name);
    return (this.#data = data);
  }

  /** `obj_to_primitive` of every field. */
  #primitives(wireTypes: ReadonlyMap<string, WireType>): Record<string, Json> {
    const data = toJson(this.#now) as Record<string, Json>;
    for (const [name, type] of wireTypes) {
      const value = this.#now[name];
      if (value !== undefined && value !== null) data[name] = type.toWire(value);
    }
    return data;
  }

  /** `obj_what_changed`: also an object within that has changed itself. */
  #whatChanged(): string[] {
    const changed = new Set(this.#changed);
    for (const name of (this.constructor as typeof VersionedObject).objectFields) {
      const value = this.#now[name];
      const within: readonly unknown[] = Array.isArray(value) ? value : [value];
      const other = (each: unknown): boolean =>
        each instanceof VersionedObject && each.#whatChanged().length > 0;
      if (within.some(other)) changed.add(name);
    }
    return [...changed].sort();
  }

  toWire(): ObjectPrimitive {
    const before = this.#data;
    const data = this.data();
    if (this.#primitive !== undefined && data === before) return this.#primitive;
    const changes = this.#whatChanged();
    this.#primitive = {
      "nova_object.name": this.objname,
      "nova_object.namespace": "nova",
      "nova_object.version": this.version,
      "nova_object.data": data,
      ...(changes.length > 0 && { "nova_object.changes": changes }),
    };
    return this.#primitive;
  }

  /** Leave out a field that a look-up was not asked for: who needs it loads it. */
  omit(name: keyof F & string): void {
    this.#now = Object.fromEntries(Object.entries(this.#now).filter(([field]) => field !== name));
    this.#owned = true;
    this.#data = this.#primitive = undefined;
  }

  /** The contrary of `obj_attr_is_set`. */
  lacks(name: keyof F & string): boolean {
    return !Object.hasOwn(this.#now, name);
  }

  /** Take over a field that was loaded later: it does not count as changed. */
  supply<K extends keyof F & string>(name: K, value: F[K]): void {
    this.#write(name, value);
    this.#primitive = undefined;
  }

  /**
   * @internal What the accessor of a field reads. Nothing is loaded by reading it: who may have an object without it asks
   * before, as `Instance.loadInfoCache` does.
   * @throws ObjectActionError for one that did not come
   */
  read(name: string): unknown {
    const value = this.#now[name];
    if (value !== undefined || Object.hasOwn(this.#now, name)) return value;
    throw new ObjectActionError({
      action: "obj_load_attr",
      reason: `attribute ${name} not lazy-loadable`,
    });
  }

  /** @internal What the accessor of a field does when it is assigned. */
  assign(name: string, value: unknown): void {
    if (!this.#write(name, value)) return;
    (this.#changed ??= new Set()).add(name);
    this.#primitive = undefined;
  }

  #write(name: string, value: unknown): boolean {
    if (this.#now[name] === value) return false;
    if (!this.#owned) this.#now = { ...this.#now };
    this.#owned = true;
    this.#now[name] = value;
    (this.#stale ??= new Set()).add(name);
    return true;
  }
}

type Fields = Record<string, unknown>;

export const isObject = (value: unknown): value is AnyObject => value instanceof VersionedObject;
