/**
 * Modules that a scenario brings along, each a program in a file beside it: services of one's own, and a script
 * that is run when the steps are done. Not what is in them: that is seen when they are imported.
 */
import { z } from "zod";
import { line, name } from "./values.js";

const right = "the path of a module from this file on: ./board.mjs";

/** `./board.mjs`. */
const module = line(255, right)
  .refine((path) => /\.m?[jt]s$/u.test(path), { error: right })
  .meta({
    description: "A module from this file on, .mjs, .js or .ts; its default export counts.",
  });

export const services = z
  .array(
    z.strictObject({
      module: module.meta({
        description: "Its default export is a service ({ binary, manager }) or a project.",
      }),
      host: name.optional().meta({ description: "Where it runs. Default: controller." }),
      flags: z
        .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
        .optional()
        .meta({ description: "Values of its flags." }),
    }),
  )
  .max(100)
  .meta({ description: "Services of one's own, started before the first step." });

export const script = module.meta({
  description: "A module that defineScenario makes; its script is run when the steps are done.",
});
