/**
 * OS::Heat::AutoScalingGroup: as many resources as are asked for, within bounds, and some time between two
 * changes. A change is done before anything else of the stack goes on. Upstream:
 * heat/engine/resources/autoscaling.py (AutoScalingResourceGroup and what it is made of) at 2014.2.
 */
import { seconds, sleep, type Op } from "../../../../../kernel/index.js";
import {
  isObject,
  str,
  truth,
  ValueError,
  type Json,
  type JsonObject,
} from "../../../../../python/index.js";
import { InvalidTemplateAttribute, StackValidationFailed } from "../../../exception.js";
import { range } from "../../parameters/constraints.js";
import { Properties } from "../../properties/properties.js";
import { integer, map, number, schemata } from "../../properties/schema.js";
import { exceptionOf } from "../../scheduler/task.js";
import type { Handler, ResourceChange } from "../resource.js";
import { atOnce, withoutNulls, type TypeFacts } from "../service-resource.js";
import { StackResource, type NestedSource } from "../stack-resource.js";
import type { Sibling } from "../stack-view.js";
import { memberTemplates, newCapacity, type Adjustment } from "./capacity.js";
import { coolingFrom, coolsDown } from "./cooldown.js";
import { instancesOf } from "./nested-resources.js";

const LEAST = [range("Range", [0, null])];
const size = integer({ required: true, update: true, constraints: LEAST });

const FACTS: TypeFacts = {
  className: "AutoScalingResourceGroup",
  schemata: schemata({
    resource: map({ required: true, update: true }),
    max_size: size,
    min_size: size,
    cooldown: integer({ update: true }),
    desired_capacity: integer({ update: true }),
    rolling_updates: map(
      { update: true },
      {
        min_in_service: number({ default: 0, constraints: LEAST }),
        max_batch_size: number({ default: 1, constraints: LEAST }),
        pause_time: number({ default: 0, constraints: LEAST }),
      },
    ),
  }),
  attributes: ["outputs", "outputs_list"],
};

const refuse = (message: string) => new StackValidationFailed({ message });

export class AutoScalingGroup extends StackResource {
  protected override get facts(): TypeFacts {
    return FACTS;
  }

  /** Whatever its members have, after one of its own. */
  override get attributeNames(): undefined {
    return undefined;
  }

  override refId(): string {
    return this.physicalName() ?? super.refId();
  }

  override *validate(): Op<void> {
    yield* super.validate();
    const [least, most] = yield* this.#bounds(this.properties);
    if (most < least) throw refuse("MinSize can not be greater than MaxSize");
    const desired = yield* this.properties.get("desired_capacity");
    if (desired === null || (Number(desired) >= least && Number(desired) <= most)) return;
    throw refuse("DesiredCapacity must be between MinSize and MaxSize");
  }

  *#bounds(properties: Properties): Op<readonly [number, number]> {
    const least = Number(yield* properties.get("min_size"));
    return [least, Number(yield* properties.get("max_size"))];
  }

  #instances(): readonly Sibling[] {
    return instancesOf(this.nested());
  }

  /** `_create_template`. @param replace how many old ones are to be as new ones are */
  *#source(properties: Properties, count: number, replace = 0): Op<NestedSource> {
    const resource = yield* properties.get("resource");
    const {
      type = null,
      properties: given = null,
      metadata = null,
    } = isObject(resource) ? resource : {};
    const definition = withoutNulls({ type, properties: given, metadata });
    const sources = this.nested()?.templateSource["resources"] ?? null;
    const old = this.#instances().map(({ name }) => {
      const source = isObject(sources) ? sources[name] : undefined;
      return [name, isObject(source) ? source : {}] as const;
    });
    const { ids } = this.stack.parts;
    const resources = Object.fromEntries(memberTemplates(old, definition, count, replace, ids));
    return {
      template: { heat_template_version: "2013-05-23", resources },
      parameters: {},
    };
  }

  protected override childSource(): () => Op<NestedSource> {
    return () => this.#firstSource();
  }

  protected override createHandler(): Handler {
    const inner = this.createWithTemplate(() => this.#firstSource());
    const made = (): void => {
      this.#stamp({ type: "ExactCapacity", by: this.#instances().length });
    };
    return {
      handle: () => inner.handle(),
      *check(data) {
        if (inner.check !== undefined && !(yield* inner.check(data))) return false;
        made();
        return true;
      },
    };
  }

  *#firstSource(): Op<NestedSource> {
    const desired = yield* this.properties.get("desired_capacity");
    const least = yield* this.properties.get("min_size");
    return yield* this.#source(this.properties, Number(truth(desired) ? desired : least));
  }

  #stamp({ type, by }: Adjustment): void {
    this.setMetadata(coolingFrom(this.stack.parts.kernel, `${type} : ${String(by)}`));
  }

  protected override updateHandler({ after, properties }: ResourceChange): Handler {
    return atOnce(() => this.#update(after, properties));
  }

  *#update(after: ResourceChange["after"], changed: JsonObject): Op<void> {
    if (Object.keys(changed).length === 0) return;
    const now = new Properties(this.schemata, after.properties, this.stack.lookUps, this.name);
    const policy = yield* now.get("rolling_updates");
    if (isObject(policy) && truth(policy) && Object.hasOwn(changed, "resource")) {
      yield* this.#replace(now, policy);
    }
    const desired = changed["desired_capacity"] ?? null;
    const by = desired === null ? this.#instances().length : Number(desired);
    yield* this.#adjust(now, { type: "ExactCapacity", by });
  }

  /** `_replace`: some at a time, and never fewer in service than the policy says. @throws ValueError */
  *#replace(now: Properties, policy: JsonObject): Op<void> {
    const capacity = this.nested()?.resourceCount ?? 0;
    const batch = Math.min(Number(policy["max_batch_size"]), capacity);
    const least = Math.min(Number(policy["min_in_service"]), capacity);
    const pause = Number(policy["pause_time"]);
    const batches = Math.floor((capacity + batch - 1) / batch);
    const { timeoutMinutes, parts } = this.stack;
    const limit = timeoutMinutes === null ? parts.actionTimeout : timeoutMinutes * 60;
    if (pause * (batches - 1) >= limit) {
      throw new ValueError("The current UpdatePolicy will result in stack update timeout.");
    }
    let effective = Math.max(capacity - batch, least) + batch;
    let left = capacity;
    while (left > 0 || effective > capacity) {
      if (capacity - left >= least) effective = capacity;
      yield* this.#resize(now, effective, batch);
      left -= batch;
      if (left > 0 && pause > 0) yield* sleep(seconds(pause));
    }
  }

  /** `resize`, to its end. */
  *#resize(properties: Properties, count: number, replace = 0): Op<void> {
    const handler = this.updateWithTemplate(() => this.#source(properties, count, replace));
    const data = yield* handler.handle();
    while (handler.check !== undefined && !(yield* handler.check(data))) {
      yield* sleep(seconds(1));
    }
  }

  /** `adjust`, if it has not just been done. */
  adjust(adjustment: Adjustment): Op<void> {
    return this.#adjust(this.properties, adjustment);
  }

  *#adjust(properties: Properties, adjustment: Adjustment): Op<void> {
    const { kernel, log } = this.stack.parts;
    const cooldown = yield* properties.get("cooldown");
    if (coolsDown(kernel, yield* this.metadata(), cooldown)) {
      log("info", `${this.name} NOT performing scaling adjustment, cooldown ${str(cooldown)}`);
      return;
    }
    const capacity = this.#instances().length;
    const wanted = newCapacity(capacity, adjustment, yield* this.#bounds(properties));
    if (wanted === capacity) {
      log("debug", `no change in capacity ${String(capacity)}`);
      return;
    }
    const group = this.refId();
    const about = { adjustment, groupname: group };
    const message = `Start resizing the group ${group}`;
    yield* this.stack.notifyScaling({ ...about, suffix: "start", capacity, message });
    try {
      yield* this.#resize(properties, wanted);
    } catch (thrown) {
      const error = yield* exceptionOf(thrown);
      const failed = { ...about, suffix: "error", capacity, message: error.message } as const;
      yield* this.stack.notifyScaling(failed);
      throw error;
    }
    const done = `End resizing the group ${group}`;
    yield* this.stack.notifyScaling({ ...about, suffix: "end", capacity: wanted, message: done });
    this.#stamp(adjustment);
  }

  protected override deleteHandler(): Handler {
    return this.deleteNested();
  }

  /** `FnGetAtt`. @throws InvalidTemplateAttribute */
  override *attribute(key: Json, path: readonly Json[] = []): Op<Json> {
    const [wanted, ...rest] = path;
    if (wanted === undefined || (key !== "outputs" && key !== "outputs_list")) {
      throw new InvalidTemplateAttribute({ resource: this.name, key });
    }
    const values: [string, Json][] = [];
    for (const instance of this.#instances()) {
      values.push([instance.name, yield* instance.attribute(wanted, rest)]);
    }
    return key === "outputs" ? Object.fromEntries(values) : values.map(([, value]) => value);
  }
}
