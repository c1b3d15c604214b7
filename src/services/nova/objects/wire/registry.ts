/**
 * Every object that can be on Nova's wire, by name, and how it is rebuilt from what came. Upstream:
 * nova/objects/base.py (NovaObjectMetaclass, NovaObject.obj_from_primitive) at 2014.2.
 */
import { KeyError, type Json, type JsonObject } from "../../../../python/index.js";
import type { AnyObject, ObjectPrimitive, ObjectStore } from "../base.js";
import { BlockDeviceMapping, BlockDeviceMappingList } from "../block-device-mapping.js";
import { InstanceExternalEvent } from "../external-event.js";
import { Flavor } from "../flavor.js";
import { Instance, InstanceList } from "../instance.js";
import { InstanceFault } from "../instance-fault.js";
import { InstanceGroup } from "../instance-group.js";
import { InstanceInfoCache } from "../instance-info-cache.js";
import { InstanceNUMACell, InstanceNUMATopology } from "../instance-numa-topology.js";
import { InstancePCIRequests } from "../instance-pci-requests.js";
import { NetworkRequest, NetworkRequestList } from "../network-request.js";
import { Quotas } from "../quotas.js";
import { SecurityGroupList } from "../security-group.js";
import type { WireType } from "./field-types.js";

/** A class of objects, as the registry makes them. */
interface ObjectConstructor {
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
      if (hydrated !== member) (copy ??= { ...value })[key] = hydrated;
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
    const name = primitive["nova_object.name"];
    const Class = this.#classes.get(name);
    if (Class === undefined) throw new KeyError(`Unsupported object type ${name}`);
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
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

export const novaObjects = new ObjectRegistry({
  BlockDeviceMapping,
  BlockDeviceMappingList,
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
  NetworkRequest,
  NetworkRequestList,
  Quotas,
  SecurityGroupList,
});
