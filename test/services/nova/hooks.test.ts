/** Code of a deployment around what happens: messaging §D3, nova/hooks.py at 2014.2. */
import { beforeEach, describe, expect, it } from "vitest";
import { InvariantError, done, type Op } from "../../../src/kernel/index.js";
import { Exception, ValueError } from "../../../src/python/index.js";
import { FatalHookException, Hooks } from "../../../src/services/nova/hooks.js";
import type { LogLine } from "../../../src/framework/observations.js";
import { TestBed } from "../bed.js";

let bed: TestBed;
let hooks: Hooks;
let calls: unknown[];

beforeEach(() => {
  bed = new TestBed();
  hooks = new Hooks();
  calls = [];
});

function* work(): Op<string> {
  calls.push("function");
  return "result";
}

function* fails(): Op<string> {
  throw new ValueError("no disk");
}

const through = (op: Op<string>, args: readonly unknown[] = [], ...shown: [] | [unknown]): string =>
  bed.run(hooks.around(bed.env("nova-api"), "x", args, op, ...shown));

const logs = (): string[] => bed.of<LogLine>("log").map(({ message }) => message);

const raise = (error: Error) => (): void => {
  throw error;
};

describe("the hooks of a point", () => {
  it("run in order before the function and in reverse after it (HK-01)", () => {
    hooks.add("x", { pre: () => calls.push("pre a") });
    hooks.add("x", { pre: () => calls.push("pre b"), post: () => calls.push("post b") });
    hooks.add("x", { post: () => calls.push("post c") });
    hooks.add("y", { pre: () => calls.push("elsewhere") });
    expect(through(work())).toBe("result");
    expect(calls).toEqual(["pre a", "pre b", "function", "post c", "post b"]);
  });

  it("see the arguments, after the function the result first; what they return is ignored (HK-05)", () => {
    const request = { name: "t1" };
    hooks.add("x", {
      pre: (...args) => {
        calls.push(args);
        (args[1] as { name: string }).name = "changed";
        return "other";
      },
      post: (...args) => calls.push(args),
    });
    expect(through(work(), ["ctxt", request])).toBe("result");
    expect(calls).toEqual([
      ["ctxt", { name: "changed" }],
      "function",
      ["result", "ctxt", { name: "changed" }],
    ]);
  });

  it("see the function before all else if the point shows it (HK-04)", () => {
    hooks.add("x", {
      pre: (...args) => calls.push(args),
      post: (...args) => calls.push(args),
    });
    through(work(), ["ctxt"], work);
    expect(calls).toEqual([[work, "ctxt"], "function", [work, "result", "ctxt"]]);
  });
});

describe("what a hook raises", () => {
  it("is logged, and the function runs and its result is given all the same (HK-02)", () => {
    hooks.add("x", { pre: raise(new Exception("a")), post: raise(new Exception("b")) });
    hooks.add("x", { pre: () => calls.push("pre"), post: () => calls.push("post") });
    expect(through(work())).toBe("result");
    expect(calls).toEqual(["pre", "function", "post"]);
    expect(logs()).toEqual(["Exception running x pre-hook: a", "Exception running x post-hook: b"]);
  });

  it("reaches the caller if it is fatal; before the function, that does not run (HK-03)", () => {
    hooks.add("x", { pre: raise(new FatalHookException("quota of coffee")) });
    expect(() => through(work())).toThrow(FatalHookException);
    expect(calls).toEqual([]);
    expect(logs()).toEqual(["Fatal exception running x pre-hook: quota of coffee"]);
  });

  it("reaches the caller instead of the result if it is fatal after the function (HK-03)", () => {
    hooks.add("x", { post: raise(new FatalHookException("late")) });
    expect(() => through(work())).toThrow("late");
    expect(calls).toEqual(["function"]);
  });

  it("ends the run if it is no part of the simulation", () => {
    hooks.add("x", { pre: raise(new InvariantError("broken")) });
    expect(() => through(work())).toThrow("broken");
  });
});

it("A function that raises has no hooks after it (HK-05)", () => {
  hooks.add("x", { pre: () => calls.push("pre"), post: () => calls.push("post") });
  expect(() => through(fails())).toThrow("no disk");
  expect(calls).toEqual(["pre"]);
});

it("The hooks of a point are made when it is first reached, once, until they are reset (HK-06)", () => {
  hooks.add("x", () => {
    calls.push("loaded");
    return {};
  });
  expect(calls).toEqual([]);
  through(done("a"));
  through(done("b"));
  expect(calls).toEqual(["loaded"]);
  // What is installed after that is not seen, as by a process that has read its entry points.
  hooks.add("x", { pre: () => calls.push("new") });
  through(done("c"));
  expect(calls).toEqual(["loaded"]);
  hooks.reset();
  through(done("d"));
  expect(calls).toEqual(["loaded", "loaded", "new"]);
});
