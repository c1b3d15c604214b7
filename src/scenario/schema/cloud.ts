/** The `cloud:` section: what there is before the first step, checked as `new Cloud` checks it. */
import { z } from "zod";
import { cloudShape, flagValue } from "../../cloud/options/schema.js";
import { line, span } from "./values.js";

const fileRight = "the text of a file (`nova.conf: |`), or { file: a/path/from/this/file }";

/** Where a file is named, the loader has put its text in its place. */
const flagFile = z.union(
  [
    z.string({ error: fileRight }).max(1_000_000, { error: fileRight }),
    z.strictObject({
      file: line(255, "a path from this file").meta({
        description: "Where it is, from this file on.",
      }),
    }),
  ],
  { error: fileRight },
);

const shape = cloudShape({ span, flagFile, flag: flagValue });

/** What flags are called among the definitions of the JSON Schema, where each has a type of its own. */
export const FLAGS = "flags";

export const cloud = z.strictObject({
  ...shape,
  flags: shape.flags.meta({ ...shape.flags.meta(), id: FLAGS }),
});
