/**
 * What a pipeline.yaml may say, as an option of a cloud: sources, and the sinks that they lead to. Of its
 * older form, a list of pipelines, nothing is here. What upstream finds wrong with one when a process
 * starts, is found then (`source.ts`, `sink.ts`). Upstream: ceilometer/pipeline.py at 2014.2.
 */
import { z } from "zod";
import { FEW, name } from "../../../framework/option-values.js";
import { ExpressionError, parseExpression } from "../transformer/expression.js";

const texts = z.array(z.string().max(2000)).max(FEW);

/** A regular expression as both Python and JavaScript read it. */
const pattern = z.string().max(2000).refine(isPattern, "must be a regular expression");

const mapping = z.strictObject({ name: pattern.optional(), unit: pattern.optional() });
const names = z.strictObject({
  name: z.string().max(255).optional(),
  unit: z.string().max(255).optional(),
});

const scale = z.union([
  z.number(),
  z
    .string()
    .max(2000)
    .superRefine((text, ctx) => {
      try {
        parseExpression(text);
      } catch (error) {
        if (!(error instanceof ExpressionError)) throw error;
        ctx.addIssue({ code: "custom", message: error.message });
      }
    }),
]);

const parameters = z.strictObject({
  source: z
    .strictObject({ unit: z.string().max(255).optional(), map_from: mapping.optional() })
    .optional(),
  target: z
    .strictObject({
      name: z.string().max(255).optional(),
      unit: z.string().max(255).optional(),
      type: z.string().max(255).optional(),
      scale: scale.optional(),
      map_to: names.optional(),
    })
    .optional(),
});

const transformer = z.strictObject({
  name: z
    .enum(["rate_of_change", "unit_conversion"])
    .meta({ description: "rate_of_change or unit_conversion; the others are not modelled." }),
  parameters: parameters.nullable().optional(),
});

const source = z.strictObject({
  name: name.optional(),
  interval: z.union([z.number(), z.string()]).optional().meta({
    description: "Seconds between polls of its meters.",
  }),
  meters: texts.optional().meta({ description: "Meters: all *, or names, or !names." }),
  resources: texts.optional(),
  discovery: texts.optional(),
  sinks: texts.optional(),
});

/** A publisher that is modelled, or none that upstream knows. */
const publisher = z
  .string()
  .max(2000)
  .refine(
    (url) => !/^(?:rpc|meter|meter_publisher|udp|file|test)(?::\/\/|$)/.test(url),
    "rpc://, udp:// and file:// are not modelled: notifier:// is",
  );

const sink = z.strictObject({
  name: name.optional(),
  transformers: z.array(transformer).max(FEW).nullable().optional(),
  publishers: z.array(publisher).max(FEW).optional(),
});

export const pipelineOption = z.strictObject({
  sources: z.array(source).max(FEW).optional(),
  sinks: z.array(sink).max(FEW).optional(),
});

export type PipelineConfig = z.output<typeof pipelineOption>;
export type SourceConfig = z.output<typeof source>;
export type SinkConfig = z.output<typeof sink>;
export type TransformerConfig = z.output<typeof transformer>;
export type ConversionParameters = z.output<typeof parameters>;

/** pipeline.yaml as an operator has put it on every host. */
export class PipelineFile {
  config: PipelineConfig;

  constructor(config: PipelineConfig) {
    this.config = config;
  }
}

function isPattern(text: string): boolean {
  try {
    return RegExp(text, "u") instanceof RegExp;
  } catch {
    return false;
  }
}
