/** Python 2.7's pprint.pformat, checked against the interpreter's own output. */
import { describe, expect, it } from "vitest";
import { pformat } from "../../src/python/index.js";

describe("pformat", () => {
  it("keeps on one line what fits in 80 columns, keys sorted", () => {
    expect(pformat({ b: [1, null], a: "x" })).toBe("{u'a': u'x', u'b': [1, None]}");
  });

  it("breaks what does not, one member a line", () => {
    const event = { result: "Success", event: "compute_x", start: "2014-09-18T04:03:09.000000" };
    expect(pformat([event, event])).toBe(
      [
        "[{u'event': u'compute_x',",
        "  u'result': u'Success',",
        "  u'start': u'2014-09-18T04:03:09.000000'},",
        " {u'event': u'compute_x',",
        "  u'result': u'Success',",
        "  u'start': u'2014-09-18T04:03:09.000000'}]",
      ].join("\n"),
    );
  });
});
