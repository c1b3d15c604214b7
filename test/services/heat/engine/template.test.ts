/**
 * What is in a template: heat/engine/template.py, heat/engine/hot/template.py, heat/engine/rsrc_defn.py
 * at 2014.2.
 */
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../../src/python/index.js";
import { resolve } from "../../../../src/services/heat/engine/template/function.js";
import { Template } from "../../../../src/services/heat/engine/template/template.js";
import {
  metadataOf,
  requirements,
} from "../../../../src/services/heat/engine/template/resource-definition.js";
import { raised, resource, run, scope } from "../scope.js";

const hot = (sections: JsonObject): Template =>
  new Template({ heat_template_version: "2014-10-16", ...sections });

describe("the version of a template", () => {
  const version = (template: JsonObject) => raised(() => new Template(template));
  const invalid = "InvalidTemplateVersion: The template version is invalid: ";

  it("must be there, once, and be one that there is", () => {
    expect(version({})).toBe(`${invalid}Template version was not provided`);
    expect(version({ heat_template_version: "2015-04-30" })).toBe(
      `${invalid}"heat_template_version: 2015-04-30". ` +
        '"heat_template_version" should be one of: 2014-10-16, 2013-05-23',
    );
    expect(
      version({ heat_template_version: "2013-05-23", AWSTemplateFormatVersion: "2010-09-09" }),
    ).toMatch(/Ambiguous versions \(/u);
  });

  it("of CloudFormation has one each of its two names", () => {
    expect(version({ HeatTemplateFormatVersion: "2012-12-12" })).toBe("nothing");
    expect(version({ AWSTemplateFormatVersion: "2010-09-09" })).toBe("nothing");
    expect(version({ AWSTemplateFormatVersion: "2012-12-12" })).toBe(
      `${invalid}"AWSTemplateFormatVersion: 2012-12-12". ` +
        '"AWSTemplateFormatVersion" should be: 2010-09-09',
    );
  });
});

describe("a template", () => {
  const refused = (sections: JsonObject) =>
    raised(() => {
      hot(sections).validate();
    });

  it("has no other sections", () => {
    expect(refused({ Resources: {} })).toBe(
      "InvalidTemplateSection: The template section is invalid: Resources",
    );
  });

  it("has resources with a type and no other keywords (HEAT-208)", () => {
    expect(refused({ resources: { a: { properties: {} } } })).toBe(
      "StackValidationFailed: Every Resource object must contain a Type member.",
    );
    expect(refused({ resources: { a: { Type: "OS::Nova::Server" } } })).toBe(
      `KeyError: u'"Type" is not a valid keyword inside a resource definition'`,
    );
    expect(refused({ resources: { a: "text" } })).toBe(
      "AttributeError: 'unicode' object has no attribute 'iteritems'",
    );
  });

  it("may leave a section empty", () => {
    expect(refused({ resources: null, parameters: null, outputs: null })).toBe("nothing");
    expect(hot({}).description).toBe("No description");
  });

  it("tells of its outputs, with functions in their values", () => {
    const outputs = hot({ outputs: { a: { description: "d", value: { get_param: "p" } }, b: {} } });
    const read = outputs.outputs(scope({ p: 1 }));
    expect(run(resolve(read.get("a")!.value))).toBe(1);
    expect(read.get("b")).toEqual({ description: undefined, value: "" });
    expect(raised(() => hot({ outputs: { a: { val: 1 } } }).outputs(scope()))).toBe(
      `KeyError: u'"val" is not a valid keyword inside an output definition'`,
    );
  });
});

describe("a resource of a template", () => {
  it("depends on what it names, and on what is in its properties and metadata", () => {
    const others = ["a", "b", "c"].map((name) => resource(name));
    const where = scope({}, others);
    const template = hot({
      resources: {
        x: {
          type: "T",
          depends_on: "a",
          properties: { p: { get_resource: "b" } },
          metadata: { m: { get_resource: "c" } },
        },
      },
    });
    const definition = template.definitions(where).get("x")!;
    expect(run(requirements(definition, where.resource)).map(({ name }) => name)).toEqual([
      "a",
      "b",
      "c",
    ]);
    expect(run(metadataOf(definition))).toEqual({ m: "c-id" });
    const lost = { ...definition, depends: ["gone"] };
    expect(raised(() => run(requirements(lost, where.resource)))).toBe(
      'InvalidTemplateReference: The specified reference "gone" (in x) is incorrect.',
    );
  });

  it("has fields of their types", () => {
    const wrong = (fields: JsonObject) =>
      raised(() => hot({ resources: { x: { type: "T", ...fields } } }).definitions(scope()));
    expect(wrong({ properties: [] })).toBe("TypeError: Resource x properties typemust be object");
    expect(wrong({ deletion_policy: 1 })).toBe(
      "TypeError: Resource x deletion_policy typemust be string",
    );
    expect(wrong({ depends_on: 5 })).toBe(
      "TypeError: Resource x depends_on typemust be list or string",
    );
  });
});
