/** Faults on the wire: each verb, what it is aimed by, and what is recorded of it. */
import { describe, expect, it } from "vitest";
import type { CallTarget } from "../../src/bus/index.js";
import type { WireFaultSpec } from "../../src/faults/index.js";
import { join, microseconds, seconds, sleep, type Op } from "../../src/kernel/index.js";
import { CTXT, World, type Handlers } from "../bus/bed.js";

/** Servers that note what they run, and a client that casts and calls. */
class Noting extends World {
  readonly ran: string[] = [];
  readonly #client = this.client();

  constructor(hosts: readonly string[] = ["h1"]) {
    super();
    for (const host of hosts) this.serve("t", host, this.notes(host));
  }

  notes(host: string): Handlers {
    const { ran } = this;
    return {
      *note(_ctxt, { n }) {
        ran.push(`${host} ${String(n)}`);
        return n;
      },
      *other() {
        ran.push(`${host} other`);
      },
    };
  }

  declare(spec: WireFaultSpec): void {
    this.faults.declare(spec);
  }

  cast(...numbers: number[]): void {
    this.castTo({ topic: "t" }, ...numbers);
  }

  castTo(target: CallTarget, ...numbers: number[]): void {
    const client = this.#client;
    this.run(
      (function* () {
        for (const n of numbers) yield* client.cast(target, CTXT, "note", { n });
      })(),
    );
    this.kernel.run(this.kernel.now + seconds(1));
  }

  call(n: number, timeout = seconds(5)): unknown {
    return this.run(this.#client.call({ topic: "t", timeout }, CTXT, "note", { n }));
  }

  get events(): unknown[] {
    return this.of("fault").map(({ event }) => event);
  }
}

describe("drop", () => {
  it("loses one message, says which, and no other", () => {
    const world = new Noting();
    world.declare({ drop: { method: "note" } });
    world.cast(1, 2);
    expect(world.ran).toEqual(["h1 2"]);
    expect(world.events).toEqual(["declared", "struck"]);
    const [sent] = world.entries
      .map(({ what }, at) => (what.kind === "rpc.cast" ? at : -1))
      .filter((at) => at >= 0);
    expect(world.of("fault")[1]).toMatchObject({ fault: "drop note", entry: sent });
    expect(world.of("rpc.lost")).toMatchObject([{ why: "a fault on the wire" }]);
  });

  it.each<[string, WireFaultSpec, string[]]>([
    ["the n-th that fits", { drop: { nth: 2 } }, ["h1 1", "h1 3"]],
    ["as many as are asked for", { drop: { times: 2 } }, ["h1 3"]],
    ["a method", { drop: { method: "other" } }, ["h1 1", "h1 2", "h1 3"]],
    ["a topic", { drop: { topic: "u" } }, ["h1 1", "h1 2", "h1 3"]],
    ["a sender", { drop: { from: "client@h", times: 3 } }, []],
    ["a sender's host", { drop: { from: "h" } }, ["h1 2", "h1 3"]],
    ["a host", { drop: { host: "h1" } }, ["h1 2", "h1 3"]],
    ["another host", { drop: { host: "h2" } }, ["h1 1", "h1 2", "h1 3"]],
    ["a time to come", { drop: { after: seconds(60) } }, ["h1 1", "h1 2", "h1 3"]],
    ["all of a window", { drop: { for: seconds(60) } }, []],
  ])("is aimed by %s", (_what, spec, left) => {
    const world = new Noting();
    world.declare(spec);
    world.cast(1, 2, 3);
    expect(world.ran).toEqual(left);
  });

  it("aimed at a host strikes what that host would have taken, whoever it was sent to", () => {
    const world = new Noting(["h1", "h2"]);
    world.declare({ drop: { host: "h2", times: 9 } });
    world.cast(1, 2, 3, 4);
    world.castTo({ topic: "t", fanout: true }, 5);
    world.castTo({ topic: "t", server: "h2" }, 6);
    expect(world.ran).toEqual(["h1 1", "h1 3", "h1 5"]);
  });

  it("ends with its window, and that is recorded", () => {
    const world = new Noting();
    world.declare({ drop: { after: seconds(2), for: seconds(2) } });
    world.cast(1);
    world.kernel.run(seconds(3));
    world.cast(2);
    world.kernel.run(seconds(10));
    world.cast(3);
    expect(world.ran).toEqual(["h1 1", "h1 3"]);
    expect(world.events).toEqual(["declared", "struck", "lifted"]);
  });

  it("is lifted by healing", () => {
    const world = new Noting();
    world.declare({ drop: { times: 9 } });
    world.cast(1);
    world.faults.heal();
    world.cast(2);
    expect(world.ran).toEqual(["h1 2"]);
    expect(world.events).toEqual(["declared", "struck", "lifted"]);
  });
});

describe("delay, duplicate and reorder", () => {
  it("lets a message come late, and those behind it overtake", () => {
    const world = new Noting();
    world.declare({ delay: { by: seconds(10) } });
    world.cast(1, 2);
    expect(world.ran).toEqual(["h1 2"]);
    world.kernel.settle();
    expect(world.ran).toEqual(["h1 2", "h1 1"]);
    expect(world.kernel.now).toBeGreaterThanOrEqual(seconds(10));
  });

  it("lets a message come to a host late, or go back if that has left meanwhile", () => {
    const world = new World();
    const ran: string[] = [];
    const notes: Handlers = {
      *note() {
        ran.push("note");
      },
    };
    const { connection, server } = world.serve("t", "h1", notes);
    world.faults.declare({ delay: { host: "h1", by: seconds(10) } });
    world.run(world.client().cast({ topic: "t" }, CTXT, "note", {}));
    world.kernel.run(seconds(1));
    expect(world.bus.queues()).toContainEqual(
      expect.objectContaining({ name: "t", depth: 0, unacknowledged: 1 }),
    );
    server.crash();
    connection.close();
    world.kernel.settle();
    expect({ ran, depths: world.depths() }).toEqual({ ran: [], depths: ["t: 1"] });
  });

  it("of a duplicate runs one, as the second has an id that was just seen (RPC-56)", () => {
    const world = new Noting();
    world.declare({ duplicate: { times: 3 } });
    world.cast(1, 2, 3);
    expect(world.ran).toEqual(["h1 1", "h1 2", "h1 3"]);
    expect(world.of("rpc.lost")).toHaveLength(3);
    expect(world.of("rpc.lost")[0]?.["why"]).toContain("duplicate");
    expect(world.depths()).toEqual([]);
  });

  it("of a duplicate runs both if they go to two servers (RPC-57)", () => {
    const world = new Noting(["h1", "h2"]);
    world.declare({ duplicate: {} });
    world.cast(1);
    expect(world.ran).toEqual(["h1 1", "h2 1"]);
  });

  it("of a duplicate runs both if 16 others came between, and one if it were 15 (RPC-57)", () => {
    for (const between of [15, 16]) {
      const world = new World();
      const ran: unknown[] = [];
      world.serve("t", "h1", {
        *note(_ctxt, { n }) {
          ran.push(n);
        },
      });
      const { faults } = world;
      // The copy is kept back until the others have gone by.
      faults.declare({ duplicate: { nth: 1 } });
      faults.declare({ delay: { host: "h1", nth: 2, by: seconds(1) } });
      const client = world.client();
      world.run(
        (function* () {
          for (let n = 0; n <= between; n++) {
            yield* client.cast({ topic: "t" }, CTXT, "note", { n });
          }
        })(),
      );
      world.kernel.settle();
      expect(ran.filter((n) => n === 0)).toHaveLength(between === 16 ? 2 : 1);
    }
  });

  it("gives each of two executions arguments of its own", () => {
    const world = new World();
    const got: unknown[] = [];
    const pushes: Handlers = {
      *note(_ctxt, { list }) {
        (list as number[]).push(1);
        got.push(list);
      },
    };
    for (const host of ["h1", "h2"]) world.serve("t", host, pushes);
    world.faults.declare({ duplicate: {} });
    world.run(world.client().cast({ topic: "t" }, CTXT, "note", { list: [] }));
    world.kernel.settle();
    expect(got).toEqual([[1], [1]]);
  });

  it("swaps a message with the next that fits, and only with that", () => {
    const world = new Noting();
    world.declare({ reorder: { method: "note" } });
    world.cast(1, 2, 3);
    expect(world.ran).toEqual(["h1 2", "h1 1", "h1 3"]);
  });

  it("lets a message go that nobody overtakes in time", () => {
    const world = new Noting();
    world.declare({ reorder: { within: seconds(5) } });
    world.cast(1);
    expect(world.ran).toEqual([]);
    world.kernel.settle();
    expect(world.ran).toEqual(["h1 1"]);
    expect(world.kernel.now).toBe(seconds(5));
  });
});

describe("a reply", () => {
  it("is lost after the work was done, and its caller times out", () => {
    const world = new Noting();
    world.declare({ lose_reply: { method: "note" } });
    expect(() => world.call(1)).toThrow("Timed out waiting for a reply");
    expect(world.ran).toEqual(["h1 1"]);
    expect(world.call(2)).toBe(2);
  });

  it("is two messages: without the first the result is null (RPC-43)", () => {
    const world = new Noting();
    world.declare({ lose_reply: { part: "value" } });
    expect(world.call(1)).toBeNull();
  });

  it("is two messages: without the second the caller waits although it has the value (RPC-43)", () => {
    const world = new Noting();
    world.declare({ lose_reply: { part: "ending" } });
    expect(() => world.call(1)).toThrow("Timed out waiting for a reply");
    expect(world.of("rpc.reply")).toMatchObject([{ part: "value", result: 1 }]);
  });

  it("is two messages: the wrong way round the result is null and the value too late (RPC-43)", () => {
    const world = new Noting();
    world.declare({ reorder: { of: "reply" } });
    expect(world.call(1)).toBeNull();
    world.kernel.settle();
    expect(world.of("rpc.lost")).toMatchObject([{ why: "the caller has stopped waiting" }]);
  });

  it("that comes twice is thrown away the second time", () => {
    const world = new Noting();
    world.declare({ duplicate: { of: "reply" } });
    expect(world.call(1)).toBe(1);
    world.kernel.settle();
    expect(world.of("rpc.lost")).toHaveLength(1);
  });

  it("is aimed at by who did the work and by who asked", () => {
    const world = new Noting(["h1", "h2"]);
    world.declare({ lose_reply: { host: "h2", from: "client@h" } });
    expect(world.call(1)).toBe(1);
    expect(() => world.call(2)).toThrow("Timed out");
    expect(world.ran).toEqual(["h1 1", "h2 2"]);
  });
});

describe("a stalled consumer", () => {
  it("takes nothing, though it is dealt its share; what it was given runs when it goes on", () => {
    const world = new Noting(["h1", "h2"]);
    world.declare({ stall: { host: "h1" } });
    world.cast(1, 2, 3, 4);
    expect(world.ran).toEqual(["h2 2", "h2 4"]);
    const topic = world.bus.queues().find(({ name }) => name === "t");
    expect(topic).toMatchObject({ depth: 0, unacknowledged: 2, consumers: 2 });
    expect(world.events).toEqual(["declared", "struck", "struck"]);
    world.faults.heal();
    world.kernel.settle();
    expect(world.ran).toEqual(["h2 2", "h2 4", "h1 1", "h1 3"]);
  });

  it("gives back what it was given when its process goes", () => {
    const world = new World();
    const { connection, server } = world.serve("t", "h1", {});
    world.faults.declare({ stall: { host: "t@h1", topic: "t" } });
    world.run(world.client().cast({ topic: "t" }, CTXT, "note", {}));
    world.kernel.run(seconds(1));
    expect(world.depths()).toEqual([]);
    server.crash();
    connection.close();
    expect(world.depths()).toEqual(["t: 1"]);
  });

  it("stands for a process that starts meanwhile, and ends with its window", () => {
    const world = new Noting([]);
    world.declare({ stall: { host: "h1", after: seconds(1), for: seconds(9) } });
    world.kernel.run(seconds(2));
    world.serve("t", "h1", world.notes("h1"));
    world.cast(1);
    expect(world.ran).toEqual([]);
    world.kernel.settle();
    expect({ ran: world.ran, now: world.kernel.now }).toEqual({ ran: ["h1 1"], now: seconds(10) });
  });

  it("still gets the replies to its own calls, and stalls one topic only if told so", () => {
    const world = new World();
    world.serve("a", "h9", {
      *ask() {
        return "answer";
      },
    });
    const connection = world.connect("p@h1");
    world.serve("t", "h1", {}, { connection });
    world.faults.declare({ stall: { host: "h1" } });
    const caller = world.linkedClient("p@h1").client;
    expect(world.run(caller.call({ topic: "a" }, CTXT, "ask", {}))).toBe("answer");
    world.faults.declare({ stall: { host: "h9", topic: "other" } });
    expect(world.run(caller.call({ topic: "a" }, CTXT, "ask", {}))).toBe("answer");
  });
});

describe("a host that is cut off", () => {
  const told = (world: Noting) => world.ran;

  it("hears nothing until it is back, and then hears all of it, in order", () => {
    const world = new Noting(["h1"]);
    world.declare({ cut_off: { host: "h1" } });
    world.cast(1, 2);
    expect(told(world)).toEqual([]);
    expect(() => world.call(3)).toThrow("Timed out");
    world.faults.heal();
    world.kernel.settle();
    expect(told(world)).toEqual(["h1 1", "h1 2", "h1 3"]);
  });

  it("cannot be heard: what it sends arrives when it is back", () => {
    const world = new Noting(["h1"]);
    world.declare({ cut_off: { host: "h" } });
    world.cast(1, 2);
    expect(world.ran).toEqual([]);
    world.faults.heal();
    world.kernel.settle();
    expect(world.ran).toEqual(["h1 1", "h1 2"]);
  });

  it.each([
    ["in", []],
    ["out", ["h1 1"]],
  ] as const)("only one way, %s, hears or is heard", (direction, ran) => {
    const world = new Noting(["h1"]);
    world.declare({ cut_off: { host: "h1", direction, for: seconds(30) } });
    expect(() => world.call(1)).toThrow("Timed out");
    expect(world.ran).toEqual(ran);
  });

  it("loses what it had not sent when it crashes", () => {
    const world = new World();
    const ran: unknown[] = [];
    world.serve("t", "h1", {
      *note(_ctxt, { n }) {
        ran.push(n);
      },
    });
    const { client, connection } = world.linkedClient("p@far");
    world.faults.declare({ cut_off: { host: "far" } });
    world.run(client.cast({ topic: "t" }, CTXT, "note", { n: 1 }));
    connection.close();
    world.faults.heal();
    world.kernel.settle();
    expect(ran).toEqual([]);
  });

  it("cannot be joined by a new process", () => {
    const world = new Noting(["h1"]);
    world.declare({ cut_off: { host: "h2" } });
    world.serve("t", "h2", world.notes("h2"));
    world.cast(1, 2);
    expect(world.ran).toEqual(["h1 1", "h1 2"]);
    const tries = world.of("log").filter(({ level }) => level === "error");
    world.faults.heal();
    world.kernel.settle();
    expect(tries.concat(world.of("log"))).toContainEqual(
      expect.objectContaining({
        actor: "t@h2",
        message:
          "AMQP server on controller:5672 is unreachable: timed out. Trying again in 1 seconds.",
      }),
    );
    world.cast(3, 4);
    expect(world.ran).toEqual(["h1 1", "h1 2", "h2 3", "h1 4"]);
  });
});

describe("what is recorded of a fault", () => {
  it("is nothing but its declaration if it never strikes", () => {
    const world = new Noting();
    world.declare({ drop: { topic: "nobody" } });
    world.cast(1);
    expect(world.events).toEqual(["declared"]);
    expect(world.faults.faults.map(({ strikes, text }) => [strikes, text])).toEqual([
      [0, "drop any on nobody"],
    ]);
  });

  it("is as quiet as what it strikes", () => {
    const world = new Noting();
    world.declare({ drop: {} });
    world.run(
      (function* (): Op<void> {
        const quiet = world.kernel.spawn(world.client().cast({ topic: "t" }, CTXT, "note", {}), {
          name: "quiet",
          detail: "full",
        });
        yield* join(quiet);
        yield* sleep(microseconds(1));
      })(),
    );
    const struck = world.entries.find(({ what }) => what["event"] === "struck");
    expect(struck?.detail).toBe("full");
  });
});

describe("a bus without faults", () => {
  it("does not know of them: nothing stands between consumers and their queues", () => {
    const world = new Noting();
    world.cast(1);
    expect(world.bus.tap).toBeUndefined();
  });
});
