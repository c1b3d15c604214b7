/** Tags, as Amazon's types have them. Upstream: heat/engine/resources/vpc.py and its like at 2014.2. */
import { objectsOf } from "../service-resource.js";
import { str, type Json, type JsonObject } from "../../../../../python/index.js";
import { list, map, text, type PropertySchema } from "../../properties/schema.js";

/** What is named by a key. */
export const KEY_AND_VALUE = {
  Key: text({ required: true }),
  Value: text({ required: true }),
} as const;

interface TagOptions {
  readonly update?: boolean;
  readonly immutable?: boolean;
}

export const tags = (options: TagOptions = {}): PropertySchema =>
  list(options, map({}, KEY_AND_VALUE));

/** Of a type that has them and takes none. */
export const noTags = (): PropertySchema => list({}, map({ implemented: false }, KEY_AND_VALUE));

/** By their keys. */
export const tagged = (value: Json | undefined): JsonObject =>
  Object.fromEntries(objectsOf(value).map(({ Key, Value }) => [str(Key ?? null), Value ?? null]));
