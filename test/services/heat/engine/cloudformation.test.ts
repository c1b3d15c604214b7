/**
 * Templates of CloudFormation: heat/engine/cfn/template.py, heat/engine/cfn/functions.py,
 * heat/engine/parameters.py at 2014.2 (upstream's test_parser.py, test_template.py).
 */
import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../../../../src/python/index.js";
import { Parameters } from "../../../../src/services/heat/engine/parameters/parameters.js";
import { resolve } from "../../../../src/services/heat/engine/template/function.js";
import { Template } from "../../../../src/services/heat/engine/template/template.js";
import { stackIdentity } from "../../../../src/services/heat/identifier.js";
import { StackBed } from "../cloud-bed.js";
import { raised, resource, run, scope } from "../scope.js";

const heat = (sections: JsonObject): Template =>
  new Template({ HeatTemplateFormatVersion: "2012-12-12", ...sections });

const mappings = { ports: { web: { tcp: "80" } } };

const stack = {
  ...scope({ zone: "nova" }, [resource("a", { size: 3 })]),
  mappings: () => mappings,
};

const value = (snippet: Json): Json => run(resolve(heat({}).parse(stack, snippet)));
const wrong = (snippet: Json): string => raised(() => value(snippet));

describe("functions of CloudFormation", () => {
  it("refer to parameters, resources and their attributes", () => {
    expect(value({ Ref: "zone" })).toBe("nova");
    expect(value({ Ref: "a" })).toBe("a-id");
    expect(value({ "Fn::GetAtt": ["a", "size"] })).toBe(3);
    expect(wrong({ "Fn::GetAtt": ["a", "size", "0"] })).toBe(
      'ValueError: Arguments to "Fn::GetAtt" must be of the form [resource_name, attribute]',
    );
  });

  it("look into maps", () => {
    expect(value({ "Fn::FindInMap": ["ports", "web", "tcp"] })).toBe("80");
    expect(wrong({ "Fn::FindInMap": ["ports", "db", "tcp"] })).toBe("KeyError: u'db'");
    expect(wrong({ "Fn::FindInMap": ["ports", "web"] })).toBe(
      "KeyError: u'need more than 2 values to unpack'",
    );
  });

  it("name Nova's zones, whatever the region", () => {
    expect(value({ "Fn::GetAZs": "somewhere" })).toEqual(["nova"]);
  });

  it("make a map of members of a list", () => {
    const members = [".member.1.Name=b", ".member.1.Value=2=3", ".member.0.Name=a", "x=y"];
    const list = ["Name", "Value", [...members, ".member.0.Value=1"]];
    expect(value({ "Fn::MemberListToMap": list })).toEqual({ a: "1", b: "2=3" });
    expect(wrong({ "Fn::MemberListToMap": ["Name", "Value", ["x"]] })).toBe(
      "ValueError: dictionary update sequence element #0 has length 1; 2 is required",
    );
    expect(wrong({ "Fn::MemberListToMap": [{ Ref: "zone" }, "Value", []] })).toBe(
      "TypeError: Fn::MemberListToMap Key Name must be a string",
    );
  });

  it("are no calls in Amazon's own version where only Heat has them", () => {
    const aws = new Template({ AWSTemplateFormatVersion: "2010-09-09" });
    const split = { "Fn::Split": [",", "a,b"] };
    expect(run(resolve(aws.parse(stack, split)))).toEqual(split);
    expect(value(split)).toEqual(["a", "b"]);
  });
});

describe("a template of CloudFormation", () => {
  const refused = (sections: JsonObject) =>
    raised(() => {
      heat(sections).validate();
    });

  it("has its own sections, and whatever keywords in a resource", () => {
    expect(refused({ resources: {} })).toBe(
      "InvalidTemplateSection: The template section is invalid: resources",
    );
    expect(refused({ Resources: { a: { Type: "T", Condition: "c" } } })).toBe("nothing");
    expect(refused({ Resources: { a: { Properties: {} } } })).toBe(
      "StackValidationFailed: Every Resource object must contain a Type member.",
    );
    expect(refused({ Resources: { a: "text" } })).toBe(
      "StackValidationFailed: Resources must contain Resource. Found a [string] instead",
    );
    expect(refused({ Resources: { a: [] } })).toBe(
      "StackValidationFailed: Resources must contain Resource. Found a [<type 'list'>] instead",
    );
  });

  it("has parameters with constraints beside their types", () => {
    const schemata = {
      p: { Type: "String", Default: "abc", MinLength: 2, MaxLength: "4", NoEcho: "TRUE" },
      n: { Type: "Number", MaxValue: 3, ConstraintDescription: "at most three" },
    };
    const template = heat({ Parameters: schemata });
    const identity = stackIdentity("t", "s1", "i1");
    const all = new Parameters(template, { n: "2" }, identity);
    run(all.validate(new Map()));
    expect(all.shown()).toEqual({
      "AWS::Region": "ap-southeast-1",
      "AWS::StackId": "arn:openstack:heat::t:stacks/s1/i1",
      "AWS::StackName": "s1",
      n: "2",
      p: "******",
    });
    const other = new Parameters(template, { n: "4" }, identity);
    expect(raised(() => run(other.validate(new Map())))).toBe(
      "StackValidationFailed: Parameter 'n' is invalid: at most three",
    );
    const of = (schema: JsonObject) =>
      raised(() => new Parameters(heat({ Parameters: { p: schema } }), {}, null));
    expect(of({ type: "String" })).toBe("InvalidSchemaError: Invalid key 'type' for parameter (p)");
    expect(of({ Default: "x" })).toBe(
      "InvalidSchemaError: Missing parameter type for parameter: p",
    );
  });
});

describe("a stack of such a template", () => {
  const word = { Type: "OS::Heat::RandomString", Properties: { length: { Ref: "length" } } };
  const template = {
    HeatTemplateFormatVersion: "2012-12-12",
    Parameters: { length: { Type: "Number", Default: 8 } },
    Resources: { a: word, b: { ...word, DependsOn: "a", DeletionPolicy: "Retain" } },
    Outputs: { word: { Value: { "Fn::GetAtt": ["a", "value"] } } },
  };

  it("is made, shown and becomes one of Heat's own language", () => {
    const bed = new StackBed();
    const path = bed.build("s", template);
    expect(bed.state(path)).toBe("CREATE_COMPLETE: Stack CREATE completed successfully");
    const { body } = bed.ask("GET", path) as unknown as {
      body: { stack: { outputs: { output_value: string; description: string }[] } };
    };
    expect(body.stack.outputs).toMatchObject([
      { output_value: expect.stringMatching(/^\w{8}$/u), description: "No description given" },
    ]);
    const hot = {
      heat_template_version: "2013-05-23",
      resources: { a: { type: "OS::Heat::RandomString", properties: { length: 9 } } },
    };
    expect(bed.change(path, hot).status).toBe(202);
    expect(bed.state(path)).toBe("UPDATE_COMPLETE: Stack successfully updated");
  });

  it("stands for a resource, of which it may ask", () => {
    const bed = new StackBed();
    const inner = {
      HeatTemplateFormatVersion: "2012-12-12",
      Resources: {},
      Outputs: {
        metadata: { Value: { "Fn::ResourceFacade": "Metadata" } },
        policy: { Value: { "Fn::ResourceFacade": "DeletionPolicy" } },
      },
    };
    const outer = {
      heat_template_version: "2013-05-23",
      resources: {
        a: { type: "inner.yaml", metadata: { who: "me" }, deletion_policy: "Retain" },
      },
      outputs: {
        metadata: { value: { get_attr: ["a", "metadata"] } },
        policy: { value: { get_attr: ["a", "policy"] } },
      },
    };
    const files = { "inner.yaml": JSON.stringify(inner) };
    const path = bed.build("s", outer, { files });
    const { body } = bed.ask("GET", path) as unknown as {
      body: { stack: { outputs: { output_key: string; output_value: Json }[] } };
    };
    expect(
      Object.fromEntries(body.stack.outputs.map((out) => [out.output_key, out.output_value])),
    ).toEqual({ metadata: { who: "me" }, policy: "Retain" });
  });
});
