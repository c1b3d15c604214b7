/** Which queue gets a message, and who takes it from there: messaging §A1, §A7. */
import { describe, expect, it } from "vitest";
import { microseconds, milliseconds, seconds, sleep, type Op } from "../../src/kernel/index.js";
import { CTXT, World, type Handlers } from "./bed.js";

/** A world where every server notes who ran what. */
class Noting extends World {
  readonly ran: string[] = [];

  notes(who: string): Handlers {
    const { ran } = this;
    return {
      *note(_ctxt, { n }) {
        ran.push(`${who} ${String(n)}`);
      },
    };
  }

  cast(target: { topic: string; server?: string; fanout?: boolean; exchange?: string }, n = 1) {
    const client = this.client();
    this.run(
      (function* () {
        for (let i = 1; i <= n; i++) yield* client.cast(target, CTXT, "note", { n: i });
      })(),
    );
    this.kernel.settle();
  }
}

describe("a topic", () => {
  it("is served by its hosts in turn, in the order in which they came (RPC-01)", () => {
    const world = new Noting();
    for (const host of ["h1", "h2"]) world.serve("t", host, world.notes(host));
    world.cast({ topic: "t" }, 4);
    expect(world.ran).toEqual(["h1 1", "h2 2", "h1 3", "h2 4"]);
  });

  it("is shared evenly, however busy a host is (RPC-53)", () => {
    const world = new Noting();
    const ran: string[] = [];
    const slow = (who: string, time: number): Handlers => ({
      *note() {
        ran.push(who);
        yield* sleep(microseconds(time));
      },
    });
    world.serve("t", "h1", slow("h1", seconds(100)));
    world.serve("t", "h2", slow("h2", 0));
    world.cast({ topic: "t" }, 10);
    expect(ran.filter((who) => who === "h1")).toHaveLength(5);
  });

  it("keeps the turn of whoever would have been next when a host leaves", () => {
    const world = new Noting();
    const servers = ["h1", "h2", "h3"].map((host) => world.serve("t", host, world.notes(host)));
    world.cast({ topic: "t" }, 2);
    servers[0]?.server.stop();
    world.cast({ topic: "t" }, 2);
    expect(world.ran.slice(2)).toEqual(["h3 1", "h2 2"]);
  });

  it("starts the handlers of one sender in the order of its casts; they may end in any (RPC-16)", () => {
    const world = new World({ latency: { min: 0, max: milliseconds(50) } });
    const began: unknown[] = [];
    const ended: unknown[] = [];
    world.serve("t", "h1", {
      *note(_ctxt, { n }) {
        began.push(n);
        yield* sleep(seconds(10 - Number(n)));
        ended.push(n);
      },
    });
    const client = world.client();
    world.run(
      (function* () {
        for (let n = 1; n <= 9; n++) yield* client.cast({ topic: "t" }, CTXT, "note", { n });
      })(),
    );
    world.kernel.settle();
    expect({ began, ended }).toEqual({
      began: [1, 2, 3, 4, 5, 6, 7, 8, 9],
      ended: [9, 8, 7, 6, 5, 4, 3, 2, 1],
    });
  });

  it("does not reach servers of another control exchange (RPC-18)", () => {
    const world = new Noting();
    world.serve("t", "h1", world.notes("h1"), { exchange: "neutron" });
    world.cast({ topic: "t" });
    expect(world.ran).toEqual([]);
    expect(world.of("rpc.lost")).toMatchObject([
      { why: 'no queue is bound to "t" on exchange "nova"' },
    ]);
    world.cast({ topic: "t", exchange: "neutron" });
    expect(world.ran).toEqual(["h1 1"]);
  });
});

describe("one host's queue", () => {
  it("is that host's alone (RPC-02)", () => {
    const world = new Noting();
    for (const host of ["h1", "h2"]) world.serve("t", host, world.notes(host));
    world.cast({ topic: "t", server: "h2" }, 3);
    expect(world.ran).toEqual(["h2 1", "h2 2", "h2 3"]);
  });

  it("does not exist before the host first came, so what is sent there is lost (RPC-04)", () => {
    const world = new Noting();
    world.cast({ topic: "t", server: "h9" });
    world.serve("t", "h9", world.notes("h9"));
    world.kernel.settle();
    expect(world.ran).toEqual([]);
    expect(world.of("rpc.lost")).toHaveLength(1);
  });

  it("outlives its host and keeps what is sent, in order (RPC-05)", () => {
    const world = new Noting();
    world.serve("t", "h1", world.notes("old")).server.stop();
    world.cast({ topic: "t", server: "h1" }, 3);
    expect(world.depths()).toEqual(["t.h1: 3"]);
    world.serve("t", "h1", world.notes("new"));
    world.kernel.settle();
    expect(world.ran).toEqual(["new 1", "new 2", "new 3"]);
    expect(world.depths()).toEqual([]);
  });

  it("goes to one of several workers there, and a fanout to all of them (RPC-14)", () => {
    const world = new Noting();
    for (const worker of ["w1", "w2", "w3"]) world.serve("t", "h1", world.notes(worker));
    world.cast({ topic: "t", server: "h1" }, 3);
    expect(world.ran).toEqual(["w1 1", "w2 2", "w3 3"]);
    world.cast({ topic: "t", fanout: true });
    // Each process draws the name of its fanout queue from its own stream.
    expect(world.ran.slice(3)).toEqual(["w1 1", "w2 1", "w3 1"]);
  });
});

describe("a fanout", () => {
  it("reaches every server exactly once and no other queue (RPC-03)", () => {
    const world = new Noting();
    for (const host of ["h1", "h2"]) world.serve("t", host, world.notes(host));
    world.cast({ topic: "t", fanout: true });
    expect(world.ran).toEqual(["h1 1", "h2 1"]);
    expect(world.of("rpc.delivered").map(({ queue }) => String(queue).slice(0, 9))).toEqual([
      "t_fanout_",
      "t_fanout_",
    ]);
  });

  it("is missed by a server that is away: its queue went with it (RPC-06)", () => {
    const world = new Noting();
    const before = world.serve("t", "h1", world.notes("h1"));
    const fanoutQueue = () => world.bus.queues().find(({ name }) => name.startsWith("t_fanout_"));
    const old = fanoutQueue()?.name;
    before.server.stop();
    expect(fanoutQueue()).toBeUndefined();
    world.cast({ topic: "t", fanout: true });
    world.serve("t", "h1", world.notes("h1"));
    world.kernel.settle();
    expect(world.ran).toEqual([]);
    expect(fanoutQueue()?.name).not.toBe(old);
  });

  it("crosses control exchanges, while plain casts do not (RPC-10)", () => {
    const world = new Noting();
    world.serve("t", "a1", world.notes("a1"), { exchange: "a" });
    world.serve("t", "b1", world.notes("b1"), { exchange: "b" });
    world.cast({ topic: "t", fanout: true, exchange: "a" });
    world.cast({ topic: "t", exchange: "b" });
    expect(world.ran).toEqual(["a1 1", "b1 1", "b1 1"]);
  });
});

describe("queues", () => {
  it("can be looked at: how much waits, how many consume", () => {
    const world = new Noting();
    world.serve("t", "h2", world.notes("h2"));
    world.serve("t", "h1", world.notes("h1")).server.stop();
    world.cast({ topic: "t", server: "h1" }, 2);
    const named = world.bus.queues().filter(({ name }) => !name.includes("fanout"));
    expect(named).toEqual([
      { exchange: "nova", name: "t", depth: 0, consumers: 1, unacknowledged: 0 },
      { exchange: "nova", name: "t.h1", depth: 2, consumers: 0, unacknowledged: 0 },
      { exchange: "nova", name: "t.h2", depth: 0, consumers: 1, unacknowledged: 0 },
    ]);
  });

  it("keep what comes between their declaration and the first consumer (RPC-13)", () => {
    const world = new Noting();
    world.bus.broker.declare("t", "nova", "t");
    world.cast({ topic: "t" }, 2);
    expect(world.depths()).toEqual(["t: 2"]);
    world.serve("t", "h1", world.notes("h1"));
    world.kernel.settle();
    expect(world.ran).toEqual(["h1 1", "h1 2"]);
  });

  it("drain in order even when many messages arrive at one instant", () => {
    const world = new World({ latency: { min: 0, max: 0 } });
    const got: unknown[] = [];
    world.serve("t", "h1", {
      *note(_ctxt, { n }): Op<void> {
        got.push(n);
      },
    });
    const clients = ["a", "b"].map((actor) => world.client({ actor }));
    world.run(
      (function* () {
        for (let n = 0; n < 200; n++) {
          yield* clients[n % 2]!.cast({ topic: "t" }, CTXT, "note", { n });
        }
      })(),
    );
    world.kernel.settle();
    expect(got).toEqual([...Array(200).keys()]);
  });
});
