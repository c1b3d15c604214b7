/**
 * `aggregator`: one sample out of several of a meter and a resource, the sum of them, of gauges the average, of what
 * only grows the last. It lets them go when there are enough, or when the first is old enough. Upstream:
 * ceilometer/transformer/conversions.py (AggregatorTransformer) at 2014.2.
 */
import type { Env } from "../../../framework/index.js";
import type { Micros } from "../../../kernel/index.js";
import { str } from "../../../python/index.js";
import type { AggregatorParameters } from "../pipeline/config.js";
import type { Sample, Samples } from "../sample.js";
import { parseIsotime } from "../times.js";
import { numberOf, type Conversion } from "./conversion.js";
import type { Transformer } from "./transformer.js";

interface Gathered {
  sample: Sample;
  count: number;
}

export class Aggregator implements Transformer {
  readonly name = "aggregator";
  readonly #env: Env;
  readonly #samples: Samples;
  readonly #conversion: Conversion;
  readonly #parameters: AggregatorParameters;
  readonly #gathered = new Map<string, Gathered>();
  #first: Micros | undefined;
  #count = 0;

  constructor(
    env: Env,
    samples: Samples,
    parameters: AggregatorParameters,
    conversion: Conversion,
  ) {
    this.#env = env;
    this.#samples = samples;
    this.#parameters = parameters;
    this.#conversion = conversion;
  }

  handle(sample: Sample): undefined {
    this.#first ??= parseIsotime(this.#env.kernel, sample.timestamp);
    this.#count += 1;
    const key = this.#keyOf(sample);
    const known = this.#gathered.get(key);
    if (known === undefined) {
      const converted = this.#conversion.convert(this.#samples, sample);
      const drop = this.#parameters.resource_metadata === "drop";
      const made = drop ? { ...converted, resource_metadata: {} } : converted;
      this.#gathered.set(key, { sample: made, count: 1 });
      return undefined;
    }
    const scaled = numberOf(this.#conversion.scaled(sample));
    const sum = sample.type === "cumulative" ? scaled : numberOf(known.sample.volume) + scaled;
    known.sample = { ...known.sample, volume: sum, ...this.#last(sample) };
    known.count += 1;
    return undefined;
  }

  flush(): readonly Sample[] {
    if (this.#first === undefined) return [];
    const { size = 1, retention_time: retention } = this.#parameters;
    const age = (this.#env.kernel.now - this.#first) / 1e6;
    const expired =
      retention !== undefined && retention !== null && retention > 0 && age > retention;
    // Python takes no size for less than any number.
    const full = this.#count >= (size ?? 0);
    if (!full && !expired) return [];
    const flushed = [...this.#gathered.values()].map(({ sample, count }) =>
      sample.type === "gauge" ? { ...sample, volume: numberOf(sample.volume) / count } : sample,
    );
    this.#gathered.clear();
    this.#count = 0;
    this.#first = undefined;
    return flushed;
  }

  /** What of a later sample counts. */
  #last({ project_id, user_id, resource_metadata }: Sample): Partial<Sample> {
    const { resource_metadata: metadata = "last" } = this.#parameters;
    return {
      ...(this.#parameters.project_id === "last" && { project_id }),
      ...(this.#parameters.user_id === "last" && { user_id }),
      ...(metadata === "last" && { resource_metadata }),
    };
  }

  /** Whose samples are apart, unless it is said what becomes of several. */
  #keyOf({ name, resource_id, project_id, user_id }: Sample): string {
    const keys = [
      ...(this.#parameters.project_id === undefined ? [project_id ?? "<undefined>"] : []),
      ...(this.#parameters.user_id === undefined ? [user_id ?? "<undefined>"] : []),
    ];
    return `${name}-${str(resource_id)}-${keys.map(str).join("-")}`;
  }
}
