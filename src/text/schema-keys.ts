/** Which keys a schema knows at a path, for suggestions. */
import { z } from "zod";
import type { Path } from "./complaints.js";

/** The keys of all mappings that may stand at `path`; none where anything goes. */
export function keysAt(schema: z.core.$ZodType, path: Path): string[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodLazy) {
    return keysAt(schema.unwrap(), path);
  }
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((one) => keysAt(one, path));
  const [part, ...rest] = path;
  if (schema instanceof z.ZodObject) {
    if (part === undefined) return Object.keys(schema.shape);
    const inner: unknown = schema.shape[part];
    return inner instanceof z.core.$ZodType ? keysAt(inner, rest) : [];
  }
  if (part === undefined) return [];
  if (schema instanceof z.ZodArray) return keysAt(schema.element, rest);
  return schema instanceof z.ZodRecord ? keysAt(schema.valueType, rest) : [];
}
