/**
 * What was shown of an instance last, kept for as long as nobody asks for it to be shown otherwise, and as somebody
 * holds the instance.
 */
import { frozen } from "../../../../framework/index.js";
import type { JsonObject } from "../../../../python/index.js";
import type { Instance } from "../../objects/instance.js";

interface Shown {
  readonly by: string;
  readonly view: JsonObject;
}

export class ViewMemory {
  readonly #shown = new WeakMap<Instance, Shown>();

  /**
   * @param by all that the view depends on beside the instance, as a text
   * @param make makes the view anew
   * @returns a value that is never changed
   */
  of(instance: Instance, by: string, make: () => JsonObject): JsonObject {
    const known = this.#shown.get(instance);
    if (known?.by === by) return known.view;
    const view = frozen(make());
    this.#shown.set(instance, { by, view });
    return view;
  }
}
