/**
 * What types of resources there are, and what each is like. What upstream says of each property and attribute in
 * words is left out. Upstream: heat/engine/service.py (list_resource_types, resource_schema,
 * generate_template), heat/engine/constraints.py, heat/engine/properties.py, heat/engine/attributes.py at
 * 2014.2.
 */
import { dictOrder, type Json, type JsonObject } from "../../../../python/index.js";
import { ResourceTypeNotFound, StackValidationFailed } from "../../exception.js";
import type { Engine } from "../engine.js";
import type { Constraint } from "../parameters/constraints.js";
import type { DataKind } from "../parameters/values.js";
import type { PropertySchema, PropertySchemata } from "../properties/schema.js";
import type { Resource } from "../resources/resource.js";

/** All here are supported. @param support what is asked for: null for all */
export const listTypes = ({ types }: Engine, support: Json): string[] =>
  support === null || support === "SUPPORTED" ? dictOrder([...types.keys()]) : [];

/** @throws ResourceTypeNotFound */
function typeOf(engine: Engine, type_name: string): Resource {
  try {
    return engine.sample(type_name);
  } catch (error) {
    if (error instanceof StackValidationFailed) throw new ResourceTypeNotFound({ type_name });
    throw error;
  }
}

/** @throws ResourceTypeNotFound */
export function schemaOf(engine: Engine, resource_type: string): JsonObject {
  const { schemata, attributesSchema } = typeOf(engine, resource_type);
  return {
    resource_type,
    properties: shownSchemata(implementedIn(schemata)),
    attributes: Object.fromEntries(attributesSchema.map((name) => [name, {}])),
  };
}

const shownSchemata = (schemata: PropertySchemata): JsonObject =>
  Object.fromEntries([...schemata].map(([name, schema]) => [name, shownSchema(schema)]));

/** Those that may be written. */
const implementedIn = (schemata: PropertySchemata): PropertySchemata =>
  new Map([...schemata].filter(([, { implemented }]) => implemented));

function shownSchema(schema: PropertySchema): JsonObject {
  const { type, constraints, required, updateAllowed: update_allowed, immutable } = schema;
  return {
    type: type.word.toLowerCase(),
    ...(schema.default !== null && { default: schema.default }),
    ...(schema.schema !== undefined && { schema: shownMembers(schema.schema) }),
    required,
    ...(constraints.length > 0 && { constraints: constraints.map(shownConstraint) }),
    update_allowed,
    immutable,
  };
}

const isMembers = (schema: PropertySchema | PropertySchemata): schema is PropertySchemata =>
  schema instanceof Map;

/** Of a list, what is in it has the name `*`. */
const shownMembers = (schema: PropertySchema | PropertySchemata): JsonObject =>
  isMembers(schema) ? shownSchemata(schema) : { "*": shownSchema(schema) };

function shownConstraint(constraint: Constraint): JsonObject {
  const { description } = constraint;
  const words = description === null ? {} : { description };
  switch (constraint.kind) {
    case "Range":
    case "Length":
      return { ...words, [constraint.kind.toLowerCase()]: bounds(constraint) };
    case "AllowedValues":
      return { ...words, allowed_values: constraint.allowed };
    case "AllowedPattern":
      return { ...words, allowed_pattern: constraint.pattern };
    case "CustomConstraint":
      return { ...words, custom_constraint: constraint.name };
    default:
      return constraint satisfies never;
  }
}

const bounds = ({ min, max }: { readonly min: number | null; readonly max: number | null }) => ({
  ...(min !== null && { min }),
  ...(max !== null && { max }),
});

const PARAMETER_TYPES: Readonly<Record<DataKind, string>> = {
  STRING: "String",
  NUMBER: "Number",
  INTEGER: "Number",
  BOOLEAN: "Boolean",
  MAP: "Json",
  LIST: "CommaDelimitedList",
};

/** A template of CloudFormation with one resource of the type. @throws ResourceTypeNotFound */
export function templateOf(engine: Engine, type: string): JsonObject {
  const { schemata: all, attributesSchema, className } = typeOf(engine, type);
  const schemata = implementedIn(all);
  const names = [...schemata.keys()];
  const properties = names.map((name) => [
    name,
    schemata.get(name)?.type.kind === "LIST"
      ? { "Fn::Split": [",", { Ref: name }] }
      : { Ref: name },
  ]);
  return {
    HeatTemplateFormatVersion: "2012-12-12",
    Parameters: Object.fromEntries(
      [...schemata].map(([name, schema]) => [name, parameterOf(schema)]),
    ),
    Resources: {
      [className]: { Type: type, Properties: Object.fromEntries(properties) as JsonObject },
    },
    Outputs: Object.fromEntries(
      attributesSchema.map((name) => [
        name,
        { Value: `{"Fn::GetAtt": ["${className}", "${name}"]}` },
      ]),
    ),
  };
}

function parameterOf({ type, constraints, default: value }: PropertySchema): JsonObject {
  const shown: Record<string, Json> = { Type: PARAMETER_TYPES[type.kind] };
  if (value !== null) shown["Default"] = value;
  for (const constraint of constraints) {
    if (constraint.kind === "Range" || constraint.kind === "Length") {
      const what = constraint.kind === "Range" ? "Value" : "Length";
      if (constraint.min !== null) shown[`Min${what}`] = constraint.min;
      if (constraint.max !== null) shown[`Max${what}`] = constraint.max;
    } else if (constraint.kind === "AllowedValues") shown["AllowedValues"] = constraint.allowed;
    else if (constraint.kind === "AllowedPattern") shown["AllowedPattern"] = constraint.pattern;
  }
  if (type.kind === "BOOLEAN") shown["AllowedValues"] = ["True", "true", "False", "false"];
  return shown;
}
