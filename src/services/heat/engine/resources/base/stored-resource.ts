/**
 * A resource as it is kept: what its template says of it, its row with its state, its metadata and its own data, its
 * events, and what was read of it last. What is done with it is in files beside. Upstream: heat/engine/resource.py
 * (Resource: _store, state_set, metadata_get, data_set, FnGetAtt and their like) at 2014.2.
 */
import type { Op } from "../../../../../kernel/index.js";
import { isObject, ValueError, type Json, type JsonObject } from "../../../../../python/index.js";
import { reasonColumn } from "../../../db/database.js";
import { InvalidTemplateAttribute, ResourceNotAvailable } from "../../../exception.js";
import { resourceIdentity, type StackIdentity } from "../../../identifier.js";
import { Properties } from "../../properties/properties.js";
import type { PropertySchemata } from "../../properties/schema.js";
import { exceptionOf } from "../../scheduler/task.js";
import { resolve, type Referenced } from "../../template/function.js";
import { select } from "../../template/references.js";
import { metadataOf, type ResourceDefinition } from "../../template/resource-definition.js";
import { frozenDefinition, type FrozenDefinition } from "../change.js";
import { physicalName } from "../names.js";
import type { StackOfResources } from "../stack-view.js";

export type ResourceAction =
  "INIT" | "CREATE" | "DELETE" | "UPDATE" | "SUSPEND" | "RESUME" | "ADOPT" | "SNAPSHOT" | "CHECK";
export type ResourceStatus = "IN_PROGRESS" | "COMPLETE" | "FAILED";

export abstract class StoredResource implements Referenced {
  readonly name: string;
  #definition: ResourceDefinition;
  #stack: StackOfResources;
  readonly strictDependency: boolean = true;
  action: ResourceAction = "INIT";
  status: ResourceStatus = "COMPLETE";
  statusReason = "";
  /** What it is called where it is. */
  resourceId: string | null = null;
  /** The key of its row, once there is one. */
  #uuid: string | undefined;
  #stored: JsonObject | null = null;
  #metadata: JsonObject | null = null;
  #properties: Properties;
  createdTime: string | null = null;
  updatedTime: string | null = null;
  /** What has been read of it, until the state of some resource of the stack changes. */
  readonly #attributes = new Map<string, Json>();

  constructor(definition: ResourceDefinition, stack: StackOfResources) {
    if (definition.name.includes("/")) {
      throw new ValueError('Resource name may not contain "/"');
    }
    this.name = definition.name;
    this.#definition = definition;
    this.#stack = stack;
    // If the stack is being deleted, this one is gone already unless it has a row.
    if (stack.action === "DELETE") this.action = "DELETE";
    this.#properties = this.#reparsed();
    this.#load();
  }

  get definition(): ResourceDefinition {
    return this.#definition;
  }

  get stack(): StackOfResources {
    return this.#stack;
  }

  /** It is another stack's from here on, or something else is written of it. */
  moveTo(stack: StackOfResources, definition: ResourceDefinition): void {
    this.#stack = stack;
    this.#definition = definition;
    this.#properties = this.#reparsed();
  }

  /** Each stands for what the other one has made. */
  exchangePhysical(other: StoredResource): void {
    [this.resourceId, other.resourceId] = [other.resourceId, this.resourceId];
    [this.#properties, other.#properties] = [other.#properties, this.#properties];
  }

  abstract get schemata(): PropertySchemata;
  /** Undefined where it has whatever it is asked for, or says so itself. */
  abstract get attributeNames(): readonly string[] | undefined;
  /** Those that its type speaks of. */
  get attributesSchema(): readonly string[] {
    return this.attributeNames ?? [];
  }
  /** What `str(resource)` begins with. */
  abstract get className(): string;

  /** `_resolve_attribute`. */
  protected *resolveAttribute(_name: string): Op<Json> {
    return null;
  }

  get properties(): Properties {
    return this.#properties;
  }

  get uuid(): string | undefined {
    return this.#uuid;
  }

  /** Its properties, as they are written now. */
  #reparsed(): Properties {
    const { definition, stack } = this;
    return new Properties(this.schemata, definition.properties, stack.lookUps, this.name);
  }

  #load(): void {
    const { id, parts } = this.stack;
    if (id === null) return;
    const row = parts.db.resources.first({ stack_id: id, name: this.name });
    if (row === undefined) return;
    this.#uuid = row.uuid;
    this.action = row.action as ResourceAction;
    this.status = row.status as ResourceStatus;
    this.statusReason = row.status_reason;
    this.resourceId = row.nova_instance;
    this.#stored = row.properties_data;
    this.#metadata = row.rsrc_metadata;
    this.createdTime = row.created_at;
    this.updatedTime = row.updated_time;
  }

  /** `metadata_get`: what its template says, until it has a row. */
  *metadata(): Op<JsonObject> {
    return this.#metadata ?? (yield* metadataOf(this.definition));
  }

  /** `metadata_get(refresh=True)`: as it is in the database now. */
  *freshMetadata(): Op<JsonObject> {
    if (this.#uuid !== undefined) {
      this.#metadata =
        this.stack.parts.db.resources.get(this.#uuid)?.rsrc_metadata ?? this.#metadata;
    }
    return yield* this.metadata();
  }

  /** `metadata_set`. @throws ResourceNotAvailable */
  setMetadata(metadata: JsonObject): void {
    if (this.#uuid === undefined) {
      throw new ResourceNotAvailable({ resource_name: this.name });
    }
    this.stack.parts.db.resources.update(this.#uuid, { rsrc_metadata: metadata });
    this.#metadata = metadata;
  }

  identity(): StackIdentity {
    return resourceIdentity(this.stack.identity(), this.name);
  }

  /** `str(resource)`. */
  toString(): string {
    const id = this.stack.id !== null && this.resourceId !== null ? ` [${this.resourceId}]` : "";
    const where = this.stack.id === null ? "" : ` ${this.stack.toString()}`;
    return `${this.className} "${this.name}"${id}${where}`;
  }

  /** As far as it is known without asking anybody. */
  refId(): string {
    return this.resourceId ?? this.name;
  }

  *reference(): Op<string> {
    return this.refId();
  }

  *attribute(key: Json, path: readonly Json[] = []): Op<Json> {
    if (typeof key !== "string" || this.attributeNames?.includes(key) === false) {
      throw new InvalidTemplateAttribute({ resource: this.name, key });
    }
    return select(yield* this.#attribute(key), path) ?? null;
  }

  *#attribute(key: string): Op<Json> {
    const known = this.#attributes.get(key);
    if (known !== undefined) return known;
    const value = yield* this.resolveAttribute(key);
    if (value !== null) this.#attributes.set(key, value);
    return value;
  }

  forgetAttributes(): void {
    this.#attributes.clear();
  }

  /** @param limit of its type */
  physicalName(limit?: number): string | null {
    if (this.#uuid === undefined) return null;
    return physicalName(this.stack.name, this.name, this.#uuid, limit);
  }

  /** `resource_id_set`. */
  setResourceId(id: string | null): void {
    this.resourceId = id;
    if (this.#uuid === undefined) return;
    this.stack.parts.db.resources.update(this.#uuid, { nova_instance: id });
  }

  /** What is written now is what counts from here on. */
  protected reparse(): void {
    this.#properties = this.#reparsed();
  }

  /** `frozen_definition`: what is written of it, with all that is asked for in it as it was asked last. */
  frozen(): Op<FrozenDefinition> {
    return frozenDefinition(this.definition, this.#stored);
  }

  /** Its row is gone. */
  protected removeRow(): void {
    if (this.#uuid === undefined) return;
    this.stack.parts.db.resources.remove(this.#uuid);
    this.#uuid = undefined;
  }

  /** `state_set`: to the row, and an event if anything has changed. */
  *setState(action: ResourceAction, status: ResourceStatus, reason = "state changed"): Op<void> {
    const changed = action !== this.action || status !== this.status;
    this.action = action;
    this.status = status;
    this.statusReason = reason;
    const { parts, id } = this.stack;
    const state = { action, status, status_reason: reasonColumn(reason) };
    if (this.#uuid !== undefined) {
      const properties_data = this.#stored;
      const { resourceId: nova_instance, updatedTime: updated_time } = this;
      const all = { ...state, properties_data, nova_instance, updated_time };
      parts.db.resources.update(this.#uuid, { ...all, ...(id !== null && { stack_id: id }) });
    } else if (
      (action === "CREATE" || action === "ADOPT") &&
      status === "IN_PROGRESS" &&
      id !== null
    ) {
      this.#uuid = parts.ids.uuid();
      this.#metadata = yield* metadataOf(this.definition);
      const { created_at } = parts.db.resources.insert({
        uuid: this.#uuid,
        name: this.name,
        ...state,
        nova_instance: this.resourceId,
        rsrc_metadata: this.#metadata,
        properties_data: this.#stored,
        stack_id: id,
        updated_time: null,
      });
      this.createdTime = created_at;
    }
    if (changed && id !== null) yield* this.tell(id, reason);
    this.stack.forgetAttributes();
  }

  /** `state_reset`: as if it had never been made. */
  resetState(): void {
    this.action = "INIT";
    this.status = "COMPLETE";
    this.statusReason = "";
  }

  /** `_add_event`. */
  protected *tell(stack_id: string, reason: string, action: string = this.action): Op<void> {
    const resource_properties = yield* this.#propertiesOfEvent();
    this.stack.parts.addEvent({
      uuid: this.stack.parts.ids.uuid(),
      stack_id,
      resource_action: action,
      resource_status: this.status,
      resource_name: this.name,
      physical_resource_id: this.resourceId,
      resource_status_reason: reason,
      resource_type: this.definition.type,
      resource_properties,
    });
  }

  *#propertiesOfEvent(): Op<JsonObject> {
    try {
      return yield* this.#properties.all();
    } catch (thrown) {
      const error = yield* exceptionOf(thrown);
      if (!(error instanceof ValueError)) throw error;
      return { Error: error.message };
    }
  }

  /** `_update_stored_properties`. */
  protected *keepProperties(): Op<void> {
    const stored = yield* resolve(this.#properties.data);
    this.#stored = isObject(stored) ? stored : {};
  }
}
