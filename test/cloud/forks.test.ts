/** The same instant again: what a cloud was is made again from its acts, to the byte, or is refused with a reason. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Cloud, DriverError, seconds, sleep, type CloudSetup } from "../../src/index.js";

const boot = (name: string) => ({ name, flavor: "m1.nano", image: "cirros" });

/** Acts of every sort that a driver has. */
const ACTS: Readonly<Record<string, (cloud: Cloud) => void>> = {
  boot: (cloud) => void cloud.run(cloud.user("demo").nova.boot(boot("t1"))),
  command: (cloud) =>
    void cloud.user("demo").command("nova boot t2 --flavor m1.nano --image cirros"),
  begin: (cloud) => void cloud.user("admin").begin("nova service-list"),
  network: (cloud) => void cloud.run(cloud.user("demo").neutron.networks.create({ name: "n" })),
  request: (cloud) => void cloud.run(cloud.user("demo").request("image", "GET", "/v2/images")),
  refused: (cloud) => swallow(() => cloud.run(cloud.user("demo").nova.show("nobody"))),
  keeper: (cloud) =>
    swallow(() =>
      cloud.spawn(`keeper-${String(cloud.actors.length)}`, (it) =>
        it.user("demo").as("keeper").nova.boot(boot("kept")),
      ),
    ),
  fault: (cloud) => void cloud.inject({ driver: "spawn", host: "compute-1", error: "no disk" }),
  heal: (cloud) => {
    cloud.inject({ cut_off: { host: "compute-2" } }).heal();
  },
  hold: (cloud) => void cloud.hold("scheduler"),
  healAll: (cloud) => {
    cloud.heal();
  },
  crash: (cloud) => {
    cloud.crash("compute-2");
  },
  start: (cloud) => {
    cloud.start("nova-compute@compute-2");
  },
  advance: (cloud) => {
    cloud.advance("700ms");
  },
  until: (cloud) => swallow(() => cloud.runUntil((it) => it.count("ACTIVE") > 0, "2s")),
  step: (cloud) => void cloud.step(),
};

function swallow(act: () => unknown): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
  }
}

const seedTwo: CloudSetup = { seed: 2, computes: 2 };

describe("a fork", () => {
  it("without changes has the same bytes to the end, whatever was done", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...Object.keys(ACTS)), { minLength: 1, maxLength: 7 }),
        (names) => {
          const cloud = new Cloud(seedTwo);
          for (const name of names) swallow(() => ACTS[name]?.(cloud));
          const other = cloud.fork();
          expect(other.timeline.lines).toEqual(cloud.timeline.lines);
          for (const each of [cloud, other]) {
            each.heal();
            swallow(() => {
              each.advance("30s");
            });
          }
          expect(other.timeline.lines).toEqual(cloud.timeline.lines);
        },
      ),
      { numRuns: 25, seed: 7 },
    );
  });

  it("stands at the same instant with another fault, and leaves the first one alone", () => {
    const cloud = new Cloud(seedTwo);
    cloud.run(cloud.user("demo").nova.boot(boot("t1")));
    cloud.runUntil((it) => it.server("t1")?.task_state === "spawning", "1m");
    const host = cloud.server("t1")?.host ?? "";
    const other = cloud.fork({ faults: [{ driver: "spawn", host, error: "no disk" }] });
    expect(other.now).toBe(cloud.now);
    cloud.settle();
    other.settle();
    expect(cloud.server("t1")).toMatchObject({ status: "ACTIVE", host });
    expect(other.server("t1")?.host).not.toBe(host);
  });

  it("with another seed is what that seed would have made of the same acts", () => {
    const acts = (cloud: Cloud): Cloud => {
      cloud.run(cloud.user("demo").nova.boot(boot("t1")));
      cloud.settle();
      return cloud;
    };
    const other = acts(new Cloud({ seed: 1 })).fork({ seed: 5 });
    expect(other.timeline.lines).toEqual(acts(new Cloud({ seed: 5 })).timeline.lines);
  });

  it("of a fork is the same again", () => {
    const cloud = new Cloud(seedTwo);
    cloud.run(cloud.user("demo").nova.boot(boot("t1")));
    const third = cloud.fork().fork();
    expect(third.timeline.lines).toEqual(cloud.timeline.lines);
  });

  it("does time that went by in small steps in one go", () => {
    const cloud = new Cloud(seedTwo);
    cloud.run(cloud.user("demo").nova.boot(boot("t1")));
    for (let step = 0; step < 500; step++) cloud.advance("7ms");
    for (let step = 0; step < 50; step++) cloud.step();
    expect(cloud.fork().timeline.lines).toEqual(cloud.timeline.lines);
  });

  it("does handles' acts again: what was healed, released and cancelled", () => {
    const cloud = new Cloud(seedTwo);
    const held = cloud.hold("scheduler");
    const keeper = cloud.spawn("keeper", () => sleep(seconds(60)));
    cloud.user("demo").begin("nova boot t1 --flavor m1.nano --image cirros");
    cloud.advance("5s");
    held.release();
    keeper.cancel();
    const other = cloud.fork();
    cloud.settle();
    other.settle();
    expect(other.timeline.lines).toEqual(cloud.timeline.lines);
    expect(other.server("t1")?.status).toBe("ACTIVE");
  });

  it("refuses an operation that only this cloud could run, and says what to give instead", () => {
    const cloud = new Cloud();
    cloud.run(sleep(seconds(1)));
    expect(() => cloud.fork()).toThrow(
      /^this cloud cannot be made again: at 0us it was given an operation that only it could run; give a function/,
    );
  });

  it("refuses what was done past the cloud's own methods, unless it was an act", () => {
    const past = new Cloud();
    past.kernel.spawn(sleep(seconds(1)), { name: "nap" });
    expect(() => past.fork()).toThrow(
      /^this cloud cannot be made again: something was done with it past/,
    );
    const acted = new Cloud();
    acted.act((cloud) => cloud.kernel.spawn(sleep(seconds(1)), { name: "nap" }));
    acted.settle();
    expect(acted.fork().now).toBe(acted.now);
  });

  it("asks for an observer of its own where the first has one", () => {
    const observer = { observe: () => 0 };
    const cloud = new Cloud({ observer });
    expect(() => cloud.fork()).toThrow(DriverError);
    cloud.advance("1s");
    expect(cloud.fork({ observer: null }).now).toBe(seconds(1));
    expect(new Cloud({ observer: null }).fork().now).toBe(0);
  });
});

describe("a snapshot", () => {
  it("stays at its instant, and each that is made of it has nothing of the others", () => {
    const cloud = new Cloud(seedTwo);
    cloud.run(cloud.user("demo").nova.boot(boot("t1")));
    cloud.settle();
    const snapshot = cloud.snapshot();
    cloud.run(cloud.user("demo").nova.delete("t1"));
    cloud.settle();
    const [one, other] = [snapshot.fresh(), snapshot.fresh()];
    one.crash("compute-1");
    one.crash("compute-2");
    expect([cloud.count(), one.count("ACTIVE"), other.count("ACTIVE")]).toEqual([0, 1, 1]);
    expect(other.guests()[0]?.power_state).toBe("Running");
  });
});
