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
import { Conversion } from "./conversion.js";
import { RateOfChange } from "./rate-of-change.js";
import { Scaling } from "./scaling.js";
import type { Transformer } from "./transformer.js";

/** Makes a transformer of a process; what it is to do has been read already. */
export type TransformerMaker = (env: Env, samples: Samples) => Transformer;

/** @throws ExpressionError */
export function transformerMaker(transformer: TransformerConfig): TransformerMaker {
  switch (transformer.name) {
    case "unit_conversion": {
      const conversion = new Conversion(transformer.parameters ?? {});
      return (_env, samples) => new Scaling(samples, conversion);
    }
    case "rate_of_change": {
      const conversion = new Conversion(transformer.parameters ?? {}, "1");
      return (env, samples) => new RateOfChange(env, samples, conversion);
    }
    case "accumulator":
      return () => new Accumulator(transformer.parameters?.size ?? 1);
    case "aggregator": {
      const parameters = transformer.parameters ?? {};
      const conversion = new Conversion(parameters);
      return (env, samples) => new Aggregator(env, samples, parameters, conversion);
    }
    case "arithmetic": {
      const { target } = transformer.parameters;
      return (env, samples) => new Arithmetic(env, samples, target);
    }
  }
}
