/** What the proxy answers with out of what several servers say. */
import { describe, expect, it } from "vitest";
import { TestBed } from "../bed.js";
import {
  bestResponse,
  haveQuorum,
  quorumSize,
} from "../../../src/services/swift/proxy/nodes/best-response.js";

const bed = new TestBed();
const env = bed.env("swift-proxy-server");
const TURNED = new Map([[404, 204]]);

const best = (statuses: readonly number[], overrides?: ReadonlyMap<number, number>) =>
  bestResponse(
    env,
    statuses.map((status, at) => ({ status, headers: { "x-who": String(at) }, body: "" })),
    { what: "Object DELETE", ...(overrides && { overrides }) },
  );

describe("a quorum (other-services §5.3; utils.py quorum_size)", () => {
  it.each([
    [1, 1],
    [2, 2],
    [3, 2],
    [4, 3],
    [5, 3],
  ])("of %i is %i", (nodes, quorum) => {
    expect(quorumSize(nodes)).toBe(quorum);
  });

  it("is one of a class, and 5xx is none (base.py have_quorum)", () => {
    expect(haveQuorum([201, 202], 3)).toBe(true);
    expect(haveQuorum([201, 404], 3)).toBe(false);
    expect(haveQuorum([503, 503, 503], 3)).toBe(false);
  });
});

describe("the best response (other-services §5.3; base.py best_response)", () => {
  it.each([
    // test/unit/proxy/test_server.py TestObjectController.test_PUT, test_POST.
    [[201, 201, 201], 201],
    [[201, 201, 500], 201],
    [[204, 404, 404], 404],
    [[204, 500, 404], 503],
    [[202, 202, 204], 204],
    [[202, 202, 500], 202],
    [[202, 500, 500], 503],
    [[202, 404, 500], 503],
    [[202, 404, 404], 404],
  ])("out of %j is %i", (statuses, status) => {
    expect(best(statuses).status).toBe(status);
  });

  it.each([
    // test_server.py test_DELETE; test_obj.py test_DELETE_half_not_found_statuses.
    [[204, 204, 500], 204],
    [[204, 404, 404], 404],
    [[500, 500, 404], 503],
    [[404, 404, 404], 404],
    [[400, 400, 400], 400],
    [[204, 404, 503], 204],
    [[404, 404, 204], 404],
    [[404, 503, 503], 503],
    [[404, 204, 404, 204], 204],
  ])("of a DELETE out of %j is %i: a 404 helps a 204 where it must", (statuses, status) => {
    expect(best(statuses, TURNED).status).toBe(status);
  });

  it("is never one that was turned (test_base.py test_best_response_overrides)", () => {
    expect(best([404, 404, 500], TURNED).status).toBe(404);
    expect(best([404, 204, 404, 204], TURNED).headers["x-who"]).toBe("1");
    expect(best([404, 500, 404, 500], TURNED).status).toBe(503);
  });

  it("says Internal Server Error with 503 where there is no quorum", () => {
    const response = best([204, 500, 404]);
    expect(response).toMatchObject({ status: 503, reason: "Internal Server Error" });
    expect(response.body).toContain("The server is currently unavailable.");
    expect(bed.of<{ kind: "log"; message: string; actor: string }>("log").at(-1)?.message).toBe(
      "Object DELETE returning 503 for (204, 500, 404)",
    );
  });

  it("has the highest status of its class, the first of these, and its headers without some", () => {
    const response = bestResponse(
      env,
      [
        { status: 201, headers: { etag: '"a"' }, body: "" },
        { status: 202, headers: { etag: '"b"', "x-put-timestamp": "1" }, body: "said" },
        { status: 202, headers: { etag: '"c"' }, body: "" },
      ],
      { what: "Container PUT" },
    );
    expect(response).toMatchObject({ status: 202, body: "said", headers: { etag: "b" } });
    expect(response.headers).not.toHaveProperty("x-put-timestamp");
  });
});
