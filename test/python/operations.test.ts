import { describe, expect, it } from "vitest";
import {
  contains,
  Exception,
  get,
  hashable,
  item,
  iterate,
  length,
  truth,
  type Json,
} from "../../src/python/index.js";

const outcome = (run: () => unknown): unknown => {
  try {
    return run();
  } catch (error) {
    return error instanceof Exception ? `${error.name}: ${error.message}` : error;
  }
};

const noIndex = (type: string): string =>
  `TypeError: '${type}' object has no attribute '__getitem__'`;

describe("what Python 2.7 makes of a value of any kind", () => {
  it.each<[Json, unknown, unknown, unknown, unknown, boolean]>([
    // value, value["a"], value.get("a"), "a" in value, len(value), bool(value)
    [{ a: 1 }, 1, 1, true, 1, true],
    [{}, "KeyError: 'a'", null, false, 0, false],
    [
      ["a"],
      "TypeError: list indices must be integers, not str",
      "AttributeError: 'list' object has no attribute 'get'",
      true,
      1,
      true,
    ],
    [
      "cab",
      // Of a text that came out of JSON, which is unicode (unicodeobject.c, unicode_subscript).
      "TypeError: string indices must be integers",
      "AttributeError: 'unicode' object has no attribute 'get'",
      true,
      3,
      true,
    ],
    [
      7,
      noIndex("int"),
      "AttributeError: 'int' object has no attribute 'get'",
      "TypeError: argument of type 'int' is not iterable",
      "TypeError: object of type 'int' has no len()",
      true,
    ],
    [
      null,
      noIndex("NoneType"),
      "AttributeError: 'NoneType' object has no attribute 'get'",
      "TypeError: argument of type 'NoneType' is not iterable",
      "TypeError: object of type 'NoneType' has no len()",
      false,
    ],
    [
      false,
      noIndex("bool"),
      "AttributeError: 'bool' object has no attribute 'get'",
      "TypeError: argument of type 'bool' is not iterable",
      "TypeError: object of type 'bool' has no len()",
      false,
    ],
  ])("%j", (value, itemA, getA, hasA, size, yes) => {
    expect(outcome(() => item(value, "a"))).toEqual(itemA);
    expect(outcome(() => get(value, "a"))).toEqual(getA);
    expect(outcome(() => contains(value, "a"))).toEqual(hasA);
    expect(outcome(() => length(value))).toEqual(size);
    expect(truth(value)).toBe(yes);
  });

  it("goes through keys, characters and items", () => {
    expect(iterate({ a: 1, b: 2 })).toEqual(["a", "b"]);
    expect(iterate("a😀")).toEqual(["a", "😀"]);
    expect(iterate([1])).toEqual([1]);
    expect(outcome(() => iterate(7))).toBe("TypeError: 'int' object is not iterable");
  });

  it("makes a key of everything but dictionaries and lists", () => {
    expect(["a", 1, true, null].map(hashable)).toEqual(["a", 1, true, null]);
    expect(outcome(() => hashable({}))).toBe("TypeError: unhashable type: 'dict'");
    expect(outcome(() => hashable([]))).toBe("TypeError: unhashable type: 'list'");
  });

  it("finds nothing that JavaScript alone has", () => {
    expect(get({}, "__proto__")).toBeNull();
    expect(contains({}, "toString")).toBe(false);
    expect(outcome(() => item({}, "constructor"))).toBe("KeyError: 'constructor'");
  });
});
