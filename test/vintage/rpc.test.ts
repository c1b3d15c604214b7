/** RPC as it was written in 2011, over the bus of today. */
import { beforeEach, describe, expect, it } from "vitest";
import {
  Bus,
  MessageDeliveryFailure,
  MessagingTimeout,
  RemoteError,
  clientOf,
  defineRpcApi,
  RpcClient,
} from "../../src/bus/index.js";
import { microseconds, seconds, sleep, type Op } from "../../src/kernel/index.js";
import type { Json } from "../../src/python/index.js";
import { LooseRpc, Values, yields, type LooseMessage } from "../../src/vintage/index.js";
import { CTXT, World, plain, type Handlers } from "../bus/bed.js";

let world: World;
let rpc: LooseRpc<typeof CTXT>;
let heard: string[];

beforeEach(() => {
  world = new World();
  rpc = new LooseRpc(world.connect("api@c"), plain);
  heard = [];
});

/** A handler that notes who ran it and answers with its argument `x`. */
const echo = (host: string): Handlers => ({
  *echo(_ctxt, { x = null }) {
    heard.push(host);
    return x;
  },
});

/** A method with several values, `gap` apart. */
const yielding = (values: readonly unknown[], gap = 0, end?: () => void): Handlers => ({
  *many() {
    return new Values<unknown>(function* (send) {
      for (const value of values) {
        yield* sleep(microseconds(gap));
        send(value);
      }
      end?.();
    });
  },
});

const message = (method: string, args = {}): LooseMessage => ({ method, args });

const all = (topic: string, msg: LooseMessage): Json[] =>
  world.run(
    (function* (): Op<Json[]> {
      return yield* (yield* rpc.multicall(CTXT, topic, msg)).all();
    })(),
  );

function failure(op: Op<unknown>): unknown {
  try {
    world.run(op);
  } catch (error) {
    return error;
  }
  throw new Error("it did not fail");
}

describe("rpc.call, rpc.cast and rpc.fanout_cast of 2011", () => {
  beforeEach(() => {
    world.serve("t", "h1", echo("h1"));
    world.serve("t", "h2", echo("h2"));
  });

  it("returns what the method returned, empty values unchanged (RPC-21, RPC-22)", () => {
    for (const x of [0, "", false, [], {}, null]) {
      expect(world.run(rpc.call(CTXT, "t", message("echo", { x })))).toEqual(x);
    }
  });

  it("casts to the consumers of a topic in turn (RPC-01)", () => {
    for (let i = 0; i < 4; i++) world.run(rpc.cast(CTXT, "t", message("echo")));
    world.kernel.settle();
    expect(heard).toEqual(["h1", "h2", "h1", "h2"]);
  });

  it("names the queue of one host by a topic of its own (CTX-01, RPC-02)", () => {
    const topic = rpc.queue_get_for(CTXT, "t", "h2");
    expect(topic).toBe("t.h2");
    world.run(rpc.cast(CTXT, topic, message("echo")));
    world.run(rpc.call(CTXT, topic, message("echo")));
    world.kernel.settle();
    expect(heard).toEqual(["h2", "h2"]);
  });

  it("reaches every consumer once by fanout_cast (RPC-03)", () => {
    world.run(rpc.fanout_cast(CTXT, "t", message("echo")));
    world.kernel.settle();
    expect(heard.sort()).toEqual(["h1", "h2"]);
    expect(world.depths()).toEqual([]);
  });

  it("tells a caller, and no caster, of a method that there is not (RPC-36, RPC-37)", () => {
    const error = failure(rpc.call(CTXT, "t", message("nonesuch")));
    expect(error).toBeInstanceOf(RemoteError);
    expect((error as RemoteError).exc_type).toBe("NoSuchMethod");
    world.run(rpc.cast(CTXT, "t", message("nonesuch")));
    world.kernel.settle();
    expect(world.of("rpc.failure")).toHaveLength(1);
  });

  it.each(["constructor", "__proto__", "_private", "toString"])(
    "does not call %s, and the service lives on (RPC-68)",
    (method) => {
      const error = failure(rpc.call(CTXT, "t", message(method)));
      expect((error as RemoteError).exc_type).toBe("NoSuchMethod");
      expect(world.run(rpc.call(CTXT, "t", message("echo", { x: 1 })))).toBe(1);
    },
  );

  it("gives up after the timeout, and the method runs all the same (RPC-31)", () => {
    world.serve("slow", "h1", {
      *work() {
        yield* sleep(seconds(6));
        heard.push("worked");
      },
    });
    const error = failure(rpc.call(CTXT, "slow", message("work"), seconds(5)));
    expect(error).toBeInstanceOf(MessagingTimeout);
    expect(world.kernel.now).toBe(seconds(5));
    world.kernel.settle();
    expect(heard).toEqual(["worked"]);
  });

  it("leaves the message as it was, for the next cast to use again (RPC-85)", () => {
    const msg = message("echo", { x: 1 });
    const before = structuredClone(msg);
    world.run(rpc.call(CTXT, "t", msg));
    world.run(rpc.cast(CTXT, "t", msg));
    expect(msg).toEqual(before);
    world.kernel.settle();
    expect(world.of("rpc.reply")).toHaveLength(1);
  });
});

describe("versions of loose messages", () => {
  it("takes a message without a version for 1.0 (CLI-02)", () => {
    world.serve("one", "h", echo("h"), { version: "1.13" });
    world.serve("two", "h", echo("h"), { version: "2.2" });
    expect(world.run(rpc.call(CTXT, "one", message("echo", { x: 1 })))).toBe(1);
    const error = failure(rpc.call(CTXT, "two", message("echo")));
    expect((error as RemoteError).exc_type).toBe("UnsupportedVersion");
    expect(world.run(rpc.call(CTXT, "two", { ...message("echo", { x: 2 }), version: "2.1" }))).toBe(
      2,
    );
  });

  it("reaches a namespace that is named, as the services of Juno need it (RPC-70)", () => {
    world.serve("t", "h", echo("h"), { namespace: "n" });
    expect((failure(rpc.call(CTXT, "t", message("echo"))) as RemoteError).exc_type).toBe(
      "UnsupportedVersion",
    );
    expect(world.run(rpc.call(CTXT, "t", { ...message("echo", { x: 1 }), namespace: "n" }))).toBe(
      1,
    );
  });
});

describe("a method with several values", () => {
  it("gives them to multicall one by one, and the last to call (RPC-23)", () => {
    world.serve("t", "h", yielding(["a", "b", "c"], seconds(1)));
    expect(all("t", message("many"))).toEqual(["a", "b", "c"]);
    expect(world.run(rpc.call(CTXT, "t", message("many")))).toBe("c");
  });

  it("gives them as they come, not together at the end", () => {
    world.serve("t", "h", yielding([1, 2], seconds(2)));
    const times: number[] = [];
    world.run(
      (function* (): Op<void> {
        const values = yield* rpc.multicall(CTXT, "t", message("many"));
        for (let next = yield* values.next(); !next.done; next = yield* values.next()) {
          times.push(Math.floor(world.kernel.now / seconds(1)));
        }
      })(),
    );
    expect(times).toEqual([2, 4]);
  });

  it("has None among its values like any other (RPC-25)", () => {
    world.serve("t", "h", yielding([null, null, null]));
    expect(all("t", message("many"))).toEqual([null, null, null]);
  });

  it("may have none at all: multicall ends at once, call returns None", () => {
    world.serve("t", "h", yielding([]));
    expect(all("t", message("many"))).toEqual([]);
    expect(world.run(rpc.call(CTXT, "t", message("many")))).toBeNull();
  });

  it("is timed for each value anew (RPC-30)", () => {
    const link = world.connect("impatient@c", { responseTimeout: seconds(5) });
    rpc = new LooseRpc(link, plain);
    world.serve("t", "h", yielding([1, 2, 3], seconds(4)));
    expect(all("t", message("many"))).toEqual([1, 2, 3]);
  });

  it("times out when the next value does not come, and its queue is gone", () => {
    world.serve("t", "h", yielding([1, 2], seconds(4)));
    const error = failure(
      (function* (): Op<unknown> {
        return yield* (yield* rpc.multicall(CTXT, "t", message("many"), seconds(3))).all();
      })(),
    );
    expect(error).toBeInstanceOf(MessagingTimeout);
    world.kernel.settle();
    expect(world.bus.queues().map(({ name }) => name)).toEqual(
      expect.not.arrayContaining([expect.stringMatching(/^[0-9a-f]{32}$/)]),
    );
    expect(world.of("rpc.lost")).not.toEqual([]);
  });

  it("that fails in its middle gives what it had, then its exception", () => {
    world.serve("t", "h", {
      *many() {
        return new Values<number>(function* (send) {
          send(1);
          throw new MessageDeliveryFailure("the disk is full");
        });
      },
    });
    const got: Json[] = [];
    const error = failure(
      (function* (): Op<void> {
        const values = yield* rpc.multicall(CTXT, "t", message("many"));
        for (let next = yield* values.next(); !next.done; next = yield* values.next()) {
          got.push(next.value);
        }
      })(),
    );
    expect(got).toEqual([1]);
    expect((error as RemoteError).exc_type).toBe("MessageDeliveryFailure");
    expect(failure(rpc.call(CTXT, "t", message("many")))).toBeInstanceOf(RemoteError);
  });

  it("runs to its end for a cast as well, and answers nobody (RPC-42)", () => {
    let ended = 0;
    world.serve(
      "t",
      "h",
      yielding([1, 2], seconds(1), () => ended++),
    );
    world.run(rpc.cast(CTXT, "t", message("many")));
    world.kernel.settle();
    expect(ended).toBe(1);
    expect(world.of("rpc.reply")).toEqual([]);
  });

  it("gives multicall the one value of a method that has only one", () => {
    world.serve("t", "h", echo("h"));
    expect(all("t", message("echo", { x: 7 }))).toEqual([7]);
    expect(all("t", message("echo"))).toEqual([null]);
  });

  it("leaves nothing behind when the caller has had enough", () => {
    world.serve("t", "h", yielding([1, 2, 3], seconds(1)));
    const before = world.bus.queues();
    world.run(
      (function* (): Op<void> {
        const values = yield* rpc.multicall(CTXT, "t", message("many"));
        yield* values.next();
        values.close();
        expect(yield* values.next()).toEqual({ done: true });
      })(),
    );
    world.kernel.settle();
    expect(world.bus.queues()).toEqual(before);
  });

  it("is typed by its contract at both ends", () => {
    const api = defineRpcApi({
      topic: "t",
      version: "1.0",
      methods: { many: yields<{ n: number }, number>() },
    });
    world.serve("t", "h", yielding([1, 2]));
    const client = clientOf(api, new RpcClient(world.connect("typed@c"), plain));
    const last: number | null = world.run(client.many(CTXT, { n: 2 }));
    expect(last).toBe(2);
  });
});

describe("other brokers and events", () => {
  it("casts over the broker of that host name, and consumes nothing there (RPC-20)", () => {
    const far = new Bus(world.kernel);
    rpc = new LooseRpc(world.connect("api@c"), plain, { brokers: new Map([["far", far]]) });
    far.broker.declare("t", "nova", "t");
    world.run(rpc.cast_to_server(CTXT, { hostname: "far" }, "t", message("echo")));
    world.kernel.settle();
    expect(far.queues()).toMatchObject([{ name: "t", depth: 1, consumers: 0 }]);
    expect(world.bus.queues()).toEqual([]);
  });

  it("uses the local broker when no host is named (RPC-20)", () => {
    world.serve("t", "h1", echo("h1"));
    world.run(rpc.cast_to_server(CTXT, {}, "t", message("echo")));
    world.kernel.settle();
    expect(heard).toEqual(["h1"]);
  });

  it("fans out over another broker, which 2012 did not manage (RPC-19)", () => {
    world.serve("t", "h1", echo("h1"));
    world.serve("t", "h2", echo("h2"));
    world.run(rpc.fanout_cast_to_server(CTXT, {}, "t", message("echo")));
    world.kernel.settle();
    expect(heard.sort()).toEqual(["h1", "h2"]);
  });

  it("refuses a broker that there is not", () => {
    const op = rpc.cast_to_server(CTXT, { hostname: "nowhere" }, "t", message("echo"));
    expect(failure(op)).toMatchObject({
      name: "MessageDeliveryFailure",
      message: "there is no broker at nowhere",
    });
  });

  it("keeps an event for a listener that comes later (NTF-02)", () => {
    const event = {
      publisher_id: "compute.h1",
      event_type: "compute.instance.create",
      priority: "INFO",
      payload: { n: 1 },
    };
    world.run(rpc.notify(CTXT, "notifications.info", event));
    world.kernel.settle();
    expect(world.depths()).toEqual(["notifications.info: 1"]);
    expect(world.of("notification")).toMatchObject([
      { topic: "notifications.info", event_type: event.event_type, request: "req-1" },
    ]);
  });
});
