/** What is shown in other words, wherever it is shown. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { printable as inClients } from "../../src/clients/shell/char-width.js";
import { printable as inProblems } from "../../src/scenario/load/problem.js";
import { withPrintable } from "../../src/text/printable.js";
import { safe as inViews } from "../../src/views/words.js";

const DANGER = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

describe("a character that could steer a terminal, hide text or turn it around", () => {
  it("is all that the host knows of five categories of Unicode", () => {
    for (let point = 0; point <= 0xe01ff; point++) {
      const char = String.fromCodePoint(point);
      if (!DANGER.test(char)) continue;
      expect(
        withPrintable(char, () => ""),
        point.toString(16),
      ).toBe("");
    }
  });

  it("gets nowhere: neither into clients' output, nor into problems, nor into views", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(inClients(text).replaceAll("\n", "")).not.toMatch(DANGER);
        expect(inProblems(text)).not.toMatch(DANGER);
        expect(inViews(text)).not.toMatch(DANGER);
      }),
    );
  });

  it("is written as each of them does, and a problem keeps the columns of its file", () => {
    const text = "a\u001b\u202e\u{e0041}\t";
    expect(inClients(text)).toBe("a\\x1b\\u202e\\U000e0041\\x09");
    expect(inViews(text)).toBe("a␛\\u{202e}\\u{e0041}␉");
    expect(inProblems(text)).toBe("a···· ");
    expect(inProblems(text)).toHaveLength(text.length);
  });
});
