/**
 * Types of parameters and properties, and how a value that was written becomes one of them. Upstream:
 * heat/engine/constraints.py (Schema.str_to_num, to_schema_type) at 2014.2.
 */
import {
  PythonTypeError,
  str,
  strictBoolean,
  typeName,
  ValueError,
  type Json,
} from "../../../../python/index.js";

export type DataKind = "STRING" | "INTEGER" | "NUMBER" | "BOOLEAN" | "MAP" | "LIST";

/** A kind, and what the language calls it: `comma_delimited_list`, `List`. */
export interface DataType {
  readonly kind: DataKind;
  readonly word: string;
}

const FLOAT = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/u;

/** `str_to_num`: `int(value)`, or else `float(value)`. @throws ValueError, PythonTypeError */
export function numberOf(value: Json): number {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return Number(value);
  if (typeof value !== "string") {
    const what = `'${typeName(value)}'`;
    throw new PythonTypeError(`int() argument must be a string or a number, not ${what}`);
  }
  if (FLOAT.test(value)) return Number(value);
  throw new ValueError(`could not convert string to float: ${value}`);
}

/** `bool_from_string(value, strict=True)`. @throws ValueError */
export function booleanOf(value: Json): boolean {
  const boolean = strictBoolean(value);
  if (boolean !== undefined) return boolean;
  const acceptable = ["0", "1", "f", "false", "n", "no", "off", "on", "t", "true", "y", "yes"];
  const words = acceptable.map((word) => `'${word}'`).join(", ");
  throw new ValueError(`Unrecognized value '${str(value)}', acceptable values are: ${words}`);
}

/** A value as one of `type`, for comparison. @throws ValueError */
export function toSchemaType(value: Json, { kind, word }: DataType): Json {
  try {
    switch (kind) {
      case "INTEGER": {
        const number = numberOf(value);
        if (Number.isInteger(number)) return number;
        throw new ValueError(`${String(number)} is not an integer.`);
      }
      case "NUMBER":
        return numberOf(value);
      case "STRING":
        return str(value);
      case "BOOLEAN":
        return booleanOf(str(value));
      case "MAP":
      case "LIST":
        return value;
      default:
        return kind satisfies never;
    }
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    throw new ValueError(`Value "${str(value)}" is invalid for data type "${word}".`);
  }
}
