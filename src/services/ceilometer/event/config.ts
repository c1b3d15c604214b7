/**
 * What an event_definitions.yaml may say, as an option of a cloud: which traits events of which types have, and where in
 * the notification they stand. What upstream finds wrong with one when the agent starts is found then
 * (`definition.ts`). Upstream: ceilometer/event/converter.py at 2014.2.
 */
import { z } from "zod";
import { FEW } from "../../../framework/option-values.js";
import { parsePath, PathError } from "./path.js";

const said = (description: string) => ({ description });
const text = z.string().max(2000);

const path = text.superRefine((value, ctx) => {
  try {
    parsePath(value);
  } catch (error) {
    if (!(error instanceof PathError)) throw error;
    ctx.addIssue({ code: "custom", message: `is no path that is modelled: ${error.message}` });
  }
});

const flag = z.strictObject({
  path: text.meta(said("The member that is looked at: payload.state.")),
  bit: z.union([z.number().int().min(0).max(52), text]).meta(said("The bit; 0 is the lowest.")),
  value: z
    .union([z.string(), z.number(), z.boolean()])
    .optional()
    .meta(said("Only this value sets the bit.")),
});

const plugin = z.union([
  text,
  z.strictObject({
    name: text.optional().meta(said("split or bitfield.")),
    parameters: z
      .strictObject({
        separator: z.string().min(1).max(255).optional().meta(said("What split splits at.")),
        segment: z.number().int().optional().meta(said("Which piece of it. Default 0.")),
        max_split: z.number().int().nullable().optional().meta(said("How often it splits.")),
        initial_bitfield: z.number().int().min(0).optional().meta(said("What bitfield adds to.")),
        flags: z.array(flag).max(FEW).optional().meta(said("Which members set which bits.")),
      })
      .nullable()
      .optional()
      .meta(said("What the plugin is to do.")),
  }),
]);

const trait = z.strictObject({
  type: z
    .string()
    .max(255)
    .regex(/^(?!none$)/i, { error: "text, int, float or datetime" })
    .optional()
    .meta(said("text, int, float or datetime. Default text.")),
  fields: z
    .union([path, z.array(path).max(FEW)])
    .optional()
    .meta(said("Where its value stands: payload.host, publisher_id, _context_tenant.")),
  plugin: plugin.optional().meta(said("What makes the value out of what was found.")),
});

const definition = z.strictObject({
  event_type: z
    .union([text, z.array(text).max(FEW)])
    .optional()
    .meta(said("Event types, with * and ?; ! excludes.")),
  traits: z.record(z.string().max(2000), trait).optional().meta(said("Traits by their names.")),
});

const definitions = z.array(definition).max(FEW);

/** A function, as a bundle reads all of this when a cloud first has such a file. */
export function eventDefinitionsOption() {
  return definitions;
}

export type EventDefinitions = z.output<typeof definitions>;
export type DefinitionConfig = z.output<typeof definition>;
export type TraitConfig = z.output<typeof trait>;
