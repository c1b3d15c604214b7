/**
 * A stack: its template, parameters and resources, the state that it is in, and the tasks that bring all
 * of its resources to another one. Updating, nested stacks, credentials, locks and notifications are not
 * simulated yet. Upstream: heat/engine/stack.py (Stack) at 2014.2.
 */
import type { Op, Stepped } from "../../../../kernel/index.js";
import { repr, ValueError, type Json, type JsonObject } from "../../../../python/index.js";
import { reasonColumn } from "../../db/database.js";
import { HeatException, ResourceFailure, StackValidationFailed } from "../../exception.js";
import { Parameters, validateGroups } from "../parameters/parameters.js";
import { resourceClass, type ResourceTypes } from "../resources/registry.js";
import type { Resource } from "../resources/resource.js";
import type { EngineParts, StackOfResources } from "../resources/stack-view.js";
import { Dependencies } from "../scheduler/dependencies.js";
import { TaskGroup } from "../scheduler/task-group.js";
import { exceptionOf, TaskRunner, Timeout } from "../scheduler/task.js";
import { resolve, validate, type FunctionScope } from "../template/function.js";
import type { HotTemplate, Output } from "../template/hot-template.js";
import { requirements } from "../template/resource-definition.js";

/** Seconds that others may go on for when a resource could not be created. */
const ERROR_WAIT_TIME = 240;
const NAME = /^[a-zA-Z][a-zA-Z0-9_.-]*$/u;

type StackAction = "CREATE" | "DELETE" | "ROLLBACK" | "SUSPEND" | "RESUME";
type StackStatus = "IN_PROGRESS" | "COMPLETE" | "FAILED";

export interface NewStack {
  readonly name: string;
  readonly template: HotTemplate;
  /** The user's. */
  readonly parameters: JsonObject;
  readonly tenant: string | null;
  readonly username: string | null;
  readonly timeoutMinutes?: number;
  readonly disableRollback?: boolean;
}

export class Stack implements StackOfResources, FunctionScope {
  readonly parts: EngineParts;
  readonly name: string;
  readonly files: Readonly<Record<string, Json>>;
  readonly resources: ReadonlyMap<string, Resource>;
  readonly parameters: Parameters;
  readonly #values: NewStack;
  readonly #outputs: ReadonlyMap<string, Output>;
  action: StackAction = "CREATE";
  status: StackStatus = "IN_PROGRESS";
  statusReason = "";
  id: string | null = null;
  #dependencies: Dependencies<Resource> | undefined;

  /** @throws ValueError, StackValidationFailed and what is wrong with parameters and functions */
  constructor(parts: EngineParts, values: NewStack, types: ResourceTypes) {
    const { name, template } = values;
    if (!NAME.test(name)) {
      const right = 'must contain only alphanumeric or "_-." characters, must start with alpha';
      throw new ValueError(`Invalid stack name ${name} ${right}`);
    }
    this.parts = parts;
    this.name = name;
    this.#values = values;
    this.files = template.files;
    this.parameters = new Parameters(template, values.parameters, { id: null, name });
    const resources = new Map<string, Resource>();
    this.resources = resources;
    // Functions look names up among all resources, so each is there by name before it is made.
    const definitions = template.definitions(this);
    this.#outputs = template.outputs(this);
    for (const [key, definition] of definitions) {
      resources.set(key, new (resourceClass(types, definition))(definition, this));
    }
  }

  toString(): string {
    return `Stack "${this.name}" [${this.id ?? "None"}]`;
  }

  parameter(name: string): Json | undefined {
    return this.parameters.value(name);
  }

  resource(name: string): Resource | undefined {
    return this.resources.get(name);
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
      dependencies.add(resource, null);
    }
    return (this.#dependencies = dependencies);
  }

  /** @throws what is wrong with it, first things first */
  *validate(): Op<void> {
    const { template } = this.#values;
    template.validate();
    yield* this.parameters.validate(this.parts.lookUps);
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

  /** The value of an output, or why it has none. */
  *output(name: string): Op<{ readonly value: Json; readonly error?: string }> {
    try {
      return { value: yield* resolve(this.#outputs.get(name)?.value ?? "") };
    } catch (thrown) {
      const error = yield* exceptionOf(thrown);
      return { value: null, error: error.message };
    }
  }

  /** @returns its id */
  store(): string {
    const { template, parameters, tenant, username, timeoutMinutes, disableRollback } =
      this.#values;
    const { db, ids } = this.parts;
    const { source } = template;
    const { id: raw_template_id } = db.templates.insert({
      template: source,
      files: template.files,
    });
    const { uuid } = db.stacks.insert({
      uuid: ids.uuid(),
      name: this.name,
      raw_template_id,
      username,
      tenant,
      parameters: { resource_registry: {}, parameters },
      owner_id: null,
      action: this.action,
      status: this.status,
      status_reason: this.statusReason,
      timeout: timeoutMinutes ?? null,
      disable_rollback: disableRollback ?? true,
      backup: false,
    });
    this.id = uuid;
    this.parameters.setStackId(uuid);
    return uuid;
  }

  #setState(action: StackAction, status: StackStatus, reason: string): void {
    this.action = action;
    this.status = status;
    this.statusReason = reason;
    if (this.id === null) return;
    const state = { action, status, status_reason: reasonColumn(reason) };
    if (this.parts.db.stacks.update(this.id, state) === undefined) return;
    this.parts.log("info", `Stack ${action} ${status} (${this.name}): ${reason}`);
  }

  get #timeout(): number {
    const { timeoutMinutes } = this.#values;
    return timeoutMinutes === undefined ? this.parts.actionTimeout : timeoutMinutes * 60;
  }

  /** All of its resources, and away with them again if that fails and is wanted. */
  *create(): Op<void> {
    yield* this.#perform("CREATE", (resource) => resource.create(), {
      errorWaitTime: ERROR_WAIT_TIME,
    });
    const { disableRollback = true } = this.#values;
    if (!disableRollback && this.status === "FAILED") yield* this.delete("ROLLBACK");
  }

  *suspend(): Op<void> {
    if (this.action === "SUSPEND" && this.status === "COMPLETE") {
      this.parts.log("info", `${this.toString()} is already suspended`);
      return;
    }
    yield* this.#perform("SUSPEND", (resource) => resource.suspend(), { reverse: true });
  }

  *resume(): Op<void> {
    if (this.action === "RESUME" && this.status === "COMPLETE") {
      this.parts.log("info", `${this.toString()} is already resumed`);
      return;
    }
    yield* this.#perform("RESUME", (resource) => resource.resume());
  }

  /** @param action ROLLBACK where a failed create is undone */
  *delete(action: "DELETE" | "ROLLBACK" = "DELETE"): Op<void> {
    yield* this.#perform(action, (resource) => resource.destroy(), { reverse: true });
    if (this.status === "FAILED" || this.id === null) return;
    const { db } = this.parts;
    for (const { uuid } of db.resources.find({ stack_id: this.id })) db.resources.remove(uuid);
    db.stacks.softDelete(this.id);
    this.id = null;
  }

  *#perform(
    action: StackAction,
    task: (resource: Resource) => Stepped,
    options: { readonly reverse?: boolean; readonly errorWaitTime?: number } = {},
  ): Op<void> {
    this.#setState(action, "IN_PROGRESS", `Stack ${action} started`);
    let status: StackStatus = "COMPLETE";
    let reason = `Stack ${action} completed successfully`;
    const { kernel } = this.parts;
    try {
      const group = new TaskGroup(kernel, yield* this.dependencies(), task, String, options);
      const runner = new TaskRunner(kernel, `${action} of ${this.name}`, () => group.run());
      yield* runner.run(this.#timeout);
    } catch (error) {
      if (error instanceof ResourceFailure) reason = `Resource ${action} failed: ${error.message}`;
      else if (error instanceof Timeout) reason = `${titled(action)} timed out`;
      else throw error;
      status = "FAILED";
    }
    this.#setState(action, status, reason);
  }
}

const titled = (word: string): string => word.charAt(0) + word.slice(1).toLowerCase();
