/**
 * What resources a stack has, what they depend on, and what it puts out. What is kept of it is in stored-stack.ts; what
 * is done with all of its resources is in the files beside. Upstream: heat/engine/stack.py (Stack: resources,
 * add_resource, resource_by_refid, _get_dependencies, output) at 2014.2.
 */
import type { Op } from "../../../../kernel/index.js";
import type { Json } from "../../../../python/index.js";
import { resourceClass } from "../resources/registry.js";
import type { ResourceTypes } from "../resources/resource-class.js";
import type { Resource } from "../resources/resource.js";
import type {
  EngineParts,
  Facade,
  NestedStack,
  NestedValues,
  ParentResource,
  StackOfResources,
} from "../resources/stack-view.js";
import { Dependencies } from "../scheduler/dependencies.js";
import { exceptionOf } from "../scheduler/task.js";
import { resolve, type FunctionScope } from "../template/function.js";
import type { Template, Output } from "../template/template.js";
import { requirements, type ResourceDefinition } from "../template/resource-definition.js";
import type { NewStack } from "./new-stack.js";
import { StoredStack } from "./stored-stack.js";

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

export abstract class StackCore extends StoredStack implements StackOfResources, FunctionScope {
  #outputs: ReadonlyMap<string, Output>;
  #resources: Map<string, Resource> | undefined;
  #dependencies: Dependencies<Resource> | undefined;

  /** @throws ValueError, StackValidationFailed and what is wrong with parameters and functions */
  constructor(parts: EngineParts, values: NewStack, types: ResourceTypes) {
    super(parts, values, types);
    const { listed, template } = values;
    this.#outputs = listed === true ? new Map<string, Output>() : template.outputs(this);
  }

  /** Another stack of the same engine. */
  abstract child(values: NewStack): StackCore;

  abstract nest(values: NestedValues): NestedStack;

  abstract restartResource(name: string): Op<void>;

  abstract loadNested(id: string, parent: ParentResource): NestedStack | undefined;

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

  /** What is written of it in another template, once it has become that. */
  become(template: Template): void {
    this.template = template;
    this.#outputs = template.outputs(this);
  }

  resetDependencies(): void {
    this.#dependencies = undefined;
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
  *byRefId(id: Json): Op<Resource | undefined> {
    for (const resource of this.resources.values()) {
      if (!THERE.has(`${resource.action}_${resource.status}`)) continue;
      if ((yield* resource.reference()) === id) return resource;
    }
    return undefined;
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
}
