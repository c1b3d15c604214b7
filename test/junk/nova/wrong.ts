/**
 * What is wrong with a body, in every way that there is: each place in it is left out and replaced by what it
 * is not, one at a time. Nothing by chance: it is the same list each time.
 */
import { isObject, type Json, type JsonObject } from "../../../src/python/index.js";

const nested = (depth: number): Json => (depth === 0 ? 1 : [nested(depth - 1)]);

/** Of every type that JSON has, what trips up who does not look. */
export const JUNK: readonly Json[] = [
  ...[null, true, false, 0, -1, 2.5, 1e21, 2 ** 63, -(2 ** 63)],
  ...["", " ", "x", "0", "-1", "None", "é日本", "a\u0000b", "\ud800", "x".repeat(300)],
  ...["00000000-0000-0000-0000-000000000000", "../../etc/passwd", "%s%n"],
  ...[[], [null], [[]], ["x"], [{}]],
  ...[{}, { x: "y" }, { [""]: null }],
  JSON.parse('{"__proto__": {"x": 1}, "constructor": 1}') as Json,
  nested(100),
];

/** A place in a body: the keys that lead to it. */
type Place = readonly (string | number)[];

function placesIn(value: Json): readonly Place[] {
  const keys = Array.isArray(value) ? value.keys() : isObject(value) ? Object.keys(value) : [];
  const inner = [...keys].flatMap((key) =>
    placesIn((value as JsonObject)[key] as Json).map((place) => [key, ...place]),
  );
  return [[], ...inner];
}

/** `body` with the place `at` as `by` says; `undefined`: without it. */
function replaced(body: Json, [key, ...rest]: Place, by: Json | undefined): Json | undefined {
  if (key === undefined) return by;
  if (Array.isArray(body)) {
    const items = body as readonly Json[];
    const item = replaced(items[key as number] as Json, rest, by);
    return item === undefined ? items.toSpliced(key as number, 1) : items.with(key as number, item);
  }
  const entries = Object.entries(body as JsonObject).flatMap(([name, value]) => {
    const now = name === key ? replaced(value, rest, by) : value;
    return now === undefined ? [] : [[name, now] as const];
  });
  return Object.fromEntries(entries);
}

/** Every body that is `right` but for one thing, and what is no JSON. */
export const wrongs = (right: Json): readonly (Json | undefined)[] => [
  ...["{", "null", '{"a": 1e309}', "[1, 2"],
  ...placesIn(right).flatMap((place) =>
    [undefined, ...JUNK].map((by) => replaced(right, place, by)),
  ),
];
