/** Periodic tasks as at 2014.2: messaging §B4. */
import { describe, expect, it } from "vitest";
import { RequestContext, type PeriodicTask } from "../../src/framework/index.js";
import { PeriodicTasks } from "../../src/framework/process/periodic-task.js";
import { seconds, sleep, type Op } from "../../src/kernel/index.js";
import { ValueError } from "../../src/python/index.js";
import { TestBed } from "../services/bed.js";

const CTXT = new RequestContext({ request_id: "req-1" });

/** Tasks that note when they run, and ticks of them at given seconds. */
class Ticking extends TestBed {
  readonly ran: string[] = [];

  task(name: string, more: Partial<PeriodicTask> = {}): PeriodicTask {
    const { ran, kernel } = this;
    return {
      name,
      *run() {
        yield* [];
        ran.push(`${name} ${kernel.now / 1e6}`);
      },
      ...more,
    };
  }

  tasks(...tasks: PeriodicTask[]): PeriodicTasks {
    return new PeriodicTasks(this.env("nova-compute"), tasks);
  }

  names(): string[] {
    return this.ran.map((line) => line.split(" ")[0] ?? "");
  }

  /** One tick now. @returns the seconds to idle */
  tick(tasks: PeriodicTasks): number {
    return this.run(tasks.run(CTXT)) / 1e6;
  }

  /** Ticks, each after the idling that the one before it asked for. */
  loop(tasks: PeriodicTasks, until: number): number[] {
    const idles: number[] = [];
    while (this.kernel.now < seconds(until)) {
      const idle = this.tick(tasks);
      idles.push(idle);
      this.wait(seconds(idle));
    }
    return idles;
  }
}

describe("the first run", () => {
  it("is one spacing after the load, or at the first tick if the task asks for it (SVC-28)", () => {
    const bed = new Ticking();
    const tasks = bed.tasks(
      bed.task("a", { spacing: 10 }),
      bed.task("b", { spacing: 30, runImmediately: true }),
    );
    bed.loop(tasks, 25);
    expect(bed.ran).toEqual(["b 0", "a 10", "a 20"]);
  });

  it("counts from the start and not from the first tick", () => {
    const bed = new Ticking();
    const tasks = bed.tasks(bed.task("a", { spacing: 10 }));
    bed.wait(seconds(7));
    expect(bed.tick(tasks)).toBe(3);
  });
});

describe("the spacing", () => {
  it("is 60 s if it is 0 or not given, and never if it is negative (SVC-29)", () => {
    const bed = new Ticking();
    const tasks = bed.tasks(
      bed.task("zero", { spacing: 0, runImmediately: true }),
      bed.task("none"),
      bed.task("never", { spacing: -1, runImmediately: true }),
    );
    bed.loop(tasks, 61);
    expect(bed.ran.map((line) => line.split(" ")[0])).toEqual(["zero", "zero", "none"]);
    expect(bed.ran[0]).toBe("zero 0");
  });

  it("is the rhythm, which a late tick does not shift", () => {
    const bed = new Ticking();
    const tasks = bed.tasks(bed.task("a", { spacing: 10 }));
    bed.wait(seconds(14));
    // Due at 10. It runs at 14, idles its whole spacing, and is late again at 24; due at 30 next.
    expect([bed.tick(tasks), bed.ran]).toEqual([10, ["a 14"]]);
    bed.wait(seconds(10));
    expect([bed.tick(tasks), bed.ran]).toEqual([10, ["a 14", "a 24"]]);
    bed.wait(seconds(6));
    expect([bed.tick(tasks), bed.ran.length]).toEqual([10, 3]);
  });

  it.each([
    [20, 20, 20],
    [60, 60, 66],
    [600, 600, 660],
  ])(
    "of %i s has up to 5 %% of jitter in whole seconds, none at 20 s or less",
    (spacing, least, most) => {
      const bed = new Ticking();
      bed.loop(bed.tasks(bed.task("a", { spacing })), spacing * 300);
      const at = bed.ran.map((line) => Number(line.split(" ")[1]));
      const gaps = at.slice(1).map((time, i) => time - (at[i] as number));
      expect(gaps.every(Number.isInteger)).toBe(true);
      // From one run to the next the jitter may shrink or grow; the rhythm beneath it stays.
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual(2 * least - most);
      expect(Math.max(...gaps)).toBeLessThanOrEqual(most);
      expect(new Set(gaps).size > 1).toBe(spacing > 20);
    },
  );
});

describe("a tick", () => {
  it("idles 60 s without tasks (SVC-30), and never longer", () => {
    const bed = new Ticking();
    expect(bed.tick(bed.tasks())).toBe(60);
    expect(bed.tick(bed.tasks(bed.task("a", { spacing: 600 })))).toBe(60);
  });

  it("idles until the first task is due (SVC-28)", () => {
    const bed = new Ticking();
    const tasks = bed.tasks(
      bed.task("a", { spacing: 30, runImmediately: true }),
      bed.task("b", { spacing: 45 }),
    );
    expect(bed.tick(tasks)).toBe(30);
    bed.wait(seconds(30));
    expect(bed.tick(tasks)).toBe(15);
  });

  it("runs what is due in order of its registration, one after another", () => {
    const bed = new Ticking();
    function* slow(): Op<void> {
      yield* sleep(seconds(5));
      bed.ran.push("slow");
    }
    const tasks = bed.tasks(
      bed.task("slow", { spacing: 10, runImmediately: true, run: slow }),
      bed.task("b", { spacing: 10, runImmediately: true }),
    );
    bed.tick(tasks);
    expect(bed.ran).toEqual(["slow", "b 5"]);
  });

  it("goes on after a task that raises, and runs it again when it is due (SVC-25)", () => {
    const bed = new Ticking();
    let tries = 0;
    const tasks = bed.tasks(
      bed.task("bad", {
        spacing: 10,
        *run() {
          yield* [];
          tries++;
          throw new ValueError("no");
        },
      }),
      bed.task("good", { spacing: 10 }),
    );
    bed.loop(tasks, 25);
    expect({ tries, ran: bed.ran }).toEqual({ tries: 2, ran: ["good 10", "good 20"] });
    expect(bed.of("log")).toMatchObject([
      { level: "error", message: "Error during bad: no" },
      { level: "error", message: "Error during bad: no" },
    ]);
  });
});

describe("tasks that belong to a class", () => {
  // nova/openstack/common/periodic_task.py:179-203 (2014.2).
  it("are named with it where one raises", () => {
    const bed = new Ticking();
    function* bad(): Op<void> {
      throw new ValueError("no");
    }
    const options = { owner: "ComputeManager" };
    const bads = [bed.task("_bad", { runImmediately: true, run: bad })];
    bed.tick(new PeriodicTasks(bed.env("nova-compute"), bads, options));
    expect(bed.of("log")).toMatchObject([
      { level: "error", message: "Error during ComputeManager._bad: no" },
    ]);
  });

  // nova/openstack/common/periodic_task.py:76-80 (2014.2): what is decorated is so as its module is loaded.
  it("are due one spacing after it was loaded, however long the start has taken", () => {
    const bed = new Ticking();
    const loaded = bed.kernel.now;
    bed.wait(seconds(50));
    const tasks = new PeriodicTasks(bed.env("nova-compute"), [bed.task("a")], { loaded });
    expect(bed.tick(tasks)).toBe(10);
    bed.wait(seconds(10));
    bed.tick(tasks);
    expect(bed.ran).toEqual(["a 60"]);
  });
});

describe("a task that is not for this process", () => {
  it("is one that is not enabled", () => {
    const bed = new Ticking();
    const now = { runImmediately: true };
    bed.tick(bed.tasks(bed.task("off", { ...now, enabled: false }), bed.task("on", now)));
    expect(bed.names()).toEqual(["on"]);
  });

  it.each([
    [true, ["inside", "outside"]],
    [false, ["inside"]],
  ])("may be run by another one if run_external_periodic_tasks is %s", (flag, ran) => {
    const bed = new Ticking({ flags: { run_external_periodic_tasks: flag } });
    const now = { runImmediately: true };
    bed.tick(
      bed.tasks(bed.task("inside", now), bed.task("outside", { ...now, externalProcessOk: true })),
    );
    expect(bed.names()).toEqual(ran);
  });
});

it("A tick that is to raise ends with the first task that does (B5)", () => {
  const bed = new Ticking();
  function* bad(): Op<void> {
    throw new ValueError("no");
  }
  const now = { runImmediately: true };
  const tasks = bed.tasks(bed.task("bad", { ...now, run: bad }), bed.task("good", now));
  expect(() => bed.run(tasks.run(CTXT, { raiseOnError: true }))).toThrow("no");
  expect([bed.ran, bed.of("log")]).toEqual([[], []]);
});
