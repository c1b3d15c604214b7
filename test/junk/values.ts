/**
 * What may come in from outside: values of every type that JSON has, small and huge, with names that
 * mean something to JavaScript, to Python or to Nova.
 */
import fc from "fast-check";
import type { Json } from "../../src/python/index.js";

/** Texts that trip up who does not look. */
const texts = fc.oneof(
  fc.constantFrom(
    ...["", " ", "None", "null", "0", "-1", "1e309", "true", "__proto__", "constructor"],
    ...["toString", "../../etc/passwd", "<script>", "%s%s%n", "a\u0000b", "\ud800", "é", "日本"],
    ...["9223372036854775808", "x".repeat(300), "x".repeat(70_000), "2014-09-18T04:03:09Z"],
    ...["10.0.0.3", "fa:16:3e:00:00:01", "00000000-0000-0000-0000-000000000000", "(", "*", "\\"],
  ),
  fc.string({ maxLength: 12 }),
);

const numbers = fc.oneof(
  fc.constantFrom(
    ...[0, -0, 1, -1, 2.5, 1e-9, 1e21, 1.7976931348623157e308],
    ...[2 ** 31, 2 ** 31 - 1, 2 ** 63, -(2 ** 63), 2 ** 64, Number.MAX_SAFE_INTEGER],
  ),
  fc.integer(),
);

/** `[[[[...]]]]`, or the same in dictionaries. */
function nested(depth: number, key: string | undefined): Json {
  let value: Json = 1;
  for (let at = 0; at < depth; at++) value = key === undefined ? [value] : { [key]: value };
  return value;
}

const deep = fc
  .tuple(fc.constantFrom(10, 100, 900), fc.constantFrom(undefined, "a", "__proto__"))
  .map(([depth, key]) => nested(depth, key));

const keys = fc.oneof(
  fc.constantFrom(
    ...["uuid", "id", "host", "name", "nova_object.name", "__proto__", "constructor", "instance"],
    ...["length", "toWire", "then", "self", "context"],
  ),
  fc.string({ maxLength: 6 }),
);

const leaf: fc.Arbitrary<Json> = fc.oneof(
  { weight: 2, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.boolean() },
  { weight: 2, arbitrary: numbers },
  { weight: 3, arbitrary: texts },
);

const object = (member: fc.Arbitrary<Json>): fc.Arbitrary<Json> =>
  fc.array(fc.tuple(keys, member), { maxLength: 4 }).map((members) => Object.fromEntries(members));

const branch: fc.Arbitrary<Json> = fc.oneof(
  leaf,
  fc.array(leaf, { maxLength: 3 }),
  object(leaf),
  object(fc.oneof(leaf, object(leaf), fc.array(object(leaf), { maxLength: 2 }))),
);

/** Any of them. */
export const junk: fc.Arbitrary<Json> = fc.oneof(
  { weight: 6, arbitrary: leaf },
  { weight: 4, arbitrary: branch },
  { weight: 1, arbitrary: deep },
);

/** Where in a value something is changed, and how. */
export interface Spoiling {
  readonly path: readonly number[];
  readonly how: "replace" | "remove" | "add" | "keep";
  readonly name: string;
  readonly by: Json;
}

export const spoiling: fc.Arbitrary<Spoiling> = fc.record({
  path: fc.array(fc.nat({ max: 1_000 }), { maxLength: 6 }),
  how: fc.constantFrom("replace", "replace", "remove", "add", "keep"),
  name: keys,
  by: junk,
});

/** `value` with something in it changed, left out or put in: what is nearly right goes deepest. */
export function spoiled(value: Json, { path, how, name, by }: Spoiling): Json {
  const [step, ...rest] = path;
  const inner = typeof value === "object" && value !== null;
  if (how === "keep") return value;
  if (step === undefined || !inner || Object.keys(value).length === 0) {
    return how === "add" && inner && !Array.isArray(value)
      ? Object.fromEntries([...Object.entries(value), [name, by]])
      : by;
  }
  const last = rest.length === 0;
  if (Array.isArray(value)) {
    const items = value as readonly Json[];
    const at = step % items.length;
    if (last && how === "remove") return items.toSpliced(at, 1);
    return items.with(at, spoiled(items[at] ?? null, { path: rest, how, name, by }));
  }
  const members = Object.entries(value as Readonly<Record<string, Json>>);
  const at = step % members.length;
  if (last && how === "remove") return Object.fromEntries(members.toSpliced(at, 1));
  return Object.fromEntries(
    members.map(([key, member], index) => [
      key,
      index === at ? spoiled(member, { path: rest, how, name, by }) : member,
    ]),
  );
}
