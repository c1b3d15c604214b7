/** The one order that a run has: by `(at, seq)`, first come first served at one instant. */
import { describe, expect, it } from "vitest";
import fc from "fast-check";
import {
  Kernel,
  join,
  microseconds,
  milliseconds,
  seconds,
  self,
  sleep,
  type Duration,
  type Op,
} from "../../src/kernel/index.js";

describe("order", () => {
  it("wakes sleepers by time, and at one instant in the order in which they went to sleep", () => {
    const kernel = new Kernel();
    const woke: string[] = [];
    function* sleeper(name: string, ms: number): Op<void> {
      yield* sleep(milliseconds(ms));
      woke.push(`${name}@${String(kernel.now / 1000)}`);
    }
    for (const [name, ms] of [
      ["a", 30],
      ["b", 10],
      ["c", 20],
      ["d", 10],
      ["e", 30],
    ] as const) {
      kernel.spawn(sleeper(name, ms), { name });
    }
    kernel.settle();
    expect(woke).toEqual(["b@10", "d@10", "c@20", "a@30", "e@30"]);
  });

  it("lets what was due at an instant go before what is made ready during it", () => {
    const kernel = new Kernel();
    const happened: string[] = [];
    function* follower(): Op<void> {
      happened.push("follower");
      yield* sleep(0);
      happened.push("follower again");
    }
    function* first(): Op<void> {
      yield* sleep(seconds(1));
      happened.push("first");
      kernel.spawn(follower(), { name: "follower" });
      kernel.after(0, () => happened.push("timer of now"));
    }
    function* second(): Op<void> {
      yield* sleep(seconds(1));
      happened.push("second");
    }
    kernel.spawn(first(), { name: "first" });
    kernel.spawn(second(), { name: "second" });
    kernel.after(seconds(1), () => happened.push("timer"));
    kernel.settle();
    // The timer was set before the two went to sleep, so it is the earliest of that instant.
    expect(happened).toEqual([
      ...["timer", "first", "second"],
      ...["follower", "timer of now", "follower again"],
    ]);
  });

  it("gives timers and sleepers of random delays each its own time, in order of (at, seq)", () => {
    fc.assert(
      fc.property(fc.array(fc.record({ delay: fc.nat(20), timer: fc.boolean() })), (entries) => {
        const kernel = new Kernel();
        const seen: { at: number; index: number }[] = [];
        entries.forEach(({ delay, timer }, index) => {
          const note = (): void => void seen.push({ at: kernel.now, index });
          if (timer) {
            kernel.after(microseconds(delay + 1), note);
            return;
          }
          kernel.after(0, () => kernel.after(microseconds(delay + 1), note));
        });
        kernel.settle();
        const order = entries
          .map(({ delay, timer }, index) => ({ at: delay + 1, index, late: timer ? 0 : 1 }))
          .sort((a, b) => a.at - b.at || a.late - b.late || a.index - b.index)
          .map(({ at, index }) => ({ at, index }));
        expect(seen).toEqual(order);
      }),
    );
  });

  it("stops at the time it is told, having done what is due then and nothing later", () => {
    const kernel = new Kernel();
    const happened: number[] = [];
    for (const at of [1, 2, 3]) kernel.after(seconds(at), () => happened.push(at));
    kernel.run(seconds(2));
    expect({ happened, now: kernel.now }).toEqual({ happened: [1, 2], now: seconds(2) });
    kernel.run(seconds(2.5));
    expect(kernel.now).toBe(seconds(2.5));
  });

  it("never runs a spawned greenthread before its spawner next waits", () => {
    const kernel = new Kernel();
    const happened: string[] = [];
    function* child(): Op<void> {
      happened.push("child");
    }
    function* parent(): Op<void> {
      const thread = kernel.spawn(child(), { name: "child" });
      happened.push("parent goes on");
      yield* join(thread);
      happened.push("joined");
    }
    kernel.complete(parent(), { name: "parent" });
    expect(happened).toEqual(["parent goes on", "child", "joined"]);
  });

  it("does not switch to anybody when a greenthread asks who it is", () => {
    const kernel = new Kernel();
    const happened: string[] = [];
    function* asker(): Op<void> {
      const me = yield* self();
      happened.push(me.name);
    }
    function* other(): Op<void> {
      happened.push("other");
    }
    kernel.spawn(asker(), { name: "asker" });
    kernel.spawn(other(), { name: "other" });
    kernel.settle();
    expect(happened).toEqual(["asker", "other"]);
  });

  it("takes cancelled timers out of the queue at once", () => {
    const kernel = new Kernel();
    for (let i = 0; i < 10_000; i++) kernel.after(seconds(60), () => undefined).cancel();
    expect(kernel.pending).toBe(0);
    kernel.settle();
    expect({ now: kernel.now, events: kernel.events }).toEqual({ now: 0, events: 0 });
  });

  it("refuses a delay that is no whole number of microseconds", () => {
    const kernel = new Kernel();
    for (const delay of [0.5, NaN, Infinity]) {
      expect(() => kernel.after(delay as Duration, () => undefined)).toThrow(/not a whole number/);
      expect(() => {
        kernel.complete(sleep(delay as Duration), { name: "sleeper" });
      }).toThrow(/takes a length of time such as seconds\(3\), not/);
    }
  });
});
