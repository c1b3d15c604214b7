import { describe, expect, it } from "vitest";
import { mysqlRegexp } from "../../src/framework/index.js";

const fits = (pattern: string, text: string): boolean => mysqlRegexp(pattern)(text);

describe("REGEXP of MySQL 5.5", () => {
  it.each([
    ["web", "my-WEB-1", true],
    ["^web", "my-web", false],
    ["^a$", "b\na", false],
    ["a.b", "a\nb", true],
    ["web\\-1", "web-1", true],
    ["a\\.b", "axb", false],
    ["\\d", "7", false],
    ["\\d", "d", true],
    ["[[:digit:]]+", "x42", true],
    ["[]x]", "]", true],
    ["[^]x]", "]", false],
    ["[a\\]", "\\", true],
    ["[[:<:]]one[[:>:]]", "is one", true],
    ["(a|b){2}c", "abc", true],
    ["a{x", "a{x", true],
  ])("%j over %j: %s", (pattern, text, expected) => {
    expect(fits(pattern, text)).toBe(expected);
  });

  it.each([
    ["", "empty (sub)expression"],
    ["a|", "empty (sub)expression"],
    ["()", "empty (sub)expression"],
    ["(a", "parentheses not balanced"],
    ["a)", "parentheses not balanced"],
    ["[a", "brackets ([ ]) not balanced"],
    ["*", "repetition-operator operand invalid"],
    ["^*", "repetition-operator operand invalid"],
    ["a**", "repetition-operator operand invalid"],
    ["(?i)a", "repetition-operator operand invalid"],
    ["a\\", "trailing backslash (\\)"],
    ["[z-a]", "invalid character range"],
  ])("%j is an error of the statement", (pattern, why) => {
    expect(() => mysqlRegexp(pattern)).toThrow(
      `(OperationalError) (1139, "Got error '${why}' from regexp")`,
    );
  });
});
