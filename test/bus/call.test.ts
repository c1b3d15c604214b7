/** Calls, replies and timeouts: messaging §A7. */
import { describe, expect, it } from "vitest";
import {
  InvalidTarget,
  MessagingTimeout,
  type CallTarget,
  type RpcClient,
} from "../../src/bus/index.js";
import {
  join,
  microseconds,
  milliseconds,
  seconds,
  sleep,
  type Op,
} from "../../src/kernel/index.js";
import { ValueError, type JsonObject } from "../../src/python/index.js";
import { CTXT, World, type Handlers } from "./bed.js";

const TOPIC: CallTarget = { topic: "t" };

/** What a handler returns for what it is asked. */
const echo: Handlers = {
  *echo(_ctxt, { value }) {
    return value;
  },
  *after(_ctxt, { time, value }) {
    yield* sleep(microseconds(Number(time)));
    return value;
  },
  *fail() {
    throw new ValueError("no");
  },
};

function world(): { world: World; client: RpcClient<JsonObject> } {
  const made = new World();
  made.serve("t", "h1", echo);
  return { world: made, client: made.client() };
}

/** The error that `op` ends in, and when. */
function failure(where: World, op: Op<unknown>): { error: unknown; at: number } {
  try {
    where.run(op);
  } catch (error) {
    return { error, at: where.kernel.now };
  }
  throw new Error("it did not fail");
}

describe("a call", () => {
  it.each([0, "", false, [], {}, "text", 7, [{ a: [null] }], null])(
    "returns %j as it was (RPC-21)",
    (value) => {
      const { world: w, client } = world();
      expect(w.run(client.call(TOPIC, CTXT, "echo", { value }))).toEqual(value);
    },
  );

  it("returns null where the handler returns nothing (RPC-22)", () => {
    const { world: w, client } = world();
    expect(w.run(client.call(TOPIC, CTXT, "echo", {}))).toBeNull();
  });

  it("takes JSON both ways: lists for tuples, no members that are undefined (RPC-82)", () => {
    const { world: w, client } = world();
    const value = { 1: "a", tuple: Object.freeze([1, 2]), gone: undefined, holes: [undefined] };
    const wire = { "1": "a", tuple: [1, 2], holes: [null] };
    expect(w.run(client.call(TOPIC, CTXT, "echo", { value }))).toStrictEqual(wire);
  });

  it("cannot carry what JSON cannot say, and then sends nothing (RPC-82)", () => {
    const { world: w, client } = world();
    for (const value of [new Date(0), () => 1, NaN, 1n, new Map()]) {
      const { error } = failure(w, client.call(TOPIC, CTXT, "echo", { value }));
      expect(error).toMatchObject({ name: "TypeError" });
    }
    expect(w.entries).toEqual([]);
  });

  it("is sent only when the one before it has returned (RPC-17)", () => {
    const { world: w, client } = world();
    w.run(
      (function* () {
        yield* client.call(TOPIC, CTXT, "after", { time: seconds(1) });
        yield* client.call(TOPIC, CTXT, "echo", {});
      })(),
    );
    expect(w.entries.map(({ what }) => what.kind)).toEqual([
      "rpc.call",
      "rpc.delivered",
      "rpc.reply",
      "rpc.call",
      "rpc.delivered",
      "rpc.reply",
    ]);
  });

  it("gets its own reply, whatever order replies come in (RPC-41)", () => {
    const { world: w, client } = world();
    const got: unknown[] = [];
    function* ask(value: string, time: number): Op<void> {
      got.push([value, yield* client.call(TOPIC, CTXT, "after", { value, time })]);
    }
    w.run(
      (function* () {
        const slow = w.kernel.spawn(ask("slow", seconds(2)), { name: "slow" });
        const fast = w.kernel.spawn(ask("fast", seconds(1)), { name: "fast" });
        yield* join(slow);
        yield* join(fast);
      })(),
    );
    expect(got).toEqual([
      ["fast", "fast"],
      ["slow", "slow"],
    ]);
  });

  it("may be made inside a handler, and the request id travels on (RPC-87)", () => {
    const w = new World();
    const inner = w.client({ actor: "outer@h1" });
    w.serve("inner", "h1", {
      *who(ctxt) {
        return ctxt["request_id"];
      },
    });
    w.serve("outer", "h1", {
      *who(ctxt) {
        return yield* inner.call({ topic: "inner" }, ctxt, "who", {});
      },
    });
    expect(w.run(w.client().call({ topic: "outer" }, CTXT, "who", {}))).toBe("req-1");
    const requests = w.entries.map(({ what }) => what.request);
    expect(new Set(requests)).toEqual(new Set(["req-1"]));
  });

  it("brings its context whole (RPC-84)", () => {
    const w = new World();
    w.serve("t", "h1", {
      *ctxt(ctxt) {
        return ctxt;
      },
    });
    expect(w.run(w.client().call(TOPIC, { user: "a" }, "ctxt", {}))).toEqual({ user: "a" });
  });

  it("needs a topic (RPC-88): transport.py:85, exceptions.py:39", () => {
    const { world: w, client } = world();
    const target: CallTarget = { server: "h1", version: "1.5", fanout: true };
    for (const send of [
      client.call(target, CTXT, "echo", {}),
      client.cast(target, CTXT, "echo", {}),
    ]) {
      const { error } = failure(w, send);
      expect(error).toBeInstanceOf(InvalidTarget);
      expect(error).toMatchObject({
        message: "A topic is required to send:<Target version=1.5, server=h1, fanout=True>",
      });
    }
    expect(w.entries).toEqual([]);
  });

  it("may be a fanout: the first answer is taken, the others are thrown away (RPC-50)", () => {
    const { world: w, client } = world();
    w.serve("t", "h2", echo);
    const target: CallTarget = { topic: "t", fanout: true };
    expect(w.run(client.call(target, CTXT, "echo", { value: 7 }))).toBe(7);
    w.kernel.settle();
    expect(w.of("rpc.delivered")).toHaveLength(2);
    expect(w.of("rpc.lost")).toMatchObject([{ why: "the caller has stopped waiting" }]);
  });
});

describe("a cast", () => {
  it("has no reply, whether its handler returns or raises (RPC-37, RPC-42)", () => {
    const errors: string[] = [];
    const w = new World();
    w.serve("t", "h1", echo, {
      onError: (error, { method }) => errors.push(`${method} ${error.name}`),
    });
    const client = w.client();
    w.run(client.cast(TOPIC, CTXT, "echo", {}));
    w.run(client.cast(TOPIC, CTXT, "fail", {}));
    w.kernel.settle();
    expect(errors).toEqual(["fail ValueError"]);
    expect(w.entries.map(({ what }) => what.kind)).toEqual([
      "rpc.cast",
      "rpc.cast",
      "rpc.delivered",
      "rpc.delivered",
    ]);
  });

  it("takes its sender no time", () => {
    const { world: w, client } = world();
    w.run(client.cast(TOPIC, CTXT, "after", { time: seconds(5) }));
    expect(w.kernel.now).toBe(0);
  });
});

describe("a timeout", () => {
  it("strikes after rpc_response_timeout, not before, when nobody is there (RPC-27, RPC-28)", () => {
    const w = new World();
    const { error, at } = failure(w, w.client().call(TOPIC, CTXT, "echo", {}));
    expect(error).toBeInstanceOf(MessagingTimeout);
    expect(error).toMatchObject({ definite: false });
    expect(at).toBe(seconds(60));
    expect(w.entries.map(({ what }) => what.kind)).toEqual(["rpc.call", "rpc.lost", "rpc.timeout"]);
  });

  it("is the process's, unless the target has one; zero does not wait (RPC-33)", () => {
    const w = new World();
    const client = w.client({ responseTimeout: seconds(5) });
    expect(failure(w, client.call(TOPIC, CTXT, "echo", {})).at).toBe(seconds(5));
    const { error, at } = failure(w, client.call({ ...TOPIC, timeout: 0 }, CTXT, "echo", {}));
    expect(error).toBeInstanceOf(MessagingTimeout);
    expect(at).toBe(seconds(5));
  });

  it("is total, and does not stop the handler; the late reply is thrown away (RPC-31)", () => {
    const { world: w, client } = world();
    const late = { time: seconds(6), value: "late" };
    const { at } = failure(w, client.call({ ...TOPIC, timeout: seconds(5) }, CTXT, "after", late));
    expect(at).toBe(seconds(5));
    w.kernel.settle();
    expect(w.entries.map(({ what }) => what.kind)).toEqual([
      "rpc.call",
      "rpc.delivered",
      "rpc.timeout",
      "rpc.reply",
      "rpc.lost",
    ]);
    expect(w.of("rpc.lost")).toMatchObject([{ why: "the caller has stopped waiting" }]);
  });

  it("of one call leaves others alone", () => {
    const { world: w, client } = world();
    const long = w.kernel.spawn(
      client.call({ ...TOPIC, timeout: seconds(5) }, CTXT, "after", { time: seconds(10) }),
      { name: "long", awaited: true },
    );
    for (let i = 0; i < 10; i++) {
      expect(w.run(client.call(TOPIC, CTXT, "echo", { value: i }))).toBe(i);
    }
    w.kernel.settle();
    expect(() => long.result).toThrow(MessagingTimeout);
  });

  it("does not take a request out of its queue: it runs when a server comes (RPC-48)", () => {
    const w = new World();
    const ran: string[] = [];
    const handlers: Handlers = {
      *echo() {
        ran.push("echo");
      },
    };
    w.serve("t", "h1", handlers).server.stop();
    failure(w, w.client().call({ ...TOPIC, timeout: seconds(5) }, CTXT, "echo", {}));
    w.serve("t", "h1", handlers);
    w.kernel.settle();
    expect(ran).toEqual(["echo"]);
    expect(w.of("rpc.lost")).toHaveLength(1);
  });
});

describe("a caller", () => {
  it("leaves nothing behind when it ends, however it ends: no waiter, no timer, no thread", () => {
    const w = new World();
    w.serve("t", "h1", echo);
    const { client, connection } = w.linkedClient("caller@h");
    w.run(client.call(TOPIC, CTXT, "echo", {}));
    failure(w, client.call(TOPIC, CTXT, "fail", {}));
    failure(w, client.call({ topic: "nobody", timeout: seconds(1) }, CTXT, "echo", {}));
    const halted = w.kernel.spawn(client.call(TOPIC, CTXT, "after", { time: seconds(9) }), {
      name: "halted",
    });
    w.kernel.run(w.kernel.now + seconds(1));
    expect(connection.replies.size).toBe(1);
    halted.halt();
    w.kernel.settle();
    expect({
      waiting: connection.replies.size,
      pending: w.kernel.pending,
      threads: w.kernel.threads().length,
    }).toEqual({ waiting: 0, pending: 0, threads: 0 });
  });

  it("has one reply queue for all its calls, from the first call until it closes", () => {
    const w = new World();
    w.serve("t", "h1", echo);
    const { client, connection } = w.linkedClient("caller@h");
    const queues = () => w.bus.queues().filter(({ name }) => name.startsWith("reply_"));
    expect(queues()).toEqual([]);
    w.run(client.call(TOPIC, CTXT, "echo", {}));
    w.run(client.call(TOPIC, CTXT, "echo", {}));
    expect(queues()).toMatchObject([
      { name: expect.stringMatching(/^reply_[0-9a-f]{32}$/), consumers: 1 },
    ]);
    connection.close();
    expect(queues()).toEqual([]);
  });

  it("that is gone when its reply comes loses it, and the reason is told", () => {
    const w = new World();
    w.serve("t", "h1", echo);
    const { client, connection } = w.linkedClient("caller@h");
    const asking = client.call(TOPIC, CTXT, "after", { time: milliseconds(100) });
    w.kernel.spawn(asking, { name: "asking", actor: "caller@h" });
    w.kernel.run(milliseconds(50));
    connection.close();
    w.kernel.haltAll("caller@h");
    w.kernel.settle();
    expect(w.of("rpc.reply")).toEqual([]);
    expect(w.of("rpc.lost")).toMatchObject([{ why: "the caller's process is gone" }]);
  });
});

/** What happens to one call of ten seconds while another is answered every five. */
describe("a timeout (amqpdriver.py: ReplyWaiter.wait)", () => {
  const TIMEOUT = seconds(10);

  /** Calls that begin and are answered at those times (in s), and what came of them. */
  function calls(...plans: readonly (readonly [at: number, answered: number])[]) {
    const { world: w, client } = world();
    const ends = new Map<number, number | "answered">();
    plans.forEach(([at, answered], i) => {
      w.kernel.spawn(
        (function* () {
          yield* sleep(seconds(at));
          const time = seconds(answered - at);
          const op = client.call({ topic: "t", timeout: TIMEOUT }, CTXT, "after", { time });
          try {
            yield* op;
            ends.set(i, "answered");
          } catch (error) {
            if (!(error instanceof MessagingTimeout)) throw error;
            ends.set(i, Math.round(w.kernel.now / 1e5) / 10);
          }
        })(),
        { name: `call ${String(i)}` },
      );
    });
    w.kernel.settle();
    return { ends: plans.map((_, i) => ends.get(i)), world: w };
  }

  it("of who polls begins again with every message that comes, whoever it is for", () => {
    expect(calls([0, 99], [1, 8], [9, 15]).ends).toEqual([25, "answered", "answered"]);
  });

  it("of the others begins again when who polls has its reply, and the oldest polls next", () => {
    expect(calls([0, 6], [1, 99], [2, 98]).ends).toEqual(["answered", 16, 26]);
  });

  it("of a caller alone is what it says", () => {
    expect(calls([3, 99]).ends).toEqual([13]);
  });

  it("is followed by words about the reply that nobody waits for: a value, and an ending", () => {
    const { world: w } = calls([0, 12], [5, 14]);
    const id = w.bus.ids.call(1);
    const words = w.of("log").map(({ level, message }) => `${String(level)} ${String(message)}`);
    expect(words).toEqual([
      expect.stringMatching(
        new RegExp(
          `^warning No calling threads waiting for msg_id : ${id}, message : .*u'result': None`,
        ),
      ),
      expect.stringMatching(
        new RegExp(
          `^warning No calling threads waiting for msg_id : ${id}, message : .*u'ending': True`,
        ),
      ),
    ]);
  });

  it("is not what more than ten calls at once are warned of: that doubles each time", () => {
    const plans = Array.from({ length: 21 }, (_, i) => [0, i] as const);
    const { world: w } = calls(...plans);
    const warnings = w.of("log").map(({ message }) => message);
    expect(warnings.filter((words) => String(words).startsWith("Number of call queues"))).toEqual([
      "Number of call queues is greater than warning threshold: 10. There could be a leak.",
      "Number of call queues is greater than warning threshold: 20. There could be a leak.",
    ]);
  });
});
