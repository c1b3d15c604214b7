/**
 * Texts of templates and environments: heat/common/template_format.py, heat/common/environment_format.py
 * at 2014.2.
 */
import { describe, expect, it } from "vitest";
import {
  parseEnvironment,
  withSections,
} from "../../../../src/services/heat/template/environment-format.js";
import {
  parseTemplate,
  simpleParse,
} from "../../../../src/services/heat/template/template-format.js";
import { raised } from "../scope.js";

const LIMIT = 524_288;
const refused = (text: string, limit = LIMIT) => raised(() => parseTemplate(text, limit));

describe("a template's text", () => {
  it("is JSON or YAML, in which a date stays what was written", () => {
    const template = { heat_template_version: "2013-05-23" };
    expect(parseTemplate('{"heat_template_version": "2013-05-23"}', LIMIT)).toEqual(template);
    expect(parseTemplate("heat_template_version: 2013-05-23", LIMIT)).toEqual(template);
  });

  it("has keys that are texts, whatever their names", () => {
    expect(JSON.stringify(simpleParse("{1: a, __proto__: {b: c}, true: d}"))).toBe(
      '{"1":"a","__proto__":{"b":"c"},"true":"d"}',
    );
  });

  it("must be a mapping with a version", () => {
    expect(refused("[]")).toBe("ValueError: The template is not a JSON object or YAML mapping.");
    expect(refused("")).toBe("ValueError: Template format version not found.");
    expect(refused("resources: {}")).toBe("ValueError: Template format version not found.");
  });

  it("must be no longer than it may", () => {
    expect(refused("x".repeat(11), 10)).toBe(
      "RequestLimitExceeded: Request limit exceeded: Template exceeds maximum allowed size (10 bytes)",
    );
  });

  it("says where YAML is broken", () => {
    expect(refused("a: [1\nb: 2")).toMatch(/^ValueError: .*line \d+, column \d+$/su);
  });

  it("ends where aliases multiply", () => {
    const levels = Array.from({ length: 30 }, (_level, index) =>
      index === 0
        ? "a0: &a0 [x, x]"
        : `a${String(index)}: &a${String(index)} [*a${String(index - 1)}, *a${String(index - 1)}]`,
    );
    expect(refused(levels.join("\n"))).toMatch(/^ValueError: Excessive alias count/u);
  });
});

describe("an environment's text", () => {
  it("has its sections and no others: parameter_defaults came later", () => {
    expect(parseEnvironment("parameters: {a: 1}")).toEqual({ parameters: { a: 1 } });
    expect(raised(() => parseEnvironment("parameter_defaults: {}"))).toBe(
      'ValueError: environment has wrong section "parameter_defaults"',
    );
    expect(raised(() => parseEnvironment("[]"))).toBe(
      "ValueError: The environment is not a valid YAML mapping data type.",
    );
    expect(withSections({})).toEqual({ parameters: {}, resource_registry: {} });
  });
});
