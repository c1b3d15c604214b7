/**
 * OS::Heat::WaitCondition and AWS::CloudFormation::WaitCondition: there once enough signals have come to a
 * handle, and failed by one that says so or by time. Upstream: heat/engine/resources/wait_condition.py
 * (HeatWaitCondition, WaitCondition) at 2014.2.
 */
import { endStep, type Op, type Stepped } from "../../../../../kernel/index.js";
import { unquote } from "../../../../../http/query.js";
import {
  dictOrder,
  dumps,
  isObject,
  noAttribute,
  str,
  ValueError,
  type Json,
} from "../../../../../python/index.js";
import { identityOfArn, lastOfPath } from "../../../identifier.js";
import { range } from "../../parameters/constraints.js";
import { Properties } from "../../properties/properties.js";
import { number, schemata, text } from "../../properties/schema.js";
import { TaskRunner, Timeout } from "../../scheduler/task.js";
import { HeatError } from "../errors.js";
import type { Handler, ResourceChange } from "../resource.js";
import { atOnce, ServiceResource, type TypeFacts } from "../service-resource.js";
import { BaseWaitConditionHandle, WaitConditionHandle } from "./wait-condition-handle.js";

/** How the properties are called. */
interface ConditionWords {
  readonly handle: string;
  readonly timeout: string;
  readonly count: string;
}

const NATIVE_WORDS: ConditionWords = { handle: "handle", timeout: "timeout", count: "count" };
const AWS_WORDS: ConditionWords = { handle: "Handle", timeout: "Timeout", count: "Count" };

const schemataOf = ({ handle, timeout, count }: ConditionWords) =>
  schemata({
    [handle]: text({ required: true }),
    [timeout]: number({ required: true, constraints: [range("Range", [1, 43_200])] }),
    [count]: number({ default: 1, update: true, constraints: [range("Range", [1, null])] }),
  });

const NATIVE: TypeFacts = {
  className: "HeatWaitCondition",
  schemata: schemataOf(NATIVE_WORDS),
  attributes: ["data"],
};

const AWS: TypeFacts = {
  className: "WaitCondition",
  schemata: schemataOf(AWS_WORDS),
  attributes: ["Data"],
};

/** A signal has said that it failed. */
class WaitConditionFailure extends HeatError {
  constructor(message: string) {
    super(message);
    this.name = "WaitConditionFailure";
  }
}

/** Too few signals have come. */
class WaitConditionTimeout extends HeatError {
  constructor(message: string) {
    super(message);
    this.name = "WaitConditionTimeout";
  }
}

export class HeatWaitCondition extends ServiceResource {
  protected override get facts(): TypeFacts {
    return NATIVE;
  }

  protected get words(): ConditionWords {
    return NATIVE_WORDS;
  }

  /** The attribute under which the data of signals is. */
  protected get dataAttribute(): string {
    return "data";
  }

  /** `_get_handle_resource`; undefined where there is none. */
  protected *handle(): Op<BaseWaitConditionHandle | undefined> {
    const found = yield* this.stack.byRefId(yield* this.properties.get(this.words.handle));
    return found instanceof BaseWaitConditionHandle ? found : undefined;
  }

  /** What is wrong with the handle. @throws ValueError */
  protected *validateHandle(): Op<void> {
    // Whatever it is, it is looked for.
  }

  protected override createHandler(): Handler {
    return this.#waiting(() => this.properties);
  }

  protected override updateHandler({ after }: ResourceChange): Handler {
    const { schemata: all, stack, name } = this;
    return this.#waiting(() => new Properties(all, after.properties, stack.lookUps, name));
  }

  #waiting(current: () => Properties): Handler {
    const { kernel } = this.stack.parts;
    const begin = (): Op<TaskRunner> => this.#begin(kernel, current());
    let runner: TaskRunner | undefined;
    return {
      *handle() {
        runner = yield* begin();
        return null;
      },
      *check() {
        return runner === undefined || (yield* runner.step());
      },
    };
  }

  *#begin(kernel: ConstructorParameters<typeof TaskRunner>[0], now: Properties): Op<TaskRunner> {
    yield* this.validateHandle();
    const handle = yield* this.handle();
    const count = Number(yield* now.get(this.words.count));
    const limit = Number(yield* now.get(this.words.timeout));
    const runner = new TaskRunner(kernel, "_wait", () => this.#wait(handle, count));
    yield* runner.start(limit);
    return runner;
  }

  /** @throws WaitConditionFailure, WaitConditionTimeout */
  *#wait(handle: BaseWaitConditionHandle | undefined, count: number): Stepped {
    const { log } = this.stack.parts;
    for (;;) {
      try {
        yield* endStep();
      } catch (error) {
        if (!(error instanceof Timeout)) throw error;
        const timeout = new WaitConditionTimeout(yield* received(handle, count));
        log("info", `${this.toString()} Timed out (${timeout.message})`);
        throw timeout;
      }
      if (handle === undefined) throw noAttribute(null, "get_status");
      const statuses = (yield* handle.signals()).map((signal) => signal[handle.words.status]);
      if (statuses.some((status) => status !== "SUCCESS")) {
        const failure = new WaitConditionFailure((yield* handle.reasons("FAILURE")).join(";"));
        log("info", `${this.toString()} Failed (${failure.message})`);
        throw failure;
      }
      if (statuses.length < count) continue;
      log("info", `${this.toString()} Succeeded`);
      return;
    }
  }

  protected override deleteHandler(): Handler {
    return atOnce(() => this.#forget());
  }

  *#forget(): Op<void> {
    (yield* this.handle())?.setMetadata({});
  }

  protected override *resolveAttribute(name: string): Op<Json> {
    const handle = yield* this.handle();
    if (name !== this.dataAttribute) return null;
    if (handle === undefined) throw noAttribute(null, "metadata_get");
    const metadata = yield* handle.freshMetadata();
    const ids = dictOrder(Object.keys(metadata));
    return dumps(
      Object.fromEntries(
        ids.map((id) => {
          const signal = metadata[id];
          return [id, isObject(signal) ? (signal[handle.words.data] ?? null) : null];
        }),
      ),
    );
  }
}

function* received(handle: BaseWaitConditionHandle | undefined, count: number): Op<string> {
  if (handle === undefined) throw noAttribute(null, "get_status_reason");
  const reasons = yield* handle.reasons("SUCCESS");
  const all = `${String(reasons.length)} of ${String(count)} received`;
  return reasons.length === 0 ? all : `${all} - ${reasons.join(";")}`;
}

export class WaitCondition extends HeatWaitCondition {
  protected override get facts(): TypeFacts {
    return AWS;
  }

  protected override get words(): ConditionWords {
    return AWS_WORDS;
  }

  protected override get dataAttribute(): string {
    return "Data";
  }

  *#identity() {
    const url = str(yield* this.properties.get(this.words.handle));
    const [path = ""] = url.replace(/^\w+:\/\/[^/]*/u, "").split("?");
    const arn = /\/(arn(?::|%3A).*)$/iu.exec(path)?.[1];
    const identity = arn === undefined ? undefined : identityOfArn(unquote(arn));
    if (identity !== undefined) return identity;
    throw new ValueError(`"${url}" is not a valid URL`);
  }

  protected override *validateHandle(): Op<void> {
    const identity = yield* this.#identity();
    const wrong = "WaitCondition invalid Handle";
    if (identity.tenant !== this.stack.context.tenant_id) {
      throw new ValueError(`${wrong} tenant ${identity.tenant}`);
    }
    if (identity.stack_name !== this.stack.name) {
      throw new ValueError(`${wrong} stack ${identity.stack_name}`);
    }
    if (identity.stack_id !== this.stack.id) {
      throw new ValueError(`${wrong} stack ${identity.stack_id}`);
    }
    const found = this.#named(lastOfPath(identity));
    if (!(found instanceof WaitConditionHandle)) {
      throw new ValueError(`${wrong} ${lastOfPath(identity)}`);
    }
  }

  #named(wanted: string) {
    return [...this.stack.siblings()].find(({ name }) => name === wanted);
  }

  protected override *handle(): Op<BaseWaitConditionHandle | undefined> {
    const found = this.#named(lastOfPath(yield* this.#identity()));
    return found instanceof BaseWaitConditionHandle ? found : undefined;
  }
}
