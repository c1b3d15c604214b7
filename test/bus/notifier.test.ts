/** Notifications: messaging §D5. */
import { describe, expect, it } from "vitest";
import { Notifier, type NotifierOptions } from "../../src/bus/index.js";
import type { Message } from "../../src/bus/message.js";
import { seconds, type Op } from "../../src/kernel/index.js";
import { str } from "../../src/python/index.js";
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
      timestamp: "2014-09-18 04:03:09",
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

  it.each([
    ["messaging", 1],
    ["messagingv2", 1],
    ["nova.openstack.common.notifier.rpc_notifier", 1],
    ["neutron.openstack.common.notifier.rpc_notifier2", 1],
    ["noop", 0],
    ["messagging", 0],
  ])("has driver %s send %d copies: setup.cfg of oslo.messaging and of nova", (name, copies) => {
    const world = notifying({ drivers: [name] }, (n) => n.info(CTXT, "compute.boot", {}));
    expect(world.of("notification")).toHaveLength(copies);
  });

  it("has each of several drivers send one, under one message id", () => {
    const world = notifying({ drivers: ["messaging", "messagingv2"] }, (n) =>
      n.info(CTXT, "compute.boot", {}),
    );
    const [bare, enveloped] = world.bus.waiting("notifications.info");
    const inside = JSON.parse(str(enveloped?.["oslo.message"] ?? null)) as object;
    expect(inside).toMatchObject({ message_id: bare?.["message_id"] });
  });

  it("has driver log write it down at its priority, if the log has one (notify/_impl_log.py)", () => {
    const world = notifying({ drivers: ["log"] }, function* (n) {
      yield* n.notify(CTXT, "warn", "compute.boot", { x: 1 });
      yield* n.notify(CTXT, "audit", "compute.boot", { x: 2 });
    });
    expect(world.bus.queues()).toEqual([]);
    expect(world.of("log")).toMatchObject([
      { level: "warning", message: expect.stringContaining('"payload": {"x": 1}') as string },
    ]);
  });

  it("logs what it cannot send, and goes on (notify/_impl_messaging.py:43)", () => {
    const world = new World();
    const rabbit = { reconnectDelay: 0, retryInterval: 1, retryBackoff: 2, maxRetries: 1 } as const;
    const notifier = new Notifier(world.connect("p@h", { rabbit }), {
      publisherId: "p.h",
      drivers: ["messaging"],
      topics: ["notifications"],
    });
    world.faults.declare({ restart_broker: { down: seconds(60) } });
    world.run(notifier.info(CTXT, "boot", { x: null }));
    expect(world.kernel.now).toBe(seconds(1));
    expect(world.of("log").at(-1)).toMatchObject({
      level: "error",
      message: expect.stringMatching(
        /^Could not send notification to notifications.info. Payload=\{.*u'payload': \{u'x': None\}/,
      ) as string,
    });
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
