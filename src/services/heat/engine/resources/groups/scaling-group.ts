/**
 * A group whose size changes within bounds, with some time between two changes. A change is done before anything else of
 * the stack goes on. Upstream: heat/engine/resources/autoscaling.py (AutoScalingGroup: adjust, validate,
 * check_create_complete) at 2014.2.
 */
import type { Op } from "../../../../../kernel/index.js";
import { str, truth, type Json, type JsonObject } from "../../../../../python/index.js";
import { StackValidationFailed } from "../../../exception.js";
import { Properties } from "../../properties/properties.js";
import { exceptionOf } from "../../scheduler/task.js";
import type { Handler, ResourceChange } from "../resource.js";
import { atOnce } from "../service-resource.js";
import type { NestedSource } from "../stack-resource.js";
import { newCapacity, type Adjustment } from "./capacity.js";
import { coolingFrom, coolsDown } from "./cooldown.js";
import { SizedGroup, type RollingUpdate } from "./sized-group.js";

/** How the properties are called. */
export interface ScalingWords {
  readonly least: string;
  readonly most: string;
  readonly desired: string;
  readonly cooldown: string;
}

const refuse = (message: string) => new StackValidationFailed({ message });

export abstract class ScalingGroup extends SizedGroup {
  protected abstract get words(): ScalingWords;

  /** `_try_rolling_update`: how old members become new ones; undefined where they stay. */
  protected abstract rollingUpdate(
    now: Properties,
    change: ResourceChange,
  ): Op<RollingUpdate | undefined>;

  override *validate(): Op<void> {
    yield* super.validate();
    const [least, most] = yield* this.#bounds(this.properties);
    if (most < least) throw refuse("MinSize can not be greater than MaxSize");
    if (least < 0) throw refuse("The size of AutoScalingGroup can not be less than zero");
    const desired = yield* this.properties.get(this.words.desired);
    if (desired === null || (Number(desired) >= least && Number(desired) <= most)) return;
    throw refuse("DesiredCapacity must be between MinSize and MaxSize");
  }

  *#bounds(properties: Properties): Op<readonly [number, number]> {
    const least = Number(yield* properties.get(this.words.least));
    return [least, Number(yield* properties.get(this.words.most))];
  }

  protected override childSource(): () => Op<NestedSource> {
    return () => this.#firstSource();
  }

  *#firstSource(): Op<NestedSource> {
    const desired = yield* this.properties.get(this.words.desired);
    const least = yield* this.properties.get(this.words.least);
    return yield* this.source(this.properties, Number(truth(desired) ? desired : least));
  }

  protected override createHandler(): Handler {
    const inner = this.createWithTemplate(() => this.#firstSource());
    const made = (): Op<void> => this.#made();
    return {
      handle: () => inner.handle(),
      *check(data) {
        if (inner.check !== undefined && !(yield* inner.check(data))) return false;
        yield* made();
        return true;
      },
    };
  }

  *#made(): Op<void> {
    yield* this.reloadBalancers();
    this.#stamp({ type: "ExactCapacity", by: this.instances().length });
  }

  #stamp({ type, by }: Adjustment): void {
    this.setMetadata(coolingFrom(this.stack.parts.kernel, `${type} : ${String(by)}`));
  }

  protected override updateHandler(change: ResourceChange): Handler {
    return atOnce(() => this.#update(change));
  }

  *#update(change: ResourceChange): Op<void> {
    const { after, properties: changed } = change;
    if (Object.keys(changed).length === 0) return;
    const now = new Properties(this.schemata, after.properties, this.stack.lookUps, this.name);
    const rolling = yield* this.rollingUpdate(now, change);
    if (rolling !== undefined) yield* this.replace(now, rolling);
    const desired = changed[this.words.desired] ?? null;
    const by = desired === null ? this.instances().length : Number(desired);
    yield* this.#adjust(now, { type: "ExactCapacity", by });
  }

  /** `adjust`, if it has not just been done. */
  adjust(adjustment: Adjustment): Op<void> {
    return this.#adjust(this.properties, adjustment);
  }

  *#adjust(properties: Properties, adjustment: Adjustment): Op<void> {
    const { kernel, log } = this.stack.parts;
    const cooldown: Json = yield* properties.get(this.words.cooldown);
    const metadata: JsonObject = yield* this.metadata();
    if (coolsDown(kernel, metadata, cooldown)) {
      log("info", `${this.name} NOT performing scaling adjustment, cooldown ${str(cooldown)}`);
      return;
    }
    const capacity = this.instances().length;
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
      yield* this.resize(properties, wanted);
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
}
