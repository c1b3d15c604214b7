/**
 * Whether what is asked for can be a stack: parameters, groups, names, the graph, each resource in its order, and after
 * each all outputs. Upstream: heat/engine/stack.py (Stack.validate) at 2014.2.
 */
import type { Op } from "../../../../kernel/index.js";
import { repr } from "../../../../python/index.js";
import { HeatException, StackValidationFailed } from "../../exception.js";
import { validateGroups } from "../parameters/parameters.js";
import type { Resource } from "../resources/resource.js";
import { exceptionOf } from "../scheduler/task.js";
import { validate } from "../template/function.js";
import type { StackCore } from "./core.js";

/** @throws what is wrong with it, first things first */
export function* validateStack(stack: StackCore): Op<void> {
  const { template, parameters } = stack;
  template.validate();
  yield* parameters.validate(stack.lookUps);
  validateGroups(template.parameterGroups, parameters.names);
  const twice = parameters.names.filter((name) => stack.resources.has(name));
  if (twice.length > 0) {
    throw new StackValidationFailed({ message: `Duplicate names set(${repr(twice)})` });
  }
  for (const resource of (yield* stack.dependencies()).sorted(String)) {
    yield* validateResource(stack, resource);
    yield* validateOutputs(stack);
  }
}

function* validateResource({ parts }: StackCore, resource: Resource): Op<void> {
  try {
    yield* resource.validate();
  } catch (thrown) {
    const error = yield* exceptionOf(thrown);
    parts.log("info", error.message);
    if (error instanceof HeatException) throw error;
    throw new StackValidationFailed({ message: error.message });
  }
}

function* validateOutputs({ outputs }: StackCore): Op<void> {
  for (const { value } of outputs.values()) {
    try {
      yield* validate(value);
    } catch (thrown) {
      const error = yield* exceptionOf(thrown);
      const message = `Output validation error: ${error.message}`;
      throw new StackValidationFailed({ message });
    }
  }
}
