/** Keeps the bytes of everything that happens, to be compared with those of another run. */
import { createHash } from "node:crypto";
import type { Observation, Observer } from "../../src/kernel/index.js";

export class Digest implements Observer {
  readonly #hash = createHash("sha256");
  #seq = 0;

  observe(time: number, what: Observation): number {
    this.#hash.update(`${String(time)} ${JSON.stringify(what)}\n`);
    return this.#seq++;
  }

  get digest(): string {
    return this.#hash.copy().digest("hex");
  }
}
