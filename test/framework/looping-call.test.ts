/** Functions that are called again and again: messaging §B4, nova/openstack/common/loopingcall.py. */
import { describe, expect, it } from "vitest";
import {
  DynamicLoopingCall,
  FixedIntervalLoopingCall,
  LoopingCallDone,
} from "../../src/framework/index.js";
import { InvariantError, seconds, sleep, type Duration, type Op } from "../../src/kernel/index.js";
import { ValueError } from "../../src/python/index.js";
import { TestBed } from "../services/bed.js";

/** A bed that notes when a function was called, and what that function takes and does. */
class Looping extends TestBed {
  readonly around = this.env("nova-compute");
  readonly calls: number[] = [];
  takes = 0;
  raises: (() => Error) | undefined;

  readonly call = (): Op<void> => this.#call();

  *#call(): Op<void> {
    this.calls.push(this.kernel.now / 1e6);
    yield* sleep(seconds(this.takes));
    if (this.raises !== undefined) throw this.raises();
  }

  fixed(interval: number, initialDelay = 0): FixedIntervalLoopingCall {
    const loop = new FixedIntervalLoopingCall(this.around, "poll", this.call);
    return loop.start(seconds(interval), { initialDelay: seconds(initialDelay), daemon: true });
  }

  logs(): unknown[] {
    return this.of<{ kind: "log"; level: string; message: string }>("log").map(
      ({ level, message }) => `${level}: ${message}`,
    );
  }
}

describe("a loop at a fixed rate", () => {
  it("calls at once, or after its initial delay, and then at its interval (B4)", () => {
    const bed = new Looping();
    bed.fixed(10);
    bed.fixed(10, 3);
    bed.wait(seconds(25));
    expect(bed.calls).toEqual([0, 3, 10, 13, 20, 23]);
  });

  it("takes off the sleep what the call took, so it does not drift (SVC-10)", () => {
    const bed = new Looping();
    bed.takes = 3;
    bed.fixed(10);
    bed.wait(seconds(25));
    expect(bed.calls).toEqual([0, 10, 20]);
  });

  it("warns of a call that outlasts the interval, and calls again at once (B4)", () => {
    const bed = new Looping();
    bed.takes = 12.5;
    bed.fixed(10);
    bed.wait(seconds(25));
    expect(bed.calls).toEqual([0, 12.5, 25]);
    expect(bed.logs()).toEqual([
      "warning: task poll run outlasted interval by 2.50 sec",
      "warning: task poll run outlasted interval by 2.50 sec",
    ]);
  });

  it("does not warn of a call that takes exactly the interval", () => {
    const bed = new Looping();
    bed.takes = 10;
    bed.fixed(10);
    bed.wait(seconds(25));
    expect([bed.calls, bed.logs()]).toEqual([[0, 10, 20], []]);
  });
});

describe("a dynamic loop", () => {
  it("sleeps for as long as the function says, but no longer than its most (B4)", () => {
    const bed = new Looping();
    const idles = [5, 100, 1];
    function* next(): Op<Duration> {
      bed.calls.push(bed.kernel.now / 1e6);
      return seconds(idles.shift() ?? 1000);
    }
    const loop = new DynamicLoopingCall(bed.around, "periodic_tasks", next);
    loop.start({ initialDelay: seconds(2), most: seconds(60), daemon: true });
    bed.wait(seconds(100));
    expect(bed.calls).toEqual([2, 7, 67, 68]);
  });
});

describe("the end of a loop", () => {
  it("is told by LoopingCallDone, whose value is what waiting gives (B4)", () => {
    const bed = new Looping();
    const loop = bed.fixed(10);
    bed.wait(seconds(15));
    bed.raises = () => new LoopingCallDone("built");
    expect(bed.run(loop.wait())).toBe("built");
    bed.wait(seconds(100));
    expect([bed.calls, bed.logs()]).toEqual([[0, 10, 20], []]);
  });

  it("is true for LoopingCallDone without a value, and for a loop that was stopped", () => {
    const bed = new Looping();
    bed.raises = () => new LoopingCallDone();
    expect(bed.run(bed.fixed(10).wait())).toBe(true);
    bed.raises = undefined;
    const stopped = bed.fixed(10);
    bed.wait(seconds(1));
    stopped.stop();
    expect(bed.run(stopped.wait())).toBe(true);
  });

  it("comes when the present sleep is over, or with the call that runs (B2)", () => {
    const bed = new Looping();
    const asleep = bed.fixed(10);
    bed.wait(seconds(1));
    asleep.stop();
    bed.run(asleep.wait());
    expect([bed.calls, bed.kernel.now]).toEqual([[0], seconds(10)]);
    bed.takes = 3;
    const calling = bed.fixed(10);
    bed.wait(seconds(1));
    calling.stop();
    bed.run(calling.wait());
    expect([bed.calls, bed.kernel.now]).toEqual([[0, 10], seconds(13)]);
  });

  it("is an exception of the function, which is logged and raised to who waits (B4)", () => {
    const bed = new Looping();
    bed.raises = () => new ValueError("no");
    const loop = bed.fixed(10);
    bed.wait(seconds(100));
    expect(() => bed.run(loop.wait())).toThrow("no");
    expect([bed.calls, bed.logs()]).toEqual([
      [0],
      ["error: in fixed duration looping call: ValueError: no"],
    ]);
  });

  it("is the end of the run for an error that is no part of the simulation", () => {
    const bed = new Looping();
    bed.raises = () => new InvariantError("broken");
    bed.fixed(10);
    expect(() => bed.wait(seconds(1))).toThrow("broken");
  });
});
