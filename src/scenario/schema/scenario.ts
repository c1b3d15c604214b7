/**
 * The one schema of scenario files, version 1. Types, validation and the JSON Schema that editors
 * read (`json-schema.ts`) all come from it.
 */
import { z } from "zod";
import { cloud } from "./cloud.js";
import { expectation } from "./expectation.js";
import { steps } from "../steps/index.js";
import { script, services } from "./modules.js";
import { line, prose, whole } from "./values.js";

const scenarioName = "a short name: small letters, digits and dashes";

export const scenarioSchema = z
  .strictObject(
    {
      version: z
        .literal(1, { error: "1, the version of this format" })
        .optional()
        .meta({ description: "The version of this format. Default 1." }),
      scenario: z
        .string({ error: scenarioName })
        .regex(/^[a-z0-9][a-z0-9-]{0,99}$/, { error: scenarioName })
        .meta({ description: "Its short name: boot-and-shelve." }),
      title: line(200).optional().meta({ description: "One line for lists." }),
      about: prose.optional().meta({ description: "What it shows, and why." }),
      seed: whole(0, 4_294_967_295)
        .optional()
        .meta({ description: "Where chance comes from. Default 1." }),
      cloud: cloud.optional().meta({ description: "What there is before the first step." }),
      services: services.optional(),
      script: script.optional(),
      steps: z
        .array(steps.schema, { error: "a list of steps" })
        .min(1, { error: "at least one step" })
        .max(100_000, { error: "at most 100000 steps (use repeat)" })
        .meta({ description: "What happens, in order." }),
      expect: expectation.optional().meta({ description: "What must hold at the end." }),
    },
    { error: "a mapping with scenario: and steps:" },
  )
  .meta({
    title: "novasim scenario",
    description: "A run of novasim: a cloud, steps, expectations.",
  });

/** A scenario that has been checked, times in virtual microseconds. */
export type Scenario = z.infer<typeof scenarioSchema>;
