/** Faults of a whole cloud: on the wire, on hosts, and those that never struck. */
import { describe, expect, it } from "vitest";
import { Cloud, microseconds, seconds } from "../../src/index.js";
import { str } from "../../src/python/index.js";
import { NO_CAUSE } from "../../src/kernel/index.js";

const board = { seed: 1, services: ["nova-exampleservice"] };

/** Type a command line; what it printed, and when it was over. */
function type(cloud: Cloud, line: string) {
  const result = cloud.user("demo").command(line);
  return { ...result, at: cloud.now };
}

describe("a host that is cut off", () => {
  it("is not reached by REST: connecting takes as long as TCP tries", () => {
    const cloud = new Cloud({ seed: 1 });
    cloud.inject({ cut_off: { host: "controller" } });
    const { exit, at, stderr } = type(cloud, "nova list");
    expect(exit).toBe(1);
    expect(stderr).toMatch(/ERROR/);
    expect(at).toBeGreaterThanOrEqual(seconds(127));
  });

  it("leaves the others alone, and still reaches itself", () => {
    const cloud = new Cloud({ seed: 1 });
    cloud.inject({ cut_off: { host: "compute-1" } });
    expect(type(cloud, "nova list").exit).toBe(0);
    const at = (host: string) => ({ actor: undefined, host });
    const apart = (one: string, other: string) =>
      cloud.network.tap?.separates(at(one), at(other), { cause: NO_CAUSE, detail: "flow" });
    expect(apart("compute-1", "controller")).toBe(true);
    expect(apart("compute-1", "compute-1")).toBe(false);
  });

  it("gets the answer to what was under way when it is back", () => {
    const cloud = new Cloud({ seed: 1, latency: { rest: { min: seconds(1), max: seconds(1) } } });
    const thread = cloud.user("demo").begin("nova list");
    cloud.advance(seconds(1.5));
    cloud.inject({ cut_off: { host: "demo", for: seconds(20) } });
    cloud.settle();
    expect(thread.result.exit).toBe(0);
    expect(cloud.now).toBeGreaterThan(seconds(20));
  });

  it("is taken for dead after a while, and alive again when it is back", () => {
    const cloud = new Cloud({ seed: 1, computes: 2 });
    const state = () => {
      const { stdout } = cloud.user("admin").command("nova service-list");
      const line = stdout.split("\n").find((one) => one.includes("compute-2")) ?? "";
      return /\b(up|down)\b/.exec(line)?.[0];
    };
    cloud.inject({ cut_off: { host: "compute-2" } });
    cloud.advance(seconds(100));
    expect(state()).toBe("down");
    cloud.heal("compute-2");
    cloud.advance(seconds(30));
    expect(state()).toBe("up");
  });
});

describe("a broker that restarts", () => {
  it("costs a heartbeat whose call came before the conductor was back; then a server can be booted", () => {
    const cloud = new Cloud({ seed: 1 });
    cloud.inject({ restart_broker: { down: seconds(5) } });
    cloud.advance(seconds(90));
    const state = (): string | undefined => {
      const { stdout } = cloud.user("admin").command("nova service-list");
      return /nova-compute.*\b(up|down)\b/.exec(stdout)?.[1];
    };
    expect(state()).toBe("down");
    cloud.advance(seconds(60));
    expect(state()).toBe("up");
    const words = cloud.timeline.entries.flatMap((entry) =>
      entry.kind === "log" && entry.actor === "nova-compute@compute-1" ? [entry.message] : [],
    );
    expect(words).toContainEqual(
      expect.stringMatching(/^model server went away: Timed out waiting for a reply to message ID/),
    );
    const boot = "nova boot t1 --flavor m1.nano --image cirros --nic net-id=private";
    expect(type(cloud, boot).exit).toBe(0);
    cloud.settle();
    expect(cloud.server("t1")?.status).toBe("ACTIVE");
  });

  it("keeps what waits if the queues are durable, as a flag has it", () => {
    for (const durable of [false, true]) {
      const cloud = new Cloud({ ...board, flags: { amqp_durable_queues: durable } });
      cloud.stop("nova-exampleservice@controller");
      type(cloud, "rpc cast exampleservice write_note text=kept");
      cloud.advance(seconds(1));
      cloud.inject({ restart_broker: {} });
      cloud.advance(seconds(10));
      cloud.start("nova-exampleservice@controller");
      cloud.settle();
      const { stdout } = type(cloud, "rpc call exampleservice get_notes");
      expect(stdout.includes("kept")).toBe(durable);
    }
  });
});

describe("a fault", () => {
  it("that never struck is a warning, on the wire as on a hypervisor", () => {
    const cloud = new Cloud(board);
    cloud.inject({ drop: { topic: "exampleservice", method: "write_note" } });
    cloud.inject({ delay: { method: "no_such_method", by: seconds(1) } });
    cloud.inject({ driver: "spawn", host: "compute-1", times: 2 });
    type(cloud, "rpc cast exampleservice write_note text=lost");
    cloud.settle();
    expect(cloud.warnings()).toEqual([
      "this fault never struck: delay no_such_method by 1 s",
      "this fault never struck: spawn on compute-1 fails, 2 times",
    ]);
  });

  it("is healed by its kind, by whom it is aimed at, or with all others", () => {
    const declared = (what?: string) => {
      const cloud = new Cloud(board);
      cloud.inject({ drop: { host: "controller" } });
      cloud.inject({ delay: { from: "demo", by: microseconds(1) } });
      cloud.inject({ stall: { host: "compute-1" } });
      cloud.heal(what);
      const faults = cloud.timeline.entries.flatMap((entry) =>
        entry.kind === "fault" && entry.event === "lifted" ? [entry.fault.split(" ")[0]] : [],
      );
      return faults.filter((fault) => fault !== "all" && fault !== "faults");
    };
    expect(declared("drop")).toEqual(["drop"]);
    expect(declared("demo")).toEqual(["delay"]);
    expect(declared("compute-1")).toEqual(["stall"]);
    expect(declared()).toEqual(["drop", "delay", "stall"]);
    expect(declared("driver")).toEqual([]);
  });

  it("aimed at a host or process that there is not is refused, with the nearest name", () => {
    const cloud = new Cloud({ seed: 1 });
    expect(() => {
      cloud.inject({ cut_off: { host: "compute-l" } });
    }).toThrow('there is no process or host "compute-l". Did you mean "compute-1"?');
    expect(() => {
      cloud.heal("nobody-at-all");
    }).toThrow('there is no process or host "nobody-at-all"');
  });
});

describe("queues of a cloud", () => {
  it("can be looked at at any moment, what waits in them too", () => {
    const cloud = new Cloud(board);
    cloud.stop("nova-exampleservice@controller");
    type(cloud, "rpc cast exampleservice write_note text=kept");
    cloud.advance(seconds(1));
    const queue = cloud.bus.queues().find(({ name }) => name === "exampleservice");
    expect(queue).toMatchObject({ exchange: "nova", depth: 1, consumers: 0, unacknowledged: 0 });
    const [envelope] = cloud.bus.waiting("exampleservice");
    expect(JSON.parse(str(envelope?.["oslo.message"] ?? null))).toMatchObject({
      method: "write_note",
      args: { text: "kept" },
      _context_is_admin: true,
    });
  });

  it("are listed by rabbitmqctl, in the columns that are asked for", () => {
    const cloud = new Cloud(board);
    const line = "rabbitmqctl list_queues --like=exampleservice name messages consumers";
    const { stdout, exit } = type(cloud, line);
    expect(exit).toBe(0);
    expect(stdout.split("\n").slice(0, 3)).toEqual([
      "Listing queues ...",
      expect.stringMatching(/^exampleservice +0 {2}1$/),
      expect.stringMatching(/^exampleservice\.controller +0 {2}1$/),
    ]);
    const wrong = type(cloud, "rabbitmqctl list_queues name depth");
    expect(wrong).toMatchObject({ exit: 2, stdout: "" });
    expect(wrong.stderr).toContain("there is no column depth");
    expect(type(cloud, "rabbitmqctl stop_app").stderr).toContain("only list_queues is known here");
  });
});
