/** Whoever goes on beside the driver of a cloud, and how the driver waits for what they do. */
import { describe, expect, it } from "vitest";
import {
  Cloud,
  ConditionError,
  DriverError,
  Halted,
  UnhandledError,
  seconds,
  sleep,
  type Op,
} from "../../src/index.js";

const boot = { name: "t1", flavor: "m1.nano", image: "cirros" } as const;

describe("an actor of one's own", () => {
  it("goes on while time goes by, and ends in its result", () => {
    const cloud = new Cloud({ seed: 1 });
    const keeper = cloud.spawn("keeper", function* () {
      yield* sleep(seconds(5));
      return "done";
    });
    expect([keeper.name, keeper.done]).toEqual(["keeper@controller", false]);
    expect(() => keeper.result).toThrow(/^keeper@controller has not ended: it is waiting for/);
    cloud.advance("5s");
    expect([keeper.done, keeper.failed, keeper.result]).toEqual([true, false, "done"]);
  });

  it("is in the record with its beginning and its end, and its requests come from it", () => {
    const cloud = new Cloud({ seed: 1 });
    const { nova } = cloud.user("demo").as("keeper");
    cloud.spawn("keeper", () => nova.boot(boot));
    cloud.settle();
    const events = cloud.timeline.entries.flatMap((entry) =>
      entry.kind === "service" && entry.actor === "keeper@controller" ? [entry.event] : [],
    );
    expect(events).toEqual(["started", "stopped"]);
    const asked = cloud.timeline.entries.filter(
      (entry) => entry.kind === "rest.request" && entry.from === "keeper@controller",
    );
    expect(asked.length).toBeGreaterThan(3);
    expect(cloud.server("t1")?.status).toBe("ACTIVE");
  });

  it("is cancelled where it is, and its finally blocks run", () => {
    const cloud = new Cloud({ seed: 1 });
    const ends: string[] = [];
    const keeper = cloud.spawn("keeper", function* () {
      try {
        yield* sleep(seconds(5));
      } finally {
        ends.push("tidied");
      }
    });
    cloud.advance("1s");
    keeper.cancel();
    expect([keeper.done, keeper.failed, ends]).toEqual([true, true, ["tidied"]]);
    expect(() => keeper.result).toThrow(Halted);
  });

  it("dies with its host, as a process does", () => {
    const cloud = new Cloud({ seed: 1 });
    const keeper = cloud.spawn("keeper@compute-1", () => sleep(seconds(5)));
    cloud.advance("1s");
    cloud.crash("compute-1");
    expect(keeper.failed).toBe(true);
    expect(cloud.timeline.entries.at(-1)?.kind).toBe("service");
  });

  it("that fails ends whatever drives the cloud, with its name: nothing fails in silence", () => {
    const cloud = new Cloud({ seed: 1 });
    cloud.spawn("keeper", function* (): Op<void> {
      yield* sleep(seconds(1));
      throw new Error("no more servers");
    });
    expect(() => {
      cloud.advance("2s");
    }).toThrow(UnhandledError);
  });

  it("has a name of its own", () => {
    const cloud = new Cloud({ seed: 1 });
    cloud.spawn("keeper", () => sleep(seconds(1)));
    expect(() => cloud.spawn("keeper", () => sleep(seconds(1)))).toThrow(
      new DriverError("there is an actor keeper@controller already: give this one another name"),
    );
  });
});

describe("runUntil", () => {
  it("stops at the first instant at which the condition holds", () => {
    const cloud = new Cloud({ seed: 1 });
    cloud.run(cloud.user("demo").nova.boot(boot));
    cloud.runUntil((it) => it.server("t1")?.task_state === "spawning", "1m");
    expect(cloud.server("t1")).toMatchObject({ status: "BUILD", task_state: "spawning" });
  });

  it("says what did not happen, what is under way, and the last of the flow", () => {
    const cloud = new Cloud({ seed: 1 });
    cloud.inject({ drop: { method: "build_and_run_instance" } });
    cloud.run(cloud.user("demo").nova.boot(boot));
    let error: unknown;
    try {
      cloud.runUntil(() => cloud.count("ACTIVE") === 1, "10s");
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(ConditionError);
    const { message, tail } = error as ConditionError;
    expect(message).toMatch(/^this did not hold within 10s \(it is 10\.\d+s now\): /);
    expect(message).toContain('count("ACTIVE") === 1');
    expect(tail.some((line) => line.includes("build_and_run_instance was lost"))).toBe(true);
  });

  it("stands where the time was up", () => {
    const cloud = new Cloud({ seed: 1 });
    expect(() => {
      cloud.runUntil(() => false, seconds(3));
    }).toThrow(ConditionError);
    expect(cloud.now).toBe(seconds(3));
  });
});

describe("step", () => {
  it("lets one thing happen, so that as many steps are the same run", () => {
    const [stepped, settled] = [new Cloud({ seed: 1 }), new Cloud({ seed: 1 })];
    const threads = [stepped, settled].map((cloud) => cloud.user("demo").begin("nova list"));
    settled.settle();
    while (threads[0]?.ended !== true) stepped.step();
    expect(stepped.timeline.lines).toEqual(settled.timeline.lines);
  });
});

describe("a call of a user's client that nobody runs", () => {
  it.each<[string, (cloud: Cloud) => void]>([
    [
      "settle",
      (cloud) => {
        cloud.settle();
      },
    ],
    [
      "advance",
      (cloud) => {
        cloud.advance("1s");
      },
    ],
    ["step", (cloud) => void cloud.step()],
    [
      "runUntil",
      (cloud) => {
        cloud.runUntil(() => true, "1s");
      },
    ],
  ])("is missed at the next %s, once, with its words", (_, drive) => {
    const cloud = new Cloud({ seed: 1 });
    const forgotten = cloud.user("demo").nova.delete("t1");
    expect(forgotten).toBeDefined();
    expect(() => {
      drive(cloud);
    }).toThrow(/^demo\.nova\.delete\("t1"\) was made and never run: a call does nothing until/);
    drive(cloud);
  });

  it("is missed inside an operation too, and by the names of parts", () => {
    const cloud = new Cloud({ seed: 1 });
    const { neutron } = cloud.user("demo");
    cloud.run(function* () {
      const forgotten = neutron.networks.delete("private");
      expect(forgotten).toBeDefined();
      yield* sleep(seconds(1));
    });
    expect(() => {
      cloud.settle();
    }).toThrow(/^demo\.neutron\.networks\.delete\("private"\) was made and never run/);
  });

  it("is not missed once it has begun", () => {
    const cloud = new Cloud({ seed: 1 });
    const { nova } = cloud.user("demo");
    const [one, other] = [nova.list(), nova.flavors()];
    cloud.run(one);
    cloud.run(other);
    cloud.settle();
    expect(cloud.now).toBeGreaterThan(0);
  });
});
