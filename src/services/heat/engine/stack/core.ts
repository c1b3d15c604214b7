/**
 * What a stack is: its template, parameters and resources, and the state that it is in. What is done with all
 * of its resources is in the files beside. Upstream: heat/engine/stack.py (Stack) at 2014.2.
 */
import type { Op } from "../../../../kernel/index.js";
import {
  repr,
  setMember,
  ValueError,
  type Json,
  type JsonObject,
} from "../../../../python/index.js";
import type { Row } from "../../../../framework/database/row.js";
import { HeatContext } from "../../context.js";
import { reasonColumn } from "../../db/database.js";
import type { StackRow } from "../../db/schema.js";
import { HeatException, StackValidationFailed } from "../../exception.js";
import { stackIdentity, type StackIdentity } from "../../identifier.js";
import { Parameters, validateGroups } from "../parameters/parameters.js";
import type { Clients } from "../../clients/index.js";
import type { LookUps } from "../parameters/constraints.js";
import { customConstraints } from "../resources/custom-constraints.js";
import { resourceClass } from "../resources/registry.js";
import type { ResourceTypes } from "../resources/resource-class.js";
import type { Resource } from "../resources/resource.js";
import type {
  EngineParts,
  Facade,
  NestedStack,
  NestedValues,
  ParentResource,
  ScalingEvent,
  StackOfResources,
} from "../resources/stack-view.js";
import { ResourceRegistry } from "../environment.js";
import { Dependencies } from "../scheduler/dependencies.js";
import { exceptionOf } from "../scheduler/task.js";
import {
  resolve,
  validate,
  type FunctionScope,
  type TemplateFacade,
} from "../template/function.js";
import type { Template, Output } from "../template/template.js";
import { requirements, type ResourceDefinition } from "../template/resource-definition.js";

const NAME = /^[a-zA-Z][a-zA-Z0-9_.-]*$/u;

export type StackAction =
  | "CREATE"
  | "DELETE"
  | "UPDATE"
  | "ROLLBACK"
  | "SUSPEND"
  | "RESUME"
  | "ADOPT"
  | "SNAPSHOT"
  | "CHECK";
export type StackStatus = "IN_PROGRESS" | "COMPLETE" | "FAILED";

export interface NewStack {
  readonly name: string;
  readonly template: Template;
  /** The user's. */
  readonly parameters: JsonObject;
  /** `resource_registry` of the user's environment, or that of the stack around. */
  readonly registry?: JsonObject | ResourceRegistry;
  /** Who asks. */
  readonly context?: HeatContext;
  readonly tenant: string | null;
  readonly username: string | null;
  readonly timeoutMinutes?: number | null;
  readonly disableRollback?: boolean;
  /** The stack that this one is nested in. */
  readonly owner?: string | null;
  /** The resource that it is there for. */
  readonly parent?: ParentResource;
  /** Its name is not a user's, whether or not the stack around is stored. */
  readonly nested?: boolean;
  /** As it is stored, unless it is new. */
  readonly row?: Row<StackRow>;
  /** `adopt_stack_data`: what there is already of it. */
  readonly adoptData?: JsonObject | null;
  /** Only shown in a list, it has no outputs. */
  readonly listed?: boolean;
}

/** States in which a resource can be found by what `get_resource` says of it. */
const THERE: ReadonlySet<string> = new Set([
  "INIT_COMPLETE",
  "CREATE_IN_PROGRESS",
  "CREATE_COMPLETE",
  "RESUME_IN_PROGRESS",
  "RESUME_COMPLETE",
  "UPDATE_IN_PROGRESS",
  "UPDATE_COMPLETE",
]);

export abstract class StackCore implements StackOfResources, FunctionScope {
  readonly parts: EngineParts;
  readonly context: HeatContext;
  readonly name: string;
  registry: ResourceRegistry;
  readonly parent: ParentResource | undefined;
  /** Both are another's once the stack has been updated. */
  template: Template;
  parameters: Parameters;
  /** `env.params`. */
  userParameters: JsonObject;
  timeoutMinutes: number | null;
  disableRollback: boolean;
  readonly clients: Clients;
  readonly lookUps: LookUps;
  readonly tenant: string | null;
  readonly username: string | null;
  readonly owner: string | null;
  readonly adoptData: JsonObject | null;
  #outputs: ReadonlyMap<string, Output>;
  action: StackAction = "CREATE";
  status: StackStatus = "IN_PROGRESS";
  statusReason = "";
  id: string | null = null;
  createdTime: string | null = null;
  updatedTime: string | null = null;
  userCredsId: number | null = null;
  /** Where its own users are: the user's project, as there is no domain of Heat's. */
  userProjectId: string | null = null;
  #resources: Map<string, Resource> | undefined;
  #dependencies: Dependencies<Resource> | undefined;
  #zones: readonly string[] | undefined;

  /** @throws ValueError, StackValidationFailed and what is wrong with parameters and functions */
  constructor(parts: EngineParts, values: NewStack, types: ResourceTypes) {
    const { name, template, tenant, username, row, owner = null, nested = false } = values;
    if (owner === null && !nested && !NAME.test(name)) {
      const right = 'must contain only alphanumeric or "_-." characters, must start with alpha';
      throw new ValueError(`Invalid stack name ${name} ${right}`);
    }
    this.parts = parts;
    this.name = name;
    this.template = template;
    this.userParameters = values.parameters;
    const { registry = {} } = values;
    this.registry =
      registry instanceof ResourceRegistry ? registry : new ResourceRegistry(types, registry);
    this.parent = values.parent;
    this.owner = owner;
    this.context =
      values.context ?? new HeatContext({ tenant_id: tenant, username, request_id: "" });
    this.tenant = tenant;
    this.username = username;
    this.timeoutMinutes = values.timeoutMinutes ?? null;
    this.disableRollback = values.disableRollback ?? true;
    this.adoptData = values.adoptData ?? null;
    this.clients = parts.clientsFor(this.context);
    this.lookUps = customConstraints(this.clients);
    if (row !== undefined) {
      this.id = row.uuid;
      this.action = row.action as StackAction;
      this.status = row.status as StackStatus;
      this.statusReason = row.status_reason;
      this.createdTime = row.created_at;
      this.updatedTime = row.updated_time;
      this.userCredsId = row.user_creds_id;
      this.userProjectId = row.stack_user_project_id;
    }
    this.parameters = new Parameters(template, values.parameters, this.identity());
    this.#outputs = values.listed === true ? new Map<string, Output>() : template.outputs(this);
  }

  mappings(): Json {
    return this.template.mappings;
  }

  *availabilityZones(): Op<readonly string[]> {
    return (this.#zones ??= yield* this.clients.nova.availabilityZones());
  }

  get facade(): TemplateFacade | undefined {
    return this.parent;
  }

  get files(): Readonly<Record<string, Json>> {
    return this.template.files;
  }

  /** Another stack of the same engine. */
  abstract child(values: NewStack): StackCore;

  abstract nest(values: NestedValues): NestedStack;

  abstract loadNested(id: string, parent: ParentResource): NestedStack | undefined;

  /** `str(stack)`. */
  toString(): string {
    return `Stack "${this.name}" [${this.id ?? "None"}]`;
  }

  identity(): StackIdentity {
    return stackIdentity(this.tenant, this.name, this.id);
  }

  /** Each is made when they are first looked at. @throws what is wrong with one */
  get resources(): ReadonlyMap<string, Resource> {
    if (this.#resources !== undefined) return this.#resources;
    const resources = new Map<string, Resource>();
    for (const [name, definition] of this.template.definitions(this)) {
      const Class = resourceClass(this.registry, definition, this.#templatesAround());
      resources.set(name, new Class(definition, this));
    }
    return (this.#resources = resources);
  }

  /** Templates that this stack and those around it are made for. */
  #templatesAround(): ReadonlySet<string> {
    const found = new Set<string>();
    for (let around = this.parent; around !== undefined; around = around.stack.parent) {
      if (around.templateName !== undefined) found.add(around.templateName);
    }
    return found;
  }

  /** `add_resource`: one of another stack, or in the place of another one. */
  addResource(resource: Resource, from: StackCore): void {
    const definition = from.template.definition(this, resource.name, resource.definition.source);
    resource.moveTo(this, definition);
    this.#made().set(resource.name, resource);
    this.template = this.template.with(definition);
  }

  removeResource(name: string): void {
    this.#made().delete(name);
    this.template = this.template.without(name);
  }

  #made(): Map<string, Resource> {
    const made = this.#resources ?? new Map(this.resources);
    return (this.#resources = made);
  }

  /** `total_resources`: with those of nested stacks. */
  totalResources(): number {
    const nested = [...this.resources.values()].map(
      (resource) => resource.nested()?.totalResources() ?? 0,
    );
    return nested.reduce((sum, count) => sum + count, this.resources.size);
  }

  templateOf(type: string, resource: string): string | undefined {
    const found = this.registry.find(type, resource, undefined, "template");
    return found?.kind === "template" ? found.template : undefined;
  }

  facadeOf(definition: ResourceDefinition): Facade | undefined {
    const found = this.registry.find(definition.type, "", undefined, "class");
    const Class = found?.kind === "class" ? this.registry.types.get(found.type) : undefined;
    return Class === undefined ? undefined : new Class(definition, this);
  }

  keepFile(name: string, text: string): void {
    if (this.files[name] === text) return;
    this.template = this.template.withFiles({ ...this.files, [name]: text });
  }

  setStackId(identity: StackIdentity): void {
    this.parameters.setStackId(identity);
  }

  get templateSource(): JsonObject {
    return this.template.source;
  }

  get resourceCount(): number {
    return this.resources.size;
  }

  get outputNames(): readonly string[] {
    return [...this.#outputs.keys()];
  }

  /** `root_stack`. */
  get root(): StackOfResources {
    return this.parent?.stack.root ?? this;
  }

  /** What an update begins with: the environment, the files and the limits of another one. */
  takeOver(next: StackCore): void {
    this.registry = next.registry;
    this.userParameters = next.userParameters;
    this.parameters = next.parameters;
    this.template = this.template.withFiles(next.files);
    this.disableRollback = next.disableRollback;
    this.timeoutMinutes = next.timeoutMinutes;
    if (this.id !== null) this.parameters.setStackId(this.identity());
  }

  /** What is written of it in another template, once it has become that. */
  become(template: Template): void {
    this.template = template;
    this.#outputs = template.outputs(this);
  }

  resetDependencies(): void {
    this.#dependencies = undefined;
  }

  parameter(name: string): Json | undefined {
    return this.parameters.value(name);
  }

  hasResource(name: string): boolean {
    return this.#resources?.has(name) ?? Object.hasOwn(this.template.resources, name);
  }

  resource(name: string): Resource | undefined {
    return this.resources.get(name);
  }

  siblings(): Iterable<Resource> {
    return this.resources.values();
  }

  /** `resource_by_refid`. */
  byRefId(id: Json): Resource | undefined {
    return [...this.resources.values()].find(
      (resource) => THERE.has(`${resource.action}_${resource.status}`) && resource.refId() === id,
    );
  }

  setUserProjectId(id: string): void {
    this.userProjectId = id;
    if (this.id !== null) this.parts.db.stacks.update(this.id, { stack_user_project_id: id });
  }

  forgetAttributes(): void {
    for (const resource of this.#resources?.values() ?? []) resource.forgetAttributes();
  }

  /** Computed once: what resources depend on before anything has an id. */
  *dependencies(): Op<Dependencies<Resource>> {
    if (this.#dependencies !== undefined) return this.#dependencies;
    const dependencies = new Dependencies<Resource>();
    for (const resource of this.resources.values()) {
      const required = yield* requirements(resource.definition, (name) => this.resource(name));
      for (const { name } of required) {
        dependencies.add(resource, this.resources.get(name) ?? null);
      }
      for (const name of yield* resource.implied()) {
        dependencies.add(resource, this.resources.get(name) ?? null);
      }
      dependencies.add(resource, null);
    }
    return (this.#dependencies = dependencies);
  }

  /** @throws what is wrong with it, first things first */
  *validate(): Op<void> {
    const { template } = this;
    template.validate();
    yield* this.parameters.validate(this.lookUps);
    validateGroups(template.parameterGroups, this.parameters.names);
    const twice = this.parameters.names.filter((name) => this.resources.has(name));
    if (twice.length > 0) {
      throw new StackValidationFailed({ message: `Duplicate names set(${repr(twice)})` });
    }
    for (const resource of (yield* this.dependencies()).sorted(String)) {
      yield* this.#validateResource(resource);
      yield* this.#validateOutputs();
    }
  }

  *#validateResource(resource: Resource): Op<void> {
    try {
      yield* resource.validate();
    } catch (thrown) {
      const error = yield* exceptionOf(thrown);
      this.parts.log("info", error.message);
      if (error instanceof HeatException) throw error;
      throw new StackValidationFailed({ message: error.message });
    }
  }

  *#validateOutputs(): Op<void> {
    for (const { value } of this.#outputs.values()) {
      try {
        yield* validate(value);
      } catch (thrown) {
        const error = yield* exceptionOf(thrown);
        const message = `Output validation error: ${error.message}`;
        throw new StackValidationFailed({ message });
      }
    }
  }

  get outputs(): ReadonlyMap<string, Output> {
    return this.#outputs;
  }

  /** The value of an output, or why it has none. */
  *output(name: string): Op<{ readonly value: Json; readonly error?: string }> {
    try {
      return { value: yield* resolve(this.#outputs.get(name)?.value ?? "") };
    } catch (thrown) {
      const error = yield* exceptionOf(thrown);
      return { value: null, error: error.message };
    }
  }

  /** `state_set`: to its row, to the log and to the world. */
  *setState(action: StackAction, status: StackStatus, reason: string): Op<void> {
    this.action = action;
    this.status = status;
    this.statusReason = reason;
    if (this.id === null) return;
    const state = { action, status, status_reason: reasonColumn(reason) };
    if (this.parts.db.stacks.update(this.id, state) === undefined) return;
    this.parts.log("info", `Stack ${action} ${status} (${this.name}): ${reason}`);
    yield* this.notify();
  }

  *notify(): Op<void> {
    const { notify } = this.parts;
    if (notify !== undefined) yield* notify(this);
  }

  *notifyScaling(event: ScalingEvent): Op<void> {
    const { notify } = this.parts;
    if (notify !== undefined) yield* notify(this, event);
  }

  /** `prepare_abandon`: all that is known of it; whatever it has made stays when it goes. */
  *prepareAbandon(): Op<JsonObject> {
    const resources: Record<string, Json> = {};
    for (const resource of this.resources.values()) {
      setMember(resources, resource.name, yield* resource.prepareAbandon());
    }
    return {
      name: this.name,
      id: this.id,
      action: this.action,
      environment: this.environment,
      status: this.status,
      template: this.template.source,
      resources,
      project_id: this.tenant,
      stack_user_project_id: this.userProjectId,
    };
  }

  /** `user_env_as_dict`. */
  get environment(): JsonObject {
    return { resource_registry: this.registry.asDict, parameters: this.userParameters };
  }

  /** Seconds that an action may take. */
  get timeout(): number {
    return this.timeoutMinutes === null ? this.parts.actionTimeout : this.timeoutMinutes * 60;
  }
}
