/**
 * A template that is judged without a stack: its form, the names of its properties, its parameters without
 * their values. Upstream: heat/engine/service.py (validate_template), heat/engine/api.py
 * (format_validate_parameter) at 2014.2.
 */
import type { Op } from "../../../../kernel/index.js";
import {
  dictOrder,
  isObject,
  str,
  truth,
  type Json,
  type JsonObject,
} from "../../../../python/index.js";
import type { HeatContext } from "../../context.js";
import type { Engine } from "../engine.js";
import type { Parameter } from "../parameters/parameter.js";
import { Parameters } from "../parameters/parameters.js";
import type { DataKind } from "../parameters/values.js";
import { Properties } from "../properties/properties.js";
import { customConstraints } from "../resources/custom-constraints.js";
import { refusePolicy } from "../resources/resource.js";
import { exceptionOf } from "../scheduler/task.js";
import { Template } from "../template/template.js";

/** What is wrong with a template is in its answer, unless it cannot be read at all. */
export function* validate(engine: Engine, ctxt: HeatContext, template: JsonObject): Op<JsonObject> {
  engine.env.log("info", "validate_template");
  const hot = new Template(template);
  try {
    hot.validate();
  } catch (thrown) {
    return { Error: (yield* exceptionOf(thrown)).message };
  }
  for (const name of dictOrder(Object.keys(hot.resources))) {
    const wrong = yield* wrongResource(engine, name, hot);
    if (wrong !== undefined) return { Error: wrong };
  }
  const parameters = new Parameters(hot, {}, null);
  const lookUps = customConstraints(engine.parts.clientsFor(ctxt));
  yield* parameters.validate(lookUps, false);
  const groups = hot.parameterGroups;
  return {
    Description: hot.description,
    Parameters: Object.fromEntries(
      parameters.all
        .filter(({ name }) => Object.hasOwn(hot.parameters, name))
        .map((parameter) => [parameter.name, formatParameter(parameter)]),
    ),
    ...(groups !== undefined && groups !== null && { ParameterGroups: groups }),
  };
}

/** Its properties by name, and what becomes of it; a value is not looked at. @throws StackValidationFailed */
function* wrongResource({ sample }: Engine, name: string, hot: Template): Op<string | undefined> {
  const keys = hot.language.resource;
  const definition = dictionary(hot.resources[name] ?? null);
  const resource = sample(str(definition[keys.type] ?? null), name);
  try {
    refusePolicy(str(definition[keys.deletionPolicy] ?? "Delete"));
    const given = dictionary(definition[keys.properties] ?? null);
    const { lookUps } = resource.stack;
    yield* new Properties(resource.schemata, given, lookUps, undefined).validate(false);
  } catch (thrown) {
    return (yield* exceptionOf(thrown)).message;
  }
  return undefined;
}

const dictionary = (value: Json): JsonObject => (isObject(value) ? value : {});

const TYPES: Readonly<Record<DataKind, string>> = {
  STRING: "String",
  NUMBER: "Number",
  INTEGER: "Integer",
  LIST: "CommaDelimitedList",
  MAP: "Json",
  BOOLEAN: "Boolean",
};

/** `format_validate_parameter`. */
function formatParameter({ name, schema }: Parameter): JsonObject {
  const shown: Record<string, Json> = {
    Type: TYPES[schema.type.kind],
    Description: truth(schema.description) ? schema.description : "",
    NoEcho: schema.hidden ? "true" : "false",
    Label: truth(schema.label) ? schema.label : name,
  };
  if (schema.default !== null) shown["Default"] = schema.default;
  const words: string[] = [];
  for (const constraint of schema.constraints) {
    switch (constraint.kind) {
      case "Length":
        if (constraint.min !== null) shown["MinLength"] = constraint.min;
        if (constraint.max !== null) shown["MaxLength"] = constraint.max;
        break;
      case "Range":
        if (constraint.min !== null) shown["MinValue"] = constraint.min;
        if (constraint.max !== null) shown["MaxValue"] = constraint.max;
        break;
      case "AllowedValues":
        shown["AllowedValues"] = constraint.allowed;
        break;
      case "AllowedPattern":
        shown["AllowedPattern"] = constraint.pattern;
        break;
      case "CustomConstraint":
        shown["CustomConstraint"] = constraint.name;
        break;
      default:
        constraint satisfies never;
    }
    const { description } = constraint;
    if (description !== null && description !== "") words.push(str(description));
  }
  if (words.length > 0) shown["ConstraintDescription"] = words.join(" ");
  return shown;
}
