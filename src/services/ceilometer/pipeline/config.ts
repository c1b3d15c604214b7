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

const said = (description: string) => ({ description });

const mapping = z.strictObject({
  name: pattern.optional().meta(said("What a meter's name must match: a regular expression.")),
  unit: pattern.optional().meta(said("What its unit must match: a regular expression.")),
});
const names = z.strictObject({
  name: z.string().max(255).optional().meta(said("The new name, with \\1 for what was matched.")),
  unit: z.string().max(255).optional().meta(said("The new unit, with \\1 for what was matched.")),
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
    .strictObject({
      unit: z.string().max(255).optional().meta(said("The unit of what comes in.")),
      map_from: mapping.optional().meta(said("Of which samples names and units are replaced.")),
    })
    .optional()
    .meta(said("What comes in.")),
  target: z
    .strictObject({
      name: z.string().max(255).optional().meta(said("The name of what goes out.")),
      unit: z.string().max(255).optional().meta(said("Its unit.")),
      type: z.string().max(255).optional().meta(said("Its type: gauge, delta or cumulative.")),
      scale: scale.optional().meta(said("A factor, or an expression with volume and metadata.")),
      map_to: names.optional().meta(said("What names and units are replaced with.")),
    })
    .optional()
    .meta(said("What goes out.")),
});

const kept = z.enum(["last", "first"]);

/** Of those that keep samples until there are enough, or are to compute with several. */
const gathering = {
  size: z.number().int().min(0).max(1e6).nullable().optional(),
  retention_time: z.number().min(0).max(1e9).nullable().optional(),
  project_id: kept.optional(),
  user_id: kept.optional(),
  resource_metadata: z.enum(["last", "first", "drop"]).optional(),
};

const transformer = z.discriminatedUnion("name", [
  z.strictObject({
    name: z
      .enum(["rate_of_change", "unit_conversion"])
      .meta(said("How one sample becomes another.")),
    parameters: parameters.nullable().optional().meta(said("What it is to do.")),
  }),
  z.strictObject({
    name: z.literal("accumulator").meta(said("Keeps samples until there are enough of them.")),
    parameters: z
      .strictObject({ size: gathering.size.meta(said("How many are enough. Default 1.")) })
      .nullable()
      .optional()
      .meta(said("What it is to do.")),
  }),
  z.strictObject({
    name: z.literal("aggregator").meta(said("Makes one sample out of several of a meter.")),
    parameters: parameters
      .extend({
        size: gathering.size.meta(said("After how many samples. Default 1.")),
        retention_time: gathering.retention_time.meta(said("After how many seconds.")),
        project_id: gathering.project_id.meta(said("Whose it is of several: first or last.")),
        user_id: gathering.user_id.meta(said("Whose it is of several: first or last.")),
        resource_metadata: gathering.resource_metadata.meta(said("first, last or drop.")),
      })
      .nullable()
      .optional()
      .meta(said("What it is to do.")),
  }),
  z.strictObject({
    name: z.literal("arithmetic").meta(said("Computes a meter out of several of a resource.")),
    parameters: z
      .strictObject({
        target: z
          .strictObject({
            name: z.string().max(255).optional().meta(said("The name of what goes out.")),
            unit: z.string().max(255).optional().meta(said("Its unit.")),
            type: z.string().max(255).optional().meta(said("Its type.")),
            expr: z.string().max(2000).meta(said("100 * $(memory.usage) / $(memory).")),
          })
          .meta(said("What goes out.")),
      })
      .meta(said("What it is to do.")),
  }),
]);

const source = z.strictObject({
  name: name.optional().meta(said("What log lines call it.")),
  interval: z.union([z.number(), z.string()]).optional().meta({
    description: "Seconds between polls of its meters.",
  }),
  meters: texts.optional().meta({ description: "Meters: all *, or names, or !names." }),
  resources: texts.optional().meta(said("Resources to poll, beside those that are discovered.")),
  discovery: texts
    .optional()
    .meta(said("Who finds them: local_instances, tenant, endpoint:image.")),
  sinks: texts.optional().meta(said("Names of the sinks that its samples go to.")),
});

/** A publisher that is modelled, or none that upstream knows. */
const publisher = z
  .string()
  .max(2000)
  .refine(
    (url) => !/^(?:udp|file|test)(?::\/\/|$)/.test(url),
    "udp:// and file:// are not modelled: notifier:// and rpc:// are",
  );

const sink = z.strictObject({
  name: name.optional().meta(said("What sources call it.")),
  transformers: z
    .array(transformer)
    .max(FEW)
    .nullable()
    .optional()
    .meta(said("What is done to each sample, one after the other.")),
  publishers: z
    .array(publisher)
    .max(FEW)
    .optional()
    .meta(said("Where samples go: notifier:// or rpc://.")),
});

const pipeline = z.strictObject({
  sources: z.array(source).max(FEW).optional().meta(said("Which meters go to which sinks.")),
  sinks: z
    .array(sink)
    .max(FEW)
    .optional()
    .meta(said("What becomes of samples, and where they go.")),
});

/** A function, as a bundle reads all of this when a cloud first has such a file. */
export function pipelineOption() {
  return pipeline;
}

export type PipelineConfig = z.output<typeof pipeline>;
export type SourceConfig = z.output<typeof source>;
export type SinkConfig = z.output<typeof sink>;
export type TransformerConfig = z.output<typeof transformer>;
export type ConversionParameters = z.output<typeof parameters>;
export type AggregatorParameters = NonNullable<
  Extract<TransformerConfig, { name: "aggregator" }>["parameters"]
>;

function isPattern(text: string): boolean {
  try {
    return RegExp(text, "u") instanceof RegExp;
  } catch {
    return false;
  }
}
