/**
 * Whether a payload is short, without its digest: nearly all of them are, and are kept as they are. It counts what a
 * value can have at most, and gives up as soon as that is too much, so what is long costs little more.
 */

/** Deeper payloads are `Measure`'s to judge, which does not look into them. */
const DEEPEST = 50;
/** The longest that a whole number of 32 bits is, and any number. */
const WORD_BYTES = 11;
const NUMBER_BYTES = 25;
/** `\\u0001` */
const ESCAPED_BYTES = 6;

/** Whether the JSON of `value` has at most `limit` bytes in UTF-8; false where that is not sure. */
export const surelyWithin = (limit: number, value: unknown): boolean => left(limit, value, 0) >= 0;

/** What is left of `budget` after `value`; negative if it may not do. */
function left(budget: number, value: unknown, depth: number): number {
  if (typeof value === "string") return budget - textBytes(budget, value);
  if (typeof value === "number") {
    return budget - ((value | 0) === value ? WORD_BYTES : NUMBER_BYTES);
  }
  if (typeof value !== "object" || value === null) return budget - "false".length;
  if (depth > DEEPEST) return -1;
  return Array.isArray(value)
    ? leftOfList(budget, value, depth)
    : leftOfObject(budget, value as Record<string, unknown>, depth);
}

function leftOfList(budget: number, list: readonly unknown[], depth: number): number {
  let rest = budget - "[]".length - list.length;
  for (let i = 0; i < list.length && rest >= 0; i++) rest = left(rest, list[i], depth + 1);
  return rest;
}

function leftOfObject(budget: number, record: Record<string, unknown>, depth: number): number {
  let rest = budget - "{}".length;
  for (const key in record) {
    rest = left(rest - textBytes(rest, key) - ":,".length, record[key], depth + 1);
    if (rest < 0) return rest;
  }
  return rest;
}

function textBytes(budget: number, text: string): number {
  // What is so long will not do, whatever is in it.
  if (text.length > budget) return text.length;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 32 || code > 126 || code === 34 || code === 92) {
      return text.length * ESCAPED_BYTES + 2;
    }
  }
  return text.length + 2;
}
