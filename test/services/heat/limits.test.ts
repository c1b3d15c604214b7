/**
 * How large, how deep and how odd what is asked for may be, over REST: heat/common/wsgi.py (JSONRequestDeserializer),
 * heat/common/template_format.py, heat/engine/service.py (_validate_new_stack, update_stack),
 * heat/engine/stack_resource.py (_parse_nested_stack, preview), heat/api/middleware/fault.py at 2014.2.
 */
import { describe, expect, it } from "vitest";
import { dumps, isObject, textOf, type Json, type JsonObject } from "../../../src/python/index.js";
import { messageOf, StackBed } from "./cloud-bed.js";

const TEXT: JsonObject = { type: "OS::Heat::RandomString" };
const hot = (resources: JsonObject, rest: JsonObject = {}): JsonObject => ({
  heat_template_version: "2014-10-16",
  resources,
  ...rest,
});
const net = (name: Json): JsonObject => ({ type: "OS::Neutron::Net", properties: { name } });
const texts = (count: number): JsonObject =>
  hot(Object.fromEntries(Array.from({ length: count }, (_, at) => [`t${String(at)}`, TEXT])));
const group = (count: number): JsonObject =>
  hot({
    group: { type: "OS::Heat::ResourceGroup", properties: { count, resource_def: TEXT } },
  });

const said = (bed: StackBed, template: Json, rest: JsonObject = {}): string => {
  const { status, body } = bed.ask("POST", "/stacks", { stack_name: "big", template, ...rest });
  return `${String(status)} ${messageOf(body)}`;
};

describe("what is too large", () => {
  const bed = new StackBed({ flags: { max_resources_per_stack: 3, max_template_size: 600 } });

  it("is a template's text over max_template_size, whose dictionary nobody measures", () => {
    const template = hot({ t: TEXT }, { description: "x".repeat(600) });
    expect(said(bed, dumps(template))).toBe(
      "400 Request limit exceeded: Template exceeds maximum allowed size (600 bytes)",
    );
    expect(bed.build("dictionary", template)).toMatch(/^\/stacks\/dictionary\//u);
  });

  it("is a stack of more resources than max_resources_per_stack, when made and when changed", () => {
    expect(said(bed, texts(4))).toBe(
      "400 Request limit exceeded: Maximum resources per stack exceeded.",
    );
    const path = bed.build("three", texts(3));
    const { status, body } = bed.change(path, texts(4));
    expect([status, messageOf(body)]).toEqual([
      400,
      "Request limit exceeded: Maximum resources per stack exceeded.",
    ]);
    expect(bed.state(path)).toBe("CREATE_COMPLETE: Stack CREATE completed successfully");
  });

  it("counts what is in nested stacks, which is judged when they are made", () => {
    const fails = bed.build("group", group(3));
    expect(bed.state(fails)).toBe(
      "CREATE_FAILED: Resource CREATE failed: RequestLimitExceeded: Request limit exceeded: Maximum resources per stack exceeded.",
    );
    expect(bed.state(bed.build("fits", group(2)))).toContain("CREATE_COMPLETE");
  });

  it("is a body over max_json_body_size, whatever is in it: a megabyte of parameters", () => {
    const parameters = { word: "x".repeat(1_048_576) };
    expect(said(bed, hot({}), { parameters })).toMatch(
      /^400 Request limit exceeded: JSON body size \(10486\d\d bytes\) exceeds maximum allowed size \(1048576 bytes\)\.$/u,
    );
  });

  it("is not a parameter of less than that, whose own limits are the template's", () => {
    const limited = hot(
      {},
      { parameters: { word: { type: "string", constraints: [{ length: { max: 10 } }] } } },
    );
    const parameters = { word: "x".repeat(1_000_000) };
    const { status, body } = bed.create("long", limited, { parameters });
    expect(status).toBe(400);
    expect(messageOf(body)).toBe(
      "Parameter 'word' is invalid: length (1000000) is out of range (min: None, max: 10)",
    );
  });
});

describe("what is odd", () => {
  const bed = new StackBed();

  it.each([
    [
      "aliases that multiply",
      `heat_template_version: 2013-05-23\na: &a [x, x, x, x, x, x, x, x, x]\n${[
        "b",
        "c",
        "d",
        "e",
        "f",
        "g",
        "h",
      ]
        .map((key, at) => `${key}: &${key} [${`*${"abcdefg".charAt(at)}, `.repeat(9)}]`)
        .join("\n")}\n`,
      /^400 Template not in valid format: /u,
    ],
    [
      "a circle of resources, which no map of errors knows (CircularDependencyException)",
      hot({ a: { ...TEXT, depends_on: "b" }, b: { ...TEXT, depends_on: "a" } }),
      /^500 Remote error: CircularDependencyException Circular Dependency Found: /u,
    ],
    [
      "a resource that depends on what is not there",
      hot({ a: { ...TEXT, depends_on: "b" } }),
      /^400 The specified reference "b" \(in a\) is incorrect\.$/u,
    ],
    [
      "a function that this version does not have",
      hot({ a: net({ "Fn::Join": [",", ["a"]] }) }),
      /^400 The template version is invalid: The function Fn::Join is not supported in this version of HOT\.$/u,
    ],
    [
      "a function that no version has, which is a map",
      hot({ a: net({ no_such_function: ["a"] }) }),
      /^400 Property error : a: name Value must be a string$/u,
    ],
    [
      "a section that there is not",
      hot({}, { resource: {} }),
      /^400 The template section is invalid: resource$/u,
    ],
    [
      "no version",
      { resources: {} },
      /^400 The template version is invalid: Template version was not provided$/u,
    ],
  ])("%s", (_what, template, words) => {
    expect(said(bed, template)).toMatch(words);
  });
});

describe("a preview", () => {
  const bed = new StackBed();
  const preview = (template: JsonObject, files: JsonObject = {}) =>
    bed.ask("POST", "/stacks/preview", { stack_name: "p", template, files });
  const resourcesIn = (body: Json): Json => {
    const stack = isObject(body) ? body["stack"] : undefined;
    return stack !== undefined && isObject(stack) ? (stack["resources"] ?? null) : null;
  };
  const shape = (value: Json): Json =>
    Array.isArray(value)
      ? (value as readonly Json[]).map(shape)
      : textOf(isObject(value) ? value : {}, "resource_name");

  it("shows a list in the place of each resource that is a stack, and makes nothing", () => {
    const { status, body } = preview(hot({ alone: TEXT, box: { type: "inner.yaml" } }), {
      "inner.yaml": dumps(group(2)),
    });
    expect(status).toBe(200);
    const shown = shape(resourcesIn(body)) as readonly Json[];
    expect(shown).toHaveLength(2);
    expect(shown).toContainEqual("alone");
    expect(shown.find(Array.isArray)).toEqual([["1", "0"]]);
    expect(bed.ask("GET", "/stacks").body).toMatchObject({ stacks: [] });
  });

  it("goes no deeper than stacks may (max_nested_stack_depth), and says so at once", () => {
    const level = (type: string): JsonObject => hot({ box: { type } });
    const files = {
      "a.yaml": dumps(level("b.yaml")),
      "b.yaml": dumps(level("c.yaml")),
      "c.yaml": dumps(level("d.yaml")),
      "d.yaml": dumps(hot({})),
    };
    const { status, body } = preview(level("a.yaml"), files);
    expect([status, messageOf(body)]).toEqual([
      400,
      "Request limit exceeded: Recursion depth exceeds 3.",
    ]);
  });
});
