/**
 * Texts of environments, and what one holds at least. `parameter_defaults` came after Juno. Upstream:
 * heat/common/environment_format.py at 2014.2.
 */
import { isObject, ValueError, type Json, type JsonObject } from "../../../python/index.js";
import { simpleParse } from "./template-format.js";

const SECTIONS: readonly string[] = ["parameters", "resource_registry"];

/** An environment with all of its sections. */
export interface EnvironmentSnippet extends JsonObject {
  readonly parameters: JsonObject;
  readonly resource_registry: JsonObject;
}

/** `parse`. @throws ValueError */
export function parseEnvironment(text: string): JsonObject {
  const env = simpleParse(text);
  if (!isObject(env))
    throw new ValueError("The environment is not a valid YAML mapping data type.");
  for (const section of Object.keys(env)) {
    if (SECTIONS.includes(section)) continue;
    throw new ValueError(`environment has wrong section "${section}"`);
  }
  return env;
}

/** `default_for_missing`: sections that are not there are empty. */
export function withSections(env: JsonObject): EnvironmentSnippet {
  const section = (name: string): JsonObject => {
    const value: Json = env[name] ?? {};
    return isObject(value) ? value : {};
  };
  return {
    ...env,
    parameters: section("parameters"),
    resource_registry: section("resource_registry"),
  };
}
