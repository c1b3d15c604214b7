/**
 * A stack of resources that are alike, as many as are asked for: the oldest go first, and new ones take the place of old
 * ones a batch at a time. What they are, each kind says. Upstream: heat/engine/resources/autoscaling.py (InstanceGroup:
 * get_instances, _create_template, _replace, resize) at 2014.2.
 */
import { seconds, sleep, type Op } from "../../../../../kernel/index.js";
import { isObject, ValueError, type JsonObject } from "../../../../../python/index.js";
import type { Properties } from "../../properties/properties.js";
import { exceptionOf } from "../../scheduler/task.js";
import type { Handler } from "../resource.js";
import { StackResource, type NestedSource } from "../stack-resource.js";
import type { Sibling } from "../stack-view.js";
import { memberTemplates } from "./capacity.js";
import { instancesOf } from "./nested-resources.js";

/** How many are replaced at once, and how many are in service then. */
export interface RollingUpdate {
  readonly least: number;
  readonly batch: number;
  /** Seconds between two batches. */
  readonly pause: number;
}

export abstract class SizedGroup extends StackResource {
  /** What each of them is, in the language of the template that is made of them. */
  protected abstract memberDefinition(properties: Properties): Op<JsonObject>;

  /** The template of such resources. */
  protected abstract templateOf(resources: JsonObject): JsonObject;

  /** `_environment`. */
  protected get memberRegistry(): JsonObject {
    return {};
  }

  /** `_lb_reload`: whoever sends them work is told which there are. @param except ids of those that are going */
  protected *reloadBalancers(_except: readonly string[] = []): Op<void> {
    // Not every kind has somebody to tell.
  }

  /** Of kinds that have one. */
  protected *validateUpdatePolicy(): Op<void> {
    // There is none.
  }

  override *validate(): Op<void> {
    yield* super.validate();
    yield* this.validateUpdatePolicy();
  }

  override refId(): string {
    return this.physicalName() ?? super.refId();
  }

  /** `get_instances`. */
  protected instances(): readonly Sibling[] {
    return instancesOf(this.nested());
  }

  /** `_create_template`. @param replace how many old ones are to be as new ones are */
  protected *source(properties: Properties, count: number, replace = 0): Op<NestedSource> {
    const definition = yield* this.memberDefinition(properties);
    const old = this.instances().map(({ name, definition: { source } }) => {
      return [name, isObject(source) ? source : {}] as const;
    });
    const { ids } = this.stack.parts;
    const members = memberTemplates(old, definition, count, replace, ids);
    const template = this.templateOf(Object.fromEntries(members));
    return { template, parameters: {}, registry: this.memberRegistry };
  }

  /** `resize`, to its end. */
  protected *resize(properties: Properties, count: number): Op<void> {
    yield* this.#thenReloaded(this.#become(() => this.source(properties, count)));
  }

  /** Whatever comes of it, load balancers are told of what there is then. */
  *#thenReloaded(op: Op<void>): Op<void> {
    try {
      yield* op;
    } catch (thrown) {
      const error = yield* exceptionOf(thrown);
      yield* this.reloadBalancers();
      throw error;
    }
    yield* this.reloadBalancers();
  }

  *#become(make: () => Op<NestedSource>): Op<void> {
    const handler = this.updateWithTemplate(make);
    const data = yield* handler.handle();
    while (handler.check !== undefined && !(yield* handler.check(data))) {
      yield* sleep(seconds(1));
    }
  }

  /** `_replace`: some at a time, and never fewer in service than the policy says. @throws ValueError */
  protected *replace(
    now: Properties,
    { least: wanted, batch: most, pause }: RollingUpdate,
  ): Op<void> {
    const capacity = this.nested()?.resourceCount ?? 0;
    const [batch, least] = [Math.min(most, capacity), Math.min(wanted, capacity)];
    const batches = Math.floor((capacity + batch - 1) / batch);
    const { timeoutMinutes, parts } = this.stack;
    const limit = timeoutMinutes === null ? parts.actionTimeout : timeoutMinutes * 60;
    if (pause * (batches - 1) >= limit) {
      throw new ValueError("The current UpdatePolicy will result in stack update timeout.");
    }
    yield* this.#thenReloaded(this.#batches(now, { least, batch, pause }, capacity));
  }

  *#batches(now: Properties, { least, batch, pause }: RollingUpdate, capacity: number): Op<void> {
    let effective = Math.max(capacity - batch, least) + batch;
    let left = capacity;
    while (left > 0 || effective > capacity) {
      if (capacity - left >= least) effective = capacity;
      const source = yield* this.source(now, effective, batch);
      yield* this.reloadBalancers(yield* this.#changing(source));
      yield* this.#become(function* () {
        return source;
      });
      left -= batch;
      if (left <= 0 || pause <= 0) continue;
      yield* this.reloadBalancers();
      yield* sleep(seconds(pause));
    }
  }

  /** `changing_instances`: ids of those that are changed or deleted. */
  *#changing({ template }: NestedSource): Op<string[]> {
    const { Resources = null, resources = Resources } = template;
    const ids: string[] = [];
    for (const instance of this.instances()) {
      const after = isObject(resources) ? (resources[instance.name] ?? null) : null;
      if (after !== instance.definition.source) ids.push(yield* instance.reference());
    }
    return ids;
  }

  protected override deleteHandler(): Handler {
    return this.deleteNested();
  }
}
