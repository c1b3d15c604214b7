/**
 * `rate_of_change`: out of two samples of a resource, what changed in a second. The last one is kept in memory,
 * so that the first after a start gives nothing. Upstream: ceilometer/transformer/conversions.py
 * (RateOfChangeTransformer) at 2014.2.
 */
import type { Env } from "../../../framework/index.js";
import type { Micros } from "../../../kernel/index.js";
import { PythonTypeError, typeName } from "../../../python/index.js";
import type { Sample, Samples } from "../sample.js";
import { parseIsotime } from "../times.js";
import { numberOf, type Conversion } from "./conversion.js";
import type { Transformer } from "./transformer.js";

interface Predecessor {
  readonly volume: number;
  readonly at: Micros;
}

export class RateOfChange implements Transformer {
  readonly name = "rate_of_change";
  readonly #env: Env;
  readonly #samples: Samples;
  readonly #conversion: Conversion;
  readonly #cache = new Map<string, Predecessor>();

  constructor(env: Env, samples: Samples, conversion: Conversion) {
    this.#env = env;
    this.#samples = samples;
    this.#conversion = conversion;
  }

  handle(sample: Sample): Sample | undefined {
    if (typeof sample.resource_id !== "string") {
      throw new PythonTypeError(
        `cannot concatenate 'str' and '${typeName(sample.resource_id)}' objects`,
      );
    }
    const key = sample.name + sample.resource_id;
    const before = this.#cache.get(key);
    const at = parseIsotime(this.#env.kernel, sample.timestamp);
    const volume = numberOf(sample.volume);
    this.#cache.set(key, { volume, at });
    if (before === undefined) {
      const which = `${sample.name} of ${sample.resource_id} at ${sample.timestamp}`;
      this.#env.log("warning", `dropping sample with no predecessor: ${which}`);
      return undefined;
    }
    const seconds = (at - before.at) / 1e6;
    // A meter that only grows and is smaller than before has begun anew meanwhile.
    const grown = before.volume <= volume || sample.type !== "cumulative";
    const delta = grown ? volume - before.volume : volume;
    return this.#conversion.convert(this.#samples, sample, seconds === 0 ? 0 : delta / seconds);
  }
}
