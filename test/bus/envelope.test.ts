/** Messages as they are on the wire: messaging §A3; oslo.messaging's TestRequestWireFormat. */
import { describe, expect, it } from "vitest";
import { Notifier, wireMessage, type CallTarget } from "../../src/bus/index.js";
import { microseconds, seconds } from "../../src/kernel/index.js";
import { ValueError, str, type JsonObject } from "../../src/python/index.js";
import { CTXT, World } from "./bed.js";

const HEX = expect.stringMatching(/^[0-9a-f]{32}$/) as unknown;

/** What is in an envelope. */
function opened(envelope: JsonObject | undefined): JsonObject {
  expect(envelope?.["oslo.version"]).toBe("2.0");
  return JSON.parse(str(envelope?.["oslo.message"] ?? null)) as JsonObject;
}

/** What waits in queue `name` after `method` was sent. */
function waiting(target: CallTarget, kind: "call" | "cast", args: object = { x: 1 }): JsonObject {
  const world = new World();
  const queue = target.server === undefined ? "t" : `t.${target.server}`;
  if (target.fanout === true) world.bus.broker.declare("t", "t_fanout", "");
  else world.bus.broker.declare(queue, "nova", queue);
  const client = world.client();
  const send =
    kind === "cast"
      ? client.cast(target, CTXT, "foo", args)
      : client.call(target, CTXT, "foo", args);
  world.kernel.spawn(send, { name: "send", awaited: true });
  world.kernel.run(1_000_000);
  const all = world.bus.waiting(target.fanout === true ? "t" : queue);
  expect(all).toHaveLength(1);
  return opened(all[0]);
}

describe("a request on the wire", () => {
  it.each<CallTarget>([{ topic: "t" }, { topic: "t", server: "h1" }, { topic: "t", fanout: true }])(
    "to %j is method, args, a unique id and the context (RPC-84)",
    (target) => {
      expect(waiting(target, "cast")).toStrictEqual({
        method: "foo",
        args: { x: 1 },
        _unique_id: HEX,
        _context_request_id: "req-1",
        _context_user: "a",
      });
    },
  );

  it("of a call names itself and the reply queue of its process", () => {
    const message = waiting({ topic: "t", timeout: microseconds(1) }, "call");
    expect(message).toMatchObject({
      _msg_id: HEX,
      _reply_q: expect.stringMatching(/^reply_[0-9a-f]{32}$/) as unknown,
    });
    expect(message["_msg_id"]).not.toBe(message["_unique_id"]);
  });

  it("has namespace and version only if there are any", () => {
    const message = waiting({ topic: "t", namespace: "ns", version: "1.5" }, "cast");
    expect(message).toMatchObject({ namespace: "ns", version: "1.5" });
  });

  it("writes keys and dates as texts, tuples as lists (RPC-82)", () => {
    const args = { 1: "a", pair: Object.freeze([1, 2]), at: "2014-09-18T04:03:09.000000" };
    expect(waiting({ topic: "t" }, "cast", args)["args"]).toStrictEqual({
      "1": "a",
      pair: [1, 2],
      at: "2014-09-18T04:03:09.000000",
    });
  });
});

describe("a reply on the wire", () => {
  /** The replies to `method`, kept by a queue of the same name after the caller has gone. */
  function replies(method: string): JsonObject[] {
    const world = new World();
    world.serve("t", "h1", {
      *works() {
        return 7;
      },
      *fails() {
        throw new ValueError("no");
      },
    });
    const { client, connection } = world.linkedClient("caller@h");
    world.faults.declare({ delay: { of: "reply", by: seconds(1) } });
    world.kernel.spawn(client.call({ topic: "t" }, CTXT, method, {}), {
      name: "call",
      awaited: true,
    });
    world.kernel.run(3_000);
    const name = connection.replies.queue;
    connection.close();
    world.bus.broker.declare(name, "", name);
    world.kernel.run(5_000_000);
    return world.bus.waiting(name).map(opened);
  }

  it("is a result and no failure, and ends the wait", () => {
    expect(replies("works")).toStrictEqual([
      { result: 7, failure: null, ending: true, _unique_id: HEX, _msg_id: HEX },
    ]);
  });

  it("in two parts has the end in the second alone (RPC-43)", () => {
    const postmark = { from: "t@h1", daemon: false, detail: "flow", cause: -1 } as const;
    const reply = {
      kind: "reply",
      id: 1,
      request: undefined,
      failure: undefined,
      ...postmark,
    } as const;
    const { ids } = new World().bus;
    const value = wireMessage({ ...reply, result: 7, part: "value" }, ids);
    const end = wireMessage({ ...reply, result: null, part: "end" }, ids);
    expect(value).toStrictEqual({ result: 7, failure: null, _unique_id: HEX, _msg_id: HEX });
    expect(end).toMatchObject({ result: null, ending: true, _msg_id: value["_msg_id"] });
    expect(end["_unique_id"]).not.toBe(value["_unique_id"]);
  });

  it("of a failure carries its class, module, text, traceback, args and kwargs as text", () => {
    const [reply] = replies("fails");
    expect(reply?.["result"]).toBeNull();
    expect(JSON.parse(reply?.["failure"] as string)).toStrictEqual({
      class: "ValueError",
      module: "exceptions",
      message: "no",
      tb: ["Traceback (most recent call last):\n", ...FRAMES, "ValueError: no\n"],
      args: ["no"],
      kwargs: {},
    });
  });
});

/** Lines of oslo/messaging/rpc/dispatcher.py at 1.4.1. */
const FRAMES = [
  [134, "_dispatch_and_reply", "incoming.message))"],
  [177, "_dispatch", "return self._do_dispatch(endpoint, method, ctxt, args)"],
  [123, "_do_dispatch", "result = getattr(endpoint, method)(ctxt, **new_args)"],
].map(
  ([line, name, code]) =>
    `  File "/usr/lib/python2.7/dist-packages/oslo/messaging/rpc/dispatcher.py", line ${String(line)}, in ${String(name)}\n    ${String(code)}\n`,
);

describe("an id on the wire", () => {
  it("is 32 hexadecimal digits as uuid4 gives them, from the seed alone (amqpdriver.py:372)", () => {
    const ids = (seed: number) => {
      const { ids: of } = new World({ seed }).bus;
      return [1, 2, 3].map((n) => of.call(n));
    };
    for (const id of ids(1)) expect(id).toMatch(/^[0-9a-f]{12}4[0-9a-f]{3}[89ab][0-9a-f]{15}$/);
    expect(new Set(ids(1)).size).toBe(3);
    expect(ids(1)).toEqual(ids(1));
    expect(ids(2)).not.toEqual(ids(1));
  });

  it("of a call is in what is recorded of it, and in the error of who waits in vain", () => {
    const world = new World();
    const call = world.client().call({ topic: "nobody" }, CTXT, "foo", {});
    const [id] = [world.bus.ids.call(1)];
    expect(() => world.run(call)).toThrow(`Timed out waiting for a reply to message ID ${id}`);
    expect(world.of("rpc.call")).toMatchObject([{ id: 1, msg_id: id }]);
  });
});

describe("a notification on the wire", () => {
  it("is bare from driver `messaging`: format 1.0 (notify/_impl_messaging.py:26)", () => {
    const world = new World();
    const options = { publisherId: "p.h", drivers: ["messaging"], topics: ["notifications"] };
    const notifier = new Notifier(world.connect("p@h"), options);
    world.run(notifier.info({ request_id: "req-1" }, "boot", {}));
    world.kernel.settle();
    expect(world.bus.waiting("notifications.info")).toMatchObject([{ event_type: "boot" }]);
  });

  it("is its body with a unique id and the context of who sent it", () => {
    const world = new World();
    const notifier = new Notifier(world.connect("p@h"), {
      publisherId: "compute.h1",
      drivers: ["messagingv2"],
      topics: ["notifications"],
    });
    const ctxt = { request_id: "req-1", toWire: () => ({ request_id: "req-1", user: "a" }) };
    world.run(notifier.info(ctxt, "boot", { x: 1 }));
    world.kernel.settle();
    const [envelope] = world.bus.waiting("notifications.info");
    expect(opened(envelope)).toStrictEqual({
      message_id: expect.any(String) as unknown,
      publisher_id: "compute.h1",
      event_type: "boot",
      priority: "INFO",
      payload: { x: 1 },
      timestamp: "2014-09-18 04:03:09",
      _unique_id: HEX,
      _context_request_id: "req-1",
      _context_user: "a",
    });
  });
});
