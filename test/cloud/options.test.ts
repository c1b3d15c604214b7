/** What `new Cloud` takes, and in which words it refuses the rest: those of scenario files. */
import { describe, expect, it } from "vitest";
import { Cloud, type CloudSetup } from "../../src/cloud/cloud.js";
import { CloudError } from "../../src/cloud/errors.js";
import { Bus } from "../../src/bus/index.js";
import { Slot } from "../../src/cloud/processes/slot.js";
import { startAll } from "../../src/cloud/processes/start.js";
import { Flags, type Process } from "../../src/framework/index.js";
import { Network } from "../../src/http/index.js";
import {
  DriverError,
  Kernel,
  Signal,
  milliseconds,
  seconds,
  type Span,
} from "../../src/kernel/index.js";
import { loadScenario } from "../../src/scenario/index.js";

const flavor = { ram_mb: 64, vcpus: 1, disk_gb: 1 };

/** Options as a program in plain JavaScript passes them. */
const made = (options: unknown): Cloud => new Cloud(options as CloudSetup);

function refusal(options: unknown): string {
  try {
    made(options);
  } catch (error) {
    if (error instanceof CloudError) return error.message;
    throw error;
  }
  throw new Error("it was taken");
}

describe("the options of a cloud", () => {
  it("have spans as scenario files have them, or in microseconds", () => {
    const destroyed = (destroy: string | Span): number => {
      const cloud = new Cloud({ latency: { destroy } });
      const demo = cloud.user("demo");
      cloud.run(demo.nova.boot({ name: "t1", flavor: "m1.nano", image: "cirros" }));
      cloud.settle();
      const before = cloud.now;
      cloud.run(demo.nova.delete("t1"));
      cloud.settle();
      return cloud.now - before;
    };
    expect(destroyed("20s")).toBeGreaterThan(seconds(20));
    expect(destroyed("20s")).toBe(destroyed({ min: seconds(20), max: seconds(20) }));
    expect(destroyed("1ms..2ms")).toBeLessThan(destroyed("20s") - seconds(19));
  });

  it.each<[unknown, string]>([
    [
      { latency: { destroy: "20" } },
      'latency.destroy: expected a duration (3ms) or a range with the smaller one first (2ms..5ms), not "20"',
    ],
    [
      { latency: { destroy: { min: milliseconds(5), max: milliseconds(2) } } },
      "latency.destroy: expected a duration (3ms), a range with the smaller one first (2ms..5ms) or { min, max } in microseconds",
    ],
    [{ latency: { destory: "2s" } }, "unknown key `destory` in latency. Did you mean `destroy`?"],
    [{ compute: 3 }, "unknown key `compute`. Did you mean `computes`?"],
    [{ computes: 0 }, "computes: expected a whole number from 1 to 10000, not 0"],
    [{ computes: -1 }, "computes: expected a whole number from 1 to 10000, not -1"],
    [
      { computes: NaN },
      "computes: expected how many hosts (1 to 10000), or a list of them: [{ name: compute-1, vcpus: 8 }], not NaN",
    ],
    [{ seed: "a" }, 'seed: expected a whole number from 0 to 4294967295, not "a"'],
    [{ preset: "fulll" }, 'preset: expected one of minimal, full, nova-network, not "fulll"'],
    [3, "a cloud is made from options such as { seed: 1, computes: 3 }, not 3"],
    [{ observer: 3 }, "observer: expected an object with observe(), not 3"],
    [
      { flag_files: { "nova.conf": 3 } },
      "flag_files.nova.conf: expected the text of a file, not 3",
    ],
  ])("%j is refused", (options, words) => {
    expect(refusal(options)).toBe(words);
  });

  it("are answered with all that is wrong at once", () => {
    expect(refusal({ users: [{ nmae: "amy" }] }).split("\n")).toEqual([
      "users[0]: `name` is missing. Expected a name: letters, digits and . _ - @ : (up to 255, no spaces).",
      "unknown key `nmae` in users[0]. Did you mean `name`?",
    ]);
  });

  it.each<[string, unknown, string]>([
    [
      "two flavors of one id",
      {
        flavors: [
          { name: "a", id: "x", ...flavor },
          { name: "b", id: "x", ...flavor },
        ],
      },
      'flavors[1].id: the flavor "a" has the id "x" already. Choose another id.',
    ],
    [
      "the id of a flavor that is there from the start",
      { flavors: [{ name: "a", id: "42", ...flavor }] },
      'flavors[0].id: the flavor "m1.nano" has the id "42" already. Choose another id.',
    ],
    [
      "its name",
      { flavors: [{ name: "m1.nano", ...flavor }] },
      'flavors[0].name: the flavor "m1.nano" exists from the start. Choose another name.',
    ],
    [
      "two images of one name",
      { images: [{ name: "a" }, { name: "a" }] },
      'images[1].name: the name "a" is given twice in images. Names must differ.',
    ],
    [
      "two networks of one name",
      { networks: [{ name: "a" }, { name: "a" }] },
      'networks[1].name: the name "a" is given twice in networks. Names must differ.',
    ],
    [
      "two networks with an address in common",
      {
        networks: [
          { name: "a", cidr: "10.0.0.0/8" },
          { name: "b", cidr: "10.1.0.0/24" },
        ],
      },
      'networks[1].cidr: 10.1.0.0/24 overlaps with 10.0.0.0/8 of the network "a". Choose other addresses.',
    ],
    [
      "two users of one name",
      { users: [{ name: "a" }, { name: "a", project: "b" }] },
      'users[1].name: the name "a" is given twice in users. Names must differ.',
    ],
    [
      "the user of a service",
      { users: [{ name: "nova" }] },
      'users[0].name: the user "nova" exists from the start: services ask Keystone as it. Choose another name.',
    ],
    [
      "two hosts of one name",
      { computes: [{ name: "a" }, { name: "a" }] },
      'computes[1].name: the name "a" is given twice in computes. Names must differ.',
    ],
    [
      "a compute host in the place of the controller",
      { computes: [{ name: "controller" }] },
      'computes[0].name: a compute host cannot be named "controller": the controller is. Choose another name.',
    ],
    [
      "a service twice on a host",
      { preset: "nova-network", services: ["nova-network"] },
      "services[0]: nova-network on controller is given twice. A host runs one of each; a preset names some too.",
    ],
  ])("refuse %s", (_what, options, words) => {
    expect(refusal(options)).toBe(words);
  });

  it("are refused in scenario files in the same words, with the place in the file", () => {
    const cloud = { latency: { destroy: "20" }, flavors: [{ name: "a", ...flavor, id: 3 }] };
    const text = `scenario: a\ncloud: ${JSON.stringify(cloud)}\nsteps: [{ note: hello }]\n`;
    const loaded = loadScenario({ file: "a.yaml", text });
    const words = loaded.ok ? [] : loaded.problems.map(({ message }) => message);
    expect(words.map((line) => line.replace("cloud.", "")).sort()).toEqual(
      refusal(cloud).split("\n").sort(),
    );
  });
});

describe("dates at which a cloud begins", () => {
  const right = "epoch: expected a date such as 2014-09-18T04:03:09Z, from 1970 to 2154";

  it.each([
    "2014-02-30T00:00:00Z",
    "2014-04-31T00:00:00Z",
    "2015-02-29T00:00:00Z",
    "2014-01-01T24:00:00Z",
  ])("%s is refused: there is no such date", (epoch) => {
    expect(refusal({ epoch })).toBe(`${right}, not "${epoch}"`);
  });

  it.each(["1969-12-31T23:59:59Z", "2155-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])(
    "%s is refused: a run would leave the years that its clock has",
    (epoch) => {
      expect(refusal({ epoch })).toBe(`${right}, not "${epoch}"`);
    },
  );

  it.each(["1970-01-01T00:00:00Z", "2016-02-29T12:00:00Z", "2154-12-31T23:59:59Z"])(
    "%s is one, and the longest waits that flags allow fit behind it",
    (epoch) => {
      const never = 2_147_483_647;
      const flags = {
        ...{ report_interval: never, service_down_time: never, rpc_response_timeout: never },
        ...{ "token.expiration": never, periodic_fuzzy_delay: never, vif_plugging_timeout: never },
      };
      const cloud = new Cloud({ epoch, flags });
      expect(cloud.user("demo").command("nova list").exit).toBe(0);
      cloud.advance("24h");
    },
  );
});

describe("a cloud that cannot start", () => {
  it("says which process waits for what", () => {
    const kernel = new Kernel();
    const bus = new Bus(kernel);
    const never = new Signal<void>("the reply to ping");
    const waiting: Process = {
      start: () => never.wait(),
      stop: () => never.wait(),
      crash: () => undefined,
    };
    const plan = {
      binary: "nova-compute",
      host: "compute-1",
      project: "nova",
      make: () => waiting,
    };
    const context = { kernel, bus, network: new Network(kernel), flagsFor: () => new Flags() };
    expect(() => {
      startAll(kernel, [new Slot(plan, context)]);
    }).toThrow(
      "it has not started after 24h of virtual time: nova-compute@compute-1 waits for the reply to ping. " +
        "Is a latency longer than what waits for it waits (flag rpc_response_timeout)?",
    );
  });

  it("says which process has failed, not who waits for that one", () => {
    expect(refusal({ flags: { "conductor.workers": -1 } })).toBe(
      "nova-conductor@controller cannot start: InvalidInput: " +
        "conductor_workers value of -1 is invalid, must be greater than 0",
    );
  });
});

describe("values of flags", () => {
  it.each([
    "rpc_response_timeout",
    "report_interval",
    "token.expiration",
    "conductor.workers",
    "password_length",
    "ram_allocation_ratio",
    "agent_down_time",
  ])("%s is bounded", (name) => {
    const error = new RegExp(`flag ${name} takes a (whole )?number.*, not "9007199255000000"`, "u");
    expect(() => new Cloud({ flags: { [name]: "9007199255000000" } })).toThrow(error);
  });
});

describe("what a server is booted from", () => {
  it.each<[unknown, string]>([
    [
      {},
      "boot: `name` is missing. Expected the server's name.\n`flavor` is missing. Expected a flavor by name or id.",
    ],
    [
      undefined,
      'boot takes options such as { name: "t1", flavor: "m1.nano", image: "cirros" }, not undefined',
    ],
    [
      { name: "t1", flavor: "m1.nano", imagee: "cirros" },
      "boot: unknown key `imagee`. Did you mean `image`?",
    ],
    [{ name: 3, flavor: "m1.nano" }, "boot: name: expected the server's name, not 3"],
  ])("is checked before anything is sent: %j", (options, words) => {
    const cloud = new Cloud();
    const boot = cloud.user("demo").nova.boot(options as never);
    expect(() => cloud.run(boot)).toThrow(new DriverError(words));
    expect(cloud.timeline.entries).toEqual([]);
  });
});
