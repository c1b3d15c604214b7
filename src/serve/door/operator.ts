/**
 * Who does something to the cloud itself while it is served: a fault, the end of one. It is a step of a scenario, and stands
 * in the recording with its instant, so that it is done again there; what it leads to follows from that entry.
 */
import { NO_CAUSE } from "../../kernel/index.js";
import type { JsonObject } from "../../python/index.js";
import { doStep, type World } from "../../scenario/index.js";
import { OPERATED, REFUSED, type Operated, type Refused } from "./arrived.js";
import { OUTSIDE } from "./door.js";

export class Operator {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  /**
   * Do it now, after all that is due now. @param written a step, which has been read
   * @returns why it cannot be done; undefined if it was
   */
  operate(written: JsonObject): string | undefined {
    const { kernel } = this.#world;
    kernel.run(kernel.now);
    const operated: Operated = { kind: OPERATED, actor: OUTSIDE.name, operated: written };
    const cause = kernel.observe(operated, NO_CAUSE, "flow");
    const why = doStep(this.#world, written, cause);
    if (why !== undefined) {
      const refused: Refused = { kind: REFUSED, actor: OUTSIDE.name, why };
      kernel.observe(refused, cause, "flow");
    }
    return why;
  }
}
