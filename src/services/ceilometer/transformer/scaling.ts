/** `unit_conversion`: one sample out of one. Upstream: ceilometer/transformer/conversions.py (ScalingTransformer) at 2014.2. */
import type { Sample, Samples } from "../sample.js";
import type { Conversion } from "./conversion.js";
import type { Transformer } from "./transformer.js";

export class Scaling implements Transformer {
  readonly name = "unit_conversion";
  readonly #samples: Samples;
  readonly #conversion: Conversion;

  constructor(samples: Samples, conversion: Conversion) {
    this.#samples = samples;
    this.#conversion = conversion;
  }

  handle(sample: Sample): Sample {
    const { unit = sample.unit } = this.#conversion;
    return unit === sample.unit ? this.#conversion.convert(this.#samples, sample) : sample;
  }
}
