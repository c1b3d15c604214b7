/** Types of option values, with the complaints of Python 2.7 about what is none. */
import { bytesRepr, parseInteger, repr } from "../../../python/index.js";
import { InvalidArgument, type ArgumentType, type ArgumentValue } from "./spec.js";

export function int(text: string, prefix?: "u" | ""): ArgumentValue {
  const value = parseInteger(text);
  if (value === undefined) throw new InvalidArgument(`invalid int value: ${repr(text, prefix)}`);
  return value;
}

/** One of `choices`; `type` reads the word before it is looked at. */
export const oneOf =
  <T extends string | number>(choices: readonly T[], type: ArgumentType = (text) => text) =>
  (text: string, prefix?: "u" | ""): ArgumentValue => {
    const value = type(text, prefix);
    if (choices.some((choice) => choice === value)) return value;
    const right = choices.map((choice) => bytesRepr(choice)).join(", ");
    throw new InvalidArgument(`invalid choice: ${repr(value, prefix)} (choose from ${right})`);
  };

/** `--timeout`. */
export function positiveFloat(text: string): ArgumentValue {
  const plain = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(text);
  const value = Number(text);
  if (!plain || !Number.isFinite(value)) throw new InvalidArgument(`${text} must be a float`);
  if (value <= 0) throw new InvalidArgument(`${text} must be greater than 0`);
  return value;
}

/** `[key, value]` of `key=value`. */
export function keyValue(text: string): ArgumentValue {
  const equals = text.indexOf("=");
  if (equals >= 0) return [text.slice(0, equals), text.slice(equals + 1)];
  throw new InvalidArgument(`${repr(text)} is not in the format of key=value`);
}
