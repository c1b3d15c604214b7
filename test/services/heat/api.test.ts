/**
 * What Heat's API answers, and what it refuses: heat/api/openstack/v1/*, heat/api/middleware/fault.py,
 * heat/common/wsgi.py at 2014.2.
 */
import { describe, expect, it } from "vitest";
import { isObject, type Json, type JsonObject } from "../../../src/python/index.js";
import { messageOf, StackBed } from "./cloud-bed.js";

const template = (count = 1): JsonObject => ({
  heat_template_version: "2013-05-23",
  resources: Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `r${String(index)}`,
      { type: "OS::Heat::RandomString" },
    ]),
  ),
});

const posted = (body: JsonObject, bed = new StackBed()): string => {
  const answer = bed.ask("POST", "/stacks", body);
  return `${String(answer.status)} ${messageOf(answer.body)}`;
};

const names = (body: Json | undefined): Json[] =>
  isObject(body) && Array.isArray(body["stacks"])
    ? (body["stacks"] as readonly Json[])
        .filter(isObject)
        .map((stack) => stack["stack_name"] ?? null)
    : [];

describe("a stack that is asked for", () => {
  it("is refused without a template, and with one that is none", () => {
    expect(posted({ stack_name: "s" })).toBe("400 No template specified");
    expect(posted({ stack_name: "s", template: "a: [" })).toMatch(
      /^400 Template not in valid format: /u,
    );
    expect(posted({ stack_name: "s", template: "just words" })).toMatch(
      /^400 Template not in valid format: The template is not a JSON object or YAML mapping\./u,
    );
    expect(posted({ stack_name: "s", template: { resources: {} } })).toMatch(
      /^400 The template version is invalid/u,
    );
  });

  it("is refused with a name that is none, and a timeout that is none", () => {
    expect(posted({ stack_name: "1s", template: template() })).toMatch(
      /^400 Invalid stack name 1s must contain only alphanumeric/u,
    );
    // HEAT-172
    expect(posted({ stack_name: "s/t", template: template() })).toMatch(
      /^400 Invalid stack name s\/t must contain only alphanumeric or "_-\." characters, must start with alpha\nTraceback /u,
    );
    expect(posted({ stack_name: "s", template: template(), timeout_mins: -1 })).toMatch(
      /^400 Invalid timeout value -1\nTraceback /u,
    );
    expect(posted({ stack_name: "s", template: template(), disable_rollback: "perhaps" })).toMatch(
      /^400 Unrecognized value "perhaps", acceptable values are: true, false/u,
    );
  });

  it("is refused where there is one of its name, and one more would be too many (HEAT-170, other-services §8.6 row 10)", () => {
    const bed = new StackBed({ flags: { max_stacks_per_tenant: 1 } });
    expect(bed.create("s", template()).status).toBe(201);
    bed.cloud.settle();
    expect(posted({ stack_name: "s", template: template() }, bed)).toBe(
      "409 The Stack (s) already exists.",
    );
    expect(posted({ stack_name: "t", template: template() }, bed)).toMatch(
      /^400 Request limit exceeded: You have reached the maximum stacks per tenant, 1\./u,
    );
  });
});

describe("a list of stacks", () => {
  it("is sorted, cut, and filtered by what is known of a stack", () => {
    const bed = new StackBed();
    for (const name of ["b", "a", "c"]) bed.build(name, template());
    const list = (query: string) => names(bed.ask("GET", `/stacks${query}`).body);
    expect(list("?sort_keys=stack_name&sort_dir=asc")).toEqual(["a", "b", "c"]);
    expect(list("?sort_keys=stack_name&sort_dir=desc&limit=2")).toEqual(["c", "b"]);
    expect(list("?name=a")).toEqual(["a"]);
    expect(list("?status=FAILED")).toEqual([]);
    const counted = bed.ask("GET", "/stacks?with_count=true&limit=1").body;
    expect(counted).toMatchObject({ count: 3 });
  });

  it("is counted for a word that is true, and refuses one that is neither (HEAT-209)", () => {
    const { status, body } = new StackBed().ask("GET", "/stacks?with_count=invalid_value");
    expect(status).toBe(400);
    // The engine's and the API's own errors of Python's differ: this one was never on the wire.
    expect(messageOf(body)).toBe(
      'Unrecognized value "invalid_value", acceptable values are: true, false.',
    );
  });
});

describe("a stack by its name", () => {
  it("is somewhere else: under name and id", () => {
    const bed = new StackBed();
    const path = bed.build("s", template());
    const found = bed.ask("GET", "/stacks/s");
    expect(found.status).toBe(302);
    expect(bed.ask("GET", path).status).toBe(200);
    const missing = bed.ask("GET", "/stacks/nothing");
    expect([missing.status, messageOf(missing.body)]).toEqual([
      404,
      "The Stack (nothing) could not be found.",
    ]);
    expect(missing.body).toMatchObject({
      code: 404,
      title: "Not Found",
      explanation: "The resource could not be found.",
      error: { type: "StackNotFound", traceback: null },
    });
  });

  it("is suspended by an action, of which there must be one", () => {
    const bed = new StackBed();
    const path = bed.build("s", template());
    const act = (body: JsonObject) => {
      const answer = bed.ask("POST", `${path}/actions`, body);
      return `${String(answer.status)} ${messageOf(answer.body)}`;
    };
    expect(act({})).toBe("400 No action specified");
    expect(act({ suspend: null, resume: null })).toBe("400 Multiple actions specified");
    expect(act({ dance: null })).toBe("400 Invalid action dance specified");
    expect(act({ suspend: null })).toMatch(/^20\d /u);
  });
});

describe("a path with slashes in a row (heat/api/middleware/version_negotiation.py, routes/route.py)", () => {
  it("leads nowhere behind the version, which WebOb takes away with those in front of it", () => {
    const bed = new StackBed();
    expect(bed.ask("GET", "/stacks").status).toBe(200);
    expect(bed.ask("GET", "//stacks").status).toBe(404);
    expect(bed.ask("GET", "/stacks//s").status).toBe(404);
    expect(bed.ask("GET", "/stacks%2F%2Fs").status).toBe(404);
    expect(bed.ask("GET", "/stacks", undefined, "//v1").status).toBe(200);
    expect(bed.ask("GET", "/stacks", undefined, "/v1/").status).toBe(404);
  });
});
