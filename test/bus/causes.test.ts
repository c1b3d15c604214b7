/** What a message hands on besides its content: its cause, its weight, and whether a run waits for it. */
import { describe, expect, it } from "vitest";
import { Notifier, RpcClient, RpcServer } from "../../src/bus/index.js";
import { Kernel, aloud, quietly, seconds, sleep, type Op } from "../../src/kernel/index.js";
import { Bus } from "../../src/bus/index.js";
import { CTXT, World, endpointOf, plain } from "./bed.js";

/** A client calls `front`, which casts to `back`, emits an event and answers. */
function chain(): World {
  const world = new World();
  const front = world.connect("front@h");
  const toBack = new RpcClient(front, plain);
  const notifier = new Notifier(front, {
    publisherId: "front.h",
    drivers: ["messaging"],
    topics: ["notifications"],
  });
  world.serve("back", "h", {
    *work() {
      yield* sleep(seconds(1));
    },
  });
  const work = {
    *ask(): Op<string> {
      yield* toBack.cast({ topic: "back" }, CTXT, "work", {});
      yield* notifier.info({ request_id: "req-1" }, "asked", {});
      return "answer";
    },
  };
  world.serve("front", "h", work, { connection: front });
  return world;
}

/** Each entry with the entry that led to it. */
const forest = (world: World): string[] =>
  world.entries.map(({ what, cause }) => {
    const from = world.entries[cause]?.what.kind ?? "nothing";
    return `${what.kind} ${String(what.actor)} <- ${from}`;
  });

describe("causes", () => {
  it("run from call to delivery, through the handler, to the reply and back to the caller", () => {
    const world = chain();
    const client = world.client();
    world.run(
      (function* () {
        yield* client.call({ topic: "front" }, CTXT, "ask", {});
        yield* client.cast({ topic: "back" }, CTXT, "work", {});
      })(),
    );
    world.kernel.settle();
    expect(forest(world)).toEqual([
      "rpc.call client@h <- nothing",
      "rpc.delivered front@h <- rpc.call",
      "rpc.cast front@h <- rpc.delivered",
      "notification front@h <- rpc.delivered",
      "rpc.delivered back@h <- rpc.cast",
      "rpc.reply client@h <- rpc.delivered",
      "rpc.cast client@h <- rpc.reply",
      "rpc.delivered back@h <- rpc.cast",
    ]);
  });

  it("of a failed call run through the failure", () => {
    const world = chain();
    const client = world.client();
    world.run(
      (function* () {
        try {
          yield* client.call({ topic: "front" }, CTXT, "unknown", {});
        } catch {
          yield* client.cast({ topic: "back" }, CTXT, "work", {});
        }
      })(),
    );
    expect(forest(world).slice(2)).toEqual([
      "log front@h <- rpc.delivered",
      "rpc.failure client@h <- rpc.delivered",
      "rpc.cast client@h <- rpc.failure",
    ]);
  });

  it("of a call that timed out run from the call through the timeout", () => {
    const world = chain();
    const client = world.client();
    world.run(
      (function* () {
        try {
          yield* client.call({ topic: "nobody", timeout: seconds(1) }, CTXT, "x", {});
        } catch {
          yield* client.cast({ topic: "back" }, CTXT, "work", {});
        }
      })(),
    );
    expect(forest(world)).toEqual([
      "rpc.call client@h <- nothing",
      "rpc.lost client@h <- rpc.call",
      "rpc.timeout client@h <- rpc.call",
      "rpc.cast client@h <- rpc.timeout",
    ]);
  });
});

describe("routine", () => {
  it("stays routine through handlers, their casts and events, and replies", () => {
    const world = chain();
    world.run(quietly(world.client().call({ topic: "front" }, CTXT, "ask", {})));
    world.kernel.settle();
    expect(world.entries.map(({ detail }) => detail)).toEqual(Array(6).fill("full"));
  });

  it("stays routine when it is lost or times out", () => {
    const world = chain();
    const call = world.client().call({ topic: "nobody" }, CTXT, "x", {});
    expect(() => world.run(quietly(call))).toThrow("Timed out");
    expect(world.entries.map(({ detail }) => detail)).toEqual(["full", "full", "full"]);
  });

  it("ends for the caller where it ended", () => {
    const world = chain();
    const client = world.client();
    world.run(
      (function* () {
        yield* quietly(client.call({ topic: "front" }, CTXT, "ask", {}));
        yield* client.cast({ topic: "nobody" }, CTXT, "x", {});
      })(),
    );
    expect(world.entries.at(-1)).toMatchObject({ detail: "flow", what: { kind: "rpc.cast" } });
  });

  it("may hold a part of the story", () => {
    const world = chain();
    world.run(quietly(aloud(world.client().cast({ topic: "nobody" }, CTXT, "x", {}))));
    expect(world.entries[0]?.detail).toBe("flow");
  });
});

describe("a run", () => {
  it("does not wait for what a daemon sent, nor for what that set off", () => {
    const world = chain();
    const client = world.client();
    function* loop(): Op<void> {
      for (;;) {
        yield* client.call({ topic: "front" }, CTXT, "ask", {});
        yield* sleep(seconds(10));
      }
    }
    world.kernel.spawn(loop(), { name: "loop", daemon: true });
    world.kernel.spawn(sleep(seconds(25)), { name: "boot" });
    world.kernel.settle();
    expect(world.kernel.now).toBe(seconds(25));
    expect(world.of("rpc.reply")).toHaveLength(3);
  });

  it("waits for what a foreground greenthread cast, to its end", () => {
    const world = chain();
    world.run(world.client().cast({ topic: "back" }, CTXT, "work", {}));
    world.kernel.settle();
    expect(world.kernel.now).toBeGreaterThan(seconds(1));
  });

  it("is the same whether anybody watches", () => {
    const watched = chain();
    const blind = new Kernel();
    const bus = new Bus(blind);
    new RpcServer(bus.connect({ actor: "back@h", exchange: "nova" }), {
      topic: "back",
      server: "h",
      serializer: plain,
      endpoints: [
        endpointOf("back", {
          *work() {
            yield* sleep(seconds(1));
          },
        }),
      ],
      onError: (error) => {
        throw error;
      },
    }).start();
    const client = new RpcClient(bus.connect({ actor: "client@h", exchange: "nova" }), plain);
    const ends = [[watched.kernel, watched.client()] as const, [blind, client] as const].map(
      ([kernel, each]) => {
        kernel.complete(each.call({ topic: "back" }, CTXT, "work", {}), { name: "test" });
        return [kernel.now, kernel.events];
      },
    );
    expect(ends[0]).toEqual(ends[1]);
  });
});
