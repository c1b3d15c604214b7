/**
 * What a stack is: its template, parameters and resources, and the state that it is in. What is done with all
 * of its resources is in the files beside. Adopting, snapshots, trusts and projects in a domain of Heat's own
 * are not simulated. Upstream: heat/engine/stack.py (Stack) at 2014.2.
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
import { resourceClass, type ResourceTypes } from "../resources/registry.js";
import type { Resource } from "../resources/resource.js";
import type { EngineParts, StackOfResources } from "../resources/stack-view.js";
import { Dependencies } from "../scheduler/dependencies.js";
import { exceptionOf } from "../scheduler/task.js";
import { resolve, validate, type FunctionScope } from "../template/function.js";
import type { HotTemplate, Output } from "../template/hot-template.js";
import { requirements } from "../template/resource-definition.js";

const NAME = /^[a-zA-Z][a-zA-Z0-9_.-]*$/u;

export type StackAction =
  "CREATE" | "DELETE" | "UPDATE" | "ROLLBACK" | "SUSPEND" | "RESUME" | "CHECK";
export type StackStatus = "IN_PROGRESS" | "COMPLETE" | "FAILED";

export interface NewStack {
  readonly name: string;
  readonly template: HotTemplate;
  /** The user's. */
  readonly parameters: JsonObject;
  /** `resource_registry` of the user's environment. */
  readonly registry?: JsonObject;
  /** Who asks. */
  readonly context?: HeatContext;
  readonly tenant: string | null;
  readonly username: string | null;
  readonly timeoutMinutes?: number | null;
  readonly disableRollback?: boolean;
  /** The stack that this one is nested in. */
  readonly owner?: string | null;
  /** As it is stored, unless it is new. */
  readonly row?: Row<StackRow>;
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

export class StackCore implements StackOfResources, FunctionScope {
  readonly parts: EngineParts;
  readonly context: HeatContext;
  readonly name: string;
  readonly template: HotTemplate;
  readonly files: Readonly<Record<string, Json>>;
  readonly clients: Clients;
  readonly lookUps: LookUps;
  readonly parameters: Parameters;
  readonly values: NewStack;
  readonly tenant: string | null;
  readonly username: string | null;
  readonly owner: string | null;
  readonly timeoutMinutes: number | null;
  readonly disableRollback: boolean;
  readonly #types: ResourceTypes;
  readonly #outputs: ReadonlyMap<string, Output>;
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

  /** @throws ValueError, StackValidationFailed and what is wrong with parameters and functions */
  constructor(parts: EngineParts, values: NewStack, types: ResourceTypes) {
    const { name, template, tenant, username, row, owner = null } = values;
    if (owner === null && !NAME.test(name)) {
      const right = 'must contain only alphanumeric or "_-." characters, must start with alpha';
      throw new ValueError(`Invalid stack name ${name} ${right}`);
    }
    this.parts = parts;
    this.name = name;
    this.values = values;
    this.template = template;
    this.#types = types;
    this.owner = owner;
    this.context =
      values.context ?? new HeatContext({ tenant_id: tenant, username, request_id: "" });
    this.tenant = tenant;
    this.username = username;
    this.timeoutMinutes = values.timeoutMinutes ?? null;
    this.disableRollback = values.disableRollback ?? true;
    this.files = template.files;
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
    this.parameters = new Parameters(template, values.parameters, { id: this.id, name });
    this.#outputs = values.listed === true ? new Map<string, Output>() : template.outputs(this);
  }

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
      resources.set(name, new (resourceClass(this.#types, definition))(definition, this));
    }
    return (this.#resources = resources);
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
    const { registry = {}, parameters } = this.values;
    return { resource_registry: registry, parameters };
  }

  /** Seconds that an action may take. */
  get timeout(): number {
    return this.timeoutMinutes === null ? this.parts.actionTimeout : this.timeoutMinutes * 60;
  }
}
