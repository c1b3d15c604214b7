/** The `cloud:` section: what there is before the first step, checked as `new Cloud` checks it. */
import { z } from "zod";
import { cloudShape, flagValue } from "../../cloud/options/schema.js";
import { line, span } from "./values.js";

const fileRight = "the text of a file (`nova.conf: |`), or { file: a/path/from/this/file }";

/** Where a file is named, the loader has put its text in its place. */
const flagFile = z.union(
  [
    z.string({ error: fileRight }).max(1_000_000, { error: fileRight }),
    z.strictObject({ file: line(255, "a path from this file") }),
  ],
  { error: fileRight },
);

export const cloud = z.strictObject(cloudShape({ span, flagFile, flag: flagValue }));
