/** The events of a boot over REST and by `ceilometer` (ceilometer/tests/api/v2/test_event_scenarios.py at 2014.2). */
import { describe, expect, it } from "vitest";
import { CinderBed } from "../../../clients/cinder/bed.js";
import { isObject, str, textOf, type Json, type JsonObject } from "../../../../src/python/index.js";
import { TelemetryBed } from "../telemetry-bed.js";

const setup = {
  services: ["ceilometer"],
  flags: { notification_driver: ["messaging"], store_events: true },
};

const bed = new TelemetryBed(setup);
bed.cloud.user("demo").command("nova boot t1 --flavor m1.nano --image cirros");
bed.cloud.settle();

const q = (field: string, value: string, more = "&q.type=string&q.op=eq"): string =>
  `q.field=${field}&q.value=${value}${more}`;
const CREATED = q("event_type", "compute.instance.create.end");

const traitsOf = ({ traits }: JsonObject): JsonObject =>
  Object.fromEntries(
    (traits as readonly Json[])
      .filter(isObject)
      .map((trait) => [textOf(trait, "name"), trait["value"] ?? null]),
  );

describe("GET /v2/events", () => {
  it("has those of a type, with traits as texts and their types", () => {
    const [created = {}, ...more] = bed.list(`/v2/events?${CREATED}`);
    expect(more).toEqual([]);
    expect(Object.keys(created).sort()).toEqual([
      "event_type",
      "generated",
      "message_id",
      "traits",
    ]);
    expect(traitsOf(created)).toMatchObject({
      host: "compute-1",
      service: "compute",
      vcpus: "1",
      state: "active",
      instance_type: "m1.nano",
      launched_at: expect.stringMatching(/^2014-09-18T04:/) as string,
    });
    const types = (created["traits"] as JsonObject[]).map(
      (trait) => `${textOf(trait, "name")} ${textOf(trait, "type")}`,
    );
    expect(types).toContain("vcpus integer");
    expect(types).toContain("launched_at datetime");
  });

  it("is in order of time, and has both ends of a span", () => {
    const times = bed.list("/v2/events").map((event) => textOf(event, "generated"));
    expect(times.toSorted()).toEqual(times);
    const [first = "", last = ""] = [times[0], times.at(-1)];
    const between = `q.field=start_time&q.value=${first}&q.field=end_time&q.value=${last}&q.op=&q.op=`;
    expect(bed.list(`/v2/events?${between}`)).toHaveLength(times.length);
  });

  it("compares traits as their types do (test_get_events_filter_integer_trait)", () => {
    const found = (op: string, value: number) =>
      bed.list(`/v2/events?${q("memory_mb", String(value), `&q.type=integer&q.op=${op}`)}`).length;
    const all = found("ge", 0);
    expect(all).toBeGreaterThan(1);
    expect([found("gt", 64), found("lt", 64), found("eq", 64), found("ne", 64)]).toEqual([
      0,
      0,
      all,
      0,
    ]);
    // A trait of another type is another trait.
    expect(bed.list(`/v2/events?${q("memory_mb", "64")}`)).toEqual([]);
    expect(bed.list(`/v2/events?${q("host", "compute-1")}`).length).toBeGreaterThan(1);
  });

  it("refuses types that it does not know, and fails at none (test_get_events_filter_trait_bad_type)", () => {
    expect(bed.fault("GET", `/v2/events?${q("x", "1", "&q.type=boolean")}`)).toEqual([
      400,
      "The data type boolean is not supported. The supported data type list is: ['integer', 'float', 'string', 'datetime']",
    ]);
    expect(bed.fault("GET", `/v2/events?${q("x", "y", "&q.type=integer")}`)).toEqual([
      400,
      "Unable to convert the value y to the expected data type integer.",
    ]);
    expect(bed.fault("GET", `/v2/events?${q("x", "y", "&q.type=")}`)).toEqual([500, "None"]);
  });

  it("shows one by its message, or says that there is none", () => {
    const [event = {}] = bed.list(`/v2/events?${CREATED}`);
    expect(bed.get(`/v2/events/${textOf(event, "message_id")}`)).toEqual(event);
    expect(bed.fault("GET", "/v2/events/none")).toEqual([404, "Event none Not Found"]);
  });

  it("is for administrators (test_non_admin_get_events)", () => {
    for (const path of ["/v2/events", "/v2/event_types", "/v2/event_types/x/traits"]) {
      const [status, text] = bed.fault("GET", path, undefined, "demo");
      expect([status, str(text)]).toEqual([
        401,
        expect.stringContaining(
          `Not Authorized to access project ${bed.cloud.id("project", "demo") ?? ""}`,
        ),
      ]);
    }
  });
});

describe("GET /v2/event_types", () => {
  it("has every type once, in the order of the alphabet", () => {
    const types = bed.get("/v2/event_types") as string[];
    expect(types).toContain("compute.instance.create.start");
    expect(types).toEqual([...new Set(types)].toSorted());
    expect(bed.ask("GET", "/v2/event_types/compute.instance.create.end").status).toBe(404);
  });

  it("has all traits of a type and a name", () => {
    const path = "/v2/event_types/compute.instance.create.end/traits/vcpus";
    expect(bed.get(path)).toEqual([{ name: "vcpus", type: "integer", value: "1" }]);
  });

  it("looks the traits of a type up at the event whose number is the type's, as upstream does", () => {
    const { eventTypes, events } = databaseOf();
    const [type] = eventTypes.filter(({ desc }) => desc === "compute.instance.create.end");
    const event = events.find(({ id }) => id === type?.id);
    const stored = bed.get(`/v2/events/${event?.message_id ?? ""}`) as JsonObject;
    const found = bed.list(`/v2/event_types/${type?.desc ?? ""}/traits`);
    expect(found.map(({ name }) => name)).toEqual(Object.keys(traitsOf(stored)).toSorted());
  });
});

/** Types and events in the order in which they were stored, which is that of their numbers. */
function databaseOf() {
  const events = bed.list("/v2/events");
  const types = [...new Set(events.map((event) => textOf(event, "event_type")))];
  return {
    eventTypes: types.map((desc, at) => ({ desc, id: at + 1 })),
    events: events.map((event, at) => ({ message_id: textOf(event, "message_id"), id: at + 1 })),
  };
}

describe("ceilometer and events", () => {
  const client = new CinderBed(setup);
  client.done("nova boot t1 --flavor m1.nano --image cirros");
  client.cloud.settle();
  const type = "compute.instance.create.end";

  it("lists them with a table of traits in each row", () => {
    const stdout = client.lines(`ceilometer event-list -q event_type=${type}`).join("\n");
    expect(stdout).toMatch(/^\| Message ID +\| Event Type +\| Generated +\| Traits +\|$/m);
    expect(stdout).toMatch(/\| \| +vcpus +\| integer +\| +1 +\| \|/);
  });

  it("lists types, names and values of traits", () => {
    expect(client.cells("ceilometer event-type-list")).toContainEqual([type]);
    expect(client.cells(`ceilometer trait-list -e ${type} -t vcpus`)).toEqual([
      ["Trait Name", "Value", "Data Type"],
      ["vcpus", "1", "integer"],
    ]);
    expect(client.cells(`ceilometer trait-description-list -e ${type}`)[0]).toEqual([
      "Trait Name",
      "Data Type",
    ]);
  });

  it("says no more of an error than its status, and wants its arguments", () => {
    expect(client.failure("ceilometer event-show none").stderr).toBe("Not Found (HTTP 404)\n");
    expect(client.failure("ceilometer event-list -q x=y").stderr).toBe(
      "Internal Server Error (HTTP 500)\n",
    );
    expect(client.failure(`ceilometer trait-list -e '' -t x`).stderr).toBe(
      "event_type should not be empty\n",
    );
  });
});
