/**
 * A stack with what can be done with all of its resources. Upstream: heat/engine/stack.py (Stack) at 2014.2.
 */
import type { Op } from "../../../../kernel/index.js";
import { checkStack, createStack, resumeStack, suspendStack } from "./actions.js";
import { StackCore } from "./core.js";
import { deleteStack } from "./delete.js";
import { storeStack } from "./store.js";

export type { NewStack } from "./core.js";

export class Stack extends StackCore {
  /** @returns its id */
  store(): string {
    return storeStack(this);
  }

  create(): Op<void> {
    return createStack(this);
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

  /** @param action ROLLBACK where a failed create is undone */
  delete(action: "DELETE" | "ROLLBACK" = "DELETE"): Op<void> {
    return deleteStack(this, action);
  }
}
