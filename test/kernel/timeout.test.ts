/** Limits on a wait: thrown at whatever the operation waits for, and taken back when it is done. */
import { describe, expect, it } from "vitest";
import {
  Channel,
  Kernel,
  Signal,
  milliseconds,
  seconds,
  sleep,
  withTimeout,
  type Op,
} from "../../src/kernel/index.js";
import { TimedOut } from "../../src/python/index.js";

describe("withTimeout", () => {
  it("throws TimedOut at the wait, at the time of the limit", () => {
    const kernel = new Kernel();
    const channel = new Channel<string>("replies");
    expect(() =>
      kernel.complete(withTimeout(seconds(2), "the call", channel.take()), { name: "caller" }),
    ).toThrow(new TimedOut("the call took longer than 2 s"));
    expect({ now: kernel.now, waiting: channel.waiting }).toEqual({ now: seconds(2), waiting: 0 });
  });

  it("leaves no timer behind when the operation is done in time", () => {
    const kernel = new Kernel();
    kernel.complete(withTimeout(seconds(60), "a nap", sleep(seconds(1))), { name: "napper" });
    expect({ now: kernel.now, pending: kernel.pending }).toEqual({ now: seconds(1), pending: 0 });
  });

  it("forgives when the operation ends at the very instant of the limit", () => {
    const kernel = new Kernel();
    const signal = new Signal<string>("answer");
    kernel.after(seconds(1), () => {
      signal.send("just in time");
    });
    function* caller(): Op<string> {
      const answer = yield* withTimeout(seconds(1), "the call", signal.wait());
      yield* sleep(seconds(5)); // A limit that was not taken back would strike here.
      return answer;
    }
    expect(kernel.complete(caller(), { name: "caller" })).toBe("just in time");
    expect(kernel.now).toBe(seconds(6));
  });

  it("strikes at the next wait if the operation was woken at the instant of the limit and goes on", () => {
    const kernel = new Kernel();
    const signal = new Signal<string>("answer");
    kernel.after(seconds(1), () => {
      signal.send("first of two");
    });
    function* twoWaits(): Op<void> {
      yield* signal.wait();
      yield* sleep(seconds(5));
    }
    expect(() => {
      kernel.complete(withTimeout(seconds(1), "both waits", twoWaits()), { name: "caller" });
    }).toThrow(TimedOut);
    expect(kernel.now).toBe(seconds(1));
  });

  it("lets an inner limit be caught while the outer one goes on", () => {
    const kernel = new Kernel();
    const happened: string[] = [];
    function* inner(): Op<void> {
      try {
        yield* withTimeout(seconds(1), "inner", sleep(seconds(10)));
      } catch (error) {
        happened.push(`${String(kernel.now / 1e6)}: ${(error as Error).message}`);
      }
      yield* sleep(seconds(10));
    }
    expect(() => {
      kernel.complete(withTimeout(seconds(3), "outer", inner()), { name: "caller" });
    }).toThrow("outer took longer than 3 s");
    expect(happened).toEqual(["1: inner took longer than 1 s"]);
    expect(kernel.now).toBe(seconds(3));
  });

  it("loses neither of two limits that strike at one instant", () => {
    const kernel = new Kernel();
    const signal = new Signal<string>("answer");
    kernel.after(milliseconds(1), () => {
      signal.send("woken first");
    });
    function* inner(): Op<void> {
      try {
        yield* withTimeout(milliseconds(1), "inner", twoWaits());
      } catch (error) {
        // It shrugs at its own limit, which must not hide the one around it.
        if (!(error as Error).message.startsWith("inner")) throw error;
      }
      yield* sleep(seconds(10));
    }
    function* twoWaits(): Op<void> {
      yield* signal.wait();
      yield* sleep(seconds(10));
    }
    expect(() => {
      kernel.complete(withTimeout(milliseconds(1), "outer", inner()), { name: "caller" });
    }).toThrow("outer took longer than 0.001 s");
    expect(kernel.now).toBe(milliseconds(1));
  });
});
