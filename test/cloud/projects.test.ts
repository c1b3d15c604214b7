/** What a cloud derives from the list of projects, and that every process reads what it lists. */
import { describe, expect, it } from "vitest";
import { Bus } from "../../src/bus/index.js";
import { Cloud } from "../../src/cloud/cloud.js";
import { Deployment } from "../../src/cloud/deployment.js";
import { flagCatalogue } from "../../src/cloud/flags/catalogue.js";
import { Infrastructure } from "../../src/cloud/infrastructure.js";
import type { CloudOptions } from "../../src/cloud/options/options.js";
import { presetsOf } from "../../src/cloud/processes/processes.js";
import { OPTIONAL_SERVICES, PROJECTS } from "../../src/cloud/projects.js";
import type { FlagValues } from "../../src/framework/flags/index.js";
import { Env, Flags, serviceFlags, type FlagSet, type FlagsOf } from "../../src/framework/index.js";
import { process, store } from "../../src/framework/project.js";
import { Network } from "../../src/http/index.js";
import { Kernel } from "../../src/kernel/index.js";
import { loadScenario } from "../../src/scenario/index.js";
import {
  GUEST_CONFIG_FILE,
  GUEST_INFO_FILE,
  guestConfig,
  guestInfo,
} from "../../src/services/trove/configuration/guest-files.js";
import { novaDatabase } from "../../src/services/nova/project.js";

/** The flags of one process, which remember what has been read of them. */
class WatchedFlags extends Flags {
  readonly sets = new Set<FlagSet>();

  override read<S extends FlagSet>(set: S): FlagsOf<S> {
    this.sets.add(set);
    return super.read(set);
  }
}

/** Starts all that there is, optional processes included. @returns what each has read */
function readByAll(): ReadonlyMap<string, ReadonlySet<FlagSet>> {
  const kernel = new Kernel();
  const bus = new Bus(kernel);
  const network = new Network(kernel);
  const infrastructure = new Infrastructure(kernel, [{ name: "compute-1" }]);
  const options = { services: [...OPTIONAL_SERVICES] };
  const deployment = new Deployment(options, infrastructure);
  const presets = new Map(Object.entries(presetsOf(options)));
  deployment.seed(() => new Flags(), []);
  const read = new Map<string, ReadonlySet<FlagSet>>();
  for (const { binary, host, project: exchange, make } of deployment.plans()) {
    const flags = new WatchedFlags((presets.get(binary) ?? {}) as FlagValues);
    read.set(binary, flags.sets);
    const actor = `${binary}@${host}`;
    const connection = bus.connect({ actor, exchange });
    const process = make(new Env({ kernel, binary, host, flags, bus: connection, network }));
    kernel.spawn(process.start(), { name: "start", actor });
  }
  const files = new Map([
    [GUEST_INFO_FILE, guestInfo({ guest_id: "1", datastore_manager: "mysql", tenant_id: null })],
    [GUEST_CONFIG_FILE, guestConfig("controller")],
  ]);
  const machine = { uuid: "1", hostname: "db", memory_mb: 512, boots: 1, files };
  const host = { name: "db", machine: { ...machine, diskSize: () => 1 } };
  const { slot } = deployment.guestPlan("trove-guestagent", host)!;
  const flags = new WatchedFlags();
  read.set(slot.binary, flags.sets);
  const connection = bus.connect({ actor: "trove-guestagent@db", exchange: slot.project });
  slot.make(new Env({ kernel, binary: slot.binary, host: "db", flags, bus: connection, network }));
  kernel.settle();
  return read;
}

const read = readByAll();

describe("the flags of every process", () => {
  const binaries = [...flagCatalogue().keys()].filter((binary) => binary !== "nova-client");

  it("are listed for every process that there is", () => {
    expect([...read.keys()].sort()).toEqual(binaries.sort());
  });

  it.each(binaries)("are read by %s as they are listed, all of them and no others", (binary) => {
    const listed = flagCatalogue().get(binary) ?? [];
    const keys = (sets: Iterable<FlagSet>): string[] =>
      [...sets].map((set) => Object.keys(set).join()).sort();
    // The cloud itself reads those of every service, to connect the process.
    expect(keys(new Set([serviceFlags, ...(read.get(binary) ?? [])]))).toEqual(keys(listed));
  });
});

describe("what a project says of its processes", () => {
  const idle = (..._: unknown[]): never => {
    throw new Error("it is never started");
  };
  const disk = store(() => ({ free: 1 }));
  const plan = { binary: "toy-agent", on: "computes", flags: [] } as const;

  it("gives a compute host no database, and nobody what is not listed (held by the compiler)", () => {
    // @ts-expect-error: a database is the controller's.
    process({ ...plan, uses: { db: novaDatabase }, make: idle });
    // @ts-expect-error: and it is not handed out unless it is listed.
    process({ ...plan, uses: {}, make: (_env, { db }) => db as never });
    // @ts-expect-error: a latency that it does not have.
    process({ ...plan, uses: {}, latency: {}, make: (_env, _parts, { spawn }) => spawn as never });
    process({
      ...plan,
      on: "controller",
      uses: { disk },
      make: (_env, parts) => idle(parts.disk.free),
    });
  });

  it("is what a cloud's options are checked by", () => {
    const latency = { wire_port: "1s" };
    expect(() => new Cloud({ latency, observer: null })).not.toThrow();
    // @ts-expect-error: a latency of no project.
    expect(() => new Cloud({ latency: { wire_prot: "1s" }, observer: null })).toThrow();
  });
});

describe("a preset", () => {
  const actorsOf = (options: CloudOptions): string[] =>
    new Cloud({ ...options, observer: null }).actors.map(({ name }) => name);
  const minimal = [
    ...["keystone", "glance-registry", "glance-api", "neutron-server", "neutron-dhcp-agent"],
    ...["nova-conductor", "nova-scheduler", "nova-api", "nova-consoleauth"],
  ].map((binary) => `${binary}@controller`);
  const computes = ["neutron-openvswitch-agent@compute-1", "nova-compute@compute-1"];
  const users = ["nova-client@admin", "nova-client@demo"];

  it("names what a cloud starts, in the order of the projects; minimal unless it is said", () => {
    expect(actorsOf({})).toEqual([...minimal, ...computes, ...users]);
    expect(actorsOf({ preset: "minimal" })).toEqual([...minimal, ...computes, ...users]);
    expect(actorsOf({ preset: "nova-network" })).toEqual([
      ...minimal,
      ...computes,
      "nova-network@controller",
      ...users,
    ]);
  });

  it("that is full has something of every project", () => {
    const started = new Cloud({ preset: "full", observer: null }).actors;
    const projects = new Set(started.map(({ project }) => project));
    for (const { name } of PROJECTS) expect(projects).toContain(name);
  });

  it("is the same as naming its services", () => {
    const preset = new Cloud({ preset: "nova-network" });
    const named = new Cloud({ services: ["nova-network"] });
    expect(preset.timeline.entries).toEqual(named.timeline.entries);
  });

  it("stands in scenario files as well", () => {
    const load = (preset: string) =>
      loadScenario({
        file: "a.yaml",
        text: `scenario: a\ncloud: { preset: ${preset} }\nsteps: [{ note: hello }]\n`,
      });
    expect(load("nova-network")).toMatchObject({
      ok: true,
      scenario: { cloud: { preset: "nova-network" } },
    });
    expect(load("nova-netwrok")).toMatchObject({
      ok: false,
      problems: [
        {
          message: 'cloud.preset: expected one of minimal, full, nova-network, not "nova-netwrok"',
        },
      ],
    });
  });
});
