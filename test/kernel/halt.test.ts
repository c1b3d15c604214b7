/** How a greenthread is ended from outside: at once, with its cleanup, and nothing lost. */
import { describe, expect, it } from "vitest";
import {
  Channel,
  Halted,
  InvariantError,
  Kernel,
  Lock,
  Semaphore,
  join,
  microseconds,
  seconds,
  sleep,
  type Greenthread,
  type Op,
} from "../../src/kernel/index.js";

describe("halt", () => {
  it("runs the finally blocks, inner before outer, and leaves nothing in the queue", () => {
    const kernel = new Kernel();
    const cleaned: string[] = [];
    function* inner(): Op<void> {
      try {
        yield* sleep(seconds(60));
      } finally {
        cleaned.push("inner");
      }
    }
    function* outer(): Op<void> {
      try {
        yield* inner();
        cleaned.push("never");
      } finally {
        cleaned.push("outer");
      }
    }
    const thread = kernel.spawn(outer(), { name: "sleeper" });
    kernel.step();
    thread.halt();
    expect({ cleaned, ended: thread.ended, pending: kernel.pending }).toEqual({
      cleaned: ["inner", "outer"],
      ended: true,
      pending: 0,
    });
    expect(kernel.settled).toBe(true);
  });

  it("never starts a greenthread that is halted before its first turn", () => {
    const kernel = new Kernel();
    let started = false;
    function* body(): Op<void> {
      started = true;
    }
    kernel.spawn(body(), { name: "unborn" }).halt();
    kernel.settle();
    expect(started).toBe(false);
  });

  it("refuses a wait in the finally of a halted greenthread, naming both", () => {
    const kernel = new Kernel();
    function* body(): Op<void> {
      try {
        yield* sleep(seconds(1));
      } finally {
        yield* sleep(seconds(2));
      }
    }
    const thread = kernel.spawn(body(), { name: "slow_goodbye", actor: "nova-compute@c1" });
    kernel.step();
    expect(() => {
      thread.halt();
    }).toThrow(
      new InvariantError(
        "nova-compute@c1 slow_goodbye waits for 2 s to pass while it is being halted",
      ),
    );
    expect(thread.ended).toBe(true);
  });

  it("ends the run when the finally of a halted greenthread throws", () => {
    const kernel = new Kernel();
    const broken = (): never => {
      throw new Error("broken cleanup");
    };
    function* body(): Op<void> {
      try {
        yield* sleep(seconds(1));
      } finally {
        broken();
      }
    }
    const thread = kernel.spawn(body(), { name: "untidy" });
    kernel.after(microseconds(1), () => {
      thread.halt();
    });
    expect(() => {
      kernel.settle();
    }).toThrow(/broken cleanup\n {2}in untidy/);
    expect(kernel.settled).toBe(true);
  });

  it("refuses that a greenthread halts itself", () => {
    const kernel = new Kernel();
    function* body(): Op<void> {
      me.halt();
    }
    const me: Greenthread<void> = kernel.spawn(body(), { name: "ouroboros" });
    expect(() => {
      kernel.settle();
    }).toThrow(/ouroboros halts itself/);
  });

  it("tells whoever joins it", () => {
    const kernel = new Kernel();
    const thread = kernel.spawn(sleep(seconds(60)), { name: "sleeper", daemon: true });
    kernel.after(seconds(1), () => {
      thread.halt();
    });
    expect(() => {
      kernel.complete(join(thread), { name: "joiner" });
    }).toThrow(new Halted("sleeper was halted"));
  });

  it("ends the run when one that joined a halted greenthread does nothing about it", () => {
    const kernel = new Kernel();
    const thread = kernel.spawn(sleep(seconds(60)), { name: "sleeper" });
    kernel.spawn(join(thread), { name: "joiner" });
    kernel.run(0);
    thread.halt();
    expect(() => {
      kernel.settle();
    }).toThrow(/Halted: sleeper was halted\n {2}in joiner/);
  });

  it("ends every greenthread of an actor, and of no other", () => {
    const kernel = new Kernel();
    for (const actor of ["a", "b", "a"]) kernel.spawn(sleep(seconds(1)), { name: "loop", actor });
    kernel.run(0);
    kernel.haltAll("a");
    expect(kernel.threads().map((thread) => thread.actor)).toEqual(["b"]);
  });

  it("loses no place of a semaphore that was given and not yet taken", () => {
    const kernel = new Kernel();
    const lock = new Lock("lock");
    const got: string[] = [];
    function* user(name: string): Op<void> {
      yield* lock.acquire();
      got.push(name);
    }
    kernel.spawn(lock.acquire(), { name: "owner" });
    const second = kernel.spawn(user("second"), { name: "second" });
    kernel.spawn(user("third"), { name: "third" });
    kernel.run(0);
    lock.release(); // The place is given to `second`, whose turn has not come.
    second.halt();
    kernel.settle();
    expect({ got, free: lock.free, waiting: lock.waiting }).toEqual({
      got: ["third"],
      free: 0,
      waiting: 0,
    });
  });

  it("does not give a place to a greenthread that was halted while it waited", () => {
    const kernel = new Kernel();
    const places = new Semaphore("places", 1);
    kernel.spawn(places.acquire(), { name: "owner" });
    const waiter = kernel.spawn(places.hold(sleep(seconds(1))), { name: "waiter" });
    kernel.run(0);
    waiter.halt();
    places.release();
    expect({ free: places.free, waiting: places.waiting }).toEqual({ free: 1, waiting: 0 });
  });

  it("loses no item of a channel that was given and not yet taken", () => {
    const kernel = new Kernel();
    const channel = new Channel<string>("messages");
    const first = kernel.spawn(channel.take(), { name: "first" });
    kernel.run(0);
    channel.put("one");
    channel.put("two");
    first.halt();
    expect(channel.size).toBe(2);
    expect(kernel.complete(channel.take(), { name: "next" })).toBe("one");
    expect(kernel.complete(channel.take(), { name: "next" })).toBe("two");
  });

  it("hands a given item on to the next who waits", () => {
    const kernel = new Kernel();
    const channel = new Channel<string>("messages");
    const first = kernel.spawn(channel.take(), { name: "first" });
    const second = kernel.spawn(channel.take(), { name: "second" });
    kernel.run(0);
    channel.put("one");
    first.halt();
    kernel.settle();
    expect(second.result).toBe("one");
  });
});
