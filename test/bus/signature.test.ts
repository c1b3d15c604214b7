/** How Python 2.7 binds the arguments of a message to a `def`: ceval.c (PyEval_EvalCodeEx). */
import { describe, expect, it } from "vitest";
import { bind, otherwise, required, type Takes } from "../../src/bus/index.js";
import { bindOutside } from "../../src/bus/signature.js";
import type { Exception } from "../../src/python/index.js";

const told = (call: () => unknown): string => {
  try {
    return JSON.stringify(call());
  } catch (error) {
    const { name, message } = error as Exception;
    return `${name}: ${message}`;
  }
};

const shelve: Takes<object> = {
  instance: required(),
  image_id: required(),
  clean_shutdown: otherwise(true),
};
const offload: Takes<object> = { instance: required() };

describe("a def that names its parameters", () => {
  it.each<[Takes<object>, object, string]>([
    [shelve, {}, "TypeError: f() takes at least 4 arguments (2 given)"],
    [shelve, { image_id: 1 }, "TypeError: f() takes at least 4 arguments (3 given)"],
    [
      shelve,
      { image_id: 1, clean_shutdown: 0 },
      "TypeError: f() takes at least 4 arguments (4 given)",
    ],
    [offload, {}, "TypeError: f() takes exactly 3 arguments (2 given)"],
    [{}, { x: 1 }, "TypeError: f() got an unexpected keyword argument 'x'"],
    [offload, { instance: 1, x: 1 }, "TypeError: f() got an unexpected keyword argument 'x'"],
    [offload, { self: 1 }, "TypeError: f() got multiple values for keyword argument 'self'"],
    [offload, { context: 1 }, "TypeError: f() got multiple values for keyword argument 'context'"],
    [shelve, { instance: 1, image_id: 2 }, '{"instance":1,"image_id":2,"clean_shutdown":true}'],
    [{}, {}, "{}"],
  ])("%# is told", (parameters, args, text) => {
    expect(told(() => bind("f", { parameters }, args))).toBe(text);
  });

  it("takes __proto__ for a name like any other", () => {
    const args = JSON.parse('{"__proto__": 1}') as object;
    expect(told(() => bind("f", { parameters: {} }, args))).toBe(
      "TypeError: f() got an unexpected keyword argument '__proto__'",
    );
  });
});

describe("a def with **kwargs", () => {
  it("takes anything, and misses by key what it reads by key", () => {
    const signature = { parameters: { time: required(), host: otherwise(null) }, rest: true };
    expect(told(() => bind("f", signature, { x: 1 }))).toBe("KeyError: 'time'");
    expect(told(() => bind("f", signature, { x: 1, time: 2 }))).toBe(
      '{"x":1,"time":2,"host":null}',
    );
  });
});

describe("a def within decorators", () => {
  it("is not looked at from outside, where only what is passed anyway is refused", () => {
    const signature = { parameters: shelve, within: "wrapped" };
    expect(told(() => bindOutside("f", signature, { x: 1 }))).toBe('{"x":1}');
    expect(told(() => bindOutside("f", signature, { context: 1 }))).toBe(
      "TypeError: wrapped() got multiple values for keyword argument 'context'",
    );
  });
});
