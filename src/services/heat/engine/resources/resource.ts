/**
 * A resource of a stack: what its template says of it, the state that it is in, and the tasks that bring
 * it to another one. What is done there is a type's own: `handleCreate` and the like, and after it a look
 * a second until it says that it is over. Adopting and snapshots are not simulated.
 * Upstream: heat/engine/resource.py (Resource) at 2014.2.
 */
import { endStep, seconds, type Op, type Stepped } from "../../../../kernel/index.js";
import {
  Exception as PythonException,
  isObject,
  str,
  truth,
  ValueError,
  type Json,
  type JsonObject,
} from "../../../../python/index.js";
import { reasonColumn } from "../../db/database.js";
import {
  InvalidTemplateAttribute,
  ResourceActionNotSupported,
  ResourceFailure,
  ResourceNotAvailable,
  StackValidationFailed,
} from "../../exception.js";
import { resourceIdentity, type StackIdentity } from "../../identifier.js";
import { Properties } from "../properties/properties.js";
import type { PropertySchemata } from "../properties/schema.js";
import { exceptionOf } from "../scheduler/task.js";
import { resolve, validate, type Referenced, type Snippet } from "../template/function.js";
import { select } from "../template/references.js";
import { metadataOf, type ResourceDefinition } from "../template/resource-definition.js";
import {
  changedProperties,
  changedSections,
  frozenDefinition,
  propertiesDiffer,
  sameDefinition,
  type FrozenDefinition,
  type PendingChange,
} from "./change.js";
import { HeatError, ResourceInError, UpdateReplace } from "./errors.js";
import { physicalName } from "./names.js";
import type { NestedStack, StackOfResources } from "./stack-view.js";

const POLICIES: readonly string[] = ["Delete", "Retain", "Snapshot"];
/** Seconds that are added at random to a pause. */
const JITTER = 2;

export type ResourceAction =
  "INIT" | "CREATE" | "DELETE" | "UPDATE" | "SUSPEND" | "RESUME" | "ADOPT" | "SNAPSHOT" | "CHECK";
export type ResourceStatus = "IN_PROGRESS" | "COMPLETE" | "FAILED";

/** What a type does for an action; undefined where it does nothing, not even for a second. */
export interface Handler {
  /** @returns what the check is given */
  handle(): Op<Json>;
  /** Whether it is over; without one it is at the next look. */
  check?(data: Json): Op<boolean>;
}

/** What is to be otherwise. */
export interface ResourceChange {
  readonly after: ResourceDefinition;
  /** Sections of its template that have changed, as they shall be: `Metadata`. */
  readonly template: JsonObject;
  /** Properties that have changed, as they shall be. */
  readonly properties: JsonObject;
}

export abstract class Resource implements Referenced {
  readonly name: string;
  #definition: ResourceDefinition;
  #stack: StackOfResources;
  readonly strictDependency: boolean = true;
  action: ResourceAction = "INIT";
  status: ResourceStatus = "COMPLETE";
  statusReason = "";
  /** What it is called where it is. */
  resourceId: string | null = null;
  /** What it has made is to stay when it goes. */
  #abandoning = false;
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
  exchangePhysical(other: Resource): void {
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

  protected createHandler(): Handler | undefined {
    return undefined;
  }

  protected deleteHandler(): Handler | undefined {
    return undefined;
  }

  protected suspendHandler(): Handler | undefined {
    return undefined;
  }

  protected resumeHandler(): Handler | undefined {
    return undefined;
  }

  /** What changes it in place; without one every change replaces it. @throws UpdateReplace */
  protected updateHandler(_change: ResourceChange): Handler | undefined {
    return undefined;
  }

  /** Whether an update replaces it even if nothing has changed. @param after its properties then */
  protected *alwaysReplaced(_after: Properties): Op<boolean> {
    return false;
  }

  /** `handle_snapshot_delete`: under the policy Snapshot. @param failed whether it was made in vain */
  protected snapshotDeleteHandler(_failed: boolean): Handler | undefined {
    return undefined;
  }

  /** Names of what must be there before it though its template does not say so. */
  *implied(): Op<readonly string[]> {
    return [];
  }

  /** @param data what is known of it: null for nothing */
  protected adoptHandler(data: JsonObject | null): Handler | undefined {
    const adopt = (): void => {
      this.#adopted(data);
    };
    return {
      *handle() {
        adopt();
        return null;
      },
    };
  }

  protected snapshotHandler(): Handler | undefined {
    return undefined;
  }

  /** @param kept what a snapshot has of it */
  protected deleteSnapshotHandler(_kept: Json): Handler | undefined {
    return undefined;
  }

  /** Whether a user with such an id or key may read what it is told: `access_allowed`. */
  *allows(_credential: string | null): Op<boolean> {
    return false;
  }

  protected checkHandler(): Handler | undefined {
    return undefined;
  }

  /** `implementation_signature`: by the first two differ in kind, by the second in version. */
  signature(): readonly [kind: string, version: string] {
    return [this.className, ""];
  }

  /** `supports_check_action`. */
  *checkable(): Op<boolean> {
    return this.checkHandler() !== undefined;
  }

  /** The stack that it is, if it is one. @throws NotFound if that is gone */
  nested(): NestedStack | undefined {
    return undefined;
  }

  /** `preview`: the stack that it would be, which is not made. @throws what is wrong with it */
  *previewed(): Op<NestedStack | undefined> {
    return undefined;
  }

  /** What a type does with a signal. @returns words for its event; undefined where it takes none */
  protected signalHandler(): ((details: Json) => Op<string | null>) | undefined {
    return undefined;
  }

  /** Whether it asks services when no user is there. */
  get requiresDeferredAuth(): boolean {
    return false;
  }

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

  /** `metadata_update`: those that know how look again. */
  *metadataUpdate(metadata: Json = null): Op<void> {
    if (!truth(metadata)) return;
    const words = `Resource ${this.name} does not implement metadata update`;
    this.stack.parts.log("warning", words);
  }

  *prepareAbandon(): Op<JsonObject> {
    this.#abandoning = true;
    return {
      name: this.name,
      resource_id: this.resourceId,
      type: this.definition.type,
      action: this.action,
      status: this.status,
      metadata: yield* this.freshMetadata(),
      resource_data: Object.fromEntries(
        this.stack.parts.db.resource_data
          .find({ resource_id: this.#uuid ?? "" })
          .map(({ key, value }) => [key, value]),
      ),
    };
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

  refId(): string {
    return this.resourceId ?? this.name;
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

  /** `data`. */
  protected data(key: string): string | undefined {
    if (this.#uuid === undefined) return undefined;
    return this.stack.parts.db.resource_data.first({ resource_id: this.#uuid, key })?.value;
  }

  /** `data_set`. */
  protected setData(key: string, value: string): void {
    if (this.#uuid === undefined) return;
    const { resource_data: table } = this.stack.parts.db;
    const row = table.first({ resource_id: this.#uuid, key });
    if (row === undefined) table.insert({ resource_id: this.#uuid, key, value });
    else table.update(row.id, { value });
  }

  /** `data_delete`. */
  protected deleteData(...keys: readonly string[]): void {
    if (this.#uuid === undefined) return;
    const { resource_data: table } = this.stack.parts.db;
    for (const key of keys) {
      for (const { id } of table.find({ resource_id: this.#uuid, key })) table.remove(id);
    }
  }

  /** `resource_id_set`. */
  setResourceId(id: string | null): void {
    this.resourceId = id;
    if (this.#uuid === undefined) return;
    this.stack.parts.db.resources.update(this.#uuid, { nova_instance: id });
  }

  /** @throws StackValidationFailed */
  *validate(): Op<void> {
    this.stack.parts.log("info", `Validating ${this.toString()}`);
    const { properties, metadata } = this.definition;
    yield* validate(properties);
    yield* validate(metadata);
    refusePolicy(this.definition.deletionPolicy ?? "Delete");
    yield* this.#properties.validate();
  }

  /** `create`: at most so many times, with a pause that grows before each that is not the first. */
  *create(): Stepped {
    if (this.action !== "INIT" || this.status !== "COMPLETE") {
      throw new ResourceFailure(new HeatError(`State ${this.#state()} invalid for create`));
    }
    const { parts } = this.stack;
    parts.log("info", `creating ${this.toString()}`);
    this.#properties = this.#reparsed();
    yield* this.#keepProperties();
    const limit = Math.max(parts.retryLimit, 0);
    const counts = { CREATE: 0, DELETE: 0 };
    let action: "CREATE" | "DELETE" = "CREATE";
    let first: ResourceFailure | undefined;
    while (counts.CREATE <= limit && counts.DELETE <= limit) {
      if (counts[action] > 0) yield* this.#pause(counts[action]);
      try {
        yield* this.#act(action, action === "CREATE");
        if (action === "CREATE") return;
        action = "CREATE";
      } catch (thrown) {
        const failure = yield* exceptionOf(thrown);
        const again = failure instanceof ResourceFailure && failure.exc instanceof ResourceInError;
        if (!again) throw failure;
        counts[action] += 1;
        if (action === "CREATE") {
          action = "DELETE";
          counts.DELETE = 0;
        }
        first ??= failure;
      }
    }
    if (first !== undefined) throw first;
  }

  *#pause(attempt: number): Stepped {
    const { kernel, chance } = this.stack.parts;
    const jitter = chance.within({ min: 0, max: seconds(JITTER) });
    let pause = 1;
    for (let doubled = 0; doubled < attempt; doubled++) pause *= 2;
    const end = kernel.now + seconds(pause) + jitter;
    while (kernel.now <= end) yield* endStep();
  }

  /** `adopt`: it is there already. @param data what is known of it */
  *adopt(data: JsonObject | null): Stepped {
    yield* this.#keepProperties();
    yield* this.#recorded("ADOPT", () => run(this.adoptHandler(data)));
  }

  /** `handle_adopt`. @throws Exception without an id */
  #adopted(data: JsonObject | null): void {
    const { resource_id: id = null, resource_data: kept = null, metadata = null } = data ?? {};
    if (!truth(id)) throw new PythonException("Resource ID was not provided.");
    this.setResourceId(str(id));
    for (const [key, value] of Object.entries(isObject(kept) ? kept : {})) {
      this.setData(key, str(value));
    }
    if (isObject(metadata)) this.setMetadata(metadata);
  }

  *snapshot(): Stepped {
    this.stack.parts.log("info", `snapshotting ${this.toString()}`);
    yield* this.#act("SNAPSHOT");
  }

  /** Its state stays as it is. */
  deleteSnapshot(kept: Json): Stepped {
    return run(this.deleteSnapshotHandler(kept));
  }

  *suspend(): Stepped {
    if (this.action === "DELETE" || this.status !== "COMPLETE") {
      throw new ResourceFailure(new HeatError(`State ${this.#state()} invalid for suspend`));
    }
    this.stack.parts.log("info", `suspending ${this.toString()}`);
    yield* this.#act("SUSPEND");
  }

  *resume(): Stepped {
    if (this.action !== "SUSPEND" || this.status !== "COMPLETE") {
      throw new ResourceFailure(new HeatError(`State ${this.#state()} invalid for resume`));
    }
    this.stack.parts.log("info", `resuming ${this.toString()}`);
    yield* this.#act("RESUME");
  }

  /** `frozen_definition`: what is written of it, with all that is asked for in it as it was asked last. */
  frozen(): Op<FrozenDefinition> {
    return frozenDefinition(this.definition, this.#stored);
  }

  /** Whether anything is otherwise. @throws UpdateReplace if it must be another one in any case */
  *#needsUpdate(change: PendingChange, previous: Resource | undefined): Op<boolean> {
    const { afterProperties, before, after } = change;
    if (yield* this.alwaysReplaced(afterProperties)) throw new UpdateReplace(this.name);
    if (this.status === "FAILED") throw new UpdateReplace(this.name);
    if (previous !== undefined) {
      const [[kind, version], [oldKind, oldVersion]] = [this.signature(), previous.signature()];
      if (kind !== oldKind) throw new UpdateReplace(this.name);
      if (version !== oldVersion) return true;
    }
    if (!sameDefinition(before, yield* frozenDefinition(after, null))) return true;
    return yield* propertiesDiffer(change);
  }

  /**
   * To what is written of it now, if anything is otherwise.
   * @param previous the one of its name in the stack of what is replaced
   * @throws UpdateReplace, which leaves it in progress; ResourceFailure
   */
  *update(after: ResourceDefinition, before: FrozenDefinition, previous?: Resource): Stepped {
    const { parts, lookUps } = this.stack;
    const propertiesOf = (data: Snippet): Properties =>
      new Properties(this.schemata, data, lookUps, this.name);
    const change: PendingChange = {
      ...{ before, after },
      beforeProperties: propertiesOf(before.properties),
      afterProperties: propertiesOf(after.properties),
    };
    if (!(yield* this.#needsUpdate(change, previous))) return;
    if (this.status === "IN_PROGRESS" && ["CREATE", "UPDATE"].includes(this.action)) {
      throw new ResourceFailure(new PythonException("Resource update already requested"));
    }
    parts.log("info", `updating ${this.toString()}`);
    this.updatedTime = parts.kernel.calendar.stamp(parts.kernel.now);
    yield* this.#recorded("UPDATE", () => this.#changed(change));
  }

  *#changed(change: PendingChange): Stepped {
    const { after } = change;
    yield* change.afterProperties.validate();
    const template = yield* changedSections(change);
    const properties = yield* changedProperties(change);
    const replaced = Object.keys(properties).some(
      (name) => this.schemata.get(name)?.updateAllowed !== true,
    );
    if (replaced) throw new UpdateReplace(this.name);
    const handler = this.updateHandler({ after, template, properties });
    if (handler === undefined && Object.keys(properties).length > 0) {
      throw new UpdateReplace(this.name);
    }
    if (handler === undefined) yield* endStep();
    else yield* run(handler);
    this.moveTo(this.stack, after);
    yield* this.#keepProperties();
  }

  /** `state_set`, for who moves it from one stack to another. */
  setState(action: ResourceAction, status: ResourceStatus, reason?: string): Op<void> {
    return this.#setState(action, status, reason);
  }

  /** One that cannot be looked at is as it should be. */
  *check(): Stepped {
    this.stack.parts.log("info", `Checking ${this.toString()}`);
    if (this.checkHandler() !== undefined) yield* this.#act("CHECK");
    else {
      const reason = `CHECK not supported for ${this.definition.type}`;
      yield* this.#setState("CHECK", "COMPLETE", reason);
    }
  }

  /** @throws ResourceActionNotSupported, ResourceFailure */
  *signal(details: Json): Op<void> {
    const handler = this.signalHandler();
    if (handler === undefined) throw new ResourceActionNotSupported({ action: "signal" });
    const { id, parts } = this.stack;
    try {
      const result = yield* handler(details);
      const reason = result === null || result === "" ? signalWords(details) : `Signal: ${result}`;
      if (id !== null) yield* this.#tell(id, reason, "signal");
    } catch (thrown) {
      const error = yield* exceptionOf(thrown);
      parts.log("error", `signal ${this.toString()} : ${error.message}`);
      throw new ResourceFailure(error);
    }
  }

  /** `destroy`: delete it, and its row with it. */
  *destroy(): Stepped {
    const gone = this.action === "INIT" || (this.action === "DELETE" && this.status === "COMPLETE");
    if (!gone) {
      this.stack.parts.log("info", `deleting ${this.toString()}`);
      yield* this.#act("DELETE");
    }
    if (this.#uuid === undefined) return;
    this.stack.parts.db.resources.remove(this.#uuid);
    this.#uuid = undefined;
  }

  #state(): string {
    return `('${this.action}', '${this.status}')`;
  }

  #handlerOf(action: ResourceAction): Handler | undefined {
    switch (action) {
      case "CREATE":
        return this.createHandler();
      case "DELETE":
        return this.#abandoning || this.definition.deletionPolicy === "Retain"
          ? undefined
          : this.deleteHandler();
      case "SUSPEND":
        return this.suspendHandler();
      case "RESUME":
        return this.resumeHandler();
      case "CHECK":
        return this.checkHandler();
      case "SNAPSHOT":
        return this.snapshotHandler();
      case "ADOPT":
      case "UPDATE":
      case "INIT":
        return undefined;
      default:
        return action satisfies never;
    }
  }

  /** `_do_action`. @param validated whether its properties are judged first */
  *#act(action: ResourceAction, validated = false): Stepped {
    yield* this.#recorded(action, () => this.#handled(action, validated));
  }

  *#handled(action: ResourceAction, validated: boolean): Stepped {
    if (validated) yield* this.#properties.validate();
    yield* run(this.#handlerOf(action));
  }

  /**
   * `_action_recorder`: in progress, then complete or failed; ended from outside it has failed, too. One that
   * must be replaced stays in progress.
   */
  *#recorded(action: ResourceAction, work: () => Stepped): Stepped {
    let ended = false;
    try {
      yield* this.#setState(action, "IN_PROGRESS");
      yield* work();
      ended = true;
    } catch (thrown) {
      const error = yield* exceptionOf(thrown);
      ended = true;
      if (error instanceof UpdateReplace) throw error;
      this.stack.parts.log("info", `${action}: ${this.toString()}`);
      const failure = new ResourceFailure(error);
      yield* this.#setState(action, "FAILED", failure.message);
      throw failure;
    } finally {
      if (!ended) yield* this.#setState(action, "FAILED", `${action} aborted`);
    }
    yield* this.#setState(action, "COMPLETE");
  }

  /** `state_set`: to the row, and an event if anything has changed. */
  *#setState(action: ResourceAction, status: ResourceStatus, reason = "state changed"): Op<void> {
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
    if (changed && id !== null) yield* this.#tell(id, reason);
    this.stack.forgetAttributes();
  }

  *#tell(stack_id: string, reason: string, action: string = this.action): Op<void> {
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

  *#keepProperties(): Op<void> {
    const stored = yield* resolve(this.#properties.data);
    this.#stored = isObject(stored) ? stored : {};
  }
}

/** `action_handler_task`. */
function* run(handler: Handler | undefined): Stepped {
  if (handler === undefined) return;
  const data = yield* handler.handle();
  yield* endStep();
  while (handler.check !== undefined && !(yield* handler.check(data))) yield* endStep();
}

/** `validate_deletion_policy`. @throws StackValidationFailed */
export function refusePolicy(policy: string): void {
  const refuse = (message: string) => new StackValidationFailed({ message });
  if (!POLICIES.includes(policy)) throw refuse(`Invalid deletion policy "${policy}"`);
  if (policy === "Snapshot") throw refuse(`"${policy}" deletion policy not supported`);
}

/** What an event says of a signal whose handler says nothing. */
function signalWords(details: Json): string {
  if (details === null) return "No signal details provided";
  if (typeof details === "string") return details;
  if (!isObject(details)) return "Unknown";
  const { previous, current, reason, state } = details;
  if (previous !== undefined && current !== undefined && reason !== undefined) {
    return `alarm state changed from ${str(previous)} to ${str(current)} (${str(reason)})`;
  }
  return state === undefined ? "Unknown" : `alarm state changed to ${str(state)}`;
}
