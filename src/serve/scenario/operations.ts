/** What somebody did to a served cloud itself: each is a step already, as a scenario has it, and stands at its instant. */
import { toJson, type JsonObject } from "../../python/index.js";
import type { Entry } from "../../timeline/index.js";
import { OPERATED, REFUSED } from "../door/arrived.js";

interface Operation {
  readonly seq: number;
  readonly at: number;
  readonly step: JsonObject;
}

/** An entry of any kind, those of the door among them. */
interface Stamped {
  readonly kind: string;
  readonly seq: number;
  readonly at: number;
  readonly cause?: number;
}

export class Operations {
  readonly #left: Operation[] = [];

  /** To be called with each entry in order. */
  see(entry: Entry): void {
    const { kind, seq, at, cause }: Stamped = entry;
    if (kind === OPERATED) {
      const { operated } = entry as unknown as { readonly operated: unknown };
      this.#left.push({ seq, at, step: toJson(operated) as JsonObject });
    } else if (kind === REFUSED && this.#left.at(-1)?.seq === cause) {
      // It could not be done then, and cannot now.
      this.#left.pop();
    }
  }

  /** Those that are left and were done before `instant`, or at it; they are not left then. */
  until(instant: number): readonly Operation[] {
    const later = this.#left.findIndex(({ at }) => at > instant);
    return this.#left.splice(0, later < 0 ? this.#left.length : later);
  }
}
