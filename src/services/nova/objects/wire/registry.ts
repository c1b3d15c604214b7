/**
 * Every object that can be on Nova's wire, by name, and how it is rebuilt from what came. Upstream:
 * nova/objects/base.py (NovaObjectMetaclass, NovaObject.obj_from_primitive) at 2014.2.
 */
import {
  contains,
  dictOrder,
  isMapping,
  listLike,
  setMember,
  str,
  subscript,
  toJson,
  type Json,
  type JsonObject,
} from "../../../../python/index.js";
import { IncompatibleObjectVersion, UnsupportedObjectError } from "../../exception.js";
import type { AnyObject, ObjectPrimitive, ObjectStore } from "../base/versioned-object.js";
import { Aggregate } from "../aggregates/aggregate.js";
import { BlockDeviceMapping, BlockDeviceMappingList } from "../block-device-mapping.js";
import { InstanceExternalEvent } from "../external-event.js";
import { FIELD_TYPES } from "../fields/by-class.js";
import { fieldValue, type Field } from "../fields/field.js";
import { Flavor } from "../flavor.js";
import { Instance, InstanceList } from "../instance.js";
import { InstanceFault } from "../instance-fault.js";
import { InstanceGroup } from "../instance-group.js";
import { InstanceInfoCache } from "../instance-info-cache.js";
import { InstanceNUMACell, InstanceNUMATopology } from "../instance-numa-topology.js";
import { InstancePCIRequests } from "../instance-pci-requests.js";
import { MigrationList } from "../migration/migration-list.js";
import { Migration } from "../migration/migration.js";
import { NetworkRequest, NetworkRequestList } from "../network-request.js";
import { Quotas } from "../quotas.js";
import { ComputeNode, ComputeNodeList } from "../service/compute-node.js";
import { Service } from "../service/service.js";
import { SecurityGroupList } from "../security-group.js";
import type { WireType } from "./field-types.js";

/** A class of objects, as the registry makes them. */
interface ObjectConstructor {
  readonly version: string;
  readonly objectFields: readonly string[];
  readonly wireTypes: ReadonlyMap<string, WireType>;
  new (
    store: ObjectStore,
    fields: never,
    changed?: readonly string[],
    data?: JsonObject,
  ): AnyObject;
}

/** Makes objects out of what came over the wire. */
class ObjectRegistry {
  readonly #classes: ReadonlyMap<string, ObjectConstructor>;

  constructor(classes: Readonly<Record<string, unknown>>) {
    this.#classes = new Map(Object.entries(classes as Record<string, ObjectConstructor>));
  }

  /**
   * `value` with every object primitive in it turned into an object over `store`. What holds no
   * object is handed on as it is: JSON from the wire is nobody's to change.
   */
  hydrate(store: ObjectStore, value: Json): unknown {
    if (typeof value !== "object" || value === null) return value;
    if (isList(value)) return this.#list(store, value);
    if (Object.hasOwn(value, "nova_object.name")) {
      return this.#object(store, value as unknown as ObjectPrimitive);
    }
    let copy: Record<string, unknown> | undefined;
    for (const key of Object.keys(value)) {
      const member = value[key] as Json;
      const hydrated = this.hydrate(store, member);
      if (hydrated !== member) setMember((copy ??= { ...value }), key, hydrated);
    }
    return copy ?? value;
  }

  #list(store: ObjectStore, list: readonly Json[]): readonly unknown[] {
    let copy: unknown[] | undefined;
    for (let i = 0; i < list.length; i++) {
      const hydrated = this.hydrate(store, list[i] as Json);
      if (hydrated !== list[i]) (copy ??= [...list])[i] = hydrated;
    }
    return copy ?? list;
  }

  #object(store: ObjectStore, primitive: ObjectPrimitive): AnyObject {
    if (store.unchecked?.admitted === true) return this.#checked(store, primitive);
    const name = primitive["nova_object.name"];
    const Class = this.#classes.get(name);
    if (Class === undefined) throw new UnsupportedObjectError({ objtype: name });
    const data = primitive["nova_object.data"];
    let fields: Record<string, unknown> = data;
    const put = (field: string, value: unknown): void => {
      if (fields === data) fields = { ...data };
      fields[field] = value;
    };
    for (const field of Class.objectFields) {
      const value = data[field];
      if (value !== undefined) put(field, this.hydrate(store, value));
    }
    for (const [field, type] of Class.wireTypes) {
      const value = data[field];
      if (value !== undefined && value !== null) put(field, type.fromWire(value));
    }
    return new Class(store, fields as never, primitive["nova_object.changes"], data);
  }

  /** `from_primitive` of single fields; objects among them have been rebuilt already. */
  fromPrimitives(name: string, fields: JsonObject): Record<string, unknown> {
    const values: Record<string, unknown> = { ...fields };
    for (const [field, type] of this.#classes.get(name)?.wireTypes ?? []) {
      const value = fields[field];
      if (value !== undefined && value !== null) values[field] = type.fromWire(value);
    }
    return values;
  }

  /**
   * `#object` of what no compiler has seen. Upstream asks the conductor to rewrite an object that is
   * too new, which asks itself the same, and so on until the first of them has waited long enough;
   * what is refused in the end is refused here at once.
   * @throws UnsupportedObjectError, IncompatibleObjectVersion; KeyError for what it lacks; what a
   * field refuses
   */
  #checked(store: ObjectStore, primitive: unknown): AnyObject {
    const namespace = str(subscript(primitive, "nova_object.namespace") as Json);
    const name = subscript(primitive, "nova_object.name");
    if (namespace !== "nova") {
      throw new UnsupportedObjectError({ objtype: `${namespace}.${str(name as Json)}` });
    }
    const objver = subscript(primitive, "nova_object.version");
    const Class = typeof name === "string" ? this.#classes.get(name) : undefined;
    if (Class === undefined) throw new UnsupportedObjectError({ objtype: str(name as Json) });
    if (!isCompatible(objver, Class.version)) {
      throw new IncompatibleObjectVersion({
        objname: name,
        objver: str(objver as Json),
        supported: Class.version,
      });
    }
    const data = subscript(primitive, "nova_object.data");
    const changes = (primitive as Partial<ObjectPrimitive>)["nova_object.changes"] ?? [];
    const types = FIELD_TYPES[name as string] ?? {};
    // In the order in which they came: what is sent on is to be the same bytes.
    const fields: Record<string, unknown> = isMapping(data) ? { ...data } : {};
    for (const field of Object.keys(fields)) {
      if (!Object.hasOwn(types, field)) Reflect.deleteProperty(fields, field);
    }
    const kept: Record<string, Json> = { ...(fields as JsonObject) };
    for (const field of dictOrder(Object.keys(types))) {
      if (!contains(data as Json, field)) continue;
      const value = subscript(data, field) as Json;
      fields[field] = fieldValue(types[field] as Field, field, this.hydrate(store, value));
      kept[field] = Class.wireTypes.has(field) ? value : toJson(fields[field]);
    }
    const changed = (listLike()(changes) as readonly string[]).filter((field) => {
      return Object.hasOwn(types, field);
    });
    return new Class(store, fields as never, changed, kept);
  }
}

/** `versionutils.is_compatible`: the same major, and no newer than what is there. */
function isCompatible(requested: unknown, current: string): boolean {
  if (requested === current) return true;
  const wanted = /^(\d+)\.(\d+)/.exec(str(requested as Json));
  const own = /^(\d+)\.(\d+)/.exec(current);
  return wanted?.[1] === own?.[1] && Number(wanted?.[2]) <= Number(own?.[2]);
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

export const novaObjects = new ObjectRegistry({
  Aggregate,
  BlockDeviceMapping,
  BlockDeviceMappingList,
  ComputeNode,
  ComputeNodeList,
  Flavor,
  Instance,
  InstanceExternalEvent,
  InstanceFault,
  InstanceGroup,
  InstanceInfoCache,
  InstanceList,
  InstanceNUMACell,
  InstanceNUMATopology,
  InstancePCIRequests,
  Migration,
  MigrationList,
  NetworkRequest,
  NetworkRequestList,
  Quotas,
  SecurityGroupList,
  Service,
});
