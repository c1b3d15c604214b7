/** Versions, namespaces and what may be called at all: messaging §A6. */
import { describe, expect, it } from "vitest";
import {
  RemoteError,
  endpoint,
  versionIsCompatible,
  type Endpoint,
  type RpcApi,
} from "../../src/bus/index.js";
import { find } from "../../src/bus/rpc/dispatcher.js";
import type { JsonObject } from "../../src/python/index.js";
import { CappedClient, RPCVersionCapError } from "../../src/vintage/index.js";
import { CTXT, World, endpointOf, plain, type Handlers } from "./bed.js";

const says = (word: string): Handlers => ({
  *foo() {
    return word;
  },
});

/** Call `foo` of these endpoints. */
function foo(
  endpoints: readonly Endpoint<JsonObject>[],
  target: { namespace?: string; version?: string },
  method = "foo",
): unknown {
  const world = new World();
  world.serve("t", "h", {}, { endpoints });
  return world.run(world.client().call({ topic: "t", ...target }, CTXT, method, {}));
}

/** The class of the error that the server raised, as its caller is told. */
function refusal(...args: Parameters<typeof foo>): string {
  try {
    foo(...args);
  } catch (error) {
    if (error instanceof RemoteError) return error.exc_type;
    throw error;
  }
  return "none";
}

describe("versions", () => {
  it.each([
    ["3.4", "3.2", true],
    ["3.4", "3.4", true],
    ["3.4", "3.5", false],
    ["3.4", "2.0", false],
    ["3.4", "4.0", false],
    ["1.23.2", "1.23.2", true],
    ["1.23.1", "1.23.2", false],
    ["1.23", "1.23.1", false],
    ["1.24", "1.23.1", true],
    ["1.10", "1.9", true],
    ["2", "2.0", true],
  ])("%s serves %s: %s", (implemented, requested, compatible) => {
    expect(versionIsCompatible(implemented, requested)).toBe(compatible);
  });

  it("that do not fit are refused (RPC-69, RPC-71)", () => {
    const endpoints = [endpointOf("t", says("hi"), { version: "3.4" })];
    expect(foo(endpoints, { version: "3.2" })).toBe("hi");
    expect(refusal(endpoints, { version: "3.5" })).toBe("UnsupportedVersion");
    expect(refusal(endpoints, { version: "2.0" })).toBe("UnsupportedVersion");
  });

  it("count as 1.0 when a message has none (CLI-02)", () => {
    expect(foo([endpointOf("t", says("hi"), { version: "1.4" })], {})).toBe("hi");
    expect(refusal([endpointOf("t", says("hi"), { version: "2.2" })], {})).toBe(
      "UnsupportedVersion",
    );
  });
});

describe("namespaces", () => {
  const endpoints = [
    endpointOf("t", says("null")),
    endpointOf("t", says("x"), { namespace: "x" }),
    endpointOf("t", says("second x"), { namespace: "x" }),
  ];

  it("choose the first endpoint that fits (RPC-70)", () => {
    expect(foo(endpoints, { version: "1.0" })).toBe("null");
    expect(foo(endpoints, { version: "1.0", namespace: "x" })).toBe("x");
  });

  it("that nobody serves are refused as versions are (RPC-71)", () => {
    expect(refusal(endpoints, { version: "1.0", namespace: "y" })).toBe("UnsupportedVersion");
    expect(refusal([], { version: "1.0" })).toBe("UnsupportedVersion");
  });

  it("may share a method among endpoints: the first that has it", () => {
    const other = endpointOf("t", {
      *bar() {
        return "bar";
      },
    });
    expect(foo([endpointOf("t", says("hi")), other], {}, "bar")).toBe("bar");
  });
});

describe("what can be called", () => {
  class Manager {
    *foo(): Generator<never, string> {
      return "foo";
    }
    *_secret(): Generator<never, string> {
      return "secret";
    }
    *inherited(): Generator<never, string> {
      return "inherited";
    }
  }
  const api: RpcApi = {
    topic: "t",
    version: "1.0",
    methods: { foo: { kind: "call", version: undefined } },
  };
  const endpoints = [
    endpoint<RpcApi, JsonObject>(api, new Manager() as unknown as Record<string, never>),
  ];

  it.each(["_secret", "inherited", "constructor", "__proto__", "toString", "hasOwnProperty", ""])(
    "is what the contract lists, and %j is not (RPC-68)",
    (method) => {
      expect(foo(endpoints, {})).toBe("foo");
      expect(refusal(endpoints, {}, method)).toBe("NoSuchMethod");
    },
  );

  it("is refused as NoSuchMethod, an AttributeError, when an endpoint fits that lacks it", () => {
    const found = find(endpoints, { method: "bar", namespace: undefined, version: undefined });
    expect(found).toMatchObject({
      kind: "refusal",
      error: { name: "NoSuchMethod", message: "Endpoint does not support RPC method bar" },
    });
  });
});

describe("a version cap", () => {
  const capped = (versionCap: string | undefined) => {
    const world = new World();
    world.serve("t", "h", says("hi"), { version: "3.40" });
    const client = new CappedClient(world.connect("client@h"), plain, versionCap);
    return { world, client };
  };

  it.each([
    ["1.0", "1.1"],
    ["3.23", "3.25"],
    ["3.23", "2.0"],
  ])("of %s stops a message of %s before it is sent (RPC-73)", (cap, version) => {
    const { world, client } = capped(cap);
    expect(client.canSendVersion(version)).toBe(false);
    const send = client.call({ topic: "t", version }, CTXT, "foo", {});
    expect(() => world.run(send)).toThrow(RPCVersionCapError);
    expect(() => world.run(client.cast({ topic: "t", version }, CTXT, "foo", {}))).toThrow(
      RPCVersionCapError,
    );
    expect(world.entries).toEqual([]);
  });

  it("does not expect a message without a version: rpc/client.py:110, _utils.py:32", () => {
    const { world, client } = capped("3.23");
    const words = "'NoneType' object has no attribute 'split'";
    expect(() => client.canSendVersion(undefined)).toThrow(words);
    expect(() => world.run(client.cast({ topic: "t" }, CTXT, "foo", {}))).toThrow(words);
    expect(world.entries).toEqual([]);
  });

  it.each([
    ["3.23", "3.23"],
    ["3.23", "3.0"],
    [undefined, "3.40"],
    [undefined, "99.9"],
  ])("of %s lets %s pass (RPC-74)", (cap, version) => {
    const { world, client } = capped(cap);
    expect(client.canSendVersion(version)).toBe(true);
    world.run(client.cast({ topic: "t", version }, CTXT, "foo", {}));
    expect(world.of("rpc.cast")).toMatchObject([{ version }]);
  });
});
