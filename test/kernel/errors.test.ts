/** Where an error goes that a greenthread throws: to who waits for it, or it ends the run. */
import { describe, expect, it } from "vitest";
import {
  Kernel,
  UnhandledError,
  join,
  microseconds,
  seconds,
  sleep,
  withTimeout,
  type Op,
} from "../../src/kernel/index.js";

function* fails(message: string, after = 0): Op<never> {
  yield* sleep(microseconds(after));
  throw new RangeError(message);
}

describe("errors", () => {
  it("ends the run with the causal chain when nobody handles an error", () => {
    const kernel = new Kernel();
    function* conductor(): Op<void> {
      kernel.spawn(fails("no such host"), {
        name: "build_and_run_instance",
        actor: "nova-compute@c1",
      });
    }
    function* api(): Op<void> {
      kernel.spawn(conductor(), { name: "build_instances", actor: "nova-conductor@controller" });
    }
    kernel.spawn(api(), { name: "create", actor: "nova-api@controller", request: "req-7" });
    let error: unknown;
    try {
      kernel.settle();
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(UnhandledError);
    expect((error as UnhandledError).cause).toEqual(new RangeError("no such host"));
    expect((error as UnhandledError).message.split("\n")).toEqual([
      "RangeError: no such host",
      "  in nova-compute@c1 build_and_run_instance (req-7)",
      "  spawned by nova-conductor@controller build_instances (req-7)",
      "  spawned by nova-api@controller create (req-7)",
    ]);
  });

  it("throws an error into every joiner, and does not end the run", () => {
    const kernel = new Kernel();
    const caught: string[] = [];
    const thread = kernel.spawn(fails("boom", seconds(1)), { name: "failing" });
    function* joiner(name: string): Op<void> {
      try {
        yield* join(thread);
      } catch (error) {
        caught.push(`${name}: ${String(error)}`);
      }
    }
    kernel.spawn(joiner("a"), { name: "a" });
    kernel.spawn(joiner("b"), { name: "b" });
    kernel.settle();
    expect(caught).toEqual(["a: RangeError: boom", "b: RangeError: boom"]);
  });

  it("keeps the error of an awaited greenthread for a join, however late", () => {
    const kernel = new Kernel();
    const thread = kernel.spawn(fails("boom"), { name: "failing", awaited: true });
    kernel.settle();
    kernel.run(seconds(60));
    expect(thread.failed).toBe(true);
    expect(() => kernel.complete(join(thread), { name: "late" })).toThrow("boom");
  });

  it("ends the run with an error whose only joiner gave up waiting", () => {
    const kernel = new Kernel();
    const thread = kernel.spawn(fails("boom", seconds(5)), { name: "failing" });
    function* impatient(): Op<void> {
      try {
        yield* withTimeout(seconds(1), "joining", join(thread));
      } catch {
        // It goes on without the result.
      }
    }
    kernel.spawn(impatient(), { name: "impatient" });
    expect(() => {
      kernel.settle();
    }).toThrow(/boom\n {2}in failing/);
  });

  it("has no result before the end", () => {
    const kernel = new Kernel();
    const thread = kernel.spawn(sleep(seconds(1)), { name: "sleeper", actor: "a" });
    kernel.run(0);
    expect(() => {
      expect(thread.result).toBeUndefined();
    }).toThrow("a sleeper, waiting for 1 s to pass has not ended");
  });

  it("hands the result of an operation to who completes or joins it", () => {
    const kernel = new Kernel();
    function* answer(): Op<number> {
      yield* sleep(seconds(1));
      return 42;
    }
    const thread = kernel.spawn(answer(), { name: "answer" });
    function* both(): Op<[number, number]> {
      return [yield* join(thread), yield* join(thread)];
    }
    expect(kernel.complete(both(), { name: "both" })).toEqual([42, 42]);
  });
});
