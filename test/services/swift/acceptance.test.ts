/**
 * Upstream's own cases of the proxy, each under the name of its test: the storage servers do what they
 * are asked and answer what the case says, one after the other. Upstream: test/unit/proxy/test_server.py,
 * test/unit/proxy/controllers/test_obj.py at 2.2.0.
 */
import { describe, expect, it } from "vitest";
import type { FlagValues } from "../../../src/framework/index.js";
import { SwiftBed } from "./bed.js";

type Server = "account" | "container" | "object";

/** A status, or a connection that breaks. */
const BROKEN = -1;

interface Script {
  readonly statuses: readonly number[];
  /** Headers of the answers, in the same order. */
  readonly headers?: readonly Readonly<Record<string, string>>[];
}

/** Three disks on three nodes, so that nobody stands in, unless there are to be more. */
function bedWith(flags: FlagValues = {}, disks: readonly string[] = ["sdb1"]): SwiftBed {
  const bed = new SwiftBed({ disks, flags });
  bed.swift("PUT", "/c");
  bed.swift("PUT", "/c/o", { body: "x" });
  return bed;
}

/** From now on servers of that sort answer by the script; what comes after its end is theirs. */
function scripted(bed: SwiftBed, sort: Server, { statuses, headers = [] }: Script): void {
  let next = 0;
  bed.network.tap = {
    separates: () => false,
    afterRepair: () => undefined,
    arriving: (server, arrival) => {
      if (!server.actor.startsWith(`swift-${sort}-server@`)) return false;
      const at = next++;
      const status = statuses[at];
      if (status === undefined) return false;
      if (status === BROKEN) {
        arrival.abort();
        return true;
      }
      server.accept({
        ...arrival,
        respond: ({ headers: own, body }) => {
          arrival.respond({ status, body, headers: { ...own, ...headers[at] } });
        },
      });
      return true;
    },
  };
}

function answer(method: string, path: string, statuses: readonly number[], flags?: FlagValues) {
  const bed = bedWith(flags);
  scripted(bed, path === "/c" ? "container" : "object", { statuses });
  return bed.swift(method, path, method === "PUT" ? { body: "y" } : {}).status;
}

describe("TestObjectController", () => {
  it.each([
    [[201, 201, 201], 201],
    [[201, 201, 500], 201],
    [[204, 404, 404], 404],
    [[204, 500, 404], 503],
    [[202, 202, 204], 204],
  ])("test_PUT: %j is %i", (statuses, status) => {
    expect(answer("PUT", "/c/o", statuses)).toBe(status);
  });

  it.each([
    [[201, 201, BROKEN], 201],
    [[507, 201, 201], 201],
    [[BROKEN, 201, BROKEN], 503],
  ])("test_PUT_connect_exceptions: %j is %i", (statuses, status) => {
    expect(answer("PUT", "/c/o", statuses)).toBe(status);
  });

  it.each([
    [[202, 202, 500], 202],
    [[202, 500, 500], 503],
    [[202, 404, 500], 503],
    [[202, 404, 404], 404],
  ])("test_POST: %j is %i", (statuses, status) => {
    expect(answer("POST", "/c/o", statuses, { object_post_as_copy: false })).toBe(status);
  });

  it.each([
    [[204, 204, 500], 204],
    [[204, 404, 404], 404],
    [[500, 500, 404], 503],
    [[404, 404, 404], 404],
    [[400, 400, 400], 400],
  ])("test_DELETE: %j is %i", (statuses, status) => {
    expect(answer("DELETE", "/c/o", statuses)).toBe(status);
  });

  it.each([
    [[200, 404, 404], 200],
    [[200, 500, 404], 200],
    [[304, 500, 404], 304],
    [[404, 404, 404], 404],
    [[404, 404, 500], 404],
    [[500, 500, 500], 503],
  ])("test_HEAD: %j is %i", (statuses, status) => {
    expect(answer("HEAD", "/c/o", statuses)).toBe(status);
  });

  it.each(["HEAD", "GET"])("test_%s_newest: the newest of all if that is asked for", (method) => {
    const seen = (headers: Readonly<Record<string, string>>): string | undefined => {
      const bed = bedWith();
      const times = ["1.00000", "3.00000", "2.00000"].map((time) => ({ "x-timestamp": time }));
      scripted(bed, "object", { statuses: [200, 200, 200], headers: times });
      return bed.swift(method, "/c/o", { headers }).headers["x-timestamp"];
    };
    expect([seen({ "x-newest": "true" }), seen({})]).toEqual(["3.00000", "1.00000"]);
  });

  it.each([
    ["test_GET_handoff", [503, 503, 503, 200], 200],
    ["test_GET_not_found", [404, 404, 404, 404, 404, 404], 404],
  ])("%s: %j is %i", (_name, statuses, status) => {
    const bed = bedWith({}, ["sdb1", "sdc1"]);
    scripted(bed, "object", { statuses });
    expect(bed.swift("GET", "/c/o").status).toBe(status);
  });

  it.each([
    [404, 404, 404],
    [503, 503, 404],
    [503, 503, 503],
  ])("test_acc_or_con_missing_returns_404: of a container that says %j", (...statuses) => {
    const bed = bedWith({ recheck_container_existence: 0 });
    bed.wait(61_000_000);
    scripted(bed, "container", { statuses });
    expect(bed.swift("DELETE", "/c/o").status).toBe(404);
  });
});

describe("TestContainerController and TestAccountController", () => {
  it.each([
    [[204, 204, 204], 204],
    [[204, 204, 503], 204],
    [[204, 503, 503], 503],
    [[204, 404, 404], 404],
    [[404, 404, 404], 404],
    [[204, 503, 404], 503],
  ])("test_DELETE: %j is %i", (statuses, status) => {
    expect(answer("DELETE", "/c", statuses)).toBe(status);
  });

  it.each(["PUT", "DELETE"])(
    "test_%s: an account is the operator's, and 503 without a quorum",
    (method) => {
      const status = (flags: FlagValues): number => {
        const bed = bedWith(flags);
        scripted(bed, "account", { statuses: [201, 500, 500] });
        return bed.as(bed.login("reseller"), method, `/v1/${bed.account()}`).status;
      };
      expect([status({}), status({ allow_account_management: true })]).toEqual([405, 503]);
    },
  );
});
