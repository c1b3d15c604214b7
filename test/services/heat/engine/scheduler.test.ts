/**
 * Tasks of the engine, one second a step: heat/engine/scheduler.py, heat/engine/dependencies.py at 2014.2
 * (upstream's test_scheduler.py).
 */
import { describe, expect, it } from "vitest";
import { endStep, Kernel, type Stepped } from "../../../../src/kernel/index.js";
import { ValueError } from "../../../../src/python/index.js";
import { Dependencies } from "../../../../src/services/heat/engine/scheduler/dependencies.js";
import {
  TaskGroup,
  type TaskGroupOptions,
} from "../../../../src/services/heat/engine/scheduler/task-group.js";
import { TaskRunner } from "../../../../src/services/heat/engine/scheduler/task.js";
import { raised } from "../scope.js";

type Work = Readonly<Record<string, (say: (what: string) => void) => Stepped>>;

/** Steps of a task: what it does at each, after its name. */
const steps = (count: number, fails = false): Work[string] =>
  function* (say) {
    let closed = true;
    try {
      for (let step = 0; step < count; step++) {
        say(`step ${String(step)}`);
        yield* endStep();
      }
      if (fails) throw new ValueError("broken");
      say("done");
      closed = false;
    } finally {
      if (closed && !fails) say("closed");
    }
  };

interface Outcome {
  readonly said: readonly string[];
  readonly error: string;
  readonly seconds: number;
}

/** Runs tasks with edges `[requirer, required]`. */
function ran(
  work: Work,
  edges: readonly (readonly [string, string])[] = [],
  { limit, ...options }: TaskGroupOptions & { readonly limit?: number } = {},
): Outcome {
  const kernel = new Kernel();
  const said: string[] = [];
  const dependencies = new Dependencies<string>();
  for (const name of Object.keys(work)) dependencies.add(name, null);
  for (const [requirer, required] of edges) dependencies.add(requirer, required);
  const second = () => String((kernel.now - begin) / 1e6);
  const begin = kernel.now;
  const error = raised(() => {
    const group = new TaskGroup(
      kernel,
      dependencies,
      (name) => work[name]!((what) => said.push(`${second()} ${name} ${what}`)),
      (name) => name,
      options,
    );
    const runner = new TaskRunner(kernel, "group", () => group.run());
    kernel.complete(runner.run(limit), { name: "test", actor: "tester" });
  });
  return { said, error, seconds: (kernel.now - begin) / 1e6 };
}

describe("a group of tasks", () => {
  it("makes a step a second, and starts in the same pass what has become ready", () => {
    const { said, seconds } = ran({ a: steps(1), b: steps(1) }, [["b", "a"]]);
    expect(said).toEqual(["0 a step 0", "1 a done", "1 b step 0", "2 b done"]);
    expect(seconds).toBe(2);
  });

  it("runs side by side what does not depend on each other", () => {
    expect(ran({ a: steps(2), b: steps(1) }).said).toEqual([
      "0 a step 0",
      "0 b step 0",
      "1 a step 1",
      "1 b done",
      "2 a done",
    ]);
  });

  it("goes backwards where it is told to", () => {
    const { said } = ran({ a: steps(0), b: steps(0) }, [["b", "a"]], { reverse: true });
    expect(said).toEqual(["0 b done", "1 a done"]);
  });

  it("ends the others at once when one has failed, and raises its error", () => {
    const { said, error } = ran({ a: steps(1, true), b: steps(9), c: steps(1) }, [["c", "a"]]);
    expect(said).toEqual(["0 a step 0", "0 b step 0", "1 b closed"]);
    expect(error).toBe("ValueError: broken");
  });

  it("lets the others go on for a while where it may, less the step that the error cut off (HEAT-185)", () => {
    const work = { a: steps(1, true), b: steps(3), c: steps(1) };
    const { said, error } = ran(work, [["c", "a"]], { errorWaitTime: 5 });
    expect(said.filter((line) => line.includes(" b "))).toContain("4 b done");
    expect(said.some((line) => line.includes(" c "))).toBe(false);
    expect(error).toBe("ValueError: broken");
  });

  it("ends those that go on for longer", () => {
    const { said } = ran({ a: steps(1, true), b: steps(99) }, [], { errorWaitTime: 5 });
    expect(said.at(-1)).toBe("7 b closed");
  });

  it("tells all errors where only dependents are ended", () => {
    const work = { a: steps(1, true), b: steps(2), c: steps(1), d: steps(2, true) };
    const { said, error } = ran(work, [["c", "a"]], { aggregate: true });
    expect(said).toContain("3 b done");
    expect(said.some((line) => line.includes(" c "))).toBe(false);
    expect(error).toBe("ExceptionGroup: [u'broken', u'broken']");
  });

  it("is closed with all that runs when its time is over", () => {
    const { said, error } = ran({ a: steps(99) }, [], { limit: 3 });
    expect(said.at(-1)).toBe("4 a closed");
    expect(error).toBe("Timeout: Task group Timed out");
  });

  it("refuses a circle", () => {
    expect(
      ran({ a: steps(1), b: steps(1) }, [
        ["a", "b"],
        ["b", "a"],
      ]).error,
    ).toBe("CircularDependencyException: Circular Dependency Found: {a: {b}, b: {a}}");
  });
});
