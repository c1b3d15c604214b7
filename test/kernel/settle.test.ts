/** When a run is over, when it cannot go on, and when it must not. */
import { describe, expect, it } from "vitest";
import {
  CeilingReached,
  Channel,
  DriverError,
  Kernel,
  Lock,
  Stalled,
  hours,
  microseconds,
  seconds,
  sleep,
  type Op,
} from "../../src/kernel/index.js";

function* forEver(period: number, beat: () => void = () => undefined): Op<void> {
  for (;;) {
    yield* sleep(microseconds(period));
    beat();
  }
}

describe("settle", () => {
  it("runs until only daemons are left", () => {
    const kernel = new Kernel();
    let beats = 0;
    kernel.spawn(
      forEver(seconds(1), () => beats++),
      { name: "report_state", daemon: true },
    );
    kernel.spawn(sleep(seconds(3.5)), { name: "boot" });
    kernel.settle();
    expect({ beats, now: kernel.now, settled: kernel.settled }).toEqual({
      beats: 3,
      now: seconds(3.5),
      settled: true,
    });
  });

  it("counts what a daemon starts as background: greenthreads, timers, and what these start", () => {
    const kernel = new Kernel();
    function* daemon(): Op<void> {
      kernel.spawn(forEver(seconds(1)), { name: "child" });
      kernel.after(seconds(10), () => {
        kernel.after(seconds(10), () => undefined);
        kernel.spawn(forEver(seconds(1)), { name: "grandchild" });
      });
      yield* forEver(seconds(1));
    }
    kernel.spawn(daemon(), { name: "daemon", daemon: true });
    kernel.spawn(sleep(seconds(15)), { name: "boot" });
    kernel.settle();
    expect(kernel.now).toBe(seconds(15));
    expect(kernel.threads().map(({ name, daemon }) => `${name} ${String(daemon)}`)).toEqual([
      "daemon true",
      "child true",
      "grandchild true",
    ]);
  });

  it("waits for the timers of the foreground", () => {
    const kernel = new Kernel();
    let fired = false;
    kernel.after(seconds(5), () => (fired = true));
    kernel.settle();
    expect({ fired, now: kernel.now }).toEqual({ fired: true, now: seconds(5) });
  });

  it("throws Stalled with each parked greenthread and what it waits for", () => {
    const kernel = new Kernel();
    const lock = new Lock('lock "compute_resources"');
    const replies = new Channel<string>("a reply of nova-scheduler");
    kernel.spawn(lock.acquire(), { name: "owner" });
    kernel.spawn(lock.acquire(), { name: "claim", actor: "nova-compute@c1", request: "req-1" });
    kernel.spawn(replies.take(), { name: "build_instances", actor: "nova-conductor@controller" });
    kernel.spawn(replies.take(), { name: "consume", daemon: true });
    let error: unknown;
    try {
      kernel.settle();
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(Stalled);
    expect((error as Stalled).message.split("\n")).toEqual([
      "nothing is due; parked:",
      '  nova-compute@c1 claim (req-1), waiting for lock "compute_resources"',
      "  nova-conductor@controller build_instances, waiting for a reply of nova-scheduler",
    ]);
    expect((error as Stalled).parked).toHaveLength(2);
  });

  it("throws Stalled when daemons alone keep time going past the ceiling", () => {
    const kernel = new Kernel({ ceilings: { settle: hours(2) } });
    kernel.spawn(forEver(seconds(60)), { name: "report_state", daemon: true });
    kernel.spawn(new Channel("a reply").take(), { name: "caller" });
    expect(() => {
      kernel.settle();
    }).toThrow(new Stalled("2 h of virtual time went by", ["caller, waiting for a reply"]));
    expect(kernel.now).toBe(hours(2));
  });

  it("throws Stalled when a timer sets itself for ever", () => {
    const kernel = new Kernel({ ceilings: { settle: hours(1) } });
    const again = (): void => void kernel.after(seconds(60), again);
    again();
    expect(() => {
      kernel.settle();
    }).toThrow(new Stalled("1 h of virtual time went by", []));
    expect(() => {
      kernel.settle();
    }).toThrow("1 h of virtual time went by; timers alone go on");
  });

  it("completes an operation although other foreground work goes on", () => {
    const kernel = new Kernel();
    kernel.spawn(sleep(seconds(60)), { name: "other" });
    kernel.complete(sleep(seconds(1)), { name: "quick" });
    expect({ now: kernel.now, settled: kernel.settled }).toEqual({
      now: seconds(1),
      settled: false,
    });
  });

  it("throws Stalled for an operation that can never complete, and says which", () => {
    const kernel = new Kernel();
    expect(() => {
      kernel.complete(new Channel("a reply").take(), { name: "caller" });
    }).toThrow(new Stalled("caller cannot end: nothing is due", ["caller, waiting for a reply"]));
  });

  it("gives an operation up that can never complete, so that the next settle is not held by it", () => {
    const kernel = new Kernel();
    let tidied = false;
    function* caller(): Op<void> {
      try {
        yield* new Channel<string>("a reply").take();
      } finally {
        tidied = true;
      }
    }
    expect(() => {
      kernel.complete(caller(), { name: "caller" });
    }).toThrow(Stalled);
    kernel.settle();
    expect({ tidied, threads: kernel.threads() }).toEqual({ tidied: true, threads: [] });
  });
});

describe("ceilings", () => {
  it("end a run of too many events", () => {
    const kernel = new Kernel({ ceilings: { events: 1000 } });
    kernel.spawn(forEver(0), { name: "spinner" });
    expect(() => {
      kernel.settle();
    }).toThrow(new CeilingReached("the run went past 1000 events"));
  });

  it("end a run of too many greenthreads, naming the last straw", () => {
    const kernel = new Kernel({ ceilings: { threads: 3 } });
    for (let i = 0; i < 3; i++) kernel.spawn(sleep(microseconds(1)), { name: "sleeper" });
    expect(() => kernel.spawn(sleep(microseconds(1)), { name: "fork" })).toThrow(
      new CeilingReached("more than 3 greenthreads: fork"),
    );
  });
});

describe("driving", () => {
  it.each([NaN, 0.5, -Infinity, 2 ** 60])("stops at no %d", (until) => {
    const kernel = new Kernel();
    kernel.spawn(forEver(seconds(1)), { name: "report_state", daemon: true });
    expect(() => {
      kernel.run(until);
    }).toThrow(DriverError);
    expect(() => kernel.runUntil(() => false, until)).toThrow(DriverError);
    expect(kernel.now).toBe(0);
  });

  it.each([NaN, Infinity, 1e300])("has no length of time for seconds(%d)", (n) => {
    expect(() => seconds(n)).toThrow(
      new DriverError(`seconds(${String(n)}) is no length of time: it takes a number such as 60`),
    );
  });

  it("starts nothing when it is refused", () => {
    const kernel = new Kernel();
    let inner = false;
    function* impatient(): Op<void> {
      kernel.complete(
        (function* (): Op<void> {
          inner = true;
          yield* sleep(0);
        })(),
        { name: "inner" },
      );
    }
    expect(() => {
      kernel.complete(impatient(), { name: "impatient" });
    }).toThrow(DriverError);
    kernel.settle();
    expect(inner).toBe(false);
  });

  it("is refused from inside the run, where only yield* may wait", () => {
    const kernel = new Kernel();
    function* impatient(): Op<void> {
      kernel.run(seconds(1));
    }
    expect(() => {
      kernel.complete(impatient(), { name: "impatient", actor: "a" });
    }).toThrow(
      new DriverError(
        "a impatient drives the run it is part of: inside an operation write `yield*` instead",
      ),
    );
  });
});
