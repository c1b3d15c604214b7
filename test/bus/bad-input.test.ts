/** What nobody should send: the upstream error, and the service lives on. */
import { describe, expect, it } from "vitest";
import {
  InvalidTarget,
  RemoteError,
  RpcClient,
  RpcServer,
  call,
  defineRpcApi,
  endpoint,
  type CallTarget,
} from "../../src/bus/index.js";
import { contextSerializer, type RequestContext } from "../../src/framework/index.js";
import type { Op } from "../../src/kernel/index.js";
import { Exception, type JsonObject } from "../../src/python/index.js";
import { CTXT, World, plain } from "./bed.js";

function living(): { world: World; errors: string[]; alive: () => unknown } {
  const world = new World();
  const errors: string[] = [];
  const handlers = {
    *echo(_ctxt: JsonObject, { value }: Readonly<Record<string, unknown>>) {
      return value;
    },
  };
  world.serve("t", "h1", handlers, { onError: ({ name }) => errors.push(name) });
  const alive = () =>
    world.run(world.client({ actor: "after@h" }).call({ topic: "t" }, CTXT, "echo", { value: 1 }));
  return { world, errors, alive };
}

/** The error of calling so. */
function refused(world: World, target: CallTarget, method: string, args: object): Exception {
  try {
    world.run(world.client().call(target, CTXT, method, args));
  } catch (error) {
    if (error instanceof Exception) return error;
    throw error;
  }
  throw new Error("it was accepted");
}

describe("a service lives on after", () => {
  it.each(["constructor", "__proto__", "_private", "toString", "hasOwnProperty", ""])(
    "a message for %j: NoSuchMethod, by call and by cast (RPC-67, RPC-68)",
    (method) => {
      const { world, errors, alive } = living();
      const error = refused(world, { topic: "t" }, method, {});
      expect(error).toBeInstanceOf(RemoteError);
      expect(error).toMatchObject({ exc_type: "NoSuchMethod" });
      world.run(world.client().cast({ topic: "t" }, CTXT, method, {}));
      world.kernel.settle();
      expect(errors).toEqual(["NoSuchMethod", "NoSuchMethod"]);
      expect(alive()).toBe(1);
    },
  );

  it.each([
    ["a function", () => 1],
    ["a symbol", Symbol("s")],
    ["a big integer", 1n],
    ["not a number", NaN],
    ["an instance", new Map()],
  ])("arguments that are %s: TypeError at the sender, and nothing is sent", (_what, value) => {
    const { world, alive } = living();
    expect(refused(world, { topic: "t" }, "echo", { value })).toMatchObject({ name: "TypeError" });
    expect(world.entries).toEqual([]);
    expect(alive()).toBe(1);
  });

  it("arguments called __proto__ or constructor, which are names like any other", () => {
    const { world, alive } = living();
    const value = JSON.parse('{"__proto__":{"polluted":1},"constructor":2}') as object;
    const asked = world.client().call({ topic: "t" }, CTXT, "echo", { value });
    expect(JSON.stringify(world.run(asked))).toBe('{"__proto__":{"polluted":1},"constructor":2}');
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect(alive()).toBe(1);
  });

  it("a context with keys that it does not know, which are dropped", () => {
    const { world } = living();
    const seen: unknown[] = [];
    const api = defineRpcApi({
      topic: "n",
      version: "1.0",
      methods: { look: call<Record<string, never>, null>() },
    });
    const manager = {
      *look(ctxt: RequestContext): Op<null> {
        seen.push("strange" in ctxt);
        return null;
      },
    };
    const connection = world.connect("nova@h");
    const server = new RpcServer(connection, {
      topic: "n",
      server: "h",
      serializer: contextSerializer,
      endpoints: [endpoint<typeof api, RequestContext>(api, manager)],
      onError: (error) => {
        throw error;
      },
    });
    server.start();
    const client = new RpcClient(world.connect("odd@h"), plain);
    const odd = { request_id: "req-1", strange: { deep: [1] }, __proto__: null } as JsonObject;
    world.run(client.call({ topic: "n" }, odd, "look", {}));
    world.run(client.call({ topic: "n" }, { request_id: "req-2" }, "look", {}));
    expect(seen).toEqual([false, false]);
  });

  it("a target without a topic: InvalidTarget, and nothing is sent (RPC-88)", () => {
    const { world, alive } = living();
    expect(refused(world, {}, "echo", {})).toBeInstanceOf(InvalidTarget);
    expect(() => world.run(world.client().cast({ server: "h1" }, CTXT, "echo", {}))).toThrow(
      InvalidTarget,
    );
    expect(world.entries).toEqual([]);
    expect(alive()).toBe(1);
  });
});
