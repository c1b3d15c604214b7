/**
 * Parameters of stacks: heat/engine/parameters.py, heat/engine/hot/parameters.py,
 * heat/engine/constraints.py, heat/engine/parameter_groups.py at 2014.2.
 */
import { describe, expect, it } from "vitest";
import { str, type Json, type JsonObject } from "../../../../src/python/index.js";
import type { LookUps } from "../../../../src/services/heat/engine/parameters/constraints.js";
import {
  Parameters,
  validateGroups,
} from "../../../../src/services/heat/engine/parameters/parameters.js";
import { Template } from "../../../../src/services/heat/engine/template/template.js";
import { stackIdentity } from "../../../../src/services/heat/identifier.js";
import { raised, run } from "../scope.js";

const asked: Json[] = [];
const lookUps: LookUps = new Map([
  [
    "nova.flavor",
    function* (value: Json) {
      asked.push(value);
      if (value === "m1.tiny") return { kind: "there" } as const;
      const message = `The Flavor ID (${str(value)}) could not be found.`;
      return { kind: "missing", message } as const;
    },
  ],
]);

function parameters(schemata: JsonObject, given: JsonObject = {}): Parameters {
  const template = new Template({
    heat_template_version: "2013-05-23",
    parameters: schemata,
  });
  return new Parameters(template, given, stackIdentity("t", "s1", null));
}

/** What is wrong with parameter `p`. */
const wrong = (schema: JsonObject, value?: Json): string =>
  raised(() => {
    const all = parameters({ p: schema }, value === undefined ? {} : { p: value });
    run(all.validate(lookUps));
  });

const constrained = (type: string, constraint: JsonObject, value: Json): string =>
  wrong({ type, constraints: [constraint] }, value);

describe("a parameter's schema", () => {
  it("is refused in words for each mistake", () => {
    expect(wrong({ type: "text" })).toBe("InvalidSchemaError: Invalid type (text)");
    expect(wrong({})).toBe("InvalidSchemaError: Missing parameter type for parameter: p");
    expect(wrong({ type: "string", min: 1 })).toBe(
      "InvalidSchemaError: Invalid key 'min' for parameter (p)",
    );
    expect(wrong({ type: "string", constraints: {} })).toBe(
      "InvalidSchemaError: Invalid parameter constraints for parameter p, expected a list",
    );
    expect(wrong({ type: "string", constraints: ["x"] })).toBe(
      "InvalidSchemaError: Invalid parameter constraints, expected a mapping",
    );
    expect(wrong({ type: "string", constraints: [{}] })).toBe(
      "InvalidSchemaError: No constraint expressed",
    );
    expect(constrained("string", { range: { min: 1 } }, "a")).toBe(
      "InvalidSchemaError: Range constraint invalid for string",
    );
    expect(constrained("string", { length: {} }, "a")).toBe(
      "InvalidSchemaError: A length constraint must have a min value and/or a max value specified.",
    );
  });
});

describe("a parameter's value", () => {
  const refused = (words: string) => `StackValidationFailed: Parameter 'p' is invalid: ${words}`;

  it("keeps to the constraints", () => {
    expect(constrained("number", { range: { min: 1, max: 3 } }, "7")).toBe(
      refused("7 is out of range (min: 1, max: 3)"),
    );
    expect(constrained("string", { length: { max: 2 } }, "abc")).toBe(
      refused("length (3) is out of range (min: None, max: 2)"),
    );
    expect(constrained("string", { allowed_values: ["a", "b"] }, "c")).toBe(
      refused('"c" is not an allowed value [a, b]'),
    );
    expect(constrained("number", { allowed_values: [1, 2] }, "2")).toBe("nothing");
    expect(constrained("string", { allowed_pattern: "[A-Z]+" }, "ABc")).toBe(
      refused('"ABc" does not match pattern "[A-Z]+"'),
    );
    expect(constrained("string", { allowed_pattern: "[A-Z]+", description: "capitals" }, "a")).toBe(
      refused("capitals"),
    );
    expect(constrained("string", { custom_constraint: "nova.flavor" }, "m9")).toBe(
      refused("Error validating value u'm9': The Flavor ID (m9) could not be found."),
    );
    expect(constrained("string", { custom_constraint: "a.b" }, "m9")).toBe(
      refused('"m9" does not validate a.b (constraint not found)'),
    );
  });

  it("does not hold up a run by a pattern that backtracks", () => {
    const pattern = { allowed_pattern: "(a+)+b" };
    expect(constrained("string", pattern, "a".repeat(5_000))).toMatch(/does not match pattern/u);
  });

  it("must be there unless there is a default", () => {
    expect(wrong({ type: "string" })).toBe(
      "UserParameterMissing: The Parameter (p) was not provided.",
    );
    expect(
      raised(() => {
        run(parameters({}, { x: 1 }).validate(lookUps));
      }),
    ).toBe("UnknownUserParameter: The Parameter (x) was not defined in template.");
  });

  it("does not save a default that a service does not know, which is asked for first", () => {
    const schema = {
      type: "string",
      default: "m1.small",
      constraints: [{ custom_constraint: "nova.flavor" }],
    };
    expect(wrong(schema, "m1.tiny")).toBe(
      "InvalidSchemaError: Invalid default m1.small (Error validating value u'm1.small': " +
        "The Flavor ID (m1.small) could not be found.)",
    );
    asked.length = 0;
    expect(wrong({ ...schema, default: "m1.tiny" }, "m1.tiny")).toBe("nothing");
    expect(asked).toEqual(["m1.tiny", "m1.tiny", "m1.tiny"]);
  });

  it("becomes what its type says", () => {
    const all = parameters(
      {
        n: { type: "number" },
        b: { type: "boolean" },
        l: { type: "comma_delimited_list" },
        j: { type: "json" },
        s: { type: "string", hidden: true },
      },
      { n: "1.5", b: "yes", l: "a, b", j: '{"k": [1]}', s: "secret" },
    );
    expect(["n", "b", "l", "j", "s"].map((name) => all.value(name))).toEqual([
      1.5,
      true,
      ["a", " b"],
      { k: [1] },
      "secret",
    ]);
    expect(all.shown()).toEqual({
      n: "1.5",
      b: "True",
      l: "a, b",
      j: '{"k": [1]}',
      s: "******",
      "OS::stack_id": "None",
      "OS::stack_name": "s1",
    });
  });

  it("is refused where it cannot", () => {
    expect(wrong({ type: "number" }, "x")).toBe(refused("could not convert string to float: x"));
    expect(wrong({ type: "boolean" }, "maybe")).toBe(
      refused(
        "Unrecognized value 'maybe', acceptable values are: " +
          "'0', '1', 'f', 'false', 'n', 'no', 'off', 'on', 't', 'true', 'y', 'yes'",
      ),
    );
    expect(wrong({ type: "json" }, "{")).toBe(
      "ValueError: Value must be valid JSON: No JSON object could be decoded",
    );
    expect(wrong({ type: "comma_delimited_list" }, 5)).toBe(
      "ValueError: Value must be a comma-delimited list string: " +
        "'int' object has no attribute 'split'",
    );
  });
});

describe("the parameters that every stack has", () => {
  it("are its id, None before it is stored, and its name", () => {
    const all = parameters({});
    expect([all.value("OS::stack_id"), all.value("OS::stack_name")]).toEqual(["None", "s1"]);
    expect(all.value("OS::region")).toBeUndefined();
    all.setStackId(stackIdentity("t", "s1", "i1"));
    expect(all.value("OS::stack_id")).toBe("i1");
  });
});

describe("parameter groups", () => {
  const refused = (groups: Json) =>
    raised(() => {
      validateGroups(groups, ["a", "b"]);
    });

  it("name each parameter once, and only those that there are", () => {
    expect(refused([{ parameters: ["a"] }, { parameters: ["b"] }])).toBe("nothing");
    expect(refused([{ label: "x" }])).toBe(
      "StackValidationFailed: Parameters must be provided for each Parameter Group.",
    );
    expect(refused([{ parameters: ["a", "a"] }])).toBe(
      "StackValidationFailed: The a parameter must be assigned to one Parameter Group only.",
    );
    expect(refused([{ parameters: ["c"] }])).toBe(
      "StackValidationFailed: The Parameter name (c) does not reference an existing parameter.",
    );
    expect(refused(5)).toBe("TypeError: 'int' object is not iterable");
  });
});
