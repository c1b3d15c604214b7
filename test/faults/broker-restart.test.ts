/** The broker restarts: what is gone, what is kept, and how everybody comes back. */
import { describe, expect, it } from "vitest";
import { MessageDeliveryFailure, Notifier, type CallTarget } from "../../src/bus/index.js";
import {
  join,
  microseconds,
  seconds,
  sleep,
  type Duration,
  type Op,
} from "../../src/kernel/index.js";
import { CTXT, World, type Handlers } from "../bus/bed.js";

class Restarting extends World {
  readonly ran: unknown[] = [];

  get notes(): Handlers {
    const { ran } = this;
    return {
      *note(_ctxt, { n, time = 0 }) {
        ran.push(n);
        yield* sleep(microseconds(Number(time)));
        return n;
      },
    };
  }

  restart(down = seconds(1)): void {
    this.faults.declare({ restart_broker: { down } });
  }

  cast(n: number, target: CallTarget = { topic: "t" }): void {
    this.run(this.client().cast(target, CTXT, "note", { n }));
  }
}

describe("a restart of the broker", () => {
  it("empties queues that are not durable; consumers declare them again (RPC-64)", () => {
    const world = new Restarting();
    world.serve("t", "h1", world.notes).server.stop();
    world.serve("t", "h2", world.notes);
    world.cast(1, { topic: "t", server: "h1" });
    world.kernel.run(seconds(1));
    expect(world.depths()).toEqual(["t.h1: 1"]);
    world.restart();
    expect(world.of("rpc.lost")).toMatchObject([
      { why: "the broker restarted, and queue t.h1 is not durable" },
    ]);
    expect(world.bus.queues()).toEqual([]);
    world.kernel.settle();
    const names = world.bus.queues().map(({ name }) => name.replace(/_[0-9a-f]{32}$/, "_"));
    expect(names).toEqual(["t", "t.h2", "t_fanout_"]);
    world.cast(2);
    world.kernel.settle();
    expect(world.ran).toEqual([2]);
  });

  it("leaves durable queues as they were, with what was handed out and not acknowledged", () => {
    const world = new Restarting();
    world.serve("t", "h1", world.notes, {
      connection: world.connect("t@h1", { durableQueues: true }),
      poolSize: 1,
    });
    const client = world.client();
    world.run(
      (function* () {
        for (const n of [1, 2, 3, 4]) {
          yield* client.cast({ topic: "t" }, CTXT, "note", { n, time: seconds(30) });
        }
      })(),
    );
    world.kernel.run(seconds(1));
    world.restart();
    // 1 runs and 2 waits for the pool: both were acknowledged, so the broker does not have them.
    expect(world.bus.queues()).toMatchObject([{ name: "t", depth: 2 }, { name: "t.h1" }]);
    world.kernel.settle();
    expect(world.ran).toEqual([1, 2, 3, 4]);
  });

  it("brings what was not acknowledged a second time, and that is no duplicate", () => {
    const world = new Restarting();
    // A fault that strikes nothing: messages are watched from the beginning.
    world.faults.declare({ drop: { topic: "nobody" } });
    world.serve("t", "h1", world.notes, {
      connection: world.connect("t@h1", { durableQueues: true }),
      poolSize: 1,
    });
    const client = world.client();
    world.run(
      (function* () {
        for (const n of [1, 2, 3, 4]) {
          yield* client.cast({ topic: "t" }, CTXT, "note", { n, time: seconds(30) });
        }
      })(),
    );
    world.kernel.run(seconds(1));
    world.restart();
    world.kernel.settle();
    expect(world.ran).toEqual([1, 2, 3, 4]);
    expect(world.of("rpc.lost")).toEqual([]);
  });

  it("loses what is on its way, and what is published when it is back is not lost", () => {
    const world = new Restarting();
    world.serve("t", "h1", world.notes);
    const client = world.client();
    world.run(client.cast({ topic: "t" }, CTXT, "note", { n: 1 }));
    world.restart();
    world.run(client.cast({ topic: "t" }, CTXT, "note", { n: 2 }));
    world.kernel.settle();
    expect(world.ran).toEqual([2]);
    expect(world.of("rpc.lost")).toMatchObject([{ why: "the broker was down" }]);
  });

  it("is over for a process that tries after 1, 3, 7, 13, 21 ... seconds (impl_rabbit.py:597)", () => {
    const back = (down: Duration): number => {
      const world = new Restarting();
      world.serve("t", "h1", world.notes);
      const client = world.client();
      world.restart(down);
      world.run(client.cast({ topic: "t" }, CTXT, "note", { n: 1 }));
      return world.kernel.now;
    };
    expect([0.5, 2, 5, 10, 15].map((down) => back(seconds(down)))).toEqual(
      [1, 3, 7, 13, 21].map((at) => seconds(at)),
    );
    // 1, 3, 7, 13 ... 241 (1 + 29 later), and from there every 31 s.
    expect(back(seconds(290))).toBe(seconds(241 + 31 + 31));
  });

  it("is tried by each process as its flags say, and each try is in its log", () => {
    const world = new Restarting();
    const rabbit = {
      reconnectDelay: seconds(0.5),
      retryInterval: 0,
      retryBackoff: 20,
      maxRetries: 0,
    };
    world.serve("t", "h1", world.notes, { connection: world.connect("t@h1", { rabbit }) });
    world.restart(seconds(23));
    world.kernel.settle();
    const logged = world.entries.flatMap(({ at, what }) =>
      what.kind === "log" && what.actor === "t@h1"
        ? [`${at / 1e6} ${String(what["message"])}`]
        : [],
    );
    const refused = "AMQP server on controller:5672 is unreachable: [Errno 111] ECONNREFUSED.";
    const shutDown =
      "(0, 0): (320) CONNECTION_FORCED - broker forced connection closure with reason 'shutdown'";
    // impl_rabbit.py: iterconsume, _disconnect, _connect and reconnect; an interval of 0 is 1 at first.
    expect(logged).toEqual([
      `0 Failed to consume message from queue: ${shutDown}`,
      "0 Delaying reconnect for 0.5 seconds...",
      "0.5 Connecting to AMQP server on controller:5672",
      `0.5 ${refused} Trying again in 1 seconds.`,
      "1.5 Delaying reconnect for 0.5 seconds...",
      "2 Connecting to AMQP server on controller:5672",
      `2 ${refused} Trying again in 21 seconds.`,
      "23 Delaying reconnect for 0.5 seconds...",
      "23.5 Connecting to AMQP server on controller:5672",
      "23.5 Connected to AMQP server on controller:5672",
    ]);
  });

  it("is tried by a server for ever though `rabbit_max_retries` is not, as an error that nobody expects", () => {
    const world = new Restarting();
    const rabbit = { reconnectDelay: 0, retryInterval: 1, retryBackoff: 2, maxRetries: 1 } as const;
    world.serve("t", "h1", world.notes, { connection: world.connect("t@h1", { rabbit }) });
    world.restart(seconds(3));
    world.kernel.settle();
    const messages = world.of("log").map(({ message }) => message);
    expect(messages).toContain(
      "Unable to connect to AMQP server on controller:5672 after 1 tries: [Errno 111] ECONNREFUSED",
    );
    expect(messages).toContain("Unexpected exception occurred 1 time(s)... retrying.");
    world.cast(1);
    world.kernel.settle();
    expect(world.ran).toEqual([1]);
  });

  it("ends a call that waits, if there are as many tries as `rabbit_max_retries` allows", () => {
    const world = new Restarting();
    world.serve("t", "h1", world.notes);
    const rabbit = { reconnectDelay: 0, retryInterval: 1, retryBackoff: 2, maxRetries: 2 } as const;
    const client = world.client({ rabbit });
    const call = client.call({ topic: "t" }, CTXT, "note", { n: 1, time: seconds(30) });
    const thread = world.kernel.spawn(call, { name: "call", awaited: true });
    world.kernel.run(seconds(1));
    world.restart(seconds(60));
    world.kernel.settle();
    expect(() => thread.result).toThrow(
      "Unable to connect to AMQP server on controller:5672 after 2 tries: [Errno 111] ECONNREFUSED",
    );
  });

  it("is noticed by who publishes when it publishes, and waits from then on", () => {
    const world = new Restarting();
    world.serve("t", "h1", world.notes);
    const client = world.client();
    world.run(client.cast({ topic: "t" }, CTXT, "note", { n: 1 }));
    world.kernel.settle();
    world.restart(seconds(1.5));
    world.kernel.run(seconds(30));
    expect(world.of("log").filter(({ actor }) => actor === "client@h")).toEqual([]);
    const before = world.kernel.now;
    world.run(client.cast({ topic: "t" }, CTXT, "note", { n: 2 }));
    expect(world.kernel.now - before).toBe(seconds(1));
    expect(world.of("log").find(({ actor }) => actor === "client@h")).toMatchObject({
      level: "error",
      message: expect.stringMatching(
        /^Failed to publish message to topic 't': \(0, 0\): \(320\)/,
      ) as unknown,
    });
    world.kernel.settle();
    expect(world.ran).toEqual([1, 2]);
  });

  it("loses the first reply to a process whose reply queue nobody read from meanwhile", () => {
    const world = new Restarting();
    world.serve("t", "h1", world.notes);
    const client = world.client();
    const call = (n: number, by = client) =>
      world.run(by.call({ topic: "t", timeout: seconds(5) }, CTXT, "note", { n }));
    call(1);
    world.restart(seconds(0.5));
    world.kernel.run(seconds(60));
    // With somebody else the server's own connections are back, so that it answers at once.
    call(2, world.client({ actor: "other@h" }));
    expect(() => call(3)).toThrow(/^Timed out waiting for a reply to message ID [0-9a-f]{32}$/);
    expect(world.ran).toEqual([1, 2, 3]);
    expect(call(4)).toBe(4);
  });

  it("lets a handler that was at work answer when it is back", () => {
    const world = new Restarting();
    world.serve("t", "h1", world.notes);
    const call = world.kernel.spawn(
      world.client().call({ topic: "t" }, CTXT, "note", { n: 1, time: seconds(2) }),
      { name: "call", awaited: true },
    );
    world.kernel.run(seconds(1));
    world.restart(seconds(5));
    world.kernel.settle();
    expect(call.result).toBe(1);
  });

  it("is waited out by a process that starts meanwhile, and tries after 0, 2, 6 ... seconds", () => {
    const world = new Restarting();
    world.restart(seconds(3));
    const { server, connection } = world.serve("t", "h1", world.notes);
    expect(world.bus.queues()).toEqual([]);
    world.run(connection.listening(server));
    expect(world.kernel.now).toBe(seconds(6));
    expect(world.bus.queues()).toHaveLength(3);
    world.cast(1);
    world.kernel.settle();
    expect(world.ran).toEqual([1]);
  });

  it("keeps notifications of the time for later, with their queue", () => {
    const world = new Restarting();
    const connection = world.connect("p@h");
    const options = { publisherId: "p.h", drivers: ["messaging"], topics: ["notifications"] };
    const notifier = new Notifier(connection, options);
    world.restart();
    world.run(notifier.info({ request_id: "req-1" }, "event", {}));
    world.kernel.settle();
    expect(world.depths()).toEqual(["notifications.info: 1"]);
  });

  it("cannot happen while it happens", () => {
    const world = new Restarting();
    world.restart();
    expect(() => {
      world.restart();
    }).toThrow("down already");
  });
});

describe("retry", () => {
  // oslo.messaging: RpcKombuHATestCase (retry 0, 1, 4: 1, 2, 5 attempts).
  it.each([
    [0, 1],
    [1, 3],
    [4, 21],
  ])("%d gives up after that many attempts more than one, and says so", (retry, after) => {
    const world = new Restarting();
    world.serve("t", "h1", world.notes);
    const client = world.client();
    world.restart(seconds(1_000));
    const send = client.cast({ topic: "t", retry }, CTXT, "note", {});
    const tried = () => world.run(send);
    expect(tried).toThrow(MessageDeliveryFailure);
    // impl_rabbit.py:640 prints what was asked for, not what was tried.
    const words = `after ${String(retry)} tries: [Errno 111] ECONNREFUSED`;
    expect(world.of("log").at(-1)).toMatchObject({
      level: "error",
      message: `Unable to connect to AMQP server on controller:5672 ${words}`,
    });
    expect(world.kernel.now).toBe(seconds(after));
    expect(world.of("rpc.cast")).toEqual([]);
  });

  it("of -1, or none at all, goes on for ever; a call's timeout runs from when it is sent", () => {
    const world = new Restarting();
    world.serve("t", "h1", world.notes);
    const [one, other] = [world.client(), world.client({ actor: "other@h" })];
    world.restart(seconds(200));
    // Nobody is back before the server is: it tries 0.1 s earlier.
    world.kernel.run(seconds(0.1));
    world.run(
      (function* (): Op<void> {
        const target = { topic: "t", retry: -1, timeout: seconds(2) };
        const cast = world.kernel.spawn(one.cast({ topic: "t" }, CTXT, "note", { n: 1 }), {
          name: "cast",
        });
        expect(yield* other.call(target, CTXT, "note", { n: 2 })).toBe(2);
        yield* join(cast);
      })(),
    );
    expect(world.ran.sort()).toEqual([1, 2]);
  });

  it("is not asked for a connection that the pool has to make: it is tried at once, and for ever", () => {
    const world = new Restarting();
    world.serve("t", "h1", world.notes);
    const client = world.client();
    world.restart(seconds(5));
    world.run(
      (function* (): Op<void> {
        const first = world.kernel.spawn(client.cast({ topic: "t" }, CTXT, "note", { n: 1 }), {
          name: "cast",
        });
        yield* sleep(0);
        // amqp.py:116 gives no retry to a connection that it makes: 0, 2, 6 s, before the server is back.
        yield* client.cast({ topic: "t", retry: 0 }, CTXT, "note", { n: 2 });
        expect(world.kernel.now).toBe(seconds(6));
        yield* join(first);
      })(),
    );
    world.kernel.settle();
    expect(world.ran).toEqual([1]);
    expect(world.of("rpc.lost")).toMatchObject([
      { why: 'no queue is bound to "t" on exchange "nova"' },
    ]);
  });
});
