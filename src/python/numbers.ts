/**
 * Numbers out of texts as Python 2.7 reads them: `int(text)` and `float(text)`, which take blanks around the
 * number and nothing else. Upstream: CPython 2.7, Objects/intobject.c and floatobject.c.
 */
import { PythonTypeError, ValueError } from "./exception.js";
import type { Json } from "./json.js";
import { typeName } from "./operations.js";
import { bytesRepr } from "./text/text.js";

const INTEGER = /^[ \t\n\r\f\v]*[+-]?\d+[ \t\n\r\f\v]*$/u;
const FLOAT = /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|inf(?:inity)?|nan)$/iu;

/** @throws ValueError, in Python's words */
export function intOf(text: string): number {
  if (INTEGER.test(text)) return Number(text);
  throw new ValueError(`invalid literal for int() with base 10: ${bytesRepr(text)}`);
}

/** `int(value)` of any value: a fraction is cut off. @throws ValueError, PythonTypeError */
export function toInt(value: Json): number {
  if (typeof value === "string") return intOf(value);
  if (typeof value === "number" || typeof value === "boolean") return Math.trunc(Number(value));
  throw new PythonTypeError(
    `int() argument must be a string or a number, not '${typeName(value)}'`,
  );
}

/** @throws ValueError, in Python's words */
export function floatOf(text: string): number {
  const word = text.trim();
  if (!FLOAT.test(word)) throw new ValueError(`could not convert string to float: ${text}`);
  if (!/[in]/iu.test(word)) return Number(word);
  if (/nan/iu.test(word)) return NaN;
  return word.startsWith("-") ? -Infinity : Infinity;
}
