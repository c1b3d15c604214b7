/** What Python 2.7 raises when a value is used as what it is not: the texts of abstract.c, object.c. */
import { describe, expect, it } from "vitest";
import {
  anything,
  dictLike,
  fromJavaScript,
  listLike,
  objectLike,
  optional,
  subscript,
  toJson,
  type Exception,
  type Json,
} from "../../src/python/index.js";

const raised = (use: () => unknown): string => {
  try {
    return `nothing but ${JSON.stringify(use())}`;
  } catch (error) {
    const { name, message } = error as Exception;
    return `${name}: ${message}`;
  }
};

describe("value['uuid']", () => {
  it.each<[Json, string]>([
    [null, "TypeError: 'NoneType' object has no attribute '__getitem__'"],
    [5, "TypeError: 'int' object has no attribute '__getitem__'"],
    [true, "TypeError: 'bool' object has no attribute '__getitem__'"],
    [2.5, "TypeError: 'float' object has no attribute '__getitem__'"],
    [1e21, "TypeError: 'long' object has no attribute '__getitem__'"],
    ["abc", "TypeError: string indices must be integers"],
    [["a"], "TypeError: list indices must be integers, not str"],
    [{}, "KeyError: 'uuid'"],
    [{ uuid: "u" }, 'nothing but "u"'],
    [JSON.parse('{"__proto__": {"uuid": 1}}') as Json, "KeyError: 'uuid'"],
  ])("of %j", (value, text) => {
    expect(raised(() => subscript(value, "uuid"))).toBe(text);
  });

  it("of a list by number is an IndexError past its end, of None a TypeError", () => {
    expect(raised(() => subscript([], 0))).toBe("IndexError: list index out of range");
    expect(raised(() => subscript(null, 0))).toBe(
      "TypeError: 'NoneType' object has no attribute '__getitem__'",
    );
  });
});

describe("a value that is taken for an object", () => {
  const use = objectLike((value) => value instanceof Map);

  it.each<[Json, string]>([
    [null, "AttributeError: 'NoneType' object has no attribute 'uuid'"],
    ["abc", "AttributeError: 'unicode' object has no attribute 'uuid'"],
    [{ uuid: 1 }, "AttributeError: 'dict' object has no attribute 'uuid'"],
    [[1], "AttributeError: 'list' object has no attribute 'uuid'"],
  ])("and is %j", (value, text) => {
    expect(raised(() => (use(value) as { uuid: string }).uuid)).toBe(text);
  });

  it("names the attribute that upstream reads first, if code here reads another", () => {
    const first = objectLike(() => false, "obj_clone")(null) as { data: unknown };
    expect(raised(() => first.data)).toBe(
      "AttributeError: 'NoneType' object has no attribute 'obj_clone'",
    );
  });

  it("goes over a wire as what it is, and prints as Python prints it", () => {
    expect(toJson({ a: use({ b: [null] }) })).toEqual({ a: { b: [null] } });
    expect(`${String(use(null))} ${String(use([1, "a"]))}`).toBe("None [1, u'a']");
  });

  it("is itself where None is as good", () => {
    expect(optional(use)(null)).toBeNull();
  });
});

describe("a value that is taken for a list", () => {
  it.each<[Json, string]>([
    [null, "TypeError: 'NoneType' object is not iterable"],
    [5, "TypeError: 'int' object is not iterable"],
    ["ab", 'nothing but ["a","b"]'],
    [{ a: 1 }, 'nothing but ["a"]'],
  ])("and is %j", (value, text) => {
    expect(raised(() => [...(listLike()(value) as readonly unknown[])])).toBe(text);
  });

  it("has no length if it is None", () => {
    const list = listLike()(null) as readonly unknown[];
    expect(raised(() => list.length)).toBe("TypeError: object of type 'NoneType' has no len()");
  });

  it("has items that are used in their own way", () => {
    const [item] = listLike(objectLike(() => false))([3]) as readonly { uuid: string }[];
    expect(raised(() => item?.uuid)).toBe("AttributeError: 'int' object has no attribute 'uuid'");
  });
});

describe("a value that is taken for a dictionary", () => {
  const use = dictLike({ port: dictLike({ id: anything }) }, { extra: listLike() });

  it.each<[Json, string]>([
    [null, "TypeError: 'NoneType' object has no attribute '__getitem__'"],
    [[], "TypeError: list indices must be integers, not str"],
    [{}, "KeyError: 'port'"],
    [{ port: 1 }, "TypeError: 'int' object has no attribute '__getitem__'"],
    [{ port: {} }, "KeyError: 'id'"],
    [{ port: { id: 7 } }, "nothing but 7"],
  ])("and is %j", (value, text) => {
    expect(raised(() => (use(value) as { port: { id: unknown } }).port.id)).toBe(text);
  });

  it("need not have what is only looked for", () => {
    const value = { port: { id: 1 } };
    expect((use(value) as { extra?: unknown }).extra).toBeUndefined();
    expect(use(value)).toBe(value);
  });

  it("has no items to go through if it is none", () => {
    expect(raised(() => Object.entries(use("x") as object))).toBe(
      "AttributeError: 'unicode' object has no attribute 'iteritems'",
    );
  });
});

describe("an error of JavaScript's", () => {
  const nothing = null as unknown as { uuid: string; list: string[] };
  it.each<[() => unknown, string]>([
    [() => nothing.uuid, "AttributeError: 'NoneType' object has no attribute 'uuid'"],
    [() => [...(nothing as unknown as string[])], "TypeError: 'NoneType' object is not iterable"],
    [
      () => (nothing as unknown as string[]).map(String),
      "TypeError: 'NoneType' object is not iterable",
    ],
    [
      () => (nothing as unknown as string[]).length,
      "TypeError: object of type 'NoneType' has no len()",
    ],
    [() => Object.keys(nothing), "AttributeError: 'NoneType' object has no attribute 'items'"],
    [() => JSON.parse("{") as unknown, "ValueError: "],
  ])("is what Python says at the same line", (use, text) => {
    let told = "";
    try {
      use();
    } catch (error) {
      const exception = fromJavaScript(error);
      told = `${exception?.name ?? ""}: ${exception?.message ?? ""}`;
    }
    expect(told.startsWith(text), told).toBe(true);
  });

  it("of another kind is nothing that junk leads to", () => {
    expect(fromJavaScript(new Error("a mistake"))).toBeUndefined();
    expect(fromJavaScript("text")).toBeUndefined();
  });
});
