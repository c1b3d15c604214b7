/** Properties of resources: heat/engine/properties.py at 2014.2. */
import { describe, expect, it } from "vitest";
import type { Json } from "../../../../src/python/index.js";
import {
  allowedValues,
  range,
} from "../../../../src/services/heat/engine/parameters/constraints.js";
import { Properties } from "../../../../src/services/heat/engine/properties/properties.js";
import {
  boolean,
  integer,
  list,
  map,
  schemata,
  text,
} from "../../../../src/services/heat/engine/properties/schema.js";
import { Template } from "../../../../src/services/heat/engine/template/template.js";
import { raised, resource, run, scope } from "../scope.js";

const SCHEMATA = schemata({
  name: text({ update: true }),
  flavor: text({ required: true }),
  count: integer({ default: 2, constraints: [range("Range", [1, 5])] }),
  drive: boolean(),
  late: boolean({ default: "true" }),
  policy: text({ default: "AUTO", constraints: [allowedValues(["AUTO", "NEVER"])] }),
  meta: map(),
  networks: list({}, map({}, { port: text(), fixed_ip: text() })),
});

const template = new Template({ heat_template_version: "2013-05-23" });

function properties(data: Record<string, Json>, where = scope()): Properties {
  return new Properties(SCHEMATA, template.parse(where, data), new Map(), "server");
}

const wrong = (data: Record<string, Json>, where = scope()): string =>
  raised(() => {
    run(properties({ flavor: "f", ...data }, where).validate());
  });

const error = (words: string): string => `StackValidationFailed: Property error : server: ${words}`;

describe("properties", () => {
  it("have the values of the template, defaults as they are written, and null", () => {
    expect(
      run(properties({ flavor: "f", drive: "True", networks: [{ port: "p" }] }).all()),
    ).toEqual({
      name: null,
      flavor: "f",
      count: 2,
      drive: true,
      late: "true",
      policy: "AUTO",
      meta: null,
      networks: [{ port: "p", fixed_ip: null }],
    });
  });

  it("must be there where they are required, and no others", () => {
    const without = raised(() => {
      run(properties({}).validate());
    });
    expect(without).toBe(error("Property flavor not assigned"));
    expect(wrong({ flavour: "f" })).toBe("StackValidationFailed: Unknown Property flavour");
  });

  it("are not converted to text, unlike to numbers (bug 1367375)", () => {
    expect(wrong({ name: 5 })).toBe(error("name Value must be a string"));
    expect(wrong({ count: "3" })).toBe("nothing");
    expect(wrong({ count: "x" })).toBe(error("count Value 'x' is not an integer"));
    expect(wrong({ drive: "yes" })).toBe(error('drive "yes" is not a valid boolean'));
    expect(wrong({ meta: "m" })).toBe(error('meta "m" is not a map'));
    expect(wrong({ networks: "n" })).toBe(error(`networks "u'n'" is not a list`));
  });

  it("keep to their constraints", () => {
    expect(wrong({ count: 9 })).toBe(error("count 9 is out of range (min: 1, max: 5)"));
    expect(wrong({ policy: "x" })).toBe(error('policy "x" is not an allowed value [AUTO, NEVER]'));
  });

  it("name the way to an error inside, with the words before it at each level", () => {
    expect(wrong({ networks: [{ port: 5 }] })).toBe(
      error(
        "networks Property error : networks: 0 Property error : 0: port Value must be a string",
      ),
    );
    expect(wrong({ networks: [{ prot: "x" }] })).toBe(
      error("networks Property error : networks: 0 Unknown Property prot"),
    );
  });

  it("are not judged while they depend on what is not there yet", () => {
    const policy = { get_attr: ["r", "name"] };
    const before = scope({}, [resource("r", { name: "x" }, { action: "INIT" })]);
    const after = scope({}, [resource("r", { name: "x" })]);
    expect(wrong({ policy }, before)).toBe("nothing");
    expect(wrong({ policy }, after)).toBe(
      error('policy "x" is not an allowed value [AUTO, NEVER]'),
    );
  });

  it("say what a function has raised", () => {
    expect(wrong({ name: { get_param: "x" } })).toBe(
      error("name The Parameter (x) was not provided."),
    );
  });
});
