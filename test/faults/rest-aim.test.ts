/** Which requests of REST a fault is aimed at. */
import { describe, expect, it } from "vitest";
import { fits, requestsText, type RestAim } from "../../src/faults/rest-aim.js";
import { seconds } from "../../src/kernel/index.js";

const GET_IMAGE = {
  method: "GET",
  path: "/v1/images/762d7059",
  from: "nova-compute@compute-1",
  to: "glance-api:2@controller",
};

describe("the aim of a fault of REST", () => {
  it.each<[RestAim, boolean]>([
    [{}, true],
    [{ method: "GET" }, true],
    [{ method: "HEAD" }, false],
    [{ path: "/v1/images/762d7059" }, true],
    [{ path: "/v1/images" }, false],
    [{ path: "/v1/images/*" }, true],
    [{ path: "*/images/*" }, true],
    [{ path: "*" }, true],
    [{ path: "**" }, true],
    [{ path: "/v1*/images*/762d7059" }, true],
    [{ path: "/v1/images/762d7059*762d7059" }, false],
    [{ path: "*/flavors/*" }, false],
    [{ path: "/v1/images/.*" }, false],
    [{ from: "compute-1", host: "controller" }, true],
    [{ from: "nova-compute@compute-1", host: "glance-api@controller" }, true],
    [{ host: "glance-api:1@controller" }, false],
    [{ from: "compute-11" }, false],
  ])("%j fits or does not: %s", (aim, whether) => {
    expect(fits(aim, GET_IMAGE)).toBe(whether);
  });

  it("looks at a path once, whatever stars a pattern has", () => {
    const path = `/${"a".repeat(50_000)}`;
    expect(fits({ path: `${"*a".repeat(1_000)}b` }, { ...GET_IMAGE, path })).toBe(false);
  });

  it("reads as a sentence", () => {
    const aim: RestAim = { method: "POST", path: "/v2.0/ports", from: "h1", when: "after", nth: 2 };
    expect(requestsText({ ...aim, times: 3, for: seconds(5) })).toBe(
      "number 2 of POST /v2.0/ports from h1, after the work, 3 times for 5 s",
    );
  });
});
