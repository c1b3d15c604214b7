/**
 * What a template of CloudFormation says of a parameter. Upstream: heat/engine/parameters.py
 * (Schema.from_dict) at 2014.2.
 */
import { str, type Json } from "../../../../python/index.js";
import { allowedPattern, allowedValues, range, type Constraint } from "./constraints.js";
import { checked, typeOf, type ParameterSchema } from "./schema.js";
import type { DataKind } from "./values.js";

const KEYS = [
  "Type",
  "Default",
  "NoEcho",
  "AllowedValues",
  "AllowedPattern",
  "MaxLength",
  "MinLength",
  "MaxValue",
  "MinValue",
  "Description",
  "ConstraintDescription",
  "Label",
];

const KINDS: ReadonlyMap<string, DataKind> = new Map([
  ["String", "STRING"],
  ["Number", "NUMBER"],
  ["CommaDelimitedList", "LIST"],
  ["Json", "MAP"],
  ["Boolean", "BOOLEAN"],
]);

/** @throws InvalidSchemaError and what a constraint's bounds raise */
export function legacyParameterSchema(name: string, schema: Json): ParameterSchema {
  const given = checked(schema, KEYS, `parameter (${name})`);
  const has = (key: string): boolean => Object.hasOwn(given, key);
  const value = (key: string): Json => given[key] ?? null;
  const description = value("ConstraintDescription");
  const constraints: Constraint[] = [];
  const type = typeOf(name, given, "Type", KINDS, () => {
    if (has("MinValue") || has("MaxValue")) {
      constraints.push(range("Range", [value("MinValue"), value("MaxValue")], description));
    }
    if (has("MinLength") || has("MaxLength")) {
      constraints.push(range("Length", [value("MinLength"), value("MaxLength")], description));
    }
    if (has("AllowedValues")) constraints.push(allowedValues(value("AllowedValues"), description));
    if (has("AllowedPattern")) {
      constraints.push(allowedPattern(value("AllowedPattern"), description));
    }
  });
  return {
    type,
    description: value("Description"),
    default: value("Default"),
    constraints,
    hidden: has("NoEcho") && str(value("NoEcho")).toLowerCase() === "true",
    label: value("Label"),
  };
}
