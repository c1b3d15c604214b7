/** A service of one's own joins a cloud (transcripts §T5). */
import { describe, expect, it } from "vitest";
import { MessagingTimeout, RpcClient, clientOf, type Endpoint } from "../../src/bus/index.js";
import { Cloud } from "../../src/cloud/cloud.js";
import {
  Manager,
  contextSerializer,
  type PeriodicTask,
  type RequestContext,
} from "../../src/framework/index.js";
import { seconds, type Op } from "../../src/kernel/index.js";
import { ValueError } from "../../src/python/index.js";
import { exampleService } from "../../src/services/exampleservice/index.js";
import { exampleServiceApi, type Note } from "../../src/services/exampleservice/rpcapi.js";
import { renderText } from "../../src/views/index.js";

const PROCESS = "nova-exampleservice@controller";

function withExample(flags = {}): Cloud {
  const cloud = new Cloud({ seed: 1 });
  cloud.add(exampleService, { flags });
  return cloud;
}

function call(cloud: Cloud, method: string, args = {}, topic = "exampleservice"): unknown {
  const admin = cloud.user("admin");
  return cloud.run(admin.rpc.call(admin.adminContext(), topic, { method, args }));
}

function write(cloud: Cloud, text: string): void {
  const admin = cloud.user("admin");
  const msg = { method: "write_note", args: { text } };
  cloud.run(admin.rpc.cast(admin.adminContext(), "exampleservice", msg));
  cloud.advance(seconds(1));
}

const texts = (cloud: Cloud): string[] =>
  (call(cloud, "get_notes") as Note[]).map(({ text }) => text);

const stages = (cloud: Cloud): string[] =>
  cloud.timeline.entries.flatMap((entry) =>
    entry.kind === "service" && entry.actor === PROCESS ? [entry.event] : [],
  );

describe("cloud.add", () => {
  it("starts the service under its binary's topic, and says where it is", () => {
    const cloud = new Cloud();
    expect(cloud.add(exampleService)).toEqual({
      name: PROCESS,
      service: "nova-exampleservice",
      project: "nova",
      host: "controller",
    });
    expect(cloud.actors.map(({ name }) => name)).toContain(PROCESS);
    expect(stages(cloud)).toEqual(["starting", "started"]);
    const queues = cloud.bus.queues().map(({ name }) => name);
    expect(queues).toEqual(expect.arrayContaining(["exampleservice", "exampleservice.controller"]));
    expect(queues.filter((name) => name.startsWith("exampleservice_fanout_"))).toHaveLength(1);
  });

  it("gives it a record and heartbeats, which `nova service-list` shows (SVC-06, SVC-09)", () => {
    const cloud = withExample();
    const list = "nova service-list --binary nova-exampleservice";
    cloud.advance(seconds(30));
    expect(cloud.user("admin").command(list).stdout).toMatch(/enabled \| up /);
    cloud.stop(PROCESS);
    cloud.advance(seconds(70));
    // SVC-21: the record stays, and nobody believes it.
    expect(cloud.user("admin").command(list).stdout).toMatch(/enabled \| down /);
  });

  it("serves the methods of its contract by the loose form of 2011", () => {
    const cloud = withExample();
    write(cloud, "hello");
    expect(texts(cloud)).toEqual(["hello"]);
    expect(call(cloud, "get_notes", {}, "exampleservice.controller")).toHaveLength(1);
  });

  it("is there for every other service by its contract alone", () => {
    const heard: string[] = [];
    class ReaderManager extends Manager {
      readonly #board = clientOf(exampleServiceApi, new RpcClient(this.env.bus, contextSerializer));

      endpoints(): Endpoint<RequestContext>[] {
        return [];
      }

      override periodicTasks(): readonly PeriodicTask[] {
        return [{ name: "_read", runImmediately: true, run: (ctxt) => this.#read(ctxt) }];
      }

      *#read(ctxt: RequestContext): Op<void> {
        heard.push(...(yield* this.#board.get_notes(ctxt, {})).map(({ text }) => text));
      }
    }
    const cloud = withExample();
    write(cloud, "hello");
    cloud.add({ binary: "nova-reader", manager: ReaderManager }, { host: "library" });
    cloud.advance(seconds(61));
    expect(heard[0]).toBe("hello");
  });

  it("runs its periodic task, which forgets what is too old", () => {
    const cloud = withExample({ exampleservice_keep: 90, periodic_fuzzy_delay: 0 });
    write(cloud, "old");
    cloud.advance(seconds(200));
    expect(texts(cloud)).toEqual([]);
  });

  it("loses its memory in a crash, and not what waits in its queue (RPC-05, RPC-51)", () => {
    const cloud = withExample();
    write(cloud, "before");
    cloud.crash(PROCESS);
    write(cloud, "meanwhile");
    cloud.start(PROCESS);
    expect(texts(cloud)).toEqual(["meanwhile"]);
  });

  it("may run on many hosts, which take the messages of the topic in turn (RPC-01)", () => {
    const cloud = new Cloud();
    for (const host of ["h1", "h2"]) cloud.add(exampleService, { host });
    for (const text of ["a", "b", "c", "d"]) write(cloud, text);
    const of = (host: string) => call(cloud, "get_notes", {}, `exampleservice.${host}`) as Note[];
    expect(of("h1").map(({ text }) => text)).toEqual(["a", "c"]);
    expect(of("h2").map(({ text }) => text)).toEqual(["b", "d"]);
  });

  it("takes a manager that is given instead of one that a flag names", () => {
    class Silent extends Manager {
      endpoints(): Endpoint<RequestContext>[] {
        return [];
      }
    }
    const cloud = new Cloud();
    cloud.add({ binary: "nova-silent", topic: "quiet", manager: Silent });
    expect(cloud.bus.queues().map(({ name }) => name)).toContain("quiet.controller");
  });

  it("refuses a process that is there already", () => {
    const cloud = withExample();
    expect(() => cloud.add(exampleService)).toThrow(/nova-exampleservice@controller is there/);
  });

  it("refuses a flag that the service does not read, with the nearest one", () => {
    expect(() => withExample({ exampleservice_kep: 5 })).toThrow(
      'no flag "exampleservice_kep" is read by nova-exampleservice. Did you mean "exampleservice_keep"?',
    );
  });

  it("adds nothing when the service cannot be made or does not start (SVC-04, SVC-15)", () => {
    class Broken extends Manager {
      endpoints(): Endpoint<RequestContext>[] {
        return [];
      }

      override *init_host(): Op<void> {
        throw new ValueError("no disk");
      }
    }
    const cloud = new Cloud();
    const before = { actors: cloud.actors, queues: cloud.bus.queues() };
    const flags = { exampleservice_manager: "mymodule.Nothing" };
    expect(() => cloud.add(exampleService, { flags })).toThrow(/cannot be found/);
    expect(() => cloud.add({ binary: "nova-broken", manager: Broken })).toThrow("no disk");
    expect({ actors: cloud.actors, queues: cloud.bus.queues() }).toEqual(before);
  });

  it("can be seen in pictures of a run that began without it", () => {
    const cloud = withExample();
    write(cloud, "hello");
    expect(renderText(cloud.timeline)).toContain(
      "nova-client@admin ╌╌> nova-exampleservice  cast write_note",
    );
  });

  it("gives the same run again from the same seed", () => {
    const run = (): readonly string[] => {
      const cloud = withExample();
      write(cloud, "hello");
      cloud.advance(seconds(100));
      return cloud.timeline.lines;
    };
    expect(run()).toEqual(run());
  });
});

describe("services that a cloud is asked for by name", () => {
  it("are there from the start, on the hosts that are said", () => {
    const services = ["nova-exampleservice", { name: "nova-network", host: "net-1" }];
    const cloud = new Cloud({ services });
    const names = cloud.actors.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining([PROCESS, "nova-network@net-1"]));
    expect(cloud.timeline.header.actors.map(({ name }) => name)).toEqual(names);
  });

  it("read the flags of the cloud", () => {
    const flags = { "nova-exampleservice": { exampleservice_keep: 0, periodic_fuzzy_delay: 0 } };
    const cloud = new Cloud({ services: ["nova-exampleservice"], flags });
    write(cloud, "gone soon");
    cloud.advance(seconds(120));
    expect(texts(cloud)).toEqual([]);
  });

  it("are refused when there are none of that name, or twice on one host", () => {
    expect(() => new Cloud({ services: ["nova-exmaple"] })).toThrow(
      "services[0]: expected one of nova-exampleservice, glance-scrubber, glance-cache-prefetcher, glance-cache-pruner, glance-cache-cleaner, image-mirror, " +
        "neutron-l3-agent, neutron-lbaas-agent, neutron-metadata-agent, nova-console, nova-cert, nova-network, ceilometer-expirer, swift, cinder, heat, ceilometer, trove, horizon, " +
        'or { name: nova-scheduler, host: controller-2 }, not "nova-exmaple"',
    );
    expect(() => new Cloud({ services: ["nova-network", "nova-network"] })).toThrow(
      "nova-network on controller is given twice",
    );
  });

  it("are not there otherwise: a call to their topic is lost, and times out (RPC-04, RPC-28)", () => {
    const cloud = new Cloud();
    expect(() => call(cloud, "get_notes")).toThrow(MessagingTimeout);
    expect(cloud.timeline.entries.filter(({ kind }) => kind === "rpc.lost")).toHaveLength(1);
  });
});
