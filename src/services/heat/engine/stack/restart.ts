/**
 * A resource that is taken away and made again, and with it all that depend on it: at once, one after the other, whatever
 * else is done to the stack. Upstream: heat/engine/stack.py (restart_resource) at 2014.2.
 */
import type { Op } from "../../../../kernel/index.js";
import { ResourceFailure } from "../../exception.js";
import type { Resource } from "../resources/resource.js";
import { Dependencies } from "../scheduler/dependencies.js";
import { exceptionOf, TaskRunner } from "../scheduler/task.js";
import type { StackCore } from "./core.js";

export function* restartResource(stack: StackCore, name: string): Op<void> {
  const first = stack.resource(name);
  if (first === undefined) return;
  const order = dependents(yield* stack.dependencies(), first);
  let going = true;
  for (const resource of [...order].reverse()) {
    going = (yield* succeeds(stack, resource, "delete")) && going;
  }
  for (const resource of order) {
    if (going) {
      resource.resetState();
      going = yield* succeeds(stack, resource, "create");
    } else yield* resource.setState("CREATE", "FAILED", "Resource restart aborted");
  }
}

/** To its end; that it has failed is told to the log alone. */
function* succeeds(
  { parts: { kernel, log } }: StackCore,
  resource: Resource,
  word: "delete" | "create",
): Op<boolean> {
  const task = () => (word === "delete" ? resource.destroy() : resource.create());
  try {
    yield* new TaskRunner(kernel, `${word} ${resource.name}`, task).run();
    return true;
  } catch (thrown) {
    const error = yield* exceptionOf(thrown);
    if (!(error instanceof ResourceFailure)) throw error;
    log("error", `Resource ${resource.name} ${word} failed: ${error.message}`);
    return false;
  }
}

/** `dependencies[resource]`: it, and those that need it, in the order in which they are made. */
function dependents(all: Dependencies<Resource>, first: Resource): readonly Resource[] {
  const some = new Dependencies<Resource>();
  const visit = (resource: Resource): void => {
    for (const requirer of all.requiredBy(resource)) {
      some.add(requirer, resource);
      visit(requirer);
    }
  };
  some.add(first, null);
  visit(first);
  return some.sorted(String);
}
