/** `accumulator`: keeps samples until there are enough of them, and then lets all of them go. Upstream: ceilometer/transformer/accumulator.py at 2014.2. */
import type { Sample } from "../sample.js";
import type { Transformer } from "./transformer.js";

export class Accumulator implements Transformer {
  readonly name = "accumulator";
  readonly #size: number;
  #samples: Sample[] = [];

  constructor(size: number) {
    this.#size = size;
  }

  handle(sample: Sample): Sample | undefined {
    if (this.#size < 1) return sample;
    this.#samples.push(sample);
    return undefined;
  }

  flush(): readonly Sample[] {
    if (this.#samples.length < this.#size) return [];
    const gathered = this.#samples;
    this.#samples = [];
    return gathered;
  }
}
