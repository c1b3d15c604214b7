/** Waiting for each other: first come, first served, and nobody forgotten. */
import { describe, expect, it } from "vitest";
import {
  Channel,
  InvariantError,
  Kernel,
  Lock,
  Locks,
  Semaphore,
  Signal,
  microseconds,
  milliseconds,
  seconds,
  sleep,
  type Op,
} from "../../src/kernel/index.js";

describe("Signal", () => {
  it("wakes all who wait in the order in which they came, and answers latecomers at once", () => {
    const kernel = new Kernel();
    const signal = new Signal<number>("reply");
    const woke: string[] = [];
    function* waiter(name: string): Op<void> {
      woke.push(`${name} ${String(yield* signal.wait())}`);
    }
    for (const name of ["a", "b", "c"]) kernel.spawn(waiter(name), { name });
    kernel.run(0);
    signal.send(7);
    kernel.spawn(waiter("late"), { name: "late" });
    kernel.settle();
    expect(woke).toEqual(["a 7", "b 7", "c 7", "late 7"]);
  });

  it("throws its error at all who wait, now or later", () => {
    const kernel = new Kernel();
    const signal = new Signal<number>("reply");
    const early = kernel.spawn(signal.wait(), { name: "early", awaited: true });
    kernel.run(0);
    signal.sendError(new Error("lost"));
    kernel.settle();
    expect(() => early.result).toThrow("lost");
    expect(() => kernel.complete(signal.wait(), { name: "late" })).toThrow("lost");
  });

  it("happens once", () => {
    const signal = new Signal<number>("reply of req-1");
    signal.send(1);
    expect(() => {
      signal.send(2);
    }).toThrow(new InvariantError("reply of req-1 happened twice"));
  });
});

describe("Semaphore", () => {
  it("has never more holders than places, and serves them in the order in which they came", () => {
    const kernel = new Kernel();
    const places = new Semaphore("max_concurrent_builds", 2);
    const begun: string[] = [];
    let inside = 0;
    let most = 0;
    function* build(name: string): Op<void> {
      begun.push(name);
      most = Math.max(most, ++inside);
      yield* sleep(milliseconds(10));
      inside--;
    }
    for (const name of ["a", "b", "c", "d", "e"]) kernel.spawn(places.hold(build(name)), { name });
    kernel.settle();
    expect({ begun, most, free: places.free }).toEqual({
      begun: ["a", "b", "c", "d", "e"],
      most: 2,
      free: 2,
    });
  });

  it("lets nobody overtake who was given a place and has not run yet", () => {
    const kernel = new Kernel();
    const lock = new Lock("lock");
    const got: string[] = [];
    function* user(name: string): Op<void> {
      yield* lock.acquire();
      got.push(name);
    }
    function* owner(): Op<void> {
      yield* lock.acquire();
      yield* sleep(microseconds(1));
      lock.release();
      yield* lock.acquire(); // Comes last although it ran last.
      got.push("owner");
    }
    kernel.spawn(owner(), { name: "owner" });
    kernel.spawn(user("waiter"), { name: "waiter" });
    kernel.after(seconds(1), () => {
      lock.release();
    });
    kernel.settle();
    expect(got).toEqual(["waiter", "owner"]);
  });

  it("gives the place back when the operation throws", () => {
    const kernel = new Kernel();
    const lock = new Lock("lock");
    function* fails(): Op<void> {
      yield* sleep(microseconds(1));
      throw new Error("boom");
    }
    expect(() => {
      kernel.complete(lock.hold(fails()), { name: "fails" });
    }).toThrow("boom");
    expect(lock.free).toBe(1);
  });
});

describe("Locks", () => {
  it("excludes by name only", () => {
    const kernel = new Kernel();
    const locks = new Locks();
    const log: string[] = [];
    function* work(name: string): Op<void> {
      log.push(`${name} begins ${String(kernel.now)}`);
      yield* sleep(microseconds(10));
    }
    for (const name of ["x", "x", "y"]) {
      kernel.spawn(locks.synchronized(name, work(name)), { name });
    }
    kernel.settle();
    expect(log).toEqual(["x begins 0", "y begins 0", "x begins 10"]);
  });

  it("still excludes a newcomer when a waiter was halted", () => {
    const kernel = new Kernel();
    const locks = new Locks();
    const log: string[] = [];
    function* work(name: string): Op<void> {
      log.push(`${name} ${String(kernel.now)}`);
      yield* sleep(microseconds(10));
    }
    kernel.spawn(locks.synchronized("x", work("first")), { name: "first" });
    const halted = kernel.spawn(locks.synchronized("x", work("halted")), { name: "halted" });
    kernel.run(1);
    halted.halt();
    kernel.spawn(locks.synchronized("x", work("newcomer")), { name: "newcomer" });
    kernel.settle();
    expect(log).toEqual(["first 0", "newcomer 10"]);
  });
});

describe("Channel", () => {
  it("hands items to takers in order, whoever came first", () => {
    const kernel = new Kernel();
    const channel = new Channel<number>("queue");
    const taken: string[] = [];
    function* taker(name: string): Op<void> {
      taken.push(`${name}${String(yield* channel.take())}`);
    }
    channel.put(1);
    for (const name of ["a", "b", "c"]) kernel.spawn(taker(name), { name });
    kernel.run(0);
    channel.put(2);
    channel.put(3);
    channel.put(4);
    kernel.settle();
    expect({ taken, left: channel.tryTake(), empty: channel.tryTake() }).toEqual({
      taken: ["a1", "b2", "c3"],
      left: 4,
      empty: undefined,
    });
  });
});
