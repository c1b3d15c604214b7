/** Patterns that users write: a language that cannot hold up a run. */
import { describe, expect, it } from "vitest";
import { PatternError } from "../../src/text/pattern-error.js";
import { pattern } from "../../src/text/pattern.js";

const refusal = (source: string): PatternError | undefined => {
  try {
    pattern(source);
    return undefined;
  } catch (error) {
    if (error instanceof PatternError) return error;
    throw error;
  }
};

describe("a pattern", () => {
  it.each([
    ["^up +\\d$", "down\nup   3\n", true],
    ["\\bup\\b", "upper", false],
    ["a.c", "a\nc", false],
    ["[^\\]]*x", "a\n]b\nx", true],
    ["\\u0041\\x42", "AB", true],
    ["(?<name>é|ü)+", "üé", true],
    ["(?i)ERROR|warn", "error", true],
    ["\\p{Lu}\\s[\\w-]{2}", "Ä a-", true],
  ])("%j looks through lines", (source, text, found) => {
    expect(pattern(source).test(text)).toBe(found);
  });

  it("whose attempts multiply comes to its end", () => {
    const table = `| ${"abc def | ".repeat(2_000)}|\n`;
    expect(pattern("(([-+|A-Za-z ]+)+)+!").test(table)).toBe(false);
    expect(pattern("(([-+|A-Za-z ]+)+)+!\\n.").test(`${table}!`)).toBe(false);
    expect(pattern("(a*)*b\\b$").test(`${"a".repeat(20_000)}c`)).toBe(false);
  });

  it.each([
    ["a(?=b)", "(?=", "look-ahead, (?=, is not supported"],
    ["a(?!b)", "(?!", "look-ahead, (?!, is not supported"],
    ["(?<=a)b", "(?<=", "look-behind, (?<=, is not supported"],
    ["(a)\\1", "\\1", "a reference back, \\1, is not supported"],
    ["a{2000}", "{2000}", "invalid repeat count"],
    ["(a", "(a", "missing closing )"],
    ["*a", "*", "missing argument to repetition operator"],
    ["([ab]{900}){900}", "", "invalid repeat count"],
    ["[ab]{900}[ab]{900}", undefined, "it comes to 1802 instructions, at most are 1000"],
  ])("%j is refused: its part %j", (source, word, message) => {
    const error = refusal(source);
    expect(error?.message).toContain(message);
    if (word !== "") expect(error?.word).toBe(word);
  });

  it("that is large is not tried on a text that is long", () => {
    const huge = pattern("[ab]{400}c$");
    expect(huge.test("ab".repeat(1_000))).toBe(false);
    expect(huge.test("ab".repeat(1_000_000))).toBe("too long");
  });
});
