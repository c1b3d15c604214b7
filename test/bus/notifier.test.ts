/** Notifications: messaging §D5. */
import { describe, expect, it } from "vitest";
import { Notifier, type NotifierOptions } from "../../src/bus/index.js";
import type { Message } from "../../src/bus/message.js";
import type { Op } from "../../src/kernel/index.js";
import { World } from "./bed.js";

const CTXT = { request_id: "req-1" };

function notifying(
  options: Partial<NotifierOptions>,
  emit: (notifier: Notifier) => Op<void>,
): World {
  const world = new World();
  const notifier = new Notifier(world.connect("nova-compute@h1"), {
    publisherId: "compute.h1",
    drivers: ["messaging"],
    topics: ["notifications"],
    ...options,
  });
  world.run(emit(notifier));
  world.kernel.settle();
  return world;
}

/** What lies in a queue, taken by a consumer that comes now. */
function taken(world: World, queue: string): Message[] {
  const got: Message[] = [];
  const declared = world.bus.broker.declare(queue, "nova", queue);
  world.connect("listener@h").consume(declared, { deliver: (message) => void got.push(message) });
  return got;
}

describe("a notifier", () => {
  it("sends an event to each topic at its priority, under one message id (NTF-01)", () => {
    const world = notifying({ topics: ["a", "b"] }, (n) => n.info(CTXT, "compute.boot", { x: 1 }));
    expect(world.depths()).toEqual(["a.info: 1", "b.info: 1"]);
    const bodies = ["a.info", "b.info"]
      .flatMap((queue) => taken(world, queue))
      .map((message) => (message.kind === "notification" ? message.body : undefined));
    expect(bodies[0]).toEqual(bodies[1]);
    expect(bodies[0]).toEqual({
      message_id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4/) as string,
      publisher_id: "compute.h1",
      event_type: "compute.boot",
      priority: "INFO",
      payload: { x: 1 },
      timestamp: "2014-09-18 04:03:09.000000",
    });
  });

  it("keeps events for a listener that starts later (NTF-02)", () => {
    const world = notifying({}, function* (n) {
      yield* n.info(CTXT, "first", {});
      yield* n.info(CTXT, "second", {});
    });
    const events = taken(world, "notifications.info").map(
      (message) => message.kind === "notification" && message.body["event_type"],
    );
    expect(events).toEqual(["first", "second"]);
  });

  it("sends and declares nothing without a driver, which is the default (NTF-04)", () => {
    const world = notifying({ drivers: [] }, (n) => n.info(CTXT, "compute.boot", {}));
    expect(world.entries).toEqual([]);
    expect(world.bus.queues()).toEqual([]);
  });

  it("routes by priority", () => {
    const world = notifying({}, function* (n) {
      yield* n.error(CTXT, "compute.boot", {});
      yield* n.notify(CTXT, "sample", "meter", {});
    });
    expect(world.depths()).toEqual(["notifications.error: 1", "notifications.sample: 1"]);
    expect(world.of("notification")).toMatchObject([
      { priority: "ERROR", topic: "notifications.error", request: "req-1" },
      { priority: "SAMPLE", topic: "notifications.sample" },
    ]);
  });
});
