/** Samples, meters and resources over REST, and what is refused. Upstream: ceilometer/tests/api/v2/test_post_samples_scenarios.py, test_acl_scenarios.py at 2014.2. */
import { describe, expect, it } from "vitest";
import { str } from "../../../../src/python/index.js";
import { TelemetryBed } from "../telemetry-bed.js";

const bed = new TelemetryBed();
const project = bed.cloud.id("project", "admin") ?? "";

describe("samples that are posted", () => {
  it("come back with id, time and source, and can be read when the collector has them (test_one)", () => {
    const { status, body } = bed.post("load", [
      { volume: 3.5, resource_metadata: { "a.b": "c", d: "e" } },
    ]);
    expect(status).toBe(200);
    expect(body).toMatchObject([
      { counter_volume: 3.5, source: `${project}:openstack`, project_id: project },
    ]);
    const [sample] = bed.list("/v2/meters/load");
    expect(sample).toMatchObject({
      counter_name: "load",
      counter_volume: 3.5,
      resource_metadata: { "a.b": "c", d: "e" },
    });
    expect(bed.list("/v2/samples?q.field=meter&q.value=load")).toMatchObject([
      { meter: "load", volume: 3.5, metadata: { "a.b": "c", d: "e" } },
    ]);
  });

  it("are refused with another name, an id, another type, or for another project (test_messsage_id_provided, test_invalid_counter_type, test_wrong_project_id)", () => {
    const sample = {
      counter_name: "load",
      counter_type: "gauge",
      counter_unit: "GB",
      counter_volume: 1,
      resource_id: "r1",
    };
    const post = (change: object, user = "admin") =>
      bed.fault("POST", "/v2/meters/load", [{ ...sample, ...change }], user);
    expect(post({ counter_name: "x" })).toEqual([
      400,
      "Invalid input for field/attribute counter_name. Value: 'x'. should be load",
    ]);
    expect(post({ message_id: "m" })).toEqual([
      400,
      "Invalid input for field/attribute message_id. Value: 'm'. The message_id must not be set",
    ]);
    expect(post({ counter_type: "bad" })).toEqual([
      400,
      "Invalid input for field/attribute counter_type. Value: 'bad'. " +
        "The counter type must be: gauge, delta, cumulative",
    ]);
    expect(post({ project_id: "other" }, "demo")).toEqual([
      400,
      "Invalid input for field/attribute project_id. Value: 'other'. " +
        "can not post samples to other projects",
    ]);
    expect(post({ counter_volume: "many" })).toEqual([
      400,
      "Invalid input for field/attribute counter_volume. Value: 'many'. " +
        "Wrong type. Expected '<type 'float'>', got '<type 'unicode'>'",
    ]);
    const { resource_id: _, ...without } = sample;
    expect(bed.fault("POST", "/v2/meters/load", [without])).toEqual([
      400,
      "Invalid input for field/attribute resource_id. Value: 'None'. Mandatory field missing.",
    ]);
  });
});

describe("lists", () => {
  it("stop at a limit, of which 0 is none and a negative one an error", () => {
    bed.post("many", [{ volume: 1 }, { volume: 2 }, { volume: 3 }]);
    expect(bed.list("/v2/meters/many?limit=2")).toHaveLength(2);
    expect(bed.list("/v2/meters/many?limit=0")).toEqual([]);
    expect(bed.fault("GET", "/v2/meters/many?limit=-1")).toEqual([400, "Limit must be positive"]);
    expect(bed.fault("GET", "/v2/meters/many?limit=x")).toEqual([
      500,
      "invalid literal for int() with base 10: 'x'",
    ]);
  });

  it("take a date without regard to its zone, with the end outside", () => {
    bed.post("timed", [
      { volume: 1, timestamp: "2014-09-01T10:00:00" },
      { volume: 2, timestamp: "2014-09-01T11:00:00" },
    ]);
    const volumes = (query: string) =>
      bed.list(`/v2/meters/timed?q.field=timestamp&${query}`).map((each) => each["counter_volume"]);
    expect(volumes("q.op=ge&q.value=2014-09-01T11:00:00%2B05:00")).toEqual([2]);
    expect(volumes("q.op=lt&q.value=2014-09-01T11:00:00")).toEqual([1]);
    expect(volumes("q.op=le&q.value=2014-09-01T11:00:00")).toEqual([2, 1]);
    expect(volumes("q.op=gt&q.value=2014-09-01T10:00:00")).toEqual([2]);
    expect(bed.fault("GET", "/v2/meters/timed?q.field=timestamp&q.op=le&q.value=soon")).toEqual([
      400,
      "Invalid input for field/attribute timestamp. Value: 'soon'. invalid timestamp format",
    ]);
  });

  it("compare metadata with what a value looks like, or with the type that is named", () => {
    bed.cloud.settle();
    bed.post("tagged", [
      { volume: 1, resource_id: "x", resource_metadata: { size: "5", on: "True" } },
    ]);
    const found = (query: string) =>
      bed.list(`/v2/meters/tagged?q.field=metadata.size&${query}`).length;
    // What is posted is text, and a number is looked for among numbers.
    expect(found("q.value=5")).toBe(0);
    expect(found("q.value=5&q.type=string")).toBe(1);
    expect(bed.fault("GET", "/v2/samples?q.field=metadata.size&q.value=a&q.type=integer")).toEqual([
      400,
      "Unable to convert the value a to the expected data type integer.",
    ]);
    expect(bed.fault("GET", "/v2/samples?q.field=metadata.size&q.value=a&q.type=blob")).toEqual([
      400,
      "The data type blob is not supported. The supported data type list is: " +
        "['integer', 'float', 'string', 'boolean']",
    ]);
  });

  it("refuse fields, operators and arguments that they do not have", () => {
    expect(bed.fault("GET", "/v2/meters?q.field=abcd&q.value=abcd")).toEqual([
      400,
      'Unknown argument: "abcd": unrecognized field in query: ' +
        "[<Query u'abcd' eq u'abcd' Unset>], valid keys: " +
        "['metaquery', 'pagination', 'project', 'resource', 'source', 'user']",
    ]);
    expect(bed.fault("GET", "/v2/samples?q.field=meter&q.op=ne&q.value=x")).toEqual([
      400,
      "Invalid input for field/attribute op. Value: 'ne'. unimplemented operator for meter",
    ]);
    expect(bed.fault("GET", "/v2/meters?q.field=timestamp&q.op=lt&q.value=x")).toEqual([
      400,
      'Unknown argument: "timestamp": not valid for this resource',
    ]);
    expect(bed.fault("GET", "/v2/samples?q.field=search_offset&q.value=5")).toEqual([
      400,
      "Invalid input for field/attribute field. Value: 'search_offset'. " +
        "search_offset cannot be used without timestamp",
    ]);
    expect(bed.fault("GET", "/v2/samples?page=2")).toEqual([400, 'Unknown argument: "page"']);
    expect(bed.fault("GET", "/v2/meters?q.field=pagination&q.value=1")).toEqual([
      501,
      "Pagination not implemented",
    ]);
  });

  it("show a member what is of the project, and refuse what is of another (test_with_non_admin_missing_project_query, test_non_admin_wrong_project)", () => {
    bed.post("own", [{ volume: 1, resource_id: "mine" }], "demo");
    const resources = bed.list("/v2/resources", "demo").map(({ resource_id }) => resource_id);
    expect(resources).toEqual(["mine"]);
    expect(bed.list("/v2/meters", "demo").map(({ name }) => name)).toEqual(["own"]);
    expect(
      bed.fault("GET", `/v2/samples?q.field=project_id&q.value=${project}`, undefined, "demo"),
    ).toEqual([401, `Not Authorized to access project ${project}`]);
    expect(bed.fault("GET", "/v2/resources/r1", undefined, "demo")).toEqual([
      404,
      "Resource r1 Not Found",
    ]);
    // One sample is shown to anybody who knows its id.
    const [{ message_id = "" } = {}] = bed.list("/v2/meters/load");
    expect(bed.ask("GET", `/v2/samples/${str(message_id)}`, undefined, "demo").status).toBe(200);
  });

  it("give a resource links to itself and to its meters, unless these are not wanted", () => {
    const [{ links } = {}] = bed.list("/v2/resources?q.field=resource_id&q.value=mine");
    expect(links).toEqual([
      { href: "http://controller:8777/v2/resources/mine", rel: "self" },
      {
        href: "http://controller:8777/v2/meters/own?q.field=resource_id&q.value=mine",
        rel: "own",
      },
    ]);
    const [bare] = bed.list("/v2/resources?meter_links=0&q.field=resource_id&q.value=mine");
    expect(bare?.["links"]).toHaveLength(1);
  });

  it("write the id of a meter in lines of 76 characters", () => {
    const [meter] = bed.list("/v2/meters?q.field=resource_id&q.value=mine");
    expect(meter?.["meter_id"]).toBe("bWluZStvd24=\n");
  });
});

describe("paths that are none", () => {
  it("are answered in pecan's plain words, or with nothing below /v1", () => {
    expect(bed.ask("GET", "/v2")).toEqual({
      status: 404,
      body: { error_message: "404 Not Found\n\nThe resource could not be found.\n\n   " },
    });
    expect(bed.ask("GET", "/v1/meters")).toMatchObject({ status: 404, body: null });
  });
});
