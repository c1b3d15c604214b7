/** Where Nova finds Cinder, and what it calls Cinder's errors: nova/volume/cinder.py at 2014.2. */
import { describe, expect, it } from "vitest";
import type { FlagValues, RequestContext } from "../../../../src/framework/index.js";
import type { Op } from "../../../../src/kernel/index.js";
import { Exception, type JsonObject } from "../../../../src/python/index.js";
import { VolumeApi } from "../../../../src/services/nova/volume/cinder.js";
import { NovaBed } from "../bed.js";
import { AT_FAKE, FakeCinder, SNAPSHOT, VOLUME } from "./fake-cinder.js";

const URL = "http://controller:8776/v1/demo";

const service = (type: string, ...endpoints: readonly JsonObject[]): JsonObject => ({
  type,
  name: "any",
  endpoints,
});

function asking(flags: FlagValues, catalog: readonly JsonObject[] = []) {
  const bed = new NovaBed(flags);
  const cinder = new FakeCinder(bed);
  const api = new VolumeApi(bed.nova("nova-api"));
  const ctxt = bed.ctxt.with({ service_catalog: catalog });
  /** `Class: text` of what is raised, or `fine`. */
  const told = (ask: (api: VolumeApi, ctxt: RequestContext) => Op<unknown>): string => {
    try {
      bed.run(ask(api, ctxt));
      return "fine";
    } catch (error) {
      if (!(error instanceof Exception)) throw error;
      return `${error.name}: ${error.message}`;
    }
  };
  return { bed, cinder, told };
}

const get = (api: VolumeApi, ctxt: RequestContext) => api.get(ctxt, VOLUME);

describe("the endpoint", () => {
  const at = { publicURL: URL, region: "one" };
  const second = { publicURL: "http://controller:8776/v2/demo", region: "one" };

  it.each([
    [
      "is the volume service of the catalog, whatever it is called (other-services §4.6 row 8)",
      {},
      [service("volume", at)],
    ],
    [
      "is the one of the region that a flag names",
      { "cinder.os_region_name": "one" },
      [service("volume", { publicURL: "http://nowhere:1/v1/x", region: "two" }, at)],
    ],
    ["is where a template says", AT_FAKE, []],
  ])("%s", (_, flags, catalog) => {
    expect(asking(flags, catalog).told(get)).toBe("fine");
  });

  it("of the second version may be called as that of the first (service_catalog.py url_for)", () => {
    const flags = { "cinder.catalog_info": "volumev2:cinderv2:publicURL" };
    const { told, cinder } = asking(flags, [service("volume", second)]);
    told(get);
    expect(cinder.asked).toHaveLength(1);
  });

  it.each([
    ["there is none", [], "EndpointNotFound: "],
    ["there is another service alone", [service("volumev2", second)], "EndpointNotFound: "],
    [
      "its URL has no version",
      [service("volume", { publicURL: "http://x/y" })],
      "UnsupportedVersion: Invalid client version, must be one of: [u'v1', u'v2']",
    ],
  ])("is missed where %s", (_, catalog, told) => {
    expect(asking({}, catalog).told(get)).toBe(told);
  });

  it("is one: two are too many", () => {
    expect(asking({}, [service("volume", at, at)]).told(get)).toMatch(/^AmbiguousEndpoints: /u);
  });

  it("of the first version is warned of once", () => {
    const { bed, told } = asking(AT_FAKE);
    told(get);
    told(get);
    const warnings = bed.of<{ kind: "log"; message: string }>("log").map(({ message }) => message);
    expect(warnings.filter((each) => each.startsWith("Cinder V1 API is deprecated"))).toHaveLength(
      1,
    );
  });
});

describe("Cinder's errors", () => {
  it.each([
    [404, `VolumeNotFound: Volume ${VOLUME} could not be found.`],
    [400, "InvalidInput: Invalid input received: why"],
    [403, "Forbidden: why (HTTP 403)"],
    [413, "OverLimit: why (HTTP 413)"],
  ])("of a volume, %i: %s", (status, says) => {
    const { cinder, told } = asking(AT_FAKE);
    cinder.fail("GET volume", status, "why");
    expect(told(get)).toBe(says);
  });

  it("of a new volume have their whole text, and 413 is a matter of quotas", () => {
    const { cinder, told } = asking(AT_FAKE);
    const make = (api: VolumeApi, ctxt: RequestContext) =>
      api.create(ctxt, { size: 1, name: "", description: "" });
    cinder.fail("POST volume", 400, "why");
    expect(told(make)).toBe("InvalidInput: Invalid input received: why (HTTP 400)");
    cinder.fail("POST volume", 413);
    expect(told(make)).toBe("OverQuota: Quota exceeded for resources: volumes");
    cinder.fail("POST volume", 404, "why");
    expect(told(make)).toBe("NotFound: why (HTTP 404)");
  });

  it("of a snapshot: only that it is not there has a name", () => {
    const { cinder, told } = asking(AT_FAKE);
    const look = (api: VolumeApi, ctxt: RequestContext) => api.get_snapshot(ctxt, SNAPSHOT);
    cinder.fail("GET snapshot", 404);
    expect(told(look)).toBe(`SnapshotNotFound: Snapshot ${SNAPSHOT} could not be found.`);
    cinder.fail("GET snapshot", 400, "why");
    expect(told(look)).toBe("BadRequest: why (HTTP 400)");
  });

  it("where nobody listens is a failed connection, after four attempts (other-services §4.6 row 8)", () => {
    const { told } = asking({ "cinder.endpoint_template": "http://nowhere:1/v1/x" });
    expect(told(get)).toMatch(
      /^CinderConnectionFailed: Connection to cinder host failed: Unable to establish connection: /u,
    );
  });
});
