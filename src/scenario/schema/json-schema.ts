/**
 * The JSON Schema (draft-07) of scenario files, which editors read: made from the one schema, in the forms
 * in which people write.
 */
import { z } from "zod";
import { flagCatalogue } from "../../cloud/flags/catalogue.js";
import { asWritten } from "../verbs/vocabulary.js";
import { cloud, FLAGS } from "./cloud.js";
import { flagsSchema } from "./flags.js";
import { scenarioSchema } from "./scenario.js";

/** The JSON Schema (draft-07) of scenario files without the flags of services, which are most of it. */
export const shapeJsonSchema = () =>
  z.toJSONSchema(scenarioSchema, {
    target: "draft-07",
    io: "input",
    override: ({ jsonSchema }) => {
      asWritten(jsonSchema);
    },
  });

/**
 * The JSON Schema (draft-07) of scenario files, for editors.
 *
 * @example
 * ```ts
 * import { scenarioJsonSchema } from "novasim";
 *
 * console.log(Object.keys(scenarioJsonSchema().properties ?? {}).includes("steps")); // true
 * ```
 */
export function scenarioJsonSchema(): Record<string, unknown> {
  const { $schema, definitions, ...schema } = shapeJsonSchema();
  const flags = flagsSchema(flagCatalogue());
  const { description } = cloud.shape.flags;
  const known = { ...flags.definitions, [FLAGS]: { description, ...flags.node } };
  const all: unknown = Object.assign({}, definitions, known);
  return { $schema, $id: "urn:novasim:scenario:1", ...schema, definitions: all };
}
