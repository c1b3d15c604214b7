/**
 * Numbers out of texts as Python 2.7 reads them: `int(text)` and `float(text)`, which take blanks around the
 * number and nothing else. Upstream: CPython 2.7, Objects/intobject.c and floatobject.c.
 */
import { ValueError } from "./exception.js";
import { bytesRepr } from "./text/text.js";

const INTEGER = /^[ \t\n\r\f\v]*[+-]?\d+[ \t\n\r\f\v]*$/u;
const FLOAT = /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|inf(?:inity)?|nan)$/iu;

/** @throws ValueError, in Python's words */
export function intOf(text: string): number {
  if (INTEGER.test(text)) return Number(text);
  throw new ValueError(`invalid literal for int() with base 10: ${bytesRepr(text)}`);
}

/** @throws ValueError, in Python's words */
export function floatOf(text: string): number {
  const word = text.trim();
  if (!FLOAT.test(word)) throw new ValueError(`could not convert string to float: ${text}`);
  if (!/[in]/iu.test(word)) return Number(word);
  if (/nan/iu.test(word)) return NaN;
  return word.startsWith("-") ? -Infinity : Infinity;
}
