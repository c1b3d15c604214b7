/** The pool of a server, and what becomes of messages when a server stops or crashes: messaging §A4. */
import { describe, expect, it } from "vitest";
import { seconds, sleep } from "../../src/kernel/index.js";
import { CTXT, World, type ServeOptions } from "./bed.js";

/** A server on `h1` whose handlers take ten seconds each, and casts to it. */
class Busy extends World {
  readonly began: unknown[] = [];
  readonly ended: unknown[] = [];

  busy(options: ServeOptions = {}) {
    const { began, ended } = this;
    const handlers = {
      *work(_ctxt: unknown, { n }: { readonly n?: unknown }) {
        began.push(n);
        yield* sleep(seconds(10));
        ended.push(n);
        return n;
      },
    };
    return this.serve("t", "h1", handlers, { poolSize: 2, ...options });
  }

  /** Cast numbers, and let a second go by. */
  send(target: { server?: string; fanout?: boolean }, ...numbers: number[]): void {
    const client = this.client();
    this.run(
      (function* () {
        for (const n of numbers) yield* client.cast({ topic: "t", ...target }, CTXT, "work", { n });
      })(),
    );
    this.kernel.run(this.kernel.now + seconds(1));
  }

  get acknowledged(): number {
    return this.of("rpc.delivered").length + this.of("rpc.waits").length;
  }
}

describe("a full pool", () => {
  it("has acknowledged one message more than it runs; the others stay unacknowledged (RPC-55)", () => {
    const world = new Busy();
    const { server } = world.busy();
    world.send({}, 1, 2, 3, 4);
    expect({
      began: world.began,
      running: server.running,
      acknowledged: world.acknowledged,
    }).toEqual({ began: [1, 2], running: 2, acknowledged: 3 });
  });

  it("says of a message that it has no place for, and says again when it begins with it", () => {
    const world = new Busy();
    world.busy();
    world.send({}, 1, 2, 3);
    const [waits] = world.of("rpc.waits");
    expect(world.of("rpc.delivered").map(({ id }) => id)).not.toContain(waits?.id);
    expect(world.of("rpc.waits")).toHaveLength(1);
    world.kernel.settle();
    expect(world.of("rpc.delivered").at(-1)?.id).toBe(waits?.id);
  });

  it("stalls all three queues, and then goes on in the order of arrival (RPC-54)", () => {
    const world = new Busy();
    world.busy();
    world.send({}, 1, 2, 3);
    world.send({ server: "h1" }, 4);
    world.send({ fanout: true }, 5);
    expect(world.began).toEqual([1, 2]);
    world.kernel.settle();
    expect(world.ended).toEqual([1, 2, 3, 4, 5]);
  });
});

describe("a server that stops", () => {
  it("takes no more, lets what runs end and reply, and its wait ends with the last (RPC-60)", () => {
    const world = new Busy();
    const { server } = world.busy();
    const call = world.kernel.spawn(world.client().call({ topic: "t" }, CTXT, "work", { n: 1 }), {
      name: "call",
      awaited: true,
    });
    world.kernel.run(seconds(1));
    server.stop();
    world.send({}, 2);
    world.run(server.wait());
    expect(world.ended).toEqual([1]);
    expect(server.running).toBe(0);
    world.kernel.settle();
    expect(call.result).toBe(1);
    expect(world.depths()).toEqual(["t: 1"]);
    world.run(server.wait());
  });

  it("gives back what it has not acknowledged, in order and before what came later (RPC-52)", () => {
    const world = new Busy();
    const { server } = world.busy();
    world.send({ server: "h1" }, 1, 2, 3, 4, 5);
    server.stop();
    world.send({ server: "h1" }, 6);
    expect(world.depths()).toEqual(["t.h1: 3"]);
    world.kernel.settle();
    world.busy({ poolSize: 64 });
    world.kernel.settle();
    expect(world.began).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it("gives back to the other consumers of the queue at once", () => {
    const world = new Busy();
    const { server } = world.busy({ poolSize: 1 });
    world.send({}, 1, 2, 3, 4);
    world.busy({ poolSize: 64 });
    server.stop();
    world.kernel.run(world.kernel.now + seconds(1));
    expect(world.began).toEqual([1, 3, 4]);
  });
});

describe("a server that crashes", () => {
  it("loses what it had acknowledged, even what waited for the pool; the rest is kept (RPC-51)", () => {
    const world = new Busy();
    const { server, connection } = world.busy();
    world.send({ server: "h1" }, 1, 2, 3, 4);
    server.crash();
    connection.close();
    world.kernel.haltAll("t@h1");
    expect(world.kernel.threads()).toEqual([]);
    world.busy();
    world.kernel.settle();
    expect({ began: world.began, ended: world.ended }).toEqual({ began: [1, 2, 4], ended: [4] });
    expect(world.of("rpc.lost").map(({ why }) => why)).toEqual([
      "t@h1 ended while it waited for a place in its pool",
    ]);
  });

  it("runs nothing more even if it was only stopped before its greenthreads were halted", () => {
    const world = new Busy();
    const { server } = world.busy();
    world.send({}, 1, 2, 3);
    server.stop();
    world.kernel.haltAll("t@h1");
    world.kernel.settle();
    expect(world.began).toEqual([1, 2]);
    expect(world.kernel.threads()).toEqual([]);
  });

  it("begins nothing more even while its handlers have not been halted", () => {
    const world = new Busy();
    const { server } = world.busy();
    world.send({}, 1, 2, 3);
    server.crash();
    world.kernel.settle();
    expect(world.began).toEqual([1, 2]);
  });

  it("leaves its callers to their timeout", () => {
    const world = new Busy();
    const { server } = world.busy();
    const call = world.kernel.spawn(world.client().call({ topic: "t" }, CTXT, "work", { n: 1 }), {
      name: "call",
      awaited: true,
    });
    world.kernel.run(seconds(1));
    server.crash();
    world.kernel.haltAll("t@h1");
    world.kernel.settle();
    expect(() => call.result).toThrow("Timed out waiting for a reply");
    expect(world.kernel.now).toBe(seconds(60));
  });
});
