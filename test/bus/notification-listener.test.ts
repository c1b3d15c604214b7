/** Listeners of notifications: messaging §D5; oslo.messaging's notify tests. */
import { beforeEach, describe, expect, it } from "vitest";
import {
  HANDLED,
  NotificationListener,
  Notifier,
  REQUEUE,
  type NotificationEndpoint,
  type NotificationListenerOptions,
  type NotifierOptions,
} from "../../src/bus/index.js";
import { seconds, sleep, type Op } from "../../src/kernel/index.js";
import { ValueError } from "../../src/python/index.js";
import { LooseRpc } from "../../src/vintage/index.js";
import { CTXT, World, plain } from "./bed.js";

const REQUEST = { request_id: "req-1" };
let world: World;
let heard: string[];
let notifier: Notifier;

beforeEach(() => {
  world = new World();
  heard = [];
  notifier = notifierOf({});
});

function notifierOf(options: Partial<NotifierOptions>): Notifier {
  return new Notifier(world.connect("publisher@h"), {
    publisherId: "compute.h1",
    drivers: ["messagingv2"],
    topics: ["notifications"],
    ...options,
  });
}

/** An endpoint that notes what it hears of `info`. */
const notes = (who: string): NotificationEndpoint => ({
  *info(_ctxt, _publisher, eventType) {
    heard.push(`${who} ${eventType}`);
    return undefined;
  },
});

function listen(
  who: string,
  options: Partial<NotificationListenerOptions> = {},
): { listener: NotificationListener; actor: string } {
  const actor = `${who}@l`;
  const listener = new NotificationListener(world.connect(actor), {
    topics: ["notifications"],
    endpoints: [notes(who)],
    onError: () => undefined,
    ...options,
  });
  listener.start();
  return { listener, actor };
}

/** Emit events with these names, and let them be heard. */
function emit(...names: string[]): void {
  world.run(
    (function* () {
      for (const name of names) yield* notifier.info(REQUEST, name, { name });
    })(),
  );
  world.kernel.settle();
}

describe("a listener", () => {
  it("gets event type, payload, publisher, context and metadata (Notify.test_simple)", () => {
    const got: unknown[] = [];
    listen("a", {
      endpoints: [
        {
          *info(...all): Op<undefined> {
            got.push(all);
          },
        },
      ],
    });
    emit("boot");
    const id = expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown;
    const metadata = { message_id: id, timestamp: "2014-09-18 04:03:09" };
    expect(got).toEqual([[REQUEST, "compute.h1", "boot", { name: "boot" }, metadata]]);
  });

  it("consumes only the priorities that its endpoints have (NTF-05)", () => {
    listen("a", {
      endpoints: [
        {
          *warn() {
            return HANDLED;
          },
        },
        {
          *error() {
            return HANDLED;
          },
        },
      ],
    });
    expect(world.bus.queues().map(({ name }) => name)).toEqual([
      "notifications.error",
      "notifications.warn",
    ]);
    emit("boot");
    expect(world.depths()).toEqual(["notifications.info: 1"]);
  });

  it("hears each priority by the method of that name (Notify.test_all_categories)", () => {
    const all = ["debug", "audit", "info", "warn", "error", "critical", "sample"] as const;
    const endpoint = Object.fromEntries(
      all.map((priority) => [
        priority,
        function* (): Op<undefined> {
          heard.push(priority);
        },
      ]),
    );
    listen("a", { endpoints: [endpoint] });
    world.run(
      (function* () {
        for (const priority of all) yield* notifier.notify(REQUEST, priority, "e", {});
      })(),
    );
    world.kernel.settle();
    expect(heard).toEqual(all);
  });

  it("hears several topics, and no others (Notify.test_multiple_topics, test_independent_topics)", () => {
    notifier = notifierOf({ topics: ["a", "b", "c"] });
    listen("one", { topics: ["a", "b"] });
    listen("two", { topics: ["c"] });
    emit("e");
    expect(heard.sort()).toEqual(["one e", "one e", "two e"]);
  });

  it("hears only its exchange (test_listener: exchanges)", () => {
    listen("near");
    listen("far", { topics: [{ topic: "notifications", exchange: "neutron" }] });
    emit("e");
    expect(heard).toEqual(["near e"]);
  });

  it("shares a topic with others, in turn and in order (NTF-09, Notify.test_multiple_servers)", () => {
    listen("a");
    listen("b");
    emit("1", "2", "3", "4", "5", "6", "7", "8");
    const of = (who: string) => heard.filter((line) => line.startsWith(who));
    expect(of("a")).toEqual(["a 1", "a 3", "a 5", "a 7"]);
    expect(of("b")).toEqual(["b 2", "b 4", "b 6", "b 8"]);
  });

  it("has its own copies in a pool, whose members share; the plain queue fills too (NTF-10)", () => {
    listen("p1", { pool: "pool1" });
    listen("p2", { pool: "pool2" });
    listen("p2b", { pool: "pool2" });
    emit("1", "2", "3", "4");
    const count = (who: string) => heard.filter((line) => line.startsWith(`${who} `)).length;
    expect([count("p1"), count("p2"), count("p2b")]).toEqual([4, 2, 2]);
    expect(world.depths()).toEqual(["notifications.info: 4"]);
  });

  it("takes one event at a time, and more if told so", () => {
    for (const [poolSize, took] of [
      [1, 30],
      [3, 10],
    ] as const) {
      world = new World();
      notifier = notifierOf({});
      const slow: NotificationEndpoint = {
        *info() {
          yield* sleep(seconds(10));
          return HANDLED;
        },
      };
      listen("slow", { endpoints: [slow], poolSize });
      emit("1", "2", "3");
      expect(Math.round(world.kernel.now / seconds(1))).toBe(took);
    }
  });
});

describe("an endpoint", () => {
  it("may ask for an event again; it is acknowledged when all are done with it (NTF-06)", () => {
    let first = true;
    const again: NotificationEndpoint = {
      *info() {
        heard.push("again");
        const answer = first ? REQUEUE : HANDLED;
        first = false;
        return answer;
      },
    };
    listen("a", { endpoints: [again, notes("second")], allowRequeue: true });
    emit("e");
    expect(heard).toEqual(["again", "again", "second e"]);
    expect(world.bus.queues().map(({ unacknowledged }) => unacknowledged)).toEqual([0]);
  });

  it("that asks without leave is not heard", () => {
    const again: NotificationEndpoint = {
      *info() {
        heard.push("asked");
        return REQUEUE;
      },
    };
    listen("a", { endpoints: [again] });
    emit("e");
    expect(heard).toEqual(["asked"]);
  });

  it("that raises has handled it, and the listener goes on (NTF-07)", () => {
    const errors: string[] = [];
    const fails: NotificationEndpoint = {
      *info() {
        throw new ValueError("no");
      },
    };
    listen("a", {
      endpoints: [fails, notes("second")],
      allowRequeue: true,
      onError: ({ name }) => errors.push(name),
    });
    emit("1", "2");
    expect({ errors, heard, left: world.depths() }).toEqual({
      errors: ["ValueError", "ValueError"],
      heard: [],
      left: [],
    });
  });

  it("never sees a priority that there is not, which is dropped with a word (NTF-08)", () => {
    const errors: string[] = [];
    listen("a", { onError: ({ message }) => errors.push(message) });
    const rpc = new LooseRpc(world.connect("odd@h"), plain);
    const message = { publisher_id: "p", event_type: "e", priority: "NOTICE", payload: {} };
    world.run(rpc.notify(CTXT, "notifications.info", message));
    world.kernel.settle();
    expect({ errors, heard, left: world.depths() }).toEqual({
      errors: ['Unknown priority "notice"'],
      heard: [],
      left: [],
    });
  });
});

describe("a listener that goes", () => {
  const slow: NotificationEndpoint = {
    *info(_ctxt, _publisher, eventType) {
      yield* sleep(seconds(10));
      heard.push(eventType);
      return HANDLED;
    },
  };

  it("by a crash has heard nothing of what it had not finished: that comes back (NTF-11)", () => {
    const { listener, actor } = listen("a", { endpoints: [slow] });
    world.run(notifier.info(REQUEST, "1", {}));
    world.run(notifier.info(REQUEST, "2", {}));
    world.kernel.run(seconds(5));
    listener.crash();
    world.kernel.haltAll(actor);
    expect(world.depths()).toEqual(["notifications.info: 2"]);
    listen("b");
    world.kernel.settle();
    expect(heard).toEqual(["b 1", "b 2"]);
  });

  it("in good order finishes what it began and gives back the rest", () => {
    const { listener } = listen("a", { endpoints: [slow] });
    world.run(notifier.info(REQUEST, "1", {}));
    world.run(notifier.info(REQUEST, "2", {}));
    world.kernel.run(seconds(5));
    listener.stop();
    world.run(listener.wait());
    expect(heard).toEqual(["1"]);
    expect(world.depths()).toEqual(["notifications.info: 1"]);
  });

  it("of the broker's going gets what it had not acknowledged never again, nor loses its place", () => {
    listen("a", { endpoints: [slow] });
    world.run(notifier.info(REQUEST, "1", {}));
    world.kernel.run(seconds(5));
    world.faults.declare({ restart_broker: {} });
    world.kernel.settle();
    emit("2");
    expect(heard).toEqual(["1", "2"]);
  });
});
