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

  it("is noticed after 1, 3, 5 ... seconds, at most 30 apart", () => {
    const back = (down: Duration): number => {
      const world = new Restarting();
      world.serve("t", "h1", world.notes);
      world.restart(down);
      world.cast(1);
      return world.kernel.now;
    };
    expect([back(seconds(0.5)), back(seconds(2)), back(seconds(5))]).toEqual([
      seconds(1),
      seconds(4),
      seconds(9),
    ]);
    // 1, 4, 9, 16 ... 225, 254 (29 later) and from there every 30 s.
    expect(back(seconds(290))).toBe(seconds(225 + 30 + 30 + 30));
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

  it("is waited out by a process that starts meanwhile", () => {
    const world = new Restarting();
    world.restart(seconds(3));
    world.serve("t", "h1", world.notes);
    expect(world.bus.queues()).toEqual([]);
    world.kernel.settle();
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
    [0, 0],
    [1, 1],
    [4, 1 + 3 + 5 + 7],
  ])("%d gives up after that many attempts more than one", (retry, after) => {
    const world = new Restarting();
    world.serve("t", "h1", world.notes);
    world.restart(seconds(1_000));
    const send = world.client().cast({ topic: "t", retry }, CTXT, "note", {});
    expect(() => world.run(send)).toThrow(MessageDeliveryFailure);
    expect(world.kernel.now).toBe(seconds(after));
    expect(world.of("rpc.cast")).toEqual([]);
  });

  it("of -1, or none at all, goes on for ever; a call's timeout runs from when it is sent", () => {
    const world = new Restarting();
    world.serve("t", "h1", world.notes);
    world.restart(seconds(200));
    const client = world.client();
    world.run(
      (function* (): Op<void> {
        const target = { topic: "t", retry: -1, timeout: seconds(1) };
        const cast = world.kernel.spawn(client.cast({ topic: "t" }, CTXT, "note", { n: 1 }), {
          name: "cast",
        });
        expect(yield* client.call(target, CTXT, "note", { n: 2 })).toBe(2);
        yield* join(cast);
      })(),
    );
    // Whoever waited first goes on first.
    expect(world.ran).toEqual([2, 1]);
  });
});
