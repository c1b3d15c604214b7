/**
 * What holds whatever happens: random sequences of declaring, consuming, sending, stopping, crashing
 * and restarting, the broker included. Each message is executed at most once, each queue keeps its
 * order, each call ends exactly once, and nothing is left behind.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  MessagingTimeout,
  RemoteError,
  type Connection,
  type RpcServer,
} from "../../src/bus/index.js";
import type { WireFaultSpec } from "../../src/faults/index.js";
import { microseconds, milliseconds, seconds, sleep, type Op } from "../../src/kernel/index.js";
import { ValueError, type JsonObject } from "../../src/python/index.js";
import { CTXT, World, type Handlers } from "./bed.js";

const HOSTS = ["h1", "h2", "h3"] as const;
type Host = (typeof HOSTS)[number];

type Act =
  | { readonly act: "start" | "stop" | "crash"; readonly host: Host }
  | {
      readonly act: "cast" | "call";
      readonly host: Host | undefined;
      readonly work: number;
      readonly fails: boolean;
    }
  | { readonly act: "fanout"; readonly work: number }
  | { readonly act: "broker"; readonly down: number }
  | { readonly act: "wait"; readonly time: number };

const host = fc.constantFrom(...HOSTS);
const time = (most: number) => fc.integer({ min: 0, max: most }).map(milliseconds);

const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ act: fc.constant("start" as const), host }) },
  {
    weight: 1,
    arbitrary: fc.record({ act: fc.constantFrom("stop" as const, "crash" as const), host }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      act: fc.constantFrom("cast" as const, "call" as const),
      host: fc.option(host, { nil: undefined }),
      work: time(4_000),
      fails: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ act: fc.constant("fanout" as const), work: time(2_000) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant("broker" as const), down: time(6_000) }) },
  { weight: 4, arbitrary: fc.record({ act: fc.constant("wait" as const), time: time(1_500) }) },
);

interface Life {
  readonly server: RpcServer<JsonObject>;
  readonly connection: Connection;
}

/** A world that is driven by acts, and what it saw. */
class Driven extends World {
  /** Who began what: `n host`. */
  readonly began: { readonly n: number; readonly host: Host; readonly life: number }[] = [];
  /** How each call ended, by number. */
  readonly ends = new Map<number, string[]>();
  readonly fanouts = new Set<number>();
  readonly #lives = new Map<Host, Life>();
  readonly #client = this.linkedClient("client@c");
  #sent = 0;
  #births = 0;

  do(one: Act): void {
    switch (one.act) {
      case "start":
        this.#start(one.host);
        break;
      case "stop":
      case "crash":
        this.#end(one.host, one.act);
        break;
      case "cast":
      case "fanout":
        this.#cast(one.act === "fanout" ? undefined : one.host, one.work, one.act === "fanout");
        break;
      case "call":
        this.#call(one.host, one.work, one.fails);
        break;
      case "broker":
        if (!this.bus.broker.down)
          this.faults.declare({ restart_broker: { down: microseconds(one.down) } });
        break;
      case "wait":
        this.kernel.run(this.kernel.now + one.time);
        break;
    }
  }

  /** Let everything end; then let the processes go as well. */
  end(): void {
    this.kernel.settle();
    for (const each of HOSTS) this.#end(each, "stop");
    this.kernel.settle();
    this.#client.connection.close();
  }

  get waiting(): number {
    return this.#client.connection.replies.size;
  }

  get sent(): number {
    return this.#sent;
  }

  #start(where: Host): void {
    if (this.#lives.has(where)) return;
    const { began } = this;
    const life = ++this.#births;
    const handlers: Handlers = {
      *work(_ctxt, { n, work, fails }) {
        began.push({ n: Number(n), host: where, life });
        yield* sleep(microseconds(Number(work)));
        if (fails === true) throw new ValueError("no");
        return n;
      },
    };
    this.#lives.set(where, this.serve("t", where, handlers, { poolSize: 2 }));
  }

  #end(where: Host, how: "stop" | "crash"): void {
    const life = this.#lives.get(where);
    if (life === undefined) return;
    this.#lives.delete(where);
    if (how === "stop") {
      life.server.stop();
      this.kernel.spawn(life.server.wait(), { name: "wait", actor: "test" });
      // Handlers end and still reply; then the process leaves.
      this.kernel.settle();
    } else life.server.crash();
    life.connection.close();
    this.kernel.haltAll(`t@${where}`);
  }

  #cast(server: Host | undefined, work: number, fanout: boolean): void {
    const n = ++this.#sent;
    if (fanout) this.fanouts.add(n);
    const target = { topic: "t", ...(server !== undefined && { server }), fanout };
    this.kernel.spawn(this.#client.client.cast(target, CTXT, "work", { n, work }), {
      name: "cast",
      actor: "test",
    });
  }

  #call(server: Host | undefined, work: number, fails: boolean): void {
    const n = ++this.#sent;
    const ends: string[] = [];
    this.ends.set(n, ends);
    const target = { topic: "t", timeout: seconds(3), ...(server !== undefined && { server }) };
    const call = this.#client.client.call(target, CTXT, "work", { n, work, fails });
    this.kernel.spawn(
      (function* (): Op<void> {
        try {
          // A fault can take the value out of a reply; nothing can put another in.
          expect([n, null]).toContain(yield* call);
          ends.push("reply");
        } catch (error) {
          ends.push(error instanceof MessagingTimeout ? "timeout" : "failure");
          const expected = error instanceof MessagingTimeout || error instanceof ValueError;
          if (!expected && !(error instanceof RemoteError)) throw error;
        }
      })(),
      { name: "call", actor: "test" },
    );
  }
}

function driven(acts: readonly Act[], seed: number, faults: readonly WireFaultSpec[] = []): Driven {
  const world = new Driven({ seed, latency: { min: 0, max: milliseconds(20) } });
  for (const fault of faults) world.faults.declare(fault);
  for (const one of acts) world.do(one);
  world.end();
  return world;
}

const history = [fc.array(act, { maxLength: 60 }), fc.integer({ min: 1, max: 1_000 })] as const;
const RUNS = { numRuns: 150 };

describe("whatever happens", () => {
  it("no message is executed twice: of a fanout, not by one process", () => {
    fc.assert(
      fc.property(...history, (acts, seed) => {
        const world = driven(acts, seed);
        const runs = world.began.map(({ n, life }) =>
          world.fanouts.has(n) ? `${String(n)} by ${String(life)}` : String(n),
        );
        expect(new Set(runs).size).toBe(runs.length);
      }),
      RUNS,
    );
  });

  it("every call ends in exactly one of reply, failure and timeout", () => {
    fc.assert(
      fc.property(...history, (acts, seed) => {
        for (const ends of driven(acts, seed).ends.values()) expect(ends).toHaveLength(1);
      }),
      RUNS,
    );
  });

  it("no queue but those of topic and hosts is left, no waiter, no timer, no greenthread", () => {
    fc.assert(
      fc.property(...history, (acts, seed) => {
        const world = driven(acts, seed);
        const left = world.bus.queues().map(({ name }) => name);
        expect(left.filter((name) => !/^t(\.h\d)?$/.test(name))).toEqual([]);
        expect(world.bus.queues().filter(({ consumers }) => consumers > 0)).toEqual([]);
        expect({
          waiting: world.waiting,
          pending: world.kernel.pending,
          threads: world.kernel.threads().length,
        }).toEqual({ waiting: 0, pending: 0, threads: 0 });
      }),
      RUNS,
    );
  });

  it("the same acts and seed give the same entries", () => {
    fc.assert(
      fc.property(...history, (acts, seed) => {
        expect(driven(acts, seed).entries).toEqual(driven(acts, seed).entries);
      }),
      { numRuns: 40 },
    );
  });

  it("one queue's messages are begun in the order in which they were sent", () => {
    const quiet = fc.array(
      fc.oneof(
        fc.record({
          act: fc.constant("cast" as const),
          host: fc.constant("h1" as const),
          work: time(4_000),
          fails: fc.constant(false),
        }),
        fc.record({
          act: fc.constantFrom("start" as const, "stop" as const),
          host: fc.constant("h1" as const),
        }),
        fc.record({ act: fc.constant("wait" as const), time: time(1_500) }),
      ),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(quiet, history[1], (acts, seed) => {
        const order = driven(acts, seed).began.map(({ n }) => n);
        expect(order).toEqual([...order].sort((a, b) => a - b));
      }),
      RUNS,
    );
  });

  it("with messages repeated, no process executes one twice within 16 others", () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 15 }), history[1], (acts, seed) => {
        const world = driven(acts, seed, [{ duplicate: { times: 1_000 } }]);
        const runs = world.began.map(({ n, life }) => `${String(n)} by ${String(life)}`);
        expect(new Set(runs).size).toBe(runs.length);
      }),
      RUNS,
    );
  });

  it("with any faults on the wire, every call still ends once and nothing is left behind", () => {
    const of = fc.constantFrom("request" as const, "reply" as const);
    const times = fc.integer({ min: 1, max: 5 });
    const where = fc.option(host, { nil: undefined });
    const fault: fc.Arbitrary<WireFaultSpec> = fc.oneof(
      fc.record({ drop: fc.record({ of, times, host: where }) }),
      fc.record({ delay: fc.record({ of, times, host: where, by: time(5_000) }) }),
      fc.record({ duplicate: fc.record({ of, times, host: where }) }),
      fc.record({ reorder: fc.record({ of, times, host: where, within: time(5_000) }) }),
      fc.record({ stall: fc.record({ host, after: time(1_000), for: time(9_000) }) }),
      fc.record({ cut_off: fc.record({ host, after: time(1_000), for: time(9_000) }) }),
      fc.record({ cut_off: fc.record({ host: fc.constant("c"), for: time(9_000) }) }),
    );
    fc.assert(
      fc.property(...history, fc.array(fault, { maxLength: 4 }), (acts, seed, faults) => {
        const world = new Driven({ seed, latency: { min: 0, max: milliseconds(20) } });
        for (const each of faults) world.faults.declare(each);
        for (const one of acts) world.do(one);
        world.end();
        for (const ends of world.ends.values()) expect(ends).toHaveLength(1);
        expect({ waiting: world.waiting, pending: world.kernel.pending }).toEqual({
          waiting: 0,
          pending: 0,
        });
      }),
      RUNS,
    );
  });
});
