/**
 * What a template says of a parameter, read and judged. Upstream: heat/engine/hot/parameters.py
 * (HOTParamSchema), heat/engine/parameters.py (Schema), heat/engine/constraints.py (Schema) at 2014.2.
 */
import { caught, type Op } from "../../../../kernel/index.js";
import {
  dictOrder,
  isObject,
  noAttribute,
  PythonTypeError,
  str,
  ValueError,
  type Json,
  type JsonObject,
} from "../../../../python/index.js";
import { InvalidSchemaError, StackValidationFailed } from "../../exception.js";
import {
  allowedPattern,
  allowedValues,
  check,
  custom,
  range,
  type Constraint,
  type LookUps,
} from "./constraints.js";
import type { DataKind, DataType } from "./values.js";

const KINDS: ReadonlyMap<string, DataKind> = new Map([
  ["string", "STRING"],
  ["number", "NUMBER"],
  ["comma_delimited_list", "LIST"],
  ["json", "MAP"],
  ["boolean", "BOOLEAN"],
]);

const KEYS = ["type", "description", "default", "schema", "constraints", "hidden", "label"];

const CONSTRAINT_KEYS = [
  "description",
  "length",
  "range",
  "allowed_values",
  "allowed_pattern",
  "custom_constraint",
];

/** The types that a constraint is for. */
const FOR: Readonly<Record<Constraint["kind"], readonly DataKind[]>> = {
  Range: ["INTEGER", "NUMBER"],
  Length: ["STRING", "LIST", "MAP"],
  AllowedValues: ["STRING", "INTEGER", "NUMBER", "BOOLEAN", "LIST"],
  AllowedPattern: ["STRING"],
  CustomConstraint: ["STRING", "INTEGER", "NUMBER", "BOOLEAN", "LIST"],
};

export interface ParameterSchema {
  readonly type: DataType;
  readonly description: Json;
  readonly default: Json;
  readonly constraints: readonly Constraint[];
  readonly hidden: boolean;
  readonly label: Json;
}

const invalid = (message: string): InvalidSchemaError => new InvalidSchemaError({ message });

/** `from_dict`. @throws InvalidSchemaError and what a constraint's bounds raise */
export function parameterSchema(name: string, schema: Json): ParameterSchema {
  const given = checked(schema, KEYS, `parameter (${name})`);
  let constraints: readonly Constraint[] = [];
  const type = typeOf(name, given, "type", KINDS, () => {
    constraints = constraintsOf(name, given["constraints"] ?? null);
  });
  const { description = null, label = null, hidden = false } = given;
  return {
    type,
    description,
    default: given["default"] ?? null,
    constraints,
    hidden: hidden !== null && hidden !== false && hidden !== 0 && hidden !== "",
    label,
  };
}

/**
 * @param before what is looked at before the type is
 * @throws InvalidSchemaError
 */
export function typeOf(
  name: string,
  given: JsonObject,
  key: string,
  kinds: ReadonlyMap<string, DataKind>,
  before: () => void,
): DataType {
  if (!Object.hasOwn(given, key)) throw invalid(`Missing parameter type for parameter: ${name}`);
  before();
  const word = str(given[key] ?? null);
  const kind = kinds.get(word);
  if (kind === undefined) throw invalid(`Invalid type (${word})`);
  return { kind, word };
}

function constraintsOf(name: string, constraints: Json): Constraint[] {
  if (constraints === null) return [];
  if (!Array.isArray(constraints)) {
    throw invalid(`Invalid parameter constraints for parameter ${name}, expected a list`);
  }
  return (constraints as readonly Json[]).map((item) => {
    const constraint = checked(item, CONSTRAINT_KEYS, "parameter constraints");
    const has = (key: string): boolean => Object.hasOwn(constraint, key);
    const value = (key: string): Json => constraint[key] ?? null;
    const description = value("description");
    if (has("range")) {
      const { min, max } = checked(value("range"), ["min", "max"], "range constraint");
      return range("Range", [min, max], description);
    }
    if (has("length")) {
      const { min, max } = checked(value("length"), ["min", "max"], "length constraint");
      return range("Length", [min, max], description);
    }
    if (has("allowed_values")) return allowedValues(value("allowed_values"), description);
    if (has("allowed_pattern")) return allowedPattern(value("allowed_pattern"), description);
    if (has("custom_constraint")) return custom(str(value("custom_constraint")), description);
    throw invalid("No constraint expressed");
  });
}

/** `_check_dict`. @throws InvalidSchemaError */
export function checked(given: Json, keys: readonly string[], entity: string): JsonObject {
  if (!isObject(given)) throw invalid(`Invalid ${entity}, expected a mapping`);
  for (const key of dictOrder(Object.keys(given))) {
    if (!keys.includes(key)) throw invalid(`Invalid key '${key}' for ${entity}`);
  }
  return given;
}

/** `validate`: the schema itself, and its default against all that it asks for. */
export function* validateSchema(schema: ParameterSchema, lookUps: LookUps): Op<void> {
  for (const { kind } of schema.constraints) {
    if (FOR[kind].includes(schema.type.kind)) continue;
    throw invalid(`${kind} constraint invalid for ${schema.type.word}`);
  }
  if (schema.default === null) return;
  const value = listed(schema);
  try {
    yield* validateConstraints(schema, value, lookUps);
  } catch (thrown) {
    const error = yield* caught(thrown);
    const refusal =
      error instanceof ValueError ||
      error instanceof PythonTypeError ||
      error instanceof StackValidationFailed;
    if (!refusal) throw error;
    throw invalid(`Invalid default ${str(schema.default)} (${error.message})`);
  }
}

/** The default, as a list if it is one with commas. */
function listed({ type, default: value }: ParameterSchema): Json {
  if (type.kind !== "LIST" || Array.isArray(value)) return value;
  if (typeof value === "string") return value.split(",");
  const { message } = noAttribute(value, "split");
  throw invalid(`Default must be a comma-delimited list string: ${message}`);
}

/** `validate_constraints`. @throws StackValidationFailed */
export function* validateConstraints(
  { constraints, type }: Pick<ParameterSchema, "constraints" | "type">,
  value: Json,
  lookUps: LookUps,
): Op<void> {
  try {
    for (const constraint of constraints) yield* check(constraint, value, type, lookUps);
  } catch (thrown) {
    const error = yield* caught(thrown);
    if (!(error instanceof ValueError)) throw error;
    throw new StackValidationFailed({ message: error.message });
  }
}
