/**
 * One parameter of a stack: its schema, and what the user gave for it. Upstream:
 * heat/engine/parameters.py (Parameter and its classes) at 2014.2.
 */
import { caught, type Op } from "../../../../kernel/index.js";
import {
  dumps,
  loads,
  noAttribute,
  PythonTypeError,
  str,
  truth,
  ValueError,
  type Json,
} from "../../../../python/index.js";
import { StackValidationFailed, UserParameterMissing } from "../../exception.js";
import type { LookUps } from "./constraints.js";
import { validateConstraints, validateSchema, type ParameterSchema } from "./schema.js";
import { booleanOf, numberOf } from "./values.js";

export class Parameter {
  readonly name: string;
  readonly schema: ParameterSchema;
  readonly #given: Json;
  /** Of lists and JSON, which are read when the parameter is made. */
  readonly #parsed: Json;

  /** @throws ValueError for a value that is no list or no JSON */
  constructor(name: string, schema: ParameterSchema, given: Json = null) {
    this.name = name;
    this.schema = schema;
    this.#given = given;
    this.#parsed = this.#parse(truth(given) ? given : schema.default);
  }

  #parse(value: Json): Json {
    switch (this.schema.type.kind) {
      case "LIST":
        return listOf(value);
      case "MAP":
        return jsonOf(value);
      default:
        return value;
    }
  }

  /** @param withValue whether it must have a value, and a good one */
  *validate(lookUps: LookUps, withValue = true): Op<void> {
    const { schema } = this;
    yield* validateSchema(schema, lookUps);
    if (!withValue) return;
    try {
      if (schema.default !== null) yield* this.#check(schema.default, lookUps);
      if (this.#given !== null) yield* this.#check(this.#given, lookUps);
      else if (schema.default === null) throw new UserParameterMissing({ key: this.name });
    } catch (thrown) {
      const error = yield* caught(thrown);
      if (!(error instanceof StackValidationFailed)) throw error;
      const message = `Parameter '${this.name}' is invalid: ${error.message}`;
      throw new StackValidationFailed({ message });
    }
  }

  *#check(value: Json, lookUps: LookUps): Op<void> {
    const { kind } = this.schema.type;
    try {
      if (kind === "NUMBER") numberOf(value);
      if (kind === "BOOLEAN") booleanOf(value);
    } catch (error) {
      if (!(error instanceof ValueError)) throw error;
      throw new StackValidationFailed({ message: error.message });
    }
    yield* validateConstraints(this.schema, this.#parse(value), lookUps);
  }

  /** @throws UserParameterMissing */
  value(): Json {
    const { kind } = this.schema.type;
    if (kind === "LIST" || kind === "MAP") return this.#parsed;
    const raw = this.#given ?? this.schema.default;
    // A boolean does not look whether there is one, and reads the word None.
    if (kind === "BOOLEAN") return booleanOf(str(raw));
    if (raw === null) throw new UserParameterMissing({ key: this.name });
    return kind === "NUMBER" ? numberOf(raw) : raw;
  }

  /** As it is shown to users. */
  shown(): string {
    const value = this.value();
    if (this.schema.hidden) return "******";
    if (this.schema.type.kind === "LIST" && Array.isArray(value)) return value.join(",");
    return this.schema.type.kind === "MAP" ? dumps(value) : str(value);
  }
}

/** @throws ValueError */
function listOf(value: Json): Json {
  if (Array.isArray(value) || value === null) return value;
  if (typeof value === "string") return value.split(",");
  const { message } = noAttribute(value, "split");
  throw new ValueError(`Value must be a comma-delimited list string: ${message}`);
}

/** @throws ValueError */
function jsonOf(value: Json): Json {
  if (value === "") return value;
  try {
    return typeof value === "string" ? loads(value) : value;
  } catch (error) {
    if (!(error instanceof ValueError) && !(error instanceof PythonTypeError)) throw error;
    throw new ValueError(`Value must be valid JSON: ${error.message}`);
  }
}
