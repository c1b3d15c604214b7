/** How an exception reaches a caller: messaging §A5. */
import { describe, expect, it } from "vitest";
import {
  NoSuchMethod,
  RemoteError,
  expectedExceptions,
  originalMessage,
  type AllowedModules,
} from "../../src/bus/index.js";
import type { Op } from "../../src/kernel/index.js";
import {
  KeyError,
  Exception,
  NotImplementedException,
  ValueError,
} from "../../src/python/index.js";
import { CTXT, World } from "./bed.js";

class InstanceNotFound extends Exception {
  static override readonly module: string = "nova.exception";
  override readonly name: string = "InstanceNotFound";
}
class Vanished extends InstanceNotFound {
  override readonly name: string = "Vanished";
}

const NOVA: AllowedModules = new Map([["nova.exception", { InstanceNotFound, Vanished }]]);

/** What a caller meets when a handler raises `error`. */
function met(error: Error, allowedModules: AllowedModules = NOVA): Exception {
  const world = new World();
  world.serve("t", "h", {
    *fail() {
      throw error;
    },
  });
  const call = world.client({ allowedModules }).call({ topic: "t" }, CTXT, "fail", {});
  try {
    world.run(call);
  } catch (thrown) {
    if (thrown instanceof Exception) return thrown;
    throw thrown;
  }
  throw new Error("nothing was raised");
}

describe("an exception of an allowed module", () => {
  it("is of its own class and renamed X_Remote, with its kwargs and a traceback (RPC-76)", () => {
    const error = met(new Vanished("no i-1", { instance_id: "i-1" }));
    expect(error).toBeInstanceOf(InstanceNotFound);
    expect(error).toBeInstanceOf(Vanished);
    expect(error).toMatchObject({
      name: "Vanished_Remote",
      module: "nova.exception",
      kwargs: { instance_id: "i-1" },
      // Each line of the traceback ends itself, and they are joined by line ends all the same.
      message: expect.stringMatching(
        /^no i-1\nTraceback \(most recent call last\):\n\n {2}File .*\n\nVanished: no i-1\n$/s,
      ) as string,
    });
    expect(originalMessage(error)).toBe("no i-1");
  });

  it("shares nothing with the one that was raised", () => {
    const where = { cell: "c1" };
    const error = met(new InstanceNotFound("gone", { where }));
    expect(error.kwargs["where"]).toEqual(where);
    expect(error.kwargs["where"]).not.toBe(where);
  });

  it("arrives even if it carries what is not JSON", () => {
    const error = met(new InstanceNotFound("gone", { when: new Map(), how: () => 1, n: 1 }));
    expect(error.kwargs).toEqual({ when: "[object Map]", how: "() => 1", n: 1 });
  });

  it("is renamed once, however many hops it takes (RPC-78)", () => {
    const world = new World();
    const inner = world.client({ actor: "outer@h", allowedModules: NOVA });
    world.serve("inner", "h", {
      *fail() {
        throw new InstanceNotFound("no i-1");
      },
    });
    world.serve("outer", "h", {
      *fail() {
        yield* inner.call({ topic: "inner" }, CTXT, "fail", {});
      },
    });
    const call = world.client({ allowedModules: NOVA }).call({ topic: "outer" }, CTXT, "fail", {});
    const outer = world.kernel.spawn(call, { name: "outer", awaited: true });
    world.kernel.settle();
    expect(() => outer.result).toThrow(InstanceNotFound);
    expect(() => outer.result).toThrow(
      expect.objectContaining({ name: "InstanceNotFound_Remote" }),
    );
  });
});

describe("an exception of another module", () => {
  it("is a RemoteError with class name, text and traceback (RPC-77)", () => {
    const error = met(new InstanceNotFound("no i-1"), new Map());
    expect(error).toBeInstanceOf(RemoteError);
    expect(error).toMatchObject({
      exc_type: "InstanceNotFound",
      value: "no i-1",
      definite: false,
      message: expect.stringMatching(
        /^Remote error: InstanceNotFound no i-1\n\[u'Traceback \(most recent call last\):\\n', u' {2}File "\/usr.*', u'InstanceNotFound: no i-1\\n'\]\.$/,
      ) as string,
    });
  });

  it("is so even if it derives from an allowed or builtin one (RPC-71)", () => {
    expect(met(new NoSuchMethod("Endpoint does not support RPC method x"))).toMatchObject({
      name: "RemoteError",
      exc_type: "NoSuchMethod",
    });
  });

  it("is so if the module has no such class, whatever its name", () => {
    class Hostile extends Exception {
      static override readonly module: string = "nova.exception";
      override readonly name: string;
      constructor(name: string) {
        super("x");
        this.name = name;
      }
    }
    for (const name of ["toString", "constructor", "__proto__", "Unknown"]) {
      expect(met(new Hostile(name))).toMatchObject({ name: "RemoteError", exc_type: name });
    }
  });
});

describe("an expected exception", () => {
  /** What the caller meets, and what the server was told. */
  function outcome(raised: Exception): { met: unknown; told: string[] } {
    const world = new World();
    const told: string[] = [];
    const fail = function* (): Op<never> {
      yield* [];
      throw raised;
    };
    const handlers = { work: () => expectedExceptions([InstanceNotFound], fail()) };
    world.serve("t", "h", handlers, { onError: (error) => told.push(error.name) });
    const call = world.client({ allowedModules: NOVA }).call({ topic: "t" }, CTXT, "work", {});
    const asking = world.kernel.spawn(call, { name: "call", awaited: true });
    world.kernel.settle();
    try {
      return { met: asking.result, told };
    } catch (error) {
      return { met: (error as Exception).name, told };
    }
  }

  it("reaches its caller as any other, and the server has nothing to log (RPC-80)", () => {
    expect(outcome(new InstanceNotFound("x"))).toEqual({
      met: "InstanceNotFound_Remote",
      told: [],
    });
  });

  it("may be of a class that derives from the one that is expected, and of no other", () => {
    expect(outcome(new Vanished("x"))).toEqual({ met: "Vanished_Remote", told: [] });
    expect(outcome(new ValueError("x"))).toEqual({ met: "ValueError", told: ["ValueError"] });
  });
});

describe("a builtin exception", () => {
  it.each([new ValueError("bad"), new KeyError("k"), new NotImplementedException("later")])(
    "%s is itself and keeps its name, whatever is allowed (RPC-75)",
    (raised) => {
      const error = met(raised, new Map());
      expect(error).toBeInstanceOf(raised.constructor);
      expect(error.name).toBe(raised.name);
      expect(originalMessage(error)).toBe(raised.message);
    },
  );

  it("is the TypeError that a result causes which is not JSON (RPC-38)", () => {
    const world = new World();
    world.serve("t", "h", {
      *odd() {
        return new Map();
      },
    });
    const call = world.client().call({ topic: "t" }, CTXT, "odd", {});
    expect(() => world.run(call)).toThrow("Map is not JSON serializable");
  });
});

it("An error that is no exception of the simulation ends the run, naming who raised it", () => {
  expect(() => met(new TypeError("x is not a function"))).toThrow(/t@h fail \(req-1\)/);
});
