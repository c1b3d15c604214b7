/**
 * What a stop, a crash and a restart leave of a whole cloud: what was in memory is gone; what was in
 * queues and tables, and on disks, is not. Messaging B2, B3, B6, B7.
 */
import { describe, expect, it } from "vitest";
import { Cloud, type CloudSetup } from "../../src/cloud/cloud.js";
import { milliseconds, seconds, type Observation } from "../../src/kernel/index.js";

const COMPUTE = "nova-compute@compute-1";
const BOARD = "nova-exampleservice@controller";

/** A cloud as its operator sees it. */
class Operated {
  readonly cloud: Cloud;

  constructor(options: CloudSetup = {}) {
    this.cloud = new Cloud(options);
  }

  type(line: string, user = "demo"): string {
    const { stdout, stderr } = this.cloud.user(user).command(line);
    return stdout + stderr;
  }

  boot(name = "t1"): void {
    this.type(`nova boot ${name} --flavor m1.nano --image cirros --nic net-id=private`);
  }

  /** Until the server has that status. */
  until(status: string, name = "t1"): void {
    const { cloud } = this;
    const met = (): boolean => cloud.server(name)?.status === status;
    if (!cloud.kernel.runUntil(met, cloud.now + seconds(300))) {
      throw new Error(`${name} is ${String(cloud.server(name)?.status)}, never ${status}`);
    }
  }

  /** `up` or `down`, as `nova service-list` says of that binary on that host. */
  state(binary: string, host: string): string | undefined {
    const list = this.type(`nova service-list --binary ${binary} --host ${host}`, "admin");
    return /\| (up|down) /.exec(list)?.[1];
  }

  depth(queue: string): number | undefined {
    return this.cloud.bus.queues().find(({ name }) => name === queue)?.depth;
  }

  call(topic: string, method: string, args = {}): unknown {
    const admin = this.cloud.user("admin");
    return this.cloud.run(admin.rpc.call(admin.adminContext(), topic, { method, args }));
  }

  cast(topic: string, method: string, args = {}): void {
    const admin = this.cloud.user("admin");
    this.cloud.run(admin.rpc.cast(admin.adminContext(), topic, { method, args }));
    this.cloud.advance(seconds(1));
  }

  /** What nova-compute or another process has logged. */
  logs(actor: string): string[] {
    return this.cloud.timeline.entries.flatMap((entry) =>
      entry.kind === "log" && entry.actor === actor ? [entry.message] : [],
    );
  }
}

describe("what was in memory", () => {
  it.each(["stop", "crash"] as const)("is gone after a %s and a start", (end) => {
    const ops = new Operated({ services: ["nova-exampleservice"] });
    ops.cast("exampleservice", "write_note", { text: "remember" });
    expect(ops.call("exampleservice", "get_notes")).toHaveLength(1);
    ops.cloud[end](BOARD);
    ops.cloud.start(BOARD);
    expect(ops.call("exampleservice", "get_notes")).toEqual([]);
  });

  it("is what a build had done: the server that a crash left half made is an error", () => {
    const ops = new Operated();
    ops.boot();
    ops.cloud.kernel.runUntil(() => ops.cloud.server("t1")?.task_state === "spawning");
    ops.cloud.crash(COMPUTE);
    ops.cloud.advance(seconds(120));
    // Nobody is told: to the database it is still being built.
    expect(ops.cloud.server("t1")).toMatchObject({ vm_state: "building", task_state: "spawning" });
    ops.cloud.start(COMPUTE);
    ops.cloud.settle();
    expect(ops.cloud.server("t1")).toMatchObject({ vm_state: "error", task_state: null });
  });

  it.each([
    ["stop", "stopped", null],
    ["crash", "active", "powering-off"],
  ] as const)("is what runs: a %s leaves a server that is being stopped %s", (end, vm, task) => {
    const ops = new Operated();
    ops.boot();
    ops.until("ACTIVE");
    ops.type("nova stop t1");
    ops.cloud.advance(milliseconds(200));
    ops.cloud[end](COMPUTE);
    ops.cloud.advance(seconds(60));
    expect(ops.cloud.server("t1")).toMatchObject({ vm_state: vm, task_state: task });
  });
});

describe("what was in queues", () => {
  it("is done after the restart: a cast to a host whose nova-compute is away (RPC-05)", () => {
    const ops = new Operated();
    ops.boot();
    ops.until("ACTIVE");
    ops.cloud.crash(COMPUTE);
    ops.type("nova stop t1");
    ops.cloud.advance(seconds(10));
    expect(ops.depth("compute.compute-1")).toBe(1);
    expect(ops.cloud.server("t1")).toMatchObject({ status: "ACTIVE", task_state: "powering-off" });
    ops.cloud.start(COMPUTE);
    ops.until("SHUTOFF");
    expect(ops.depth("compute.compute-1")).toBe(0);
  });

  it("is not what a crashed process had taken: that is lost with it (RPC-51)", () => {
    const ops = new Operated({ services: ["nova-exampleservice"] });
    ops.cast("exampleservice", "write_note", { text: "taken" });
    ops.cloud.crash(BOARD);
    ops.cast("exampleservice", "write_note", { text: "queued" });
    expect(ops.depth("exampleservice")).toBe(1);
    ops.cloud.start(BOARD);
    ops.cloud.advance(seconds(1));
    expect(ops.call("exampleservice", "get_notes")).toMatchObject([{ text: "queued" }]);
  });
});

describe("what was in tables", () => {
  it("is the record: it stays through stop, crash and restart, and tells who is alive (SVC-21)", () => {
    const ops = new Operated({ computes: 2 });
    const record = (): unknown => ops.type("nova service-list --host compute-1", "admin");
    expect(ops.state("nova-compute", "compute-1")).toBe("up");
    ops.cloud.stop(COMPUTE);
    ops.cloud.advance(seconds(50));
    // Nobody has noticed yet.
    expect(ops.state("nova-compute", "compute-1")).toBe("up");
    ops.cloud.advance(seconds(20));
    expect(ops.state("nova-compute", "compute-1")).toBe("down");
    expect(ops.state("nova-compute", "compute-2")).toBe("up");
    const before = record();
    ops.cloud.start(COMPUTE);
    ops.cloud.advance(seconds(3));
    // Same id, nothing written: it is up with its first report, after 5 s (SVC-08).
    expect(record()).toBe(before);
    ops.cloud.advance(seconds(5));
    expect(ops.state("nova-compute", "compute-1")).toBe("up");
  });

  it("is what the scheduler goes by: a dead host gets no servers, once it is known as dead", () => {
    const ops = new Operated();
    ops.cloud.crash("compute-1");
    ops.cloud.advance(seconds(70));
    ops.boot();
    ops.cloud.settle();
    expect(ops.cloud.server("t1")).toMatchObject({ status: "ERROR", host: null });
    ops.cloud.start("compute-1");
    ops.cloud.advance(seconds(70));
    ops.boot("t2");
    ops.until("ACTIVE", "t2");
  });

  it("outlives every process of the controller", () => {
    const ops = new Operated();
    ops.boot();
    ops.until("ACTIVE");
    ops.cloud.crash("controller");
    ops.cloud.start("controller");
    ops.cloud.advance(seconds(70));
    expect(ops.type("nova list")).toMatch(/\| t1 +\| ACTIVE /);
    ops.boot("t2");
    ops.until("ACTIVE", "t2");
  });
});

describe("a host that crashes", () => {
  it("takes its guests with it; their disks are there when it is back", () => {
    const ops = new Operated();
    ops.boot();
    ops.until("ACTIVE");
    ops.cloud.crash("compute-1");
    expect(ops.cloud.server("t1")).toMatchObject({ status: "ACTIVE", power_state: "Running" });
    ops.cloud.start("compute-1");
    ops.cloud.settle();
    ops.cloud.advance(seconds(700));
    expect(ops.cloud.server("t1")).toMatchObject({ status: "SHUTOFF", power_state: "Shutdown" });
    ops.type("nova start t1");
    ops.until("ACTIVE");
  });
});

describe("workers", () => {
  const flags = { osapi_compute_workers: 2, conductor: { workers: 2 } };

  it("do together what one process does", () => {
    const ops = new Operated({ flags });
    ops.boot();
    ops.until("ACTIVE");
    const actors = new Set(ops.cloud.timeline.entries.map(({ actor }) => actor));
    for (const worker of [1, 2]) {
      expect(actors).toContain(`nova-api:${String(worker)}@controller`);
      expect(actors).toContain(`nova-conductor:${String(worker)}@controller`);
    }
    expect(
      ops.type("nova service-list --binary nova-conductor", "admin").match(/up/g),
    ).toHaveLength(1);
  });

  it("are replaced one by one, and go with their parent", () => {
    const ops = new Operated({ flags });
    ops.cloud.crash("nova-api:1@controller");
    ops.cloud.crash("nova-conductor:2@controller");
    ops.cloud.advance(seconds(1));
    expect(ops.logs("nova-api@controller")).toEqual([
      "Child 1 killed by signal 9",
      "Started child 1",
    ]);
    ops.boot();
    ops.until("ACTIVE");
    ops.cloud.crash("nova-api@controller");
    expect(ops.type("nova list")).toContain("Connection refused");
    ops.cloud.start("nova-api@controller");
    expect(ops.type("nova list")).toMatch(/\| t1 +\| ACTIVE /);
    ops.cloud.stop("nova-api@controller");
    expect(ops.type("nova list")).toContain("Connection refused");
  });
});

describe("a start", () => {
  it("waits for a conductor as long as there is none, and goes on when there is (SVC-39)", () => {
    const pings: number[] = [];
    const observe = (at: number, what: Observation, _detail: unknown, cause: number): number => {
      const { kind, actor, method } = what as Observation & { readonly method?: string };
      if (kind === "rpc.call" && actor === COMPUTE && method === "ping") pings.push(at);
      return cause;
    };
    const ops = new Operated({ observer: { observe } });
    ops.cloud.crash("nova-conductor@controller");
    ops.cloud.crash(COMPUTE);
    pings.length = 0;
    // `start` says so after ten minutes; the process waits on.
    expect(() => {
      ops.cloud.start(COMPUTE);
    }).toThrow(
      "nova-compute@compute-1 has not started after 10m: it is waiting for the reply to ping; " +
        "it goes on when that comes, so see to that first",
    );
    const gaps = pings.slice(1).map((at, i) => Math.round((at - (pings[i] ?? 0)) / 1e6));
    expect(gaps).toEqual([...Array<number>(10).fill(10), ...Array<number>(8).fill(60)]);
    expect(ops.state("nova-compute", "compute-1")).toBe("down");
    ops.cloud.start("nova-conductor@controller");
    ops.cloud.advance(seconds(10));
    expect(ops.state("nova-compute", "compute-1")).toBe("up");
  });
});
