/** How many columns texts take on a terminal: Unicode's East Asian widths (UAX #11). */
import { describe, expect, it } from "vitest";
import { columns } from "../../src/text/width.js";

describe("the width of a text", () => {
  it.each([
    ["nova", 4],
    ["é", 1],
    ["e\u0301", 1],
    ["──>", 3],
    ["日本語", 6],
    ["한국", 4],
    ["ｗ", 2],
    ["🚀", 2],
    ["❤\ufe0f", 1],
    ["𝒳", 1],
    ["", 0],
  ])("%j takes %i columns", (text, width) => {
    expect(columns(text)).toBe(width);
  });
});
