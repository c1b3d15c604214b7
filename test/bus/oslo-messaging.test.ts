/**
 * Counterparts of oslo.messaging's own driver-independent tests, named after the originals
 * (messaging §A8). Those that stand elsewhere, or have no counterpart, are in docs/coverage.
 */
import { describe, expect, it } from "vitest";
import {
  MessagingTimeout,
  RemoteError,
  RpcClient,
  type CallTarget,
  type Serializer,
} from "../../src/bus/index.js";
import { join, microseconds, seconds, sleep, type Op } from "../../src/kernel/index.js";
import { ValueError, type Json, type JsonObject } from "../../src/python/index.js";
import {
  CappedClient,
  CastAsCallClient,
  MandatoryClient,
  MessageUndeliverable,
  RPCVersionCapError,
} from "../../src/vintage/index.js";
import { CTXT, World, plain, type Handlers } from "./bed.js";

/** RpcServerGroupFixture: servers with add, subtract, append and a client that waits 5 s. */
class Group extends World {
  readonly values = new Map<string, number>();
  readonly lists = new Map<string, unknown[]>();

  constructor(hosts = ["s0", "s1", "s2"], options: { exchange?: string; topic?: string } = {}) {
    super();
    this.join(hosts, options);
  }

  join(hosts: readonly string[], { exchange = "nova", topic = "t" } = {}): void {
    for (const host of hosts) {
      const name = `${exchange}/${host}`;
      this.values.set(name, 0);
      this.lists.set(name, []);
      const add = (by: unknown): number => {
        const value = Number(this.values.get(name)) + Number(by);
        this.values.set(name, value);
        return value;
      };
      const { lists } = this;
      const handlers: Handlers = {
        *add(_ctxt, { increment }) {
          return add(increment);
        },
        *subtract(_ctxt, { decrement }) {
          return add(-Number(decrement));
        },
        *append(_ctxt, { text }) {
          lists.get(name)?.push(text);
          return text;
        },
        *long(_ctxt, { time }) {
          yield* sleep(microseconds(Number(time)));
          return "done";
        },
        *fail() {
          throw new ValueError("an error");
        },
      };
      this.serve(topic, host, handlers, { exchange });
    }
  }

  ask(target: CallTarget, method: string, args: object): unknown {
    return this.run(this.client5.call(target, CTXT, method, args));
  }

  tell(target: CallTarget, method: string, ...all: object[]): void {
    const client = this.client5;
    this.run(
      (function* () {
        for (const args of all) yield* client.cast(target, CTXT, method, args);
      })(),
    );
    this.kernel.settle();
  }

  readonly client5 = this.client({ responseTimeout: seconds(5) });
}

const at = (host: string): CallTarget => ({ topic: "t", server: host });

describe("functional: CallTestCase", () => {
  it("test_specific_server: calls to one server change only that one", () => {
    const group = new Group();
    expect(group.ask(at("s1"), "add", { increment: 1 })).toBe(1);
    expect(group.ask(at("s1"), "subtract", { decrement: 3 })).toBe(-2);
    expect([...group.values.values()]).toEqual([0, -2, 0]);
  });

  it("test_server_in_group: each server gets some, every item lands once and in order", () => {
    const group = new Group();
    const words = Array.from({ length: 14 }, (_, i) => `word ${String(i).padStart(2, "0")}`);
    for (const text of words) expect(group.ask({ topic: "t" }, "append", { text })).toBe(text);
    const lists = [...group.lists.values()];
    for (const list of lists) {
      expect(list.length).toBeGreaterThan(0);
      expect(list).toEqual([...list].sort());
    }
    expect(lists.flat().sort()).toEqual(words);
  });

  it("test_different_exchanges: the same topic on several exchanges does not leak", () => {
    const group = new Group(["s0"]);
    group.join(["s0"], { exchange: "a" });
    group.join(["s0"], { exchange: "b" });
    for (const [exchange, increment] of [
      ["nova", 1],
      ["a", 10],
      ["b", 100],
    ] as const) {
      group.ask({ topic: "t", exchange }, "add", { increment });
    }
    expect([...group.values]).toEqual([
      ["nova/s0", 1],
      ["a/s0", 10],
      ["b/s0", 100],
    ]);
  });

  it("test_timeout: MessagingTimeout for a topic that nobody serves, after the timeout", () => {
    const group = new Group();
    const call = group.client5.call({ topic: "nobody", timeout: seconds(1) }, CTXT, "add", {});
    expect(() => group.run(call)).toThrow(MessagingTimeout);
    expect(group.kernel.now).toBe(seconds(1));
  });

  it("test_exception: a ValueError is a ValueError at the caller", () => {
    expect(() => new Group().ask({ topic: "t" }, "fail", {})).toThrow(ValueError);
  });

  it("test_timeout_with_concurrently_queues: one times out while ten short ones succeed", () => {
    const group = new Group(["s0"]);
    const long = group.kernel.spawn(
      group.client5.call(at("s0"), CTXT, "long", { time: seconds(10) }),
      { name: "long", awaited: true },
    );
    const short = Array.from({ length: 10 }, () =>
      group.kernel.spawn(group.client5.call(at("s0"), CTXT, "long", { time: seconds(1) }), {
        name: "short",
        awaited: true,
      }),
    );
    group.kernel.settle();
    expect(short.map(({ result }) => result)).toEqual(Array(10).fill("done"));
    expect(() => long.result).toThrow(MessagingTimeout);
  });

  it("test_mandatory_call: a timeout without at_least_once, MessageUndeliverable at once with (RPC-29)", () => {
    const group = new Group();
    const nobody = { topic: "nobody", timeout: seconds(1) };
    expect(() => group.ask(nobody, "add", {})).toThrow(MessagingTimeout);
    const before = group.kernel.now;
    const atLeastOnce = new MandatoryClient(group.connect("client@h"), plain);
    for (const send of ["call", "cast"] as const) {
      const op: Op<unknown> = atLeastOnce[send](nobody, CTXT, "add", {});
      expect(() => group.run(op)).toThrow(MessageUndeliverable);
    }
    expect(group.kernel.now - before).toBeLessThan(seconds(0.1));
    // For a fanout the option is ignored.
    group.run(atLeastOnce.cast({ ...nobody, fanout: true }, CTXT, "add", {}));
    const somebody = { topic: "t" };
    expect(group.run(atLeastOnce.call(somebody, CTXT, "add", { increment: 2 }))).toBe(2);
    group.run(atLeastOnce.cast(somebody, CTXT, "add", { increment: 2 }));
    group.kernel.settle();
    expect([...group.values.values()]).toEqual([2, 2, 0]);
  });

  it("test_endpoint_version_namespace: UnsupportedVersion for a newer version or another namespace (RPC-71)", () => {
    const world = new World();
    world.serve("t", "h", { *foo() {} }, { namespace: "Name1", version: "7.5" });
    const refused = (target: CallTarget): string => {
      try {
        world.run(world.client().call({ topic: "t", ...target }, CTXT, "foo", {}));
      } catch (error) {
        return error instanceof RemoteError ? error.exc_type : String(error);
      }
      return "nothing";
    };
    expect(refused({ namespace: "Name1", version: "7.5" })).toBe("nothing");
    expect(refused({ namespace: "Name1", version: "7.6" })).toBe("UnsupportedVersion");
    expect(refused({ namespace: "Name2", version: "7.5" })).toBe("UnsupportedVersion");
  });
});

describe("functional: CastTestCase", () => {
  it("test_specific_server: casts reach one server", () => {
    const group = new Group();
    group.tell(at("s1"), "append", { text: "stack" }, { text: "open" });
    expect([...group.lists.values()]).toEqual([[], ["stack", "open"], []]);
  });

  it("test_server_in_group: every server gets between 1 and 19 of 20", () => {
    const group = new Group();
    group.tell({ topic: "t" }, "add", ...Array.from({ length: 20 }, () => ({ increment: 1 })));
    const all = [...group.values.values()];
    for (const each of all) {
      expect(each).toBeGreaterThanOrEqual(1);
      expect(each).toBeLessThanOrEqual(19);
    }
    expect(all.reduce((sum, each) => sum + each)).toBe(20);
  });

  it("test_fanout: all servers end in the same state", () => {
    const group = new Group();
    group.tell({ topic: "t", fanout: true }, "add", { increment: 1 }, { increment: 2 });
    group.tell({ topic: "t", fanout: true }, "append", { text: "open" });
    expect([...group.values.values()]).toEqual([3, 3, 3]);
    expect([...group.lists.values()]).toEqual([["open"], ["open"], ["open"]]);
  });
});

describe("rpc/test_client", () => {
  it.each<CallTarget>([
    { topic: "t" },
    { topic: "t", exchange: "a" },
    { topic: "u" },
    { topic: "t", namespace: "ns" },
    { topic: "t", version: "1.5" },
    { topic: "t", server: "h1" },
    { topic: "t", fanout: true },
  ])("TestCastToTarget: %j is what goes out", (target) => {
    const world = new World();
    world.run(world.client().cast(target, CTXT, "foo", {}));
    const { fanout = false, ...rest } = target;
    expect([...world.of("rpc.cast"), ...world.of("rpc.fanout")]).toMatchObject([
      { kind: fanout ? "rpc.fanout" : "rpc.cast", exchange: "nova", ...rest },
    ]);
  });

  it.each([
    [undefined, 60],
    [5, 5],
    [0, 0],
  ])("TestCallTimeout: %s before the configured one, 0 is honoured", (timeout, after) => {
    const world = new World();
    const target = { topic: "t", ...(timeout !== undefined && { timeout: seconds(timeout) }) };
    expect(() => world.run(world.client().call(target, CTXT, "foo", {}))).toThrow(MessagingTimeout);
    expect(world.kernel.now).toBe(seconds(after));
  });

  it("TestSerializer.test_call_serializer: arguments and context out, the result in with the caller's context", () => {
    const world = new World();
    world.serve("t", "h", {
      *foo(ctxt, { bar }) {
        return `${JSON.stringify(ctxt)} ${String(bar)}`;
      },
    });
    const seen: unknown[] = [];
    const serializer: Serializer<{ user: string }> = {
      serializeContext: ({ user }) => ({ wire_user: user }),
      deserializeContext: () => ({ user: "" }),
      deserializeEntity: (ctxt, value: Json) => {
        seen.push(ctxt);
        return `in:${value as string}`;
      },
    };
    const client = new RpcClient(world.connect("c@h"), serializer);
    const ctxt = { user: "a" };
    const bar = { toWire: () => "out:bar" };
    expect(world.run(client.call({ topic: "t" }, ctxt, "foo", { bar }))).toBe(
      'in:{"wire_user":"a"} out:bar',
    );
    expect(seen).toEqual([ctxt]);
  });

  it.each([
    [undefined, "1.0", true],
    ["1.0", "1.0", true],
    ["1.1", "1.0", true],
    ["1.1", "1.1", true],
    ["1.0", "1.1", false],
    ["2.0", "1.0", false],
    ["1.0", "2.0", false],
  ])(
    "TestVersionCap, TestCanSendVersion: cap %s, version %s: %s (RPC-73, RPC-74)",
    (versionCap, version, can) => {
      const world = new World();
      const client = new CappedClient(world.connect("client@h"), plain, versionCap);
      expect(client.canSendVersion(version)).toBe(can);
      const send = () => world.run(client.cast({ topic: "t", version }, CTXT, "foo", {}));
      if (can) send();
      else {
        const words = `cap, ${versionCap}, is too low. Needs to be higher than ${version}.`;
        expect(send).toThrow(RPCVersionCapError);
        expect(send).toThrow(`Specified RPC version ${words}`);
      }
      expect(world.of("rpc.cast")).toHaveLength(can ? 1 : 0);
    },
  );
});

describe("rpc/test_server", () => {
  it("test_cast: two casts arrive in order, deserialized by the server", () => {
    const world = new World();
    const pings: unknown[] = [];
    world.serve(
      "t",
      "h",
      {
        *ping(_ctxt, { arg }) {
          pings.push(arg);
        },
      },
      {
        serializer: { ...plain, deserializeEntity: (_ctxt, value) => `d${value as string}` },
      },
    );
    const client = world.client();
    world.run(
      (function* () {
        yield* client.cast({ topic: "t" }, CTXT, "ping", { arg: "foo" });
        yield* client.cast({ topic: "t" }, CTXT, "ping", { arg: "bar" });
      })(),
    );
    world.kernel.settle();
    expect(pings).toEqual(["dfoo", "dbar"]);
  });

  it("test_context: the serialized context reaches the endpoint", () => {
    const world = new World();
    const serializer: Serializer<JsonObject> = {
      ...plain,
      deserializeContext: (wire) => ({ dsa: wire["user"] ?? null }),
    };
    world.serve(
      "t",
      "h",
      {
        *ctxt(ctxt) {
          return ctxt;
        },
      },
      { serializer },
    );
    expect(world.run(world.client().call({ topic: "t" }, { user: "b" }, "ctxt", {}))).toEqual({
      dsa: "b",
    });
  });

  it("test_client_call_timeout: timeout 0 against a busy server, which works all the same (RPC-33)", () => {
    const world = new World();
    let worked = false;
    world.serve("t", "h", {
      *ping() {
        yield* sleep(seconds(1));
        worked = true;
      },
    });
    const call = world.client().call({ topic: "t", timeout: 0 }, CTXT, "ping", {});
    expect(() => world.run(call)).toThrow(MessagingTimeout);
    world.kernel.settle();
    expect(worked).toBe(true);
  });

  const choices = [true, false];
  const cases = choices.flatMap((exchange) =>
    choices.flatMap((topic) =>
      choices.flatMap((host) =>
        (["call", "cast", "fanout"] as const).map((verb) => [exchange, topic, host, verb] as const),
      ),
    ),
  );
  it.each(cases)(
    "TestMultipleServers: same exchange %s, topic %s, server %s, by %s: who is meant receives",
    (exchange, topic, host, verb) => {
      const world = new World();
      const got: string[] = [];
      const serve = (name: string, on: string, under: string, at: string) =>
        world.serve(
          under,
          at,
          {
            *ping() {
              got.push(name);
            },
          },
          { exchange: on },
        );
      serve("1", "a", "t", "h1");
      serve("2", exchange ? "a" : "b", topic ? "t" : "u", host ? "h1" : "h2");
      const target = { exchange: "a", topic: "t", ...(verb === "fanout" ? { fanout: true } : {}) };
      const client = world.client();
      for (let i = 0; i < 2; i++) {
        const send =
          verb === "call"
            ? client.call(target, CTXT, "ping", {})
            : client.cast(target, CTXT, "ping", {});
        world.run<unknown>(send);
        world.kernel.settle();
      }
      // A topic's servers take turns; a fanout reaches all of the topic, whatever the exchange.
      if (verb === "fanout") expect(got).toEqual(topic ? ["1", "2", "1", "2"] : ["1", "1"]);
      else expect(got).toEqual(exchange && topic ? ["1", "2"] : ["1", "1"]);
    },
  );
});

describe("drivers/test_impl_rabbit", () => {
  it.each([{ a: 1 }, null, [], {}, false, 0])(
    "TestSendReceive: %j comes back out of order, to its own sender",
    (value) => {
      const world = new World();
      world.serve("t", "h", {
        *echo(_ctxt, { n }) {
          yield* sleep(seconds(10 - Number(n)));
          return [n, value];
        },
      });
      const client = world.client();
      const got: unknown[] = [];
      world.run(
        (function* (): Op<void> {
          const senders = Array.from({ length: 10 }, (_, n) =>
            world.kernel.spawn(
              (function* () {
                got.push(n);
                return yield* client.call({ topic: "t" }, CTXT, "echo", { n });
              })(),
              { name: "sender", awaited: true },
            ),
          );
          for (const [n, sender] of senders.entries())
            expect(yield* join(sender)).toEqual([n, value]);
        })(),
      );
      expect(got).toHaveLength(10);
    },
  );
});

describe("the CastAsCall fixture of Nova's tests", () => {
  const handlers: Handlers = {
    *work() {
      yield* sleep(seconds(1));
    },
    *fail() {
      throw new ValueError("no");
    },
  };

  it("waits for the handler of a cast and raises what that raised, by fanout as well (FAK-04)", () => {
    const world = new World();
    for (const host of ["h1", "h2"]) world.serve("t", host, handlers);
    const client = new CastAsCallClient(world.connect("client@h"), plain);
    world.run(client.cast({ topic: "t" }, CTXT, "work", {}));
    expect(world.kernel.now).toBeGreaterThan(seconds(1));
    for (const fanout of [false, true]) {
      const cast = client.cast({ topic: "t", fanout }, CTXT, "fail", {});
      expect(() => world.run(cast)).toThrow(ValueError);
    }
  });
});
