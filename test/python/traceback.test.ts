/** Tracebacks of CPython 2.7: Lib/traceback.py (_format_final_exc_line, line 196; _some_str, line 211). */
import { describe, expect, it } from "vitest";
import { Exception, formatException, formatExceptionOnly } from "../../src/python/index.js";

class Broken extends Exception {
  override readonly name = "Broken";
}

describe("the last line of a traceback", () => {
  it("has what is not ASCII as escapes, by how much of Unicode it needs", () => {
    expect(formatExceptionOnly(new Broken("s\u00e9quence \u2192 \u{1f600}"))).toEqual([
      "Broken: s\\xe9quence \\u2192 \\U0001f600\n",
    ]);
  });

  it("is the name alone for an error that says nothing", () => {
    expect(formatException(new Broken(""), [])).toEqual([
      "Traceback (most recent call last):\n",
      "Broken\n",
    ]);
  });
});
