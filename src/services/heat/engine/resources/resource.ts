/**
 * A resource of a stack, and the tasks that bring it to another state. What is done there is a type's own:
 * `handleCreate` and the like, and after it a look a second until it says that it is over. Upstream:
 * heat/engine/resource.py (Resource) at 2014.2.
 */
import { endStep, seconds, type Op, type Stepped } from "../../../../kernel/index.js";
import {
  Exception as PythonException,
  isObject,
  str,
  type Json,
  type JsonObject,
} from "../../../../python/index.js";
import {
  NotSupported,
  ResourceActionNotSupported,
  ResourceFailure,
  StackValidationFailed,
} from "../../exception.js";
import { Properties } from "../properties/properties.js";
import { exceptionOf } from "../scheduler/task.js";
import { validate, type Snippet } from "../template/function.js";
import type { ResourceDefinition } from "../template/resource-definition.js";
import { ResourceKind, type Handler } from "./base/resource-kind.js";
import type { ResourceAction } from "./base/stored-resource.js";
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

export type { Handler, ResourceChange } from "./base/resource-kind.js";
export type { ResourceAction, ResourceStatus } from "./base/stored-resource.js";

const POLICIES: readonly string[] = ["Delete", "Retain", "Snapshot"];
/** Seconds that are added at random to a pause. */
const JITTER = 2;

export abstract class Resource extends ResourceKind {
  /** What it has made is to stay when it goes. */
  #abandoning = false;

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
          .find({ resource_id: this.uuid ?? "" })
          .map(({ key, value }) => [key, value]),
      ),
    };
  }

  /** @throws StackValidationFailed */
  *validate(): Op<void> {
    this.stack.parts.log("info", `Validating ${this.toString()}`);
    const { properties, metadata } = this.definition;
    yield* validate(properties);
    yield* validate(metadata);
    refusePolicy(this.definition.deletionPolicy ?? "Delete");
    yield* this.properties.validate();
  }

  /** `create`: at most so many times, with a pause that grows before each that is not the first. */
  *create(): Stepped {
    if (this.action !== "INIT" || this.status !== "COMPLETE") {
      throw new ResourceFailure(new HeatError(`State ${this.#state()} invalid for create`));
    }
    const { parts } = this.stack;
    parts.log("info", `creating ${this.toString()}`);
    this.reparse();
    yield* this.keepProperties();
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
    yield* this.keepProperties();
    yield* this.#recorded("ADOPT", () => run(this.adoptHandler(data)));
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
    this.#refuseImmutable(Object.keys(properties));
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
    yield* this.keepProperties();
  }

  /** @throws NotSupported */
  #refuseImmutable(changed: readonly string[]): void {
    const props = changed.filter((name) => this.schemata.get(name)?.immutable === true).sort();
    if (props.length === 0) return;
    const which = `${this.name} (${this.definition.type})`;
    throw new NotSupported({ feature: `Update to properties ${props.join(", ")} of ${which}` });
  }

  /** One that cannot be looked at is as it should be. */
  *check(): Stepped {
    this.stack.parts.log("info", `Checking ${this.toString()}`);
    if (this.checkHandler() !== undefined) yield* this.#act("CHECK");
    else {
      const reason = `CHECK not supported for ${this.definition.type}`;
      yield* this.setState("CHECK", "COMPLETE", reason);
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
      if (id !== null) yield* this.tell(id, reason, "signal");
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
    this.removeRow();
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
    if (validated) yield* this.properties.validate();
    yield* run(this.#handlerOf(action));
  }

  /**
   * `_action_recorder`: in progress, then complete or failed; ended from outside it has failed, too. One that
   * must be replaced stays in progress.
   */
  *#recorded(action: ResourceAction, work: () => Stepped): Stepped {
    let ended = false;
    try {
      yield* this.setState(action, "IN_PROGRESS");
      yield* work();
      ended = true;
    } catch (thrown) {
      const error = yield* exceptionOf(thrown);
      ended = true;
      if (error instanceof UpdateReplace) throw error;
      this.stack.parts.log("info", `${action}: ${this.toString()}`);
      const failure = new ResourceFailure(error);
      yield* this.setState(action, "FAILED", failure.message);
      throw failure;
    } finally {
      if (!ended) yield* this.setState(action, "FAILED", `${action} aborted`);
    }
    yield* this.setState(action, "COMPLETE");
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
