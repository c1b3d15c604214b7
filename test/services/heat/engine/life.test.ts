/**
 * The life of an engine, and what becomes of stacks when it ends: heat/engine/service.py, heat/engine/stack_lock.py at
 * 2014.2 (upstream's test_engine_service.py, test_stack_lock.py).
 */
import { describe, expect, it } from "vitest";
import type { CloudSetup } from "../../../../src/cloud/cloud.js";
import { seconds } from "../../../../src/kernel/index.js";
import type { JsonObject } from "../../../../src/python/index.js";
import { messageOf, StackBed } from "../cloud-bed.js";

/** Three texts, one after the other: a second each. */
const CHAIN: JsonObject = {
  heat_template_version: "2013-05-23",
  resources: {
    a: { type: "OS::Heat::RandomString" },
    b: { type: "OS::Heat::RandomString", depends_on: "a" },
    c: { type: "OS::Heat::RandomString", depends_on: "b" },
  },
};

const ENGINE = "heat-engine@controller";

/** Begun, and as far as its second resource. */
function begun(bed: StackBed): string {
  bed.create("s", CHAIN);
  bed.cloud.advance(seconds(1.2));
  return bed.path("s");
}

const gone = (bed: StackBed, path: string): boolean =>
  bed.ask("GET", "/stacks").body !== null &&
  !JSON.stringify(bed.ask("GET", "/stacks").body).includes(path.split("/").at(-1) ?? "");

describe("an engine that dies", () => {
  it("leaves its stacks in progress for ever, and nobody goes on with them (other-services §8.6 row 7)", () => {
    const bed = new StackBed();
    const path = begun(bed);
    bed.cloud.crash(ENGINE);
    bed.cloud.start(ENGINE);
    bed.cloud.advance(seconds(1800));
    expect(bed.state(path)).toBe("CREATE_IN_PROGRESS: Stack CREATE started");
    expect(bed.resources(path)).toEqual([
      "a CREATE_COMPLETE",
      "b CREATE_IN_PROGRESS",
      "c INIT_COMPLETE",
    ]);
  });

  it("leaves a lock that the next one finds stale after two seconds, and takes for a delete (HEAT-176)", () => {
    const bed = new StackBed();
    const path = begun(bed);
    bed.cloud.crash(ENGINE);
    bed.cloud.start(ENGINE);
    const before = bed.cloud.kernel.now;
    expect(bed.ask("DELETE", path).status).toBe(204);
    // Once to see whether it can be told to stop, and once to see whether its lock can be taken.
    expect(bed.cloud.kernel.now - before).toBeGreaterThan(seconds(4));
    bed.cloud.settle();
    expect(gone(bed, path)).toBe(true);
    expect(bed.cloud.leftovers()).toEqual([]);
  });

  it("has a lock that any action takes: a suspend goes on beside what was never ended", () => {
    const bed = new StackBed();
    const path = begun(bed);
    bed.cloud.crash(ENGINE);
    bed.cloud.start(ENGINE);
    expect(bed.ask("POST", `${path}/actions`, { suspend: null }).status).toBe(200);
    bed.cloud.settle();
    expect(bed.state(path)).toBe(
      "SUSPEND_FAILED: Resource SUSPEND failed: Error: State ('CREATE', 'IN_PROGRESS') invalid for suspend",
    );
  });

  it("is waited for by heat-api for a minute; what it was asked waits for the next one (other-services §8.6 row 8)", () => {
    const bed = new StackBed();
    bed.cloud.crash(ENGINE);
    const before = bed.cloud.kernel.now;
    const { status, body } = bed.create("s", CHAIN);
    expect(status).toBe(500);
    expect(messageOf(body)).toMatch(/^Timed out waiting for a reply to message ID [0-9a-f]{32}$/u);
    expect(bed.cloud.kernel.now - before).toBeGreaterThan(seconds(60));
    bed.cloud.start(ENGINE);
    bed.cloud.settle();
    expect(bed.state(bed.path("s"))).toBe("CREATE_COMPLETE: Stack CREATE completed successfully");
  });
});

describe("an engine that is stopped", () => {
  it("ends what it has begun first", () => {
    const bed = new StackBed();
    const path = begun(bed);
    bed.cloud.stop(ENGINE);
    bed.cloud.start(ENGINE);
    expect(bed.state(path)).toBe("CREATE_COMPLETE: Stack CREATE completed successfully");
  });
});

describe("a stack that is busy", () => {
  it("refuses another action, which takes the lock away from the one that runs (bug 1418360; other-services §8.6 row 5)", () => {
    const bed = new StackBed();
    const path = begun(bed);
    const suspend = (): string =>
      messageOf(bed.ask("POST", `${path}/actions`, { suspend: null }).body);
    expect(suspend()).toBe("Stack s already has an action (CREATE) in progress.");
    expect(suspend()).toBe("null");
  });

  it("is deleted all the same: what runs is ended where it stands (HEAT-174, other-services §8.6 row 6)", () => {
    const bed = new StackBed();
    const path = begun(bed);
    expect(bed.ask("DELETE", path).status).toBe(204);
    bed.cloud.settle();
    expect(gone(bed, path)).toBe(true);
    const { body } = bed.ask("GET", `${path}/events`) as unknown as {
      body: { events: { resource_name: string; resource_status_reason: string }[] };
    };
    const aborted = body.events.filter(({ resource_status_reason: why }) =>
      why.endsWith("aborted"),
    );
    expect(aborted.map((one) => `${one.resource_name}: ${one.resource_status_reason}`)).toEqual([
      "b: CREATE aborted",
    ]);
    expect(bed.cloud.leftovers()).toEqual([]);
  });
});

describe("events", () => {
  const eventsOf = (setup: CloudSetup): string[] => {
    const bed = new StackBed(setup);
    bed.create("s", CHAIN);
    bed.cloud.settle();
    const { body } = bed.ask("GET", `${bed.path("s")}/events?sort_dir=asc`) as unknown as {
      body: { events: Record<string, string>[] };
    };
    return body.events
      .filter((event) => event["resource_name"] === "s")
      .map((event) => {
        expect(bed.path("s")).toContain(event["physical_resource_id"]);
        return `${event["resource_status"] ?? ""}: ${event["resource_status_reason"] ?? ""}`;
      });
  };

  it("are of resources alone (heat/engine/parser.py:647 at 2014.2)", () => {
    expect(eventsOf({})).toEqual([]);
  });

  it("are of the stack as well where a flag says so, as in later releases", () => {
    expect(eventsOf({ flags: { "heat-engine": { enable_stack_events: true } } })).toEqual([
      "CREATE_IN_PROGRESS: Stack CREATE started",
      "CREATE_COMPLETE: Stack CREATE completed successfully",
    ]);
  });
});

describe("a stack that another engine works on", () => {
  /** Requests reach two engines in turn: whom this one reaches did not begin the stack. */
  const deleted = (bed: StackBed): { path: string; said: string } => {
    bed.create("s", CHAIN);
    bed.cloud.advance(seconds(1.2));
    const path = bed.path("s");
    bed.show(path);
    const { status, body } = bed.ask("DELETE", path);
    return { path, said: `${String(status)} ${messageOf(body)}` };
  };

  it("is stopped there, and deleted here (other-services §8.6 row 6)", () => {
    const bed = new StackBed({ controllers: 2 });
    const { path, said } = deleted(bed);
    expect(said).toMatch(/^204/u);
    bed.cloud.settle();
    expect(gone(bed, path)).toBe(true);
    expect(bed.calls("stop_stack")).toBe(1);
    expect(bed.cloud.leftovers()).toEqual([]);
  });

  it("is not deleted if that one lives and does not stop (HEAT-175)", () => {
    const bed = new StackBed({ controllers: 2 });
    bed.cloud.inject({ drop: { method: "stop_stack" } });
    const { path, said } = deleted(bed);
    expect(said).toMatch(
      /^500 Failed to stop stack \(s\) on other engine \([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\)$/u,
    );
    bed.cloud.settle();
    expect(bed.state(path)).toBe("CREATE_COMPLETE: Stack CREATE completed successfully");
  });
});

describe("an update that is cancelled", () => {
  it("undoes itself, whatever is said of rollbacks (HEAT-190)", () => {
    const bed = new StackBed();
    bed.create("s", CHAIN);
    bed.cloud.settle();
    const path = bed.path("s");
    const resources = {
      ...(CHAIN["resources"] as JsonObject),
      d: { type: "OS::Heat::RandomString", depends_on: "c" },
      e: { type: "OS::Heat::RandomString", depends_on: "d" },
    };
    bed.ask("PUT", path, { template: { ...CHAIN, resources } });
    bed.cloud.advance(seconds(4.5));
    expect(bed.ask("POST", `${path}/actions`, { cancel_update: null }).status).toBe(200);
    bed.cloud.settle();
    expect(bed.state(path)).toBe("ROLLBACK_COMPLETE: Stack rollback completed");
    expect(bed.resources(path)).toEqual([
      "a CREATE_COMPLETE",
      "b CREATE_COMPLETE",
      "c CREATE_COMPLETE",
    ]);
    expect(bed.cloud.leftovers()).toEqual([]);
  });

  it("is none unless it runs", () => {
    const bed = new StackBed();
    const path = bed.build("s", CHAIN);
    expect(messageOf(bed.ask("POST", `${path}/actions`, { cancel_update: null }).body)).toBe(
      "Cancelling update when stack is ('CREATE', 'COMPLETE') is not supported.",
    );
  });
});
