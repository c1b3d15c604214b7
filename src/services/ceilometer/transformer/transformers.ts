/**
 * Transformers by the names that a pipeline calls them. Upstream: setup.cfg
 * (ceilometer.transformer), ceilometer/transformer/__init__.py at 2014.2.
 */
import type { Env } from "../../../framework/index.js";
import type { TransformerConfig } from "../pipeline/config.js";
import type { Samples } from "../sample.js";
import { Accumulator } from "./accumulator.js";
import { Aggregator } from "./aggregator.js";
import { Arithmetic } from "./arithmetic.js";
import { RateOfChange } from "./rate-of-change.js";
import { Scaling } from "./scaling.js";
import type { Transformer } from "./transformer.js";

export function transformerOf(
  env: Env,
  samples: Samples,
  transformer: TransformerConfig,
): Transformer {
  switch (transformer.name) {
    case "unit_conversion":
      return new Scaling(samples, transformer.parameters ?? {});
    case "rate_of_change":
      return new RateOfChange(env, samples, transformer.parameters ?? {});
    case "accumulator":
      return new Accumulator(transformer.parameters?.size ?? 1);
    case "aggregator":
      return new Aggregator(env, samples, transformer.parameters ?? {});
    case "arithmetic":
      return new Arithmetic(env, samples, transformer.parameters.target);
  }
}
