/** The life of an RPC service as at 2014.2: messaging §B2 to §B6. */
import { describe, expect, it } from "vitest";
import {
  RpcClient,
  cast,
  call,
  clientOf,
  defineRpcApi,
  endpoint,
  type Endpoint,
} from "../../src/bus/index.js";
import {
  Manager,
  RequestContext,
  Service,
  baseApi,
  contextSerializer,
  type FlagValues,
  type PeriodicTask,
  type ServiceGroup,
  type Env,
} from "../../src/framework/index.js";
import type { LogLine, ServiceEvent } from "../../src/framework/observations.js";
import { done, microseconds, seconds, sleep, type Op } from "../../src/kernel/index.js";
import { Exception } from "../../src/python/index.js";
import { TestBed } from "../services/bed.js";

const api = defineRpcApi({
  topic: "example",
  version: "1.0",
  methods: { work: call<{ time: number }, string>(), note: cast<{ n: number }>() },
});

const CTXT = new RequestContext({ request_id: "req-1" });

/** Notes all that is done to it. */
class ExampleManager extends Manager {
  readonly calls: string[] = [];
  tasks: PeriodicTask[] = [];
  /** How long each hook takes, and which of them raises. */
  hookTime = 0;
  raises: string | undefined;

  override endpoints(): Endpoint<RequestContext>[] {
    return [endpoint<typeof api, RequestContext>(api, this)];
  }
  override init_host(): Op<void> {
    return this.#hook("init_host");
  }
  override pre_start_hook(): Op<void> {
    return this.#hook("pre_start_hook");
  }
  override post_start_hook(): Op<void> {
    return this.#hook("post_start_hook");
  }
  override cleanup_host(): Op<void> {
    return this.#hook("cleanup_host");
  }
  override periodicTasks(): readonly PeriodicTask[] {
    return this.tasks;
  }
  *work(_ctxt: RequestContext, { time }: { time: number }): Op<string> {
    yield* sleep(microseconds(time));
    this.calls.push("worked");
    return "done";
  }
  *note(_ctxt: RequestContext, { n }: { n: number }): Op<void> {
    this.calls.push(`note ${n}`);
  }

  *#hook(name: string): Op<void> {
    const { bus, kernel } = this.env;
    yield* sleep(microseconds(this.hookTime));
    const consumers = bus.bus.queues().filter((queue) => queue.consumers > 0).length;
    this.calls.push(`${name}, ${consumers} queues, ${kernel.now / 1e6} s`);
    if (name === this.raises) throw new Exception(`${name} failed`);
  }
}

/** One service, its group and its client. */
class ServiceBed extends TestBed {
  readonly around: Env;
  readonly manager: ExampleManager;
  readonly service: Service;
  readonly reports: number[] = [];
  readonly client;
  /** How long a report takes, and whether it fails. */
  reportTime = 0;
  reportFails = false;
  /** Whether there is a record to delete. */
  enrolled = true;
  readonly group: ServiceGroup = {
    enroll: (_ctxt, { host, binary, topic }) => {
      this.manager.calls.push(`enroll ${host} ${binary} ${topic}`);
      return done(undefined);
    },
    report: () => this.#report(),
    leave: () => {
      this.manager.calls.push("leave");
      return done(this.enrolled);
    },
  };

  constructor(
    flags: FlagValues = {},
    prepare: (manager: ExampleManager) => void = () => undefined,
  ) {
    super({ flags });
    this.around = this.env("nova-example", { host: "h1" });
    this.manager = new ExampleManager(this.around);
    prepare(this.manager);
    this.service = this.#service(this.around, this.manager);
    const link = this.bus.connect({ actor: "client@h", exchange: "nova" });
    this.client = clientOf(api, new RpcClient(link, contextSerializer));
  }

  #service(around: Env, manager: ExampleManager): Service {
    const { group } = this;
    return new Service(around, { topic: "example", manager, serializer: contextSerializer, group });
  }

  /** The process that takes the place of a stopped one. */
  next(): { service: Service; manager: ExampleManager } {
    const around = this.env("nova-example", { host: "h1" });
    const manager = new ExampleManager(around);
    return { service: this.#service(around, manager), manager };
  }

  *#report(): Op<void> {
    this.reports.push(this.kernel.now / 1e6);
    yield* sleep(microseconds(this.reportTime));
    if (this.reportFails) throw new Exception("connection lost");
  }

  events(): string[] {
    return this.of<ServiceEvent>("service").map(({ event }) => event);
  }

  logs(): string[] {
    return this.of<LogLine>("log").map(({ message }) => message);
  }
}

describe("the start of a service", () => {
  it("goes init_host, record, pre_start_hook, consumers, post_start_hook, join (SVC-16)", () => {
    const bed = new ServiceBed();
    bed.start(bed.service);
    expect(bed.manager.calls).toEqual([
      "init_host, 0 queues, 0 s",
      "enroll h1 nova-example example",
      "pre_start_hook, 0 queues, 0 s",
      "post_start_hook, 3 queues, 0 s",
    ]);
    expect(bed.events()).toEqual(["starting", "started"]);
    bed.wait(seconds(5));
    expect(bed.reports).toEqual([5]);
  });

  it("stops at an init_host that raises: no record, no consumers, no reports (SVC-15)", () => {
    const bed = new ServiceBed({}, (manager) => (manager.raises = "init_host"));
    expect(() => bed.start(bed.service)).toThrow("init_host failed");
    bed.wait(seconds(100));
    expect(bed.manager.calls).toEqual(["init_host, 0 queues, 0 s"]);
    expect(bed.bus.queues()).toEqual([]);
    expect(bed.reports).toEqual([]);
    expect(bed.events()).toEqual(["starting"]);
  });

  it("leaves what comes meanwhile in the host's queue until it consumes (SVC-17)", () => {
    const bed = new ServiceBed();
    bed.start(bed.service);
    bed.run(bed.service.stop());
    const { service, manager } = bed.next();
    manager.hookTime = seconds(5);
    bed.kernel.spawn(service.start(), { name: "start" });
    bed.kernel.spawn(
      (function* () {
        yield* sleep(seconds(7));
        yield* bed.client.prepare({ server: "h1" }).note(CTXT, { n: 1 });
      })(),
      { name: "cast" },
    );
    bed.wait(seconds(9));
    expect(bed.bus.queues().find(({ name }) => name === "example.h1")?.depth).toBe(1);
    bed.wait(seconds(10));
    expect(manager.calls).toEqual([
      "init_host, 0 queues, 5 s",
      "pre_start_hook, 0 queues, 10 s",
      "note 1",
      "post_start_hook, 3 queues, 15 s",
    ]);
  });

  it("answers a ping in the namespace baseapi (CLI-04)", () => {
    const bed = new ServiceBed();
    bed.start(bed.service);
    const link = bed.bus.connect({ actor: "other@h", exchange: "nova" });
    const base = clientOf(baseApi("example"), new RpcClient(link, contextSerializer));
    expect(bed.run(base.ping(CTXT, { arg: "hi" }))).toEqual({ service: "example", arg: "hi" });
    expect(bed.run(base.get_backdoor_port(CTXT, {}))).toBeNull();
    expect(bed.of("rpc.call")).toMatchObject([
      { namespace: "baseapi", version: "1.0", method: "ping" },
      { namespace: "baseapi", version: "1.1", method: "get_backdoor_port" },
    ]);
  });
});

describe("reports", () => {
  it("come after 5 s and then every report_interval (SVC-09)", () => {
    const bed = new ServiceBed({ report_interval: 10 });
    bed.start(bed.service);
    bed.wait(seconds(36));
    expect(bed.reports).toEqual([5, 15, 25, 35]);
  });

  it("keep their rhythm however long each takes (SVC-10)", () => {
    const bed = new ServiceBed();
    bed.reportTime = seconds(3);
    bed.start(bed.service);
    bed.wait(seconds(30));
    expect(bed.reports).toEqual([5, 15, 25]);
    bed.reportTime = seconds(14);
    bed.wait(seconds(40));
    expect(bed.reports).toEqual([5, 15, 25, 35, 49, 63]);
  });

  it("are switched off by an interval of 0", () => {
    const bed = new ServiceBed({ report_interval: 0 });
    bed.start(bed.service);
    bed.wait(seconds(100));
    expect(bed.reports).toEqual([]);
  });

  it("go on when they fail; that and the recovery are each told once (SVC-20)", () => {
    const bed = new ServiceBed();
    bed.start(bed.service);
    bed.reportFails = true;
    bed.wait(seconds(30));
    bed.reportFails = false;
    bed.wait(seconds(20));
    expect(bed.reports).toHaveLength(5);
    expect(bed.logs()).toEqual([
      "model server went away: connection lost",
      "Recovered model server connection!",
    ]);
    const logs = bed.seen.filter(({ what }) => what.kind === "log");
    expect(logs.map(({ detail }) => detail)).toEqual(["flow", "flow"]);
  });

  it("are routine, and no run waits for them", () => {
    const bed = new ServiceBed();
    bed.start(bed.service);
    bed.kernel.settle();
    expect(bed.kernel.now).toBe(0);
    bed.wait(seconds(20));
    const reported = bed.seen.filter(({ what }) => (what as ServiceEvent).event === "reported");
    expect(reported.map(({ detail }) => detail)).toEqual(["full", "full"]);
  });
});

describe("periodic tasks", () => {
  const ticking = (ran: number[], bed: () => ServiceBed) => (manager: ExampleManager) => {
    manager.tasks = [
      {
        name: "tick",
        spacing: 20,
        runImmediately: true,
        *run(ctxt) {
          expect(ctxt.is_admin).toBe(true);
          ran.push(bed().kernel.now / 1e6);
          yield* [];
        },
      },
    ];
  };

  it("begin after a random part of the fuzzy delay, the same in every run", () => {
    const first = (): number => {
      const ran: number[] = [];
      const bed: ServiceBed = new ServiceBed(
        {},
        ticking(ran, () => bed),
      );
      bed.start(bed.service);
      bed.wait(seconds(61));
      return ran[0] as number;
    };
    expect(first()).toBe(first());
    expect(Number.isInteger(first())).toBe(true);
  });

  it("begin at once with a delay of 0 and repeat at their spacing (SVC-13)", () => {
    const ran: number[] = [];
    const flags = { periodic_fuzzy_delay: 0 };
    const bed: ServiceBed = new ServiceBed(
      flags,
      ticking(ran, () => bed),
    );
    bed.start(bed.service);
    bed.wait(seconds(50));
    expect(ran).toEqual([0, 20, 40]);
  });

  it("do not run when periodic_enable is off", () => {
    const ran: number[] = [];
    const flags = { periodic_fuzzy_delay: 0, periodic_enable: false };
    const bed: ServiceBed = new ServiceBed(
      flags,
      ticking(ran, () => bed),
    );
    bed.start(bed.service);
    bed.wait(seconds(50));
    expect(ran).toEqual([]);
  });
});

describe("a service that stops", () => {
  it("takes no more, lets handlers end and reply, cleans up, and reports no more", () => {
    const bed = new ServiceBed();
    bed.start(bed.service);
    const working = bed.kernel.spawn(bed.client.work(CTXT, { time: seconds(3) }), {
      name: "call",
      awaited: true,
    });
    bed.wait(seconds(1));
    bed.run(bed.service.stop());
    bed.kernel.settle();
    expect(working.result).toBe("done");
    expect(bed.manager.calls.slice(-2)).toEqual([
      "worked",
      expect.stringMatching(/^cleanup_host, 1/),
    ]);
    expect(bed.events()).toEqual(["starting", "started", "stopping", "stopped"]);
    bed.wait(seconds(100));
    expect(bed.reports).toEqual([]);
    expect(bed.kernel.threads()).toEqual([]);
  });

  it("is stopped even if its cleanup raises, which is logged", () => {
    const bed = new ServiceBed({}, (manager) => (manager.raises = "cleanup_host"));
    bed.start(bed.service);
    bed.run(bed.service.stop());
    expect(bed.logs()).toEqual(["Error during cleanup_host: cleanup_host failed"]);
    expect(bed.events().at(-1)).toBe("stopped");
  });

  it("leaves its queues, so that its successor runs what came meanwhile (RPC-05)", () => {
    const bed = new ServiceBed();
    bed.start(bed.service);
    bed.run(bed.service.stop());
    bed.run(bed.client.note(CTXT, { n: 1 }));
    const { service, manager } = bed.next();
    bed.start(service);
    bed.kernel.settle();
    expect(manager.calls).toContain("note 1");
  });
});

describe("a service that stops for good", () => {
  it("reports while what runs ends and while it cleans up, and not after (B2)", () => {
    const bed = new ServiceBed({}, (manager) => (manager.hookTime = seconds(6)));
    bed.start(bed.service);
    const from = bed.kernel.now / 1e6;
    bed.kernel.spawn(bed.client.work(CTXT, { time: seconds(8) }), { name: "call" });
    bed.wait(seconds(1));
    bed.run(bed.service.stop());
    // Handlers end 8 s after the start, cleanup_host takes 6 more; reports come at 5 and 15.
    expect(bed.manager.calls.at(-1)).toMatch(/^cleanup_host, 1/);
    bed.wait(seconds(100));
    expect(bed.reports.map((at) => at - from)).toEqual([5]);
  });

  it("is waited for by whoever waits for it, not for its sleeping timers (B2)", () => {
    const bed = new ServiceBed();
    bed.start(bed.service);
    bed.wait(seconds(6));
    const waiting = bed.kernel.spawn(bed.service.wait(), { name: "wait" });
    bed.wait(seconds(1));
    expect(waiting.ended).toBe(false);
    bed.run(bed.service.stop());
    bed.kernel.settle();
    expect([waiting.ended, bed.kernel.now]).toEqual([true, seconds(7)]);
  });

  it("deletes its record after it has stopped if it is killed (SVC-22)", () => {
    const bed = new ServiceBed();
    bed.start(bed.service);
    bed.run(bed.service.kill());
    expect(bed.manager.calls.slice(-2)).toEqual([
      expect.stringMatching(/^cleanup_host, 0 queues/),
      "leave",
    ]);
    expect(bed.events().at(-1)).toBe("stopped");
    expect(bed.logs()).toEqual([]);
  });

  it("only warns if it is killed and has no record (B2)", () => {
    const bed = new ServiceBed();
    bed.enrolled = false;
    bed.start(bed.service);
    bed.run(bed.service.kill());
    expect(bed.logs()).toEqual(["Service killed that has no database entry"]);
  });
});

describe("a service that crashes", () => {
  it("is gone at once, in the middle of what it did, and its callers time out (RPC-51)", () => {
    const bed = new ServiceBed({ rpc_thread_pool_size: 1 });
    bed.start(bed.service);
    const working = bed.kernel.spawn(bed.client.work(CTXT, { time: seconds(3) }), {
      name: "call",
      awaited: true,
    });
    bed.run(bed.client.note(CTXT, { n: 1 }));
    bed.run(bed.client.note(CTXT, { n: 2 }));
    bed.wait(seconds(1));
    bed.crash(bed.service, bed.around);
    const { service, manager } = bed.next();
    bed.start(service);
    bed.kernel.settle();
    expect(() => working.result).toThrow("Timed out");
    expect(bed.manager.calls).not.toContain("worked");
    // The first note was acknowledged and waited for the pool; the second never was.
    expect(manager.calls.filter((each) => each.startsWith("note"))).toEqual(["note 2"]);
    expect(bed.reports.every((at) => at >= 6)).toBe(true);
  });
});

describe("an error in a handler", () => {
  it("is logged by the service, whoever asked (RPC-37)", () => {
    const bed = new ServiceBed({}, (manager) => {
      manager.note = function* () {
        yield* [];
        throw new Exception("boom");
      };
    });
    bed.start(bed.service);
    bed.run(bed.client.note(CTXT, { n: 1 }));
    bed.kernel.settle();
    expect(bed.logs()).toEqual(["Exception during message handling of note: Exception: boom"]);
  });
});
