/** What an observer is told, on whose behalf, and that telling it changes nothing. */
import { describe, expect, it } from "vitest";
import {
  Kernel,
  NO_CAUSE,
  aloud,
  join,
  microseconds,
  quietly,
  seconds,
  sleep,
  type Cause,
  type Observer,
  type Op,
} from "../../src/kernel/index.js";

/** Keeps everything and says what it kept: `kind@seconds detail <- cause`. */
class Notes implements Observer {
  readonly lines: string[] = [];

  observe(at: number, what: { kind: string }, detail: string, cause: Cause): Cause {
    const from = cause === NO_CAUSE ? "nothing" : (this.lines[cause] ?? "?").split("@")[0];
    this.lines.push(`${what.kind}@${String(at / 1e6)} ${detail} <- ${String(from)}`);
    return this.lines.length - 1;
  }
}

/** Publish `kind`, and let what follows follow from it. */
function note(kernel: Kernel, kind: string): void {
  const cause = kernel.observe({ kind });
  if (kernel.current !== undefined) kernel.current.cause = cause;
}

describe("observe", () => {
  it("carries the cause from spawner to spawned, over a timer, and back over a join", () => {
    const notes = new Notes();
    const kernel = new Kernel({ observer: notes });
    function* child(): Op<void> {
      yield* sleep(seconds(1));
      note(kernel, "child");
    }
    function* parent(): Op<void> {
      note(kernel, "parent");
      kernel.after(seconds(3), () => {
        note(kernel, "timer");
      });
      yield* join(kernel.spawn(child(), { name: "child" }));
      note(kernel, "joined");
    }
    kernel.complete(parent(), { name: "parent" });
    kernel.settle();
    note(kernel, "outside");
    expect(notes.lines).toEqual([
      "parent@0 flow <- nothing",
      "child@1 flow <- parent",
      "joined@1 flow <- child",
      "timer@3 flow <- parent",
      "outside@3 flow <- nothing",
    ]);
  });

  it("records at detail full what is done quietly, and what that starts, but for what is done aloud", () => {
    const notes = new Notes();
    const kernel = new Kernel({ observer: notes });
    function* says(kind: string): Op<void> {
      kernel.observe({ kind });
    }
    function* routine(): Op<void> {
      kernel.observe({ kind: "heartbeat" });
      kernel.spawn(says("spawned"), { name: "spawned" });
      kernel.after(seconds(1), () => {
        kernel.observe({ kind: "timer" });
      });
      yield* aloud(says("failure"));
      kernel.observe({ kind: "heartbeat again" });
    }
    function* service(): Op<void> {
      yield* quietly(routine());
      kernel.observe({ kind: "story" });
    }
    kernel.spawn(service(), { name: "service" });
    kernel.settle();
    expect(notes.lines.map((line) => line.replace(" <- nothing", ""))).toEqual([
      "heartbeat@0 full",
      "failure@0 flow",
      "heartbeat again@0 full",
      "story@0 flow",
      "spawned@0 full",
      "timer@1 full",
    ]);
  });

  it("restores the detail when the quiet operation throws", () => {
    const notes = new Notes();
    const kernel = new Kernel({ observer: notes });
    function* fails(): Op<void> {
      throw new Error("no answer");
    }
    function* service(): Op<void> {
      try {
        yield* quietly(fails());
      } catch {
        kernel.observe({ kind: "gave up" });
      }
    }
    kernel.complete(service(), { name: "service" });
    expect(notes.lines).toEqual(["gave up@0 flow <- nothing"]);
  });

  it("lets nobody say what nobody looks at, and tells who looks closer than he keeps", () => {
    function told(limits: Pick<Observer, "detail" | "looksAt">): string[] {
      const notes = new Notes();
      const observe: Observer["observe"] = (...args) => notes.observe(...args);
      const kernel = new Kernel({ observer: { ...limits, observe } });
      const said: string[] = [];
      function* says(kind: string): Op<void> {
        kernel.observeAs(() => {
          said.push(kind);
          return { kind };
        });
      }
      function* service(): Op<void> {
        yield* quietly(says("heartbeat"));
        yield* says("story");
      }
      kernel.complete(service(), { name: "service" });
      // What is said is heard.
      expect(said).toEqual(notes.lines.map((line) => line.split("@")[0]));
      return said;
    }
    expect(told({})).toEqual(["heartbeat", "story"]);
    expect(told({ detail: "full" })).toEqual(["heartbeat", "story"]);
    expect(told({ detail: "flow" })).toEqual(["story"]);
    expect(told({ detail: "flow", looksAt: "full" })).toEqual(["heartbeat", "story"]);
  });

  it("changes nothing in the run", () => {
    function outcome(observer: Observer | undefined): unknown {
      const kernel = new Kernel({ seed: 3, observer });
      const draws: number[] = [];
      function* drawing(name: string): Op<void> {
        for (let i = 0; i < 5; i++) {
          kernel.observe({ kind: name });
          draws.push(kernel.stream(name, "latency").int(0, 1e6));
          yield* quietly(sleep(microseconds(draws.at(-1) ?? 0)));
        }
      }
      for (const name of ["a", "b"]) kernel.spawn(drawing(name), { name });
      kernel.settle();
      return { draws, now: kernel.now, events: kernel.events };
    }
    expect(outcome(new Notes())).toEqual(outcome(undefined));
  });
});
