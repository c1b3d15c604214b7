/** Lines that are too long for their place. */
import { describe, expect, it } from "vitest";
import { clip } from "../../src/views/words.js";

describe("a line that is too long", () => {
  it("says with an ellipsis that words are missing", () => {
    expect(clip("nova-compute builds a server", 13)).toBe("nova-compute…");
  });

  it("says nothing of the empty end of a table's row, or of its frame", () => {
    expect(clip("| status | ERROR                    |", 20)).toBe("| status | ERROR");
    expect(clip("+--------+--------------------------+", 20)).toBe("+--------+---------");
  });

  it("never takes more than its place", () => {
    for (let room = 2; room < 30; room++) {
      expect(clip("| fault | No valid host was found |", room).length).toBeLessThanOrEqual(room);
    }
  });
});
