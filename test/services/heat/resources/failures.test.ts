/**
 * What becomes of stacks when the services that they ask fail: heat/engine/clients/os at 2014.2
 * (test_nova_client.py, test_nova_utils.py).
 */
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../../src/python/index.js";
import { StackBed } from "../cloud-bed.js";

const SERVER: JsonObject = {
  heat_template_version: "2013-05-23",
  resources: {
    server: {
      type: "OS::Nova::Server",
      properties: { name: "one", image: "cirros", flavor: "m1.nano" },
    },
  },
};

const NET: JsonObject = {
  heat_template_version: "2013-05-23",
  resources: { net: { type: "OS::Neutron::Net" } },
};

const COMPLETE = "CREATE_COMPLETE: Stack CREATE completed successfully";

describe("a look at a server", () => {
  const looks = { path: "/v2/*/servers/*", method: "GET", from: "heat-engine@controller" } as const;

  it.each([500, 503])("that is answered %d may be answered the next time", (status) => {
    const bed = new StackBed();
    // The very first tells the status, and is no look: there a refusal would count.
    bed.cloud.inject({ answer: { status, nth: 2, ...looks } });
    expect(bed.state(bed.build("s1", SERVER))).toBe(COMPLETE);
    expect(bed.cloud.warnings()).toEqual([]);
  });

  it("that is answered otherwise fails the server", () => {
    const bed = new StackBed();
    bed.cloud.inject({ answer: { status: 403, nth: 2, ...looks } });
    expect(bed.state(bed.build("s1", SERVER))).toMatch(
      /^CREATE_FAILED: Resource CREATE failed: Forbidden: .*\(HTTP 403\)/u,
    );
  });
});

describe("a service that is away", () => {
  it("fails what asks it, once: nothing is tried again (other-services §8.6 row 9)", () => {
    const bed = new StackBed();
    bed.cloud.crash("neutron-server@controller");
    expect(bed.state(bed.build("n1", NET))).toMatch(
      /^CREATE_FAILED: Resource CREATE failed: ConnectionFailed: Connection to neutron failed: /u,
    );
    expect(bed.requests().filter((line) => line.includes("networks"))).toHaveLength(1);
  });

  it("that is not in the catalog is missed in the words of keystoneclient", () => {
    const bed = new StackBed({ services: ["heat"] });
    const stack = bed.build("v1", {
      heat_template_version: "2013-05-23",
      resources: { volume: { type: "OS::Cinder::Volume", properties: { size: 1 } } },
    });
    expect(bed.state(stack)).toBe(
      "CREATE_FAILED: Resource CREATE failed: EndpointNotFound: publicURL endpoint for volume service not found",
    );
  });
});
