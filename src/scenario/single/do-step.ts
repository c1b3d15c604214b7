/** One step by itself, done now to a world that is running already; whatever it leads to follows from `cause`. */
import { DriverError, type Cause } from "../../kernel/index.js";
import type { Json } from "../../python/index.js";
import type { RunContext } from "../run/context.js";
import { StepFailed } from "../run/failure.js";
import { steps } from "../steps/index.js";
import type { World } from "../world.js";

/**
 * @param written a step as a scenario has it, which has been read before: `{ fault: { drop: ... } }`
 * @returns why it cannot be done, in words; undefined if it was
 */
export function doStep(world: World, written: Json, cause: Cause): string | undefined {
  const context: RunContext = {
    world,
    defaultUser: "demo",
    entries: () => [],
    progress: { steps: 0, path: ["steps"] },
    kept: new Map(),
    cause,
  };
  const work = steps.run(context, steps.schema.parse(written))[Symbol.iterator]();
  try {
    while (work.next().done !== true);
    return undefined;
  } catch (error) {
    if (error instanceof StepFailed || error instanceof DriverError) return error.message;
    throw error;
  }
}
