/**
 * The inputs of a configuration as a server gets them: with their values, those that nobody has declared, and what the
 * server must know to say how it went. Upstream:
 * heat/engine/resources/software_config/software_deployment.py (_build_derived_inputs) at 2014.2.
 */
import {
  dictOrder,
  KeyError,
  repr,
  str,
  type Json,
  type JsonObject,
} from "../../../../../python/index.js";
import { objectsOf } from "../service-resource.js";

/** `deploy_action` and its like, by their names. */
export type DeployInput = readonly [name: string, description: string, value: Json];

/** @param own of the deployment, last @throws KeyError for an input without a default */
export function derivedInputs(
  declared: Json,
  values: JsonObject,
  own: readonly DeployInput[],
): JsonObject[] {
  const left = new Map(Object.entries(values));
  const inputs = objectsOf(declared).map((input) => {
    const name = str(input["name"] ?? null);
    const otherwise = input["default"];
    if (otherwise === undefined) throw new KeyError(repr("default"));
    const value = left.get(name) ?? otherwise;
    left.delete(name);
    return { ...input, value };
  });
  const undeclared = dictOrder([...left.keys()]).map((name) => ({
    ...{ name, type: "String" },
    value: left.get(name) ?? null,
  }));
  const added = own.map(([name, description, value]) => ({
    ...{ name, description, type: "String", value },
  }));
  return [...inputs, ...undeclared, ...added];
}
