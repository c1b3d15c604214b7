/**
 * The resources of a stack on their way to what another template says: each is changed where it is, or another one is
 * made and it is kept in the backup until the end. Upstream: heat/engine/update.py (StackUpdate) at 2014.2.
 */
import type { Op, Stepped } from "../../../../../kernel/index.js";
import type { FrozenDefinition } from "../../resources/change.js";
import { UpdateReplace } from "../../resources/errors.js";
import type { Resource } from "../../resources/resource.js";
import { Dependencies } from "../../scheduler/dependencies.js";
import { TaskGroup } from "../../scheduler/task-group.js";
import type { StackCore } from "../core.js";
import { ERROR_WAIT_TIME } from "../perform.js";
import { storeTemplate } from "../store.js";

export class StackUpdate {
  readonly #existing: StackCore;
  readonly #next: StackCore;
  readonly #previous: StackCore;
  readonly #rollback: boolean;
  readonly #frozen = new Map<string, FrozenDefinition>();
  #updater: TaskGroup<Resource> | undefined;

  /** @param previous the backup */
  constructor(existing: StackCore, next: StackCore, previous: StackCore, rollback: boolean) {
    this.#existing = existing;
    this.#next = next;
    this.#previous = previous;
    this.#rollback = rollback;
  }

  /** What is written of each resource now, as long as that can be resolved. */
  *prepare(): Op<void> {
    for (const [name, resource] of this.#existing.resources) {
      this.#frozen.set(name, yield* resource.frozen());
    }
  }

  *run(): Stepped {
    const { kernel } = this.#existing.parts;
    const previous = yield* this.#previous.dependencies();
    const options = { reverse: true, errorWaitTime: ERROR_WAIT_TIME };
    const cleanup = new TaskGroup(kernel, previous, (old) => this.#removed(old), String, options);
    const dependencies = yield* this.#dependencies();
    const task = (resource: Resource): Stepped => this.#task(resource);
    this.#updater = new TaskGroup(kernel, dependencies, task, String);
    if (!this.#rollback) yield* cleanup.run();
    try {
      yield* this.#updater.run();
    } finally {
      this.#previous.resetDependencies();
    }
  }

  /** All that is under way ends where it stands. */
  *cancel(): Op<void> {
    if (this.#updater !== undefined) yield* this.#updater.cancelAll();
  }

  #task(resource: Resource): Stepped {
    return this.#next.resources.get(resource.name) === resource
      ? this.#towardsNew(resource)
      : this.#cleanUp(resource);
  }

  /** The next stack's in the order of creation, then the existing one's away, each after what replaces it. */
  *#dependencies(): Op<Dependencies<Resource>> {
    const dependencies = new Dependencies<Resource>();
    const edges = [
      ...(yield* this.#next.dependencies()).edges(),
      ...(yield* this.#existing.dependencies()).edges(true),
    ];
    for (const [requirer, required] of edges) dependencies.add(requirer, required);
    for (const [name, resource] of this.#existing.resources) {
      const successor = this.#next.resources.get(name);
      if (successor !== undefined) dependencies.add(resource, successor);
    }
    return dependencies;
  }

  *#removed(old: Resource): Stepped {
    if (isNothing(old)) return;
    old.stack.parts.log("debug", `Deleting backup resource ${old.name}`);
    yield* old.destroy();
  }

  *#towardsNew(wanted: Resource): Stepped {
    const { name } = wanted;
    const existing = this.#existing.resources.get(name);
    if (existing !== undefined) {
      try {
        yield* this.#inPlace(existing, wanted);
        const { parts, name: stack } = this.#existing;
        parts.log("info", `Resource ${name} for stack ${stack} updated`);
        return;
      } catch (error) {
        if (!(error instanceof UpdateReplace)) throw error;
      }
    }
    yield* this.#created(wanted);
  }

  #inPlace(existing: Resource, wanted: Resource): Stepped {
    const { name, definition } = wanted;
    const after = this.#next.template.definition(this.#existing, name, definition.source);
    const before = this.#frozen.get(name);
    const previous = this.#previous.resources.get(name);
    return before === undefined ? none() : existing.update(after, before, previous);
  }

  *#created(wanted: Resource): Stepped {
    const { name } = wanted;
    const { log } = this.#existing.parts;
    const old = this.#previous.resources.get(name);
    const existing = this.#existing.resources.get(name);
    if (old !== undefined && !isNothing(old)) {
      // One that was good goes back to its place, and nothing is made.
      if (old.status === "COMPLETE" && existing !== undefined) {
        log("debug", `Swapping in backup Resource ${name}`);
        this.#exchange(existing, old);
        return;
      }
      log("debug", `Deleting backup Resource ${name}`);
      yield* old.destroy();
    }
    if (existing !== undefined) {
      log("debug", `Backing up existing Resource ${name}`);
      this.#add(this.#previous, existing, this.#existing);
      yield* existing.setState("UPDATE", "COMPLETE");
    }
    this.#add(this.#existing, wanted, this.#next);
    yield* wanted.create();
  }

  #exchange(existing: Resource, old: Resource): void {
    const { resources } = this.#existing.parts.db;
    const [one, other] = [existing.uuid ?? "", old.uuid ?? ""];
    const [first, second] = [resources.get(one)?.stack_id, resources.get(other)?.stack_id];
    if (second !== undefined) resources.update(one, { stack_id: second });
    if (first !== undefined) resources.update(other, { stack_id: first });
    this.#add(this.#previous, existing, this.#existing);
    this.#add(this.#existing, old, this.#previous);
  }

  #add(stack: StackCore, resource: Resource, from: StackCore): void {
    stack.addResource(resource, from);
    if (stack.id !== null) storeTemplate(stack);
  }

  *#cleanUp(existing: Resource): Stepped {
    const { name } = existing;
    const old = this.#previous.resources.get(name);
    if (old !== undefined) yield* this.#removed(old);
    const successor = this.#next.resources.get(name);
    // One that has never become anything: the existing one has been changed where it is.
    if (successor?.action === "INIT" && successor.status === "COMPLETE") return;
    if (existing.stack !== this.#previous) yield* existing.destroy();
    if (successor !== undefined) return;
    this.#existing.removeResource(name);
    if (this.#existing.id !== null) storeTemplate(this.#existing);
  }
}

const isNothing = ({ action, status }: Resource): boolean =>
  status === "COMPLETE" && (action === "INIT" || action === "DELETE");

function* none(): Stepped {
  // There is nothing to do.
}
