/**
 * Functions of templates: heat/engine/hot/functions.py, heat/engine/cfn/functions.py,
 * heat/engine/function.py at 2014.2.
 */
import { describe, expect, it } from "vitest";
import type { Json } from "../../../../src/python/index.js";
import {
  dependencies,
  resolve,
  validate,
} from "../../../../src/services/heat/engine/template/function.js";
import { Template } from "../../../../src/services/heat/engine/template/template.js";
import { HOT_2013, HOT_2014, raised, resource, run, scope } from "../scope.js";

const template = (version: string) => new Template({ heat_template_version: version });

function value(snippet: Json, where = scope(), version = HOT_2014): Json {
  return run(resolve(template(version).parse(where, snippet)));
}

const refused = (...given: Parameters<typeof value>): string => raised(() => value(...given));

describe("get_param", () => {
  const where = scope({ port: 3306, nets: { a: { cidr: "10.0.0.0/24" } }, zones: ["x", "y"] });

  it("gives a parameter, or what is at a path in it", () => {
    expect(value({ get_param: "port" }, where)).toBe(3306);
    expect(value({ get_param: ["nets", "a", "cidr"] }, where)).toBe("10.0.0.0/24");
    expect(value({ get_param: ["zones", 1] }, where)).toBe("y");
  });

  it("gives nothing for a path that leads nowhere", () => {
    expect(value({ get_param: ["nets", "b", "cidr"] }, where)).toBe("");
    expect(value({ get_param: ["zones", 7] }, where)).toBe("");
    expect(value({ get_param: ["nets", "__proto__"] }, where)).toBe("");
  });

  it("refuses a name that there is not, and what is no name", () => {
    expect(refused({ get_param: "x" }, where)).toBe(
      "UserParameterMissing: The Parameter (x) was not provided.",
    );
    expect(refused({ get_param: "" }, where)).toBe(
      'ValueError: Function "get_param" must have arguments',
    );
    expect(refused({ get_param: { a: 1 } }, where)).toBe(
      'TypeError: Argument to "get_param" must be string or list',
    );
  });
});

describe("get_resource and get_attr", () => {
  const net = resource("net", { show: { mtu: 1500 }, name: "n" });
  const where = scope({}, [net, resource("bad", { name: "x" }, { status: "FAILED" })]);

  it("refer to a resource, which who refers to it depends on", () => {
    const snippet = template(HOT_2014).parse(where, { a: [{ get_resource: "net" }] });
    expect(run(resolve(snippet))).toEqual({ a: ["net-id"] });
    expect(run(dependencies(snippet, "port.Properties"))).toEqual([net]);
  });

  it("say where the name stands that there is not", () => {
    const snippet = template(HOT_2014).parse(where, { network: { get_resource: "gone" } });
    expect(raised(() => run(dependencies(snippet, "port.Properties")))).toBe(
      'InvalidTemplateReference: The specified reference "gone" (in port.Properties.network) is incorrect.',
    );
  });

  it("read a path of an attribute, and give null where it leads nowhere", () => {
    for (const version of [HOT_2013, HOT_2014]) {
      expect(value({ get_attr: ["net", "show", "mtu"] }, where, version)).toBe(1500);
      expect(value({ get_attr: ["net", "show", "x"] }, where, version)).toBeNull();
    }
  });

  it("give a failed resource's attribute in the older version alone", () => {
    expect(value({ get_attr: ["bad", "name"] }, where, HOT_2013)).toBe("x");
    expect(value({ get_attr: ["bad", "name"] }, where, HOT_2014)).toBeNull();
  });

  it("give null after a check, and before it is there", () => {
    for (const action of ["CHECK", "SNAPSHOT", "INIT", "DELETE"]) {
      const other = scope({}, [resource("net", { name: "n" }, { action })]);
      expect(value({ get_attr: ["net", "name"] }, other)).toBeNull();
    }
  });

  it("refuse an attribute that its type has not", () => {
    const snippet = template(HOT_2014).parse(where, { get_attr: ["net", "x"] });
    expect(raised(() => run(validate(snippet)))).toBe(
      "InvalidTemplateAttribute: The Referenced Attribute (net x) is incorrect.",
    );
  });

  it("are refused when they are made, by what is wrong with their arguments", () => {
    expect(refused({ get_attr: "net" }, where)).toBe(
      'TypeError: Argument to "get_attr" must be a list',
    );
    expect(refused({ get_attr: ["net"] }, where)).toBe(
      'ValueError: Arguments to "get_attr" must be of the form [resource_name, attribute, (path), ...]',
    );
  });
});

describe("the functions of texts", () => {
  it("str_replace puts in numbers and nothing for null, one key after another", () => {
    const params = { db_name: "wp", db_port: 3306, db_none: null };
    const text = "name db_name port db_port none db_none.";
    expect(value({ str_replace: { template: text, params } })).toBe("name wp port 3306 none .");
  });

  it("str_replace takes what looks like a pattern of JavaScript's as it is", () => {
    expect(value({ str_replace: { template: "a $x", params: { $x: "$& $1" } } })).toBe("a $& $1");
  });

  it("str_replace refuses lists, and keys of its own that are not there", () => {
    expect(refused({ str_replace: { template: "a", params: { a: [1] } } })).toBe(
      'TypeError: "str_replace" params must be strings or numbers',
    );
    expect(refused({ str_replace: { template: "a" } })).toMatch(
      /^KeyError: u'"str_replace" syntax should be str_replace:/u,
    );
    expect(refused({ str_replace: "a" })).toBe(
      'TypeError: Arguments to "str_replace" must be a map',
    );
  });

  it("list_join joins texts and refuses all else", () => {
    expect(value({ list_join: [", ", ["a", null, "b"]] })).toBe("a, , b");
    expect(refused({ list_join: [", ", [1]] })).toBe("TypeError: Items to join must be strings 1");
    expect(refused({ list_join: [", ", "ab"] })).toBe(
      'TypeError: "list_join" must operate on a list',
    );
    expect(refused({ list_join: [", "] })).toBe(
      'ValueError: Incorrect arguments to "list_join" should be: "list_join" : [ " ", [ "str1", "str2"]]',
    );
  });

  it("Fn::Select takes an item, and nothing where there is none", () => {
    expect(value({ "Fn::Select": ["1", ["a", "b"]] })).toBe("b");
    expect(value({ "Fn::Select": [9, ["a", "b"]] })).toBe("");
    expect(value({ "Fn::Select": ["k", '{"k": "v"}'] })).toBe("v");
    expect(value({ "Fn::Select": ["k", ""] })).toBe("");
  });

  it("get_file reads what came with the template", () => {
    const where = scope({}, [], { "file:///run.sh": "#!/bin/sh" });
    expect(value({ get_file: "file:///run.sh" }, where)).toBe("#!/bin/sh");
    expect(refused({ get_file: "__proto__" }, where)).toBe(
      'ValueError: No content found in the "files" section for get_file path: __proto__',
    );
  });

  it("those of CloudFormation are gone in version 2014-10-16, which says so when it is validated", () => {
    const join = { "Fn::Join": ["-", ["a", "b"]] };
    expect(value(join, scope(), HOT_2013)).toBe("a-b");
    expect(value({ "Fn::Split": ["-", "a-b"] }, scope(), HOT_2013)).toEqual(["a", "b"]);
    expect(value({ "Fn::Base64": "x" }, scope(), HOT_2013)).toBe("x");
    expect(value({ Ref: "p" }, scope({ p: 1 }), HOT_2013)).toBe(1);
    const snippet = template(HOT_2014).parse(scope(), join);
    expect(raised(() => run(validate(snippet)))).toBe(
      "InvalidTemplateVersion: The template version is invalid: " +
        "The function Fn::Join is not supported in this version of HOT.",
    );
  });

  it("a dictionary of two keys is no call, whatever their names", () => {
    const both = { get_param: "x", get_file: "y" };
    expect(value(both)).toEqual(both);
  });
});
