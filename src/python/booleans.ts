/**
 * Yes and no as text. Upstream has several rules, each a function of its own: this is oslo's
 * strutils. Others are where they belong: oslo.config's with the flags, Neutron's
 * `convert_to_boolean` and the Glance registry's list with their filters.
 */

const TRUE: readonly string[] = ["1", "t", "true", "on", "y", "yes"];
const FALSE: readonly string[] = ["0", "f", "false", "off", "n", "no"];

/** `strutils.bool_from_string(text, strict=True)`; undefined where that raises ValueError. */
export function strictBoolean(value: unknown): boolean | undefined {
  if (typeof value === "boolean") return value;
  if (typeof value !== "string" && typeof value !== "number") return undefined;
  const word = String(value).trim().toLowerCase();
  if (TRUE.includes(word)) return true;
  return FALSE.includes(word) ? false : undefined;
}

/** `strutils.bool_from_string(text)`: what is not a yes is a no. */
export const boolFromString = (value: unknown): boolean => strictBoolean(value) === true;
