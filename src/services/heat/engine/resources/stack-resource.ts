/**
 * A resource that is a whole stack: it is made, changed and deleted as one. What is in it is for its kinds to say:
 * `createWithTemplate`, `updateWithTemplate`, `deleteNested`. Upstream:
 * heat/engine/stack_resource.py (StackResource) at 2014.2.
 */
import type { Op } from "../../../../kernel/index.js";
import { isObject, length, truth, type Json, type JsonObject } from "../../../../python/index.js";
import { InvalidTemplateAttribute, NotFound, RequestLimitExceeded } from "../../exception.js";
import { TaskRunner } from "../scheduler/task.js";
import { HeatError } from "./errors.js";
import type { Handler } from "./resource.js";
import { ServiceResource } from "./service-resource.js";
import {
  STACK_LIMITS,
  type NestedAction,
  type NestedStack,
  type ParentResource,
  type StackLimits,
} from "./stack-view.js";

export abstract class StackResource extends ServiceResource implements ParentResource {
  /** No field of its own is there yet when the base asks for the schema. */
  declare private loaded: NestedStack | undefined;

  /** Whether it will need credentials nobody knows before it is there. */
  override get requiresDeferredAuth(): boolean {
    return true;
  }

  get recursionDepth(): number {
    const { parent } = this.stack;
    return parent === undefined ? 0 : parent.recursionDepth + 1;
  }

  get templateName(): string | undefined {
    return undefined;
  }

  private get limits(): StackLimits {
    return this.stack.parts.limits ?? STACK_LIMITS;
  }

  /** @throws NotFound if it is gone */
  override nested(): NestedStack | undefined {
    if (this.loaded !== undefined || this.resourceId === null) return this.loaded;
    this.loaded = this.stack.loadNested(this.resourceId, this);
    if (this.loaded === undefined) throw new NotFound();
    return this.loaded;
  }

  /** `_parse_nested_stack`. @throws RequestLimitExceeded and what is wrong with it */
  protected *parsedNested(
    name: string,
    { template, parameters, registry }: NestedSource,
    timeoutMinutes: number | null = null,
    adoptData: JsonObject | null = null,
  ): Op<NestedStack> {
    const { nestedDepth, resources } = this.limits;
    if (this.recursionDepth >= nestedDepth) {
      const message = `Recursion depth exceeds ${String(nestedDepth)}.`;
      throw new RequestLimitExceeded({ message });
    }
    const there = this.nested()?.resourceCount ?? 0;
    const total = countIn(template) + this.stack.root.totalResources() - there;
    if (total > resources) {
      throw new RequestLimitExceeded({ message: "Maximum resources per stack exceeded." });
    }
    const nested = this.stack.nest({
      ...{ name, template, parameters },
      ...(registry !== undefined && { registry }),
      timeoutMinutes: timeoutMinutes ?? this.stack.timeoutMinutes,
      ...{ parent: this, adoptData },
    });
    yield* nested.validate();
    return nested;
  }

  /** `child_template`, `child_params`: what it is made of as it is now; undefined where a kind does not say. */
  protected childSource(): (() => Op<NestedSource>) | undefined {
    return undefined;
  }

  override *previewed(): Op<NestedStack | undefined> {
    const make = this.childSource();
    if (make === undefined) {
      this.stack.parts.log("warning", `Preview of '${this.className}' not yet implemented`);
      return undefined;
    }
    const source = yield* make();
    const name = `${this.stack.name}-${this.name}`;
    this.loaded = yield* this.parsedNested(name, source);
    return this.loaded;
  }

  /** `create_with_template`. @param make what the stack is to be made of, once that is asked for */
  protected createWithTemplate(
    make: () => Op<NestedSource | null>,
    timeoutMinutes: number | null = null,
  ): Handler {
    return this.#running("CREATE", () => this.#made(make, timeoutMinutes));
  }

  /** What is known of a stack is known of what is in it: for kinds that say so. */
  protected adoptNested(make: () => Op<NestedSource | null>, data: JsonObject | null): Handler {
    const action = truth(data) ? "ADOPT" : "CREATE";
    return this.#running(action, () => this.#made(make, null, data), "ADOPT");
  }

  *#made(
    make: () => Op<NestedSource | null>,
    timeout: number | null,
    adoptData: JsonObject | null = null,
  ): Op<NestedStack | null> {
    const source = yield* make();
    if (source === null) return null;
    const name = this.physicalName() ?? "";
    const nested = yield* this.parsedNested(name, source, timeout, adoptData);
    this.loaded = nested;
    this.setResourceId(yield* nested.store());
    return nested;
  }

  /** A task of a nested stack, with a step of it at each look. @param wanted the action that is to have succeeded */
  #running(
    action: NestedAction,
    prepare: () => Op<NestedStack | null>,
    wanted: NestedAction = action,
  ): Handler {
    const { kernel } = this.stack.parts;
    let runner: TaskRunner | undefined;
    let stack: NestedStack | null = null;
    return {
      *handle() {
        stack = yield* prepare();
        if (stack === null) return null;
        const { name, timeout } = stack;
        const task = stack;
        runner = new TaskRunner(kernel, `${action} of ${name}`, () => task.task(action));
        yield* runner.start(timeout);
        return null;
      },
      *check() {
        if (runner === undefined || stack === null) return true;
        if (!(yield* runner.step())) return false;
        // A look at what is there may find anything: the stack has its own state for that.
        if (action === "CHECK" || (stack.action === wanted && stack.status === "COMPLETE")) {
          return true;
        }
        throw new HeatError(stack.statusReason);
      },
    };
  }

  /** `update_with_template`. @throws HeatError if it has never been made */
  protected updateWithTemplate(
    make: () => Op<NestedSource>,
    timeoutMinutes: number | null = null,
  ): Handler {
    let runner: TaskRunner | undefined;
    const prepare = (): Op<TaskRunner> => this.#updater(make, timeoutMinutes);
    const there = (): NestedStack | undefined => this.nested();
    return {
      *handle() {
        runner = yield* prepare();
        yield* runner.start();
        return null;
      },
      *check() {
        if (runner === undefined || !(yield* runner.step())) return runner === undefined;
        const nested = there();
        if (nested?.action === "UPDATE" && nested.status === "COMPLETE") return true;
        throw new HeatError(`Nested stack UPDATE failed: ${nested?.statusReason ?? "None"}`);
      },
    };
  }

  *#updater(make: () => Op<NestedSource>, timeoutMinutes: number | null): Op<TaskRunner> {
    const nested = this.nested();
    if (nested === undefined) throw this.#notCreated("update");
    const source = yield* make();
    const name = this.physicalName() ?? "";
    const next = yield* this.parsedNested(name, source, timeoutMinutes);
    if (nested.id !== null) next.setStackId(nested.identity());
    const { kernel } = this.stack.parts;
    return new TaskRunner(kernel, `UPDATE of ${name}`, () => nested.updateTask(next));
  }

  #notCreated(what: string): HeatError {
    return new HeatError(`Cannot ${what} ${this.name}, stack not created`);
  }

  /** `delete_nested`: to its end, before anything else of the stack goes on. */
  protected deleteNested(): Handler {
    const { log } = this.stack.parts;
    const nested = (): NestedStack | undefined => this.nested();
    let stack: NestedStack | undefined;
    return {
      *handle() {
        try {
          stack = nested();
        } catch (error) {
          if (!(error instanceof NotFound)) throw error;
          log("info", "Stack not found to delete");
        }
        if (stack !== undefined) yield* stack.delete();
        return null;
      },
      *check() {
        if (stack === undefined) return true;
        if (stack.action === "DELETE" && stack.status === "COMPLETE") return true;
        throw new HeatError(stack.statusReason);
      },
    };
  }

  /** Of a stack that must be there. */
  #ofThere(action: NestedAction, word: string): Handler {
    const nested = (): NestedStack => {
      const stack = this.nested();
      if (stack === undefined) throw this.#notCreated(word);
      return stack;
    };
    return this.#running(action, function* () {
      return nested();
    });
  }

  protected override suspendHandler(): Handler {
    return this.#ofThere("SUSPEND", "suspend");
  }

  protected override resumeHandler(): Handler {
    return this.#ofThere("RESUME", "resume");
  }

  protected override checkHandler(): Handler {
    return this.#ofThere("CHECK", "check");
  }

  override *checkable(): Op<boolean> {
    const nested = this.nested();
    return nested !== undefined && (yield* nested.supportsCheck());
  }

  override *prepareAbandon(): Op<JsonObject> {
    const nested = this.nested();
    return nested === undefined ? {} : yield* nested.prepareAbandon();
  }

  /** `get_output`. @throws InvalidTemplateAttribute */
  protected *output(key: string): Op<Json> {
    const stack = this.nested();
    if (stack === undefined) return null;
    if (!stack.outputNames.includes(key)) {
      throw new InvalidTemplateAttribute({ resource: this.name, key });
    }
    return (yield* stack.output(key)).value;
  }

  protected override resolveAttribute(name: string): Op<Json> {
    return this.output(name);
  }
}

/** What a nested stack is made of. */
export interface NestedSource {
  readonly template: JsonObject;
  readonly parameters: JsonObject;
  /** What types stand for in it. */
  readonly registry?: JsonObject;
}

/** How many resources a template has, in either language. */
function countIn({ resources, Resources }: JsonObject): number {
  const section = resources ?? Resources ?? {};
  return isObject(section) ? length(section) : 0;
}
