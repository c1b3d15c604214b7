/**
 * Transformers by the names that a pipeline calls them. Those that keep samples until they are flushed
 * (accumulator, aggregator, arithmetic) are left out, and so is flushing. Upstream: setup.cfg
 * (ceilometer.transformer), ceilometer/transformer/__init__.py at 2014.2.
 */
import type { Env } from "../../../framework/index.js";
import type { TransformerConfig } from "../pipeline/config.js";
import type { Samples } from "../sample.js";
import { RateOfChange } from "./rate-of-change.js";
import { Scaling } from "./scaling.js";
import type { Transformer } from "./transformer.js";

export function transformerOf(
  env: Env,
  samples: Samples,
  { name, parameters }: TransformerConfig,
): Transformer {
  switch (name) {
    case "unit_conversion":
      return new Scaling(samples, parameters ?? {});
    case "rate_of_change":
      return new RateOfChange(env, samples, parameters ?? {});
  }
}
