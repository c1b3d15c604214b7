/** Events out of notifications (ceilometer/event/converter.py, trait_plugins.py, endpoint.py at 2014.2). */
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../../src/python/index.js";
import {
  eventDefinitionsOption,
  type EventDefinitions,
  type TraitConfig,
} from "../../../../src/services/ceilometer/event/config.js";
import { EventsConverter } from "../../../../src/services/ceilometer/event/converter.js";
import { parsePath } from "../../../../src/services/ceilometer/event/path.js";
import { recordEvent } from "../../../../src/services/ceilometer/storage/event-record.js";
import { TestBed } from "../../bed.js";
import { MeteringBed, type MeteringOptions } from "../bed.js";

const bed = new TestBed();
const converter = (config: EventDefinitions, drop = false) =>
  new EventsConverter(bed.env("ceilometer-agent-notification"), config, drop);

const notification = (values: JsonObject = {}): JsonObject => ({
  event_type: "test.thing",
  message_id: "m1",
  priority: "info",
  publisher_id: "compute.host-1.example",
  timestamp: "2014-09-18 04:03:09.000000",
  payload: { size: "5", when: "2014-09-18T06:03:09+02:00", none: "", list: [{ a: 1 }, { a: 2 }] },
  _context_request_id: "req-1",
  _context_tenant: "t1",
  ...values,
});

/** The value of a trait of that definition, and nothing of the three that all events have. */
const traitOf = (trait: TraitConfig, values: JsonObject = {}) =>
  converter([{ event_type: "*", traits: { x: trait } }])
    .toEvent(notification(values))
    ?.traits.find(({ name }) => name === "x")?.value;

describe("an event", () => {
  it("has three traits without a definition, its time in UTC, and its message's id (test_default_traits)", () => {
    const event = converter([]).toEvent(notification());
    expect(event).toMatchObject({
      message_id: "m1",
      event_type: "test.thing",
      generated: "2014-09-18T04:03:09.000000",
    });
    expect(Object.fromEntries(event!.traits.map(({ name, value }) => [name, value]))).toEqual({
      service: "compute.host-1.example",
      request_id: "req-1",
      tenant_id: "t1",
    });
  });

  it("is made by the last definition that matches (test_converter_with_catchall, test_catchall)", () => {
    const one = (event_type: string | string[], name: string) => ({
      event_type,
      traits: { [name]: { fields: "publisher_id" } },
    });
    const made = (...definitions: EventDefinitions) =>
      converter(definitions)
        .toEvent(notification())
        ?.traits.map(({ name }) => name)
        .filter((name) => /^[a-d]$/.test(name));
    expect(made(one("test.*", "a"), one("*", "b"))).toEqual(["b"]);
    expect(made(one("test.*", "a"), one("other.*", "b"))).toEqual(["a"]);
    expect(made(one(["test.*", "!*.thing"], "a"))).toEqual([]);
    expect(made(one("!other.*", "a"))).toEqual(["a"]);
  });

  it("is none where what has no definition is dropped (test_converter_without_catchall)", () => {
    const dropping = converter([{ event_type: "other", traits: {} }], true);
    expect(dropping.toEvent(notification())).toBeUndefined();
    expect(dropping.toEvent(notification({ event_type: "other" }))).toBeDefined();
  });
});

describe("a trait", () => {
  it("is what its type makes of the first value that is there (test_to_trait)", () => {
    expect(traitOf({ type: "int", fields: "payload.size" })).toBe(5);
    expect(traitOf({ type: "float", fields: ["payload.nothing", "payload.size"] })).toBe(5);
    expect(traitOf({ type: "datetime", fields: "payload.when" })).toBe(
      "2014-09-18T04:03:09.000000",
    );
    expect(traitOf({ fields: "payload.list[1].a" })).toBe("2");
    expect(traitOf({ fields: "payload.list" })).toBe("[{u'a': 1}, {u'a': 2}]");
  });

  it("is not there without a value, nor with an empty one that is to be no text", () => {
    expect(traitOf({ fields: "payload.nothing" })).toBeUndefined();
    expect(traitOf({ type: "datetime", fields: "payload.none" })).toBeUndefined();
    expect(traitOf({ fields: "payload.none" })).toBe("");
  });

  it("is a piece of a text (test_trait_plugins, TestSplitterPlugin)", () => {
    const piece = (parameters: object) =>
      traitOf({ fields: "publisher_id", plugin: { name: "split", parameters } });
    expect(piece({})).toBe("compute");
    expect(piece({ segment: 1 })).toBe("host-1");
    expect(piece({ segment: 1, max_split: 1 })).toBe("host-1.example");
    expect(piece({ segment: -1 })).toBe("example");
    expect(piece({ segment: 7 })).toBeUndefined();
    expect(piece({ separator: "-" })).toBe("compute.host");
  });

  it("is bits (test_trait_plugins, TestBitfieldPlugin)", () => {
    const flags = [
      { path: "payload.size", bit: 0, value: "5" },
      { path: "payload.size", bit: 1, value: "6" },
      { path: "payload.when", bit: "3" },
    ];
    const plugin = { name: "bitfield", parameters: { initial_bitfield: 64, flags } };
    expect(traitOf({ type: "int", fields: "payload.*", plugin })).toBe(64 + 1 + 8);
  });

  it.each([
    ["payload.size", [["payload.size", "5"]]],
    ["payload['size']", [["payload.size", "5"]]],
    ["payload.'size'", [["payload.size", "5"]]],
    [
      "payload.list[*].a",
      [
        ["payload.list.[0].a", 1],
        ["payload.list.[1].a", 2],
      ],
    ],
    [
      "(publisher_id)|(payload.size)",
      [
        ["publisher_id", "compute.host-1.example"],
        ["payload.size", "5"],
      ],
    ],
    ["payload.size.more", []],
  ])("is found at %s", (path, found) => {
    expect(parsePath(path)(notification()).map((each) => [each.path, each.value])).toEqual(found);
  });
});

describe("definitions that are wrong", () => {
  it.each([
    ["Required field event_type not specified", [{ traits: {} }]],
    ["Required field traits not specified", [{ event_type: "x" }]],
    [
      "Required field in trait definition not specified: 'fields'",
      [{ event_type: "x", traits: { a: {} } }],
    ],
    [
      "No plugin named spam available for trait a",
      [{ event_type: "x", traits: { a: { fields: "b", plugin: "spam" } } }],
    ],
    [
      "Plugin specified, but no plugin name supplied for trait a",
      [{ event_type: "x", traits: { a: { fields: "b", plugin: {} } } }],
    ],
    [
      "Invalid trait type 'bogus' for trait a",
      [{ event_type: "x", traits: { a: { fields: "b", type: "bogus" } } }],
    ],
  ])("are refused at start: %s (test_converter)", (words, config) => {
    expect(() => converter(eventDefinitionsOption().parse(config))).toThrow(words);
  });

  it("are refused before anything runs where a path is not modelled", () => {
    const config = [{ event_type: "x", traits: { a: { fields: "payload..deep" } } }];
    expect(eventDefinitionsOption().safeParse(config).error?.issues).toHaveLength(1);
  });
});

describe("the notification agent that stores events", () => {
  const storing = (options: MeteringOptions = {}) =>
    new MeteringBed({ agentFlags: { "notification.store_events": true }, ...options });
  const image = { id: "im", owner: "t", size: 1, name: "n" };

  it("writes them itself, whatever handlers there are, and before them", () => {
    const metering = storing();
    metering.tells("nova", "keypair.create.end", { tenant_id: "t" });
    metering.tells("glance", "image.update", image);
    expect(metering.metering.eventTypes.find().map(({ desc }) => desc)).toEqual([
      "keypair.create.end",
      "image.update",
    ]);
    expect(metering.meters()).toHaveLength(3);
  });

  it("has no more of a message whose event cannot be made: it is acknowledged", () => {
    const metering = storing({
      eventDefinitions: [
        { event_type: "image.*", traits: { x: { type: "int", fields: "payload.name" } } },
      ],
    });
    metering.tells("glance", "image.update", image);
    expect(metering.meters()).toEqual([]);
    expect(metering.lines("error")).toEqual([
      "Exception during message handling: ValueError: invalid literal for int() with base 10: 'n'",
    ]);
  });

  it("logs and loses one that the database refuses, also without ack_on_event_error", () => {
    const metering = storing({
      agentFlags: {
        "notification.store_events": true,
        "notification.ack_on_event_error": false,
      },
    });
    metering.tells("glance", "image.update", { ...image, tenant_id: "x".repeat(300) });
    expect(metering.metering.events.size).toBe(0);
    expect(metering.lines("error")[0]).toMatch(
      /^Failed to record event: .*Data too long for column 't_string' at row 1/,
    );
    expect(metering.meters()).toHaveLength(3);
  });

  it("writes an event that comes twice once (test_record_events, Event.DUPLICATE)", () => {
    const metering = storing();
    metering.tells("glance", "image.update", image);
    const [row] = metering.metering.events.find();
    const event = { ...row!, event_type: "image.update", traits: [] };
    metering.run(recordEvent(metering.agent.env, metering.metering, event));
    expect(metering.metering.events.size).toBe(1);
    expect(metering.lines("error")[0]).toMatch(
      /^Failed to record duplicated event: .*Duplicate entry/,
    );
  });
});
