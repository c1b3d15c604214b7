/**
 * A stack with what can be done with all of its resources, for itself or for the stack that it is nested in.
 * Upstream: heat/engine/stack.py (Stack), heat/engine/stack_resource.py (_parse_nested_stack) at 2014.2.
 */
import type { Op, Stepped } from "../../../../kernel/index.js";
import type { JsonObject } from "../../../../python/index.js";
import type {
  NestedAction,
  NestedStack,
  NestedValues,
  ParentResource,
} from "../resources/stack-view.js";
import type { ThreadEvent } from "../thread-event.js";
import { Template } from "../template/template.js";
import { prepareAbandon } from "./abandon.js";
import {
  adoptStack,
  checkStack,
  createStack,
  nestedTask,
  resumeStack,
  supportsCheck,
  suspendStack,
} from "./actions.js";
import { StackCore } from "./core.js";
import { deleteStack } from "./delete.js";
import { loadedValues } from "./load.js";
import type { NewStack } from "./new-stack.js";
import { restartResource } from "./restart.js";
import { storeStack } from "./store.js";
import { updateStack, updateTask } from "./update/update.js";
import { validateStack } from "./validate.js";

export type { NewStack } from "./new-stack.js";

export class Stack extends StackCore implements NestedStack {
  child(values: NewStack): Stack {
    return new Stack(this.parts, values, this.registry.types);
  }

  /** Nothing of a nested stack is undone by itself: that is for the stack around to do. */
  nest({ name, template, parameters, timeoutMinutes, parent, ...more }: NestedValues): Stack {
    const { context, files, id, tenant, username } = this;
    const { adoptData, registry: own } = more;
    const registry = own === undefined ? this.registry : this.registry.within(own);
    const nested = this.child({
      ...{ name, parameters, registry, context, tenant, username, timeoutMinutes, parent },
      template: new Template(template, files),
      ...{ disableRollback: true, ...(adoptData !== undefined && { adoptData }) },
      owner: id,
      nested: true,
    });
    nested.userCredsId = this.userCredsId;
    nested.userProjectId = this.userProjectId;
    return nested;
  }

  loadNested(id: string, parent: ParentResource): Stack | undefined {
    const { db } = this.parts;
    const row = db.stacks.get(id);
    if (row === undefined) return undefined;
    return this.child({ ...loadedValues(db, this.context, row), parent });
  }

  /** @returns its id */
  store(): Op<string> {
    return storeStack(this);
  }

  create(): Op<void> {
    return createStack(this);
  }

  adopt(): Op<void> {
    return adoptStack(this);
  }

  suspend(): Op<void> {
    return suspendStack(this);
  }

  resume(): Op<void> {
    return resumeStack(this);
  }

  check(): Op<void> {
    return checkStack(this);
  }

  /** @param event what tells it to stop */
  update(next: Stack, event?: ThreadEvent): Op<void> {
    return updateStack(this, next, event);
  }

  /** @param action ROLLBACK where a failed create is undone */
  delete(action: "DELETE" | "ROLLBACK" = "DELETE"): Op<void> {
    return deleteStack(this, action);
  }

  /** @throws what is wrong with it, first things first */
  validate(): Op<void> {
    return validateStack(this);
  }

  prepareAbandon(): Op<JsonObject> {
    return prepareAbandon(this);
  }

  /** Its rows go, and what it has made stays. */
  abandon(): Op<void> {
    return deleteStack(this, "DELETE", "abandoned");
  }

  task(action: NestedAction): Stepped {
    return nestedTask(this, action);
  }

  supportsCheck(): Op<boolean> {
    return supportsCheck(this);
  }

  restartResource(name: string): Op<void> {
    return restartResource(this, name);
  }

  updateTask(next: Stack): Stepped {
    return updateTask(this, next);
  }
}
