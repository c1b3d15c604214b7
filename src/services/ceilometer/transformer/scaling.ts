/** `unit_conversion`: one sample out of one. Upstream: ceilometer/transformer/conversions.py (ScalingTransformer) at 2014.2. */
import type { ConversionParameters } from "../pipeline/config.js";
import type { Sample, Samples } from "../sample.js";
import { Conversion } from "./conversion.js";
import type { Transformer } from "./transformer.js";

export class Scaling implements Transformer {
  readonly name = "unit_conversion";
  readonly #conversion: Conversion;

  constructor(samples: Samples, parameters: ConversionParameters) {
    this.#conversion = new Conversion(samples, parameters);
  }

  handle(sample: Sample): Sample {
    const { unit = sample.unit } = this.#conversion;
    return unit === sample.unit ? this.#conversion.convert(sample) : sample;
  }
}
