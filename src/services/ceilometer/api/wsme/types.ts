/**
 * Types of attributes, as WSME reads them out of JSON: what it converts, what it refuses in its own words
 * (`WrongValue`), and where Python's own error goes through. Upstream: WSME 0.6 `wsme/types.py`,
 * `wsme/rest/json.py`, over python-dateutil for dates, of which ISO 8601 is read here.
 */
import type { Kernel } from "../../../../kernel/index.js";
import {
  bytesRepr,
  dictOrder,
  iterate,
  parseInteger,
  PythonTypeError,
  typeName,
  ValueError,
  type Json,
} from "../../../../python/index.js";
import { parseIsotime } from "../../times.js";

/** A value that its type refuses when it is set. */
export class WrongValue extends ValueError {}

/** Reads a value that is not None. @throws WrongValue, and what Python raises at the conversion */
export type DataType<T> = (value: Exclude<Json, null>) => T;

const wrongType = (expected: string, value: Json): WrongValue =>
  new WrongValue(`Wrong type. Expected '<type '${expected}'>', got '<type '${typeName(value)}'>'`);

export const text: DataType<string> = (value) => {
  if (typeof value === "string") return value;
  throw wrongType("unicode", value);
};

export const boolean: DataType<boolean> = (value) => {
  if (typeof value === "boolean") return value;
  throw wrongType("bool", value);
};

export const float: DataType<number> = (value) => {
  if (typeof value === "number") return value;
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : NaN;
  if (Number.isFinite(number)) return number;
  throw wrongType("float", value);
};

/** `IntegerType(minimum=...)`: a text that is no number is Python's own ValueError. */
export const integer =
  (minimum?: number): DataType<number> =>
  (value) => {
    const number = intOf(value);
    if (minimum === undefined || number >= minimum) return number;
    throw new WrongValue(`Value should be greater or equal to ${minimum}`);
  };

/** `int(value)`. @throws ValueError, PythonTypeError */
export function intOf(value: Json): number {
  if (typeof value === "number") return Math.trunc(value);
  if (typeof value === "boolean") return Number(value);
  if (typeof value === "string") {
    const number = parseInteger(value);
    if (number !== undefined) return number;
    throw new ValueError(`invalid literal for int() with base 10: ${bytesRepr(value)}`);
  }
  const what = "int() argument must be a string or a number, not";
  throw new PythonTypeError(`${what} '${typeName(value)}'`);
}

/** A word out of a few. Those that were refused are listed as a set of Python's has them. */
export const choice =
  <const W extends string>(...words: readonly W[]): DataType<W> =>
  (value) => {
    const found = words.find((word) => word === value);
    if (found !== undefined) return found;
    throw new WrongValue(`Value should be one of: ${dictOrder(words).join(", ")}`);
  };

/** A date, as `isoformat()` writes it; one with a zone keeps it. */
export const datetime =
  (kernel: Kernel): DataType<string> =>
  (value) => {
    if (typeof value !== "string") throw new PythonTypeError("Parser must be a string");
    try {
      const stamp = kernel.calendar.stamp(parseIsotime(kernel, value)).replace(/\.000000$/, "");
      return /[T ].*(?:Z|[+-]\d{2}:?\d{2})$/.test(value) ? `${stamp}+00:00` : stamp;
    } catch (error) {
      if (error instanceof ValueError) throw new ValueError("Unknown string format");
      throw error;
    }
  };

export const listOf =
  <T>(type: DataType<T>): DataType<readonly T[]> =>
  (value) =>
    iterate(value).map((item) => {
      if (item === null) throw new PythonTypeError("'NoneType' object is not iterable");
      return type(item);
    });
