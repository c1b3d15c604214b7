/** Tells a JSON object from the rest of JSON. */
import type { Json, JsonObject } from "../../python/index.js";

export const isObject = (json: Json | undefined): json is JsonObject =>
  typeof json === "object" && json !== null && !Array.isArray(json);
