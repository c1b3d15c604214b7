/** How a binary runs what it serves, in its own process or in workers: messaging §B7. */
import { describe, expect, it } from "vitest";
import {
  RpcClient,
  call,
  cast,
  clientOf,
  defineRpcApi,
  endpoint,
  type Endpoint,
} from "../../src/bus/index.js";
import {
  Manager,
  ProcessLauncher,
  RequestContext,
  Service,
  ServiceLauncher,
  WsgiService,
  contextSerializer,
  serve,
  workerCount,
  type MakeProcess,
  type Process,
  type Env,
} from "../../src/framework/index.js";
import type { LogLine, ServiceEvent } from "../../src/framework/observations.js";
import { respond } from "../../src/http/index.js";
import { milliseconds, seconds, sleep, type Op } from "../../src/kernel/index.js";
import { Exception, ValueError } from "../../src/python/index.js";
import { TestBed } from "../services/bed.js";

const api = defineRpcApi({
  topic: "example",
  version: "1.0",
  methods: { who: call<Record<string, never>, string>(), note: cast<Record<string, never>>() },
});

const CTXT = new RequestContext({ request_id: "req-1" });

class LaunchBed extends TestBed {
  readonly around = this.env("nova-example");
  /** Who was told, by actor. */
  readonly noted: string[] = [];
  /** Whose init_host raises. */
  readonly broken = new Set<string>();
  readonly client = clientOf(
    api,
    new RpcClient(this.bus.connect({ actor: "client@h", exchange: "nova" }), contextSerializer),
  );

  readonly rpc: MakeProcess = (around) => {
    const { noted, broken } = this;
    class ExampleManager extends Manager {
      override endpoints(): Endpoint<RequestContext>[] {
        return [endpoint<typeof api, RequestContext>(api, this)];
      }
      override *init_host(): Op<void> {
        if (broken.has(around.actor)) throw new Exception("no disk");
      }
      *who(): Op<string> {
        yield* sleep(milliseconds(500));
        return around.actor;
      }
      *note(): Op<void> {
        noted.push(around.actor);
      }
    }
    const manager = new ExampleManager(around);
    return new Service(around, { topic: "example", manager, serializer: contextSerializer });
  };

  /** Answers with who answers, after a second. */
  readonly web: MakeProcess = (around) =>
    new WsgiService(around, {
      servers: [
        {
          port: 8774,
          *application() {
            yield* sleep(seconds(1));
            return respond(200, around.actor);
          },
        },
      ],
    });

  launch(make: MakeProcess, workers: number): ProcessLauncher {
    return this.start(new ProcessLauncher(this.around, [{ make, workers }]));
  }

  /** Who answers each of `n` calls, one after another. */
  answers(n: number): string[] {
    return Array.from({ length: n }, () => this.run(this.client.who(CTXT, {})));
  }

  /** How many consume from the topic, the host's queue, and each fanout queue there is. */
  consumers(): number[] {
    return this.bus
      .queues()
      .filter(({ name }) => name.startsWith("example"))
      .map(({ consumers }) => consumers);
  }

  ask(): () => unknown {
    const thread = this.kernel.spawn(this.http.request("GET", "http://controller:8774/"), {
      name: "ask",
      awaited: true,
    });
    return () => thread.result.body;
  }

  logs(actor = this.around.actor): string[] {
    return this.of<LogLine>("log")
      .filter((line) => line.actor === actor)
      .map(({ message }) => message);
  }

  events(actor: string): string[] {
    return this.of<ServiceEvent>("service")
      .filter((each) => each.actor === actor)
      .map(({ event }) => event);
  }
}

const [FIRST, SECOND] = ["nova-example:1@controller", "nova-example:2@controller"] as const;

describe("serve", () => {
  it("runs one worker in the process itself, and several in processes of their own (B7)", () => {
    const bed = new LaunchBed();
    expect(serve(bed.env("nova-api"), bed.rpc)).toBeInstanceOf(ServiceLauncher);
    expect(serve(bed.env("nova-api"), bed.rpc, 1)).toBeInstanceOf(ServiceLauncher);
    expect(serve(bed.env("nova-api"), bed.rpc, 2)).toBeInstanceOf(ProcessLauncher);
  });

  it("can be called only once in a process (SVC-35)", () => {
    const bed = new LaunchBed();
    serve(bed.around, bed.rpc);
    expect(() => serve(bed.around, bed.rpc)).toThrow("serve() can only be called once");
  });
});

describe("the number of workers", () => {
  it("is what the option says, one for each CPU for 0, and never below 1 (B7)", () => {
    const count = (workers: number): number =>
      workerCount("osapi_compute", workers, (message) => new ValueError(message));
    expect([count(3), count(0)]).toEqual([3, 1]);
    expect(() => count(-1)).toThrow(
      new ValueError("osapi_compute_workers value of -1 is invalid, must be greater than 0"),
    );
  });
});

describe("a launcher of services in one process", () => {
  const services = (bed: LaunchBed): Process => {
    return new ServiceLauncher(bed.around, [bed.rpc(bed.around), bed.web(bed.around)]);
  };

  it("starts and stops them all", () => {
    const bed = new LaunchBed();
    const process = bed.start(services(bed));
    expect(bed.answers(1)).toEqual(["nova-example@controller"]);
    const answer = bed.ask();
    bed.wait(milliseconds(100));
    bed.run(process.stop());
    bed.kernel.settle();
    expect(answer()).toBe("nova-example@controller");
    expect(bed.network.at("controller:8774")).toBeUndefined();
    expect(bed.consumers()).toEqual([0, 0]);
  });

  it("logs what a start raises and goes on with the others (SVC-15)", () => {
    const bed = new LaunchBed();
    bed.broken.add(bed.around.actor);
    const process = bed.start(services(bed));
    expect(bed.logs()).toEqual(["Exception: no disk"]);
    expect(process.exited).toBe(false);
    const answer = bed.ask();
    bed.kernel.settle();
    expect(answer()).toBe("nova-example@controller");
  });

  it("ends when no service is left, which took no messages and has no consumers (SVC-15)", () => {
    const bed = new LaunchBed();
    bed.broken.add(bed.around.actor);
    const process = bed.start(serve(bed.around, bed.rpc));
    expect(process.exited).toBe(true);
    expect(bed.bus.queues()).toEqual([]);
    expect(bed.events(bed.around.actor)).toEqual(["starting", "stopped"]);
  });
});

describe("workers behind a topic", () => {
  it("share the queues of topic and host, and each get what is fanned out (B7)", () => {
    const bed = new LaunchBed();
    const launcher = bed.launch(bed.rpc, 2);
    expect(launcher.workers).toEqual([1, 2]);
    expect(bed.answers(4)).toEqual([FIRST, SECOND, FIRST, SECOND]);
    bed.run(bed.client.prepare({ fanout: true }).note(CTXT, {}));
    bed.kernel.settle();
    expect(bed.noted).toEqual([FIRST, SECOND]);
    expect(bed.consumers()).toEqual([2, 2, 1, 1]);
  });

  it("are stopped by their parent, each as if alone: what runs is answered", () => {
    const bed = new LaunchBed();
    const launcher = bed.launch(bed.rpc, 2);
    const working = bed.kernel.spawn(bed.client.who(CTXT, {}), { name: "call", awaited: true });
    bed.wait(milliseconds(100));
    bed.run(launcher.stop());
    bed.kernel.settle();
    expect(working.result).toBe(FIRST);
    expect(bed.events(SECOND)).toEqual(["starting", "started", "stopping", "stopped"]);
    bed.wait(seconds(10));
    expect([launcher.workers, bed.kernel.threads().length]).toEqual([[], 1]);
  });

  it("die with their parent, which is gone from one moment to the next (B7)", () => {
    const bed = new LaunchBed();
    const launcher = bed.launch(bed.rpc, 2);
    bed.crash(launcher, bed.around);
    expect(bed.events(FIRST)).toEqual(["starting", "started", "crashed"]);
    expect(bed.logs(SECOND)).toEqual(["Parent process has died unexpectedly, exiting"]);
    expect(bed.consumers()).toEqual([0, 0]);
    bed.wait(seconds(10));
    expect(bed.kernel.threads()).toEqual([]);
  });
});

describe("a worker that is gone", () => {
  it("is replaced by exactly one other, while its siblings go on (SVC-37)", () => {
    const bed = new LaunchBed();
    const launcher = bed.launch(bed.rpc, 2);
    bed.wait(seconds(60));
    expect(launcher.killWorker(1)).toBe(true);
    expect(launcher.workers).toEqual([2]);
    expect(bed.answers(1)).toEqual([SECOND]);
    expect(launcher.workers).toEqual([1, 2]);
    expect(bed.answers(4).sort()).toEqual([FIRST, FIRST, SECOND, SECOND]);
    expect(bed.logs()).toEqual([
      "Started child 1",
      "Started child 2",
      "Child 1 killed by signal 9",
      "Started child 1",
    ]);
    expect(launcher.killWorker(3)).toBe(false);
  });

  it("loses what it had acknowledged, and nobody answers for it (RPC-51)", () => {
    const bed = new LaunchBed();
    const launcher = bed.launch(bed.rpc, 2);
    const working = bed.kernel.spawn(bed.client.who(CTXT, {}), { name: "call", awaited: true });
    bed.wait(milliseconds(100));
    launcher.killWorker(1);
    bed.kernel.settle();
    expect(() => working.result).toThrow("Timed out");
  });

  it("because it cannot start is forked again and again, but not too fast (B7)", () => {
    const bed = new LaunchBed();
    bed.broken.add(FIRST);
    const launcher = bed.launch(bed.rpc, 2);
    bed.wait(seconds(5));
    const forks = bed.seen.filter(({ what }) => (what as LogLine).message === "Started child 1");
    // Each is noticed 10 ms later; within 2 s of the fork three before it, the parent sleeps first.
    const at = forks.map((each) => each.at / 1e6);
    expect(at).toEqual([0, 0.01, 1.02, 2.03, 2.04, 3.05, 4.06, 4.07]);
    expect(bed.logs()).toContain("Forking too fast, sleeping");
    expect(bed.logs()).toContain("Child 1 exited with status 0");
    expect(bed.answers(1)).toEqual([SECOND]);
    bed.broken.clear();
    bed.wait(seconds(2));
    expect(launcher.workers).toEqual([1, 2]);
  });

  it("because it cannot be made exits with status 2 (B7)", () => {
    const bed = new LaunchBed();
    const make = (around: Env): Process => {
      if (around.actor === FIRST) throw new Exception("no such class");
      return bed.rpc(around);
    };
    bed.launch(make, 2);
    bed.wait(seconds(1));
    expect(bed.logs(FIRST)).toContain("Unhandled exception: Exception: no such class");
    expect(bed.logs()).toContain("Child 1 exited with status 2");
  });
});

describe("workers behind a port", () => {
  it("take its connections in turn; who asks sees the one address (B7)", () => {
    const bed = new LaunchBed();
    bed.launch(bed.web, 2);
    const answers = [bed.ask(), bed.ask(), bed.ask()];
    bed.kernel.settle();
    expect(answers.map((answer) => answer()).sort()).toEqual([FIRST, FIRST, SECOND]);
    expect(bed.requests()).toEqual(Array(3).fill("GET nova-example@controller/"));
  });

  it("reset the connections of the one that is gone; new ones go to the others", () => {
    const bed = new LaunchBed();
    const launcher = bed.launch(bed.web, 2);
    const cut = bed.ask();
    bed.wait(milliseconds(100));
    launcher.killWorker(1);
    const other = bed.ask();
    bed.kernel.settle();
    expect(() => cut()).toThrow("Connection aborted.");
    expect(other()).toBe(SECOND);
  });

  it("leave connections in the backlog while none of them runs, for the next that does", () => {
    const bed = new LaunchBed();
    const launcher = bed.launch(bed.web, 2);
    bed.wait(seconds(60));
    launcher.killWorker(1);
    launcher.killWorker(2);
    const kept = bed.ask();
    bed.kernel.settle();
    expect([FIRST, SECOND]).toContain(kept());
  });

  it("give the port back with their parent, who resets what waits in its backlog", () => {
    const bed = new LaunchBed();
    const launcher = bed.launch(bed.web, 2);
    bed.wait(seconds(60));
    launcher.killWorker(1);
    launcher.killWorker(2);
    const waits = bed.ask();
    bed.wait(milliseconds(8));
    bed.crash(launcher, bed.around);
    bed.kernel.settle();
    expect(() => waits()).toThrow("Connection aborted.");
    expect(bed.network.at("controller:8774")).toBeUndefined();
  });
});

it("One parent runs several services, each with a number of workers of its own (B7)", () => {
  const bed = new LaunchBed();
  const launcher = bed.start(
    new ProcessLauncher(bed.around, [
      { make: bed.rpc, workers: 1 },
      { make: bed.web, workers: 2 },
    ]),
  );
  expect(launcher.workers).toEqual([1, 2, 3]);
  const answers = [bed.ask(), bed.ask()];
  expect(bed.answers(2)).toEqual([FIRST, FIRST]);
  bed.kernel.settle();
  expect(answers.map((answer) => answer()).sort()).toEqual([SECOND, "nova-example:3@controller"]);
});
