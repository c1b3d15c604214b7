/**
 * The project that users of a stack are made in, in a domain of Heat's own; without one it is that of the
 * stack. Upstream: heat/engine/stack.py (create_stack_user_project_id, delete) at 2014.2.
 */
import type { Op } from "../../../../kernel/index.js";
import { str } from "../../../../python/index.js";
import { exceptionOf } from "../scheduler/task.js";
import type { StackCore } from "./core.js";
import { storeStack } from "./store.js";

/** @throws ClientException */
export function* createUserProject(stack: StackCore): Op<void> {
  const { stackUsers } = stack.clients;
  stack.userProjectId = yield* stackUsers.createStackDomainProject(str(stack.id));
  yield* storeStack(stack);
}

/** @returns why it could not be; undefined if it is gone, or was never there */
export function* deleteUserProject(stack: StackCore): Op<string | undefined> {
  if (stack.userProjectId === null) return undefined;
  try {
    yield* stack.clients.stackUsers.deleteStackDomainProject(stack.userProjectId);
    return undefined;
  } catch (thrown) {
    const error = yield* exceptionOf(thrown);
    stack.parts.log("error", error.message);
    return `Error deleting project: ${error.message}`;
  }
}
