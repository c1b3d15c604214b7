/**
 * The frame of the REST API: what a body must be, in which order it is looked at, what errors look
 * like. Upstream: neutron/api/v2/base.py, api/v2/resource.py at 2014.2.
 */
import { describe, expect, it } from "vitest";
import type { Json } from "../../../src/python/index.js";
import { NeutronBed, SERVER } from "./bed.js";

const INTERNAL =
  "500 HTTPInternalServerError: Request Failed: internal server error while processing your request.";

describe("a body of a creation", () => {
  const cases: readonly (readonly [Json | undefined, string])[] = [
    [undefined, "400 HTTPBadRequest: Resource body required"],
    [{}, "400 HTTPBadRequest: Resource body required"],
    ["{port", "400 MalformedRequestBody: Malformed request body: Cannot understand JSON"],
    [{ other: {} }, "400 HTTPBadRequest: Unable to find 'port' in request body"],
    [{ port: null }, "400 HTTPBadRequest: Unable to find 'port' in request body"],
    [{ ports: [] }, "400 HTTPBadRequest: Resources required"],
    [
      { port: {} },
      "400 HTTPBadRequest: Failed to parse request. Required attribute 'network_id' not specified",
    ],
    [
      { port: { colour: "red", id: "1" } },
      "400 HTTPBadRequest: Unrecognized attribute(s) 'colour'",
    ],
    [
      { port: { network_id: "x", status: "UP" } },
      "400 HTTPBadRequest: Attribute 'status' not allowed in POST",
    ],
    [
      JSON.parse('{"port": {"__proto__": 1}}') as Json,
      "400 HTTPBadRequest: Unrecognized attribute(s) '__proto__'",
    ],
    // Python stumbles over what is no dictionary.
    [[1], INTERNAL],
    [{ port: [] }, INTERNAL],
    [{ port: 5 }, INTERNAL],
    [{ port: "text" }, INTERNAL],
    [{ ports: 5 }, INTERNAL],
    [{ ports: [null] }, INTERNAL],
    [{ ports: { a: 1 } }, INTERNAL],
  ];

  it.each(cases)("%j is answered", (body, answer) => {
    expect(new NeutronBed().said("POST", "ports", body)).toBe(answer);
  });

  it("speaks for others only if an admin's it is (_populate_tenant_id)", () => {
    const bed = new NeutronBed();
    const body = { network: { tenant_id: "other" } };
    expect(bed.said("POST", "networks", body, bed.demo.token)).toBe(
      "400 HTTPBadRequest: Specifying 'tenant_id' other than authenticated tenant in request requires admin privileges",
    );
    expect(bed.said("POST", "networks", body)).toBe("201");
    expect(bed.said("POST", "networks", { network: { tenant_id: null } })).toBe(
      "400 HTTPBadRequest: Invalid input for tenant_id. Reason: 'None' is not a valid string.",
    );
  });
});

describe("a body of a change", () => {
  it("must be an object, and names what may be changed", () => {
    const bed = new NeutronBed();
    const port = `ports/${bed.port("")["id"] as string}`;
    const mac = { port: { mac_address: "fa:16:3e:00:00:01" } };
    expect(bed.said("PUT", port, mac)).toBe(
      "400 HTTPBadRequest: Cannot update read-only attribute mac_address",
    );
    expect(bed.said("PUT", port)).toBe("400 BadRequest: Bad body request: Invalid format: ");
    expect(bed.said("PUT", port, [1])).toBe(
      "400 BadRequest: Bad body request: Invalid format: [1]",
    );
    expect(bed.said("PUT", port, {})).toBe("400 HTTPBadRequest: Resource body required");
    expect(bed.said("PUT", port, { port: {} })).toBe("200");
    expect(bed.said("PUT", port, { port: [] })).toBe(INTERNAL);
    expect(bed.said("PUT", port, { ports: [{}] })).toBe(INTERNAL);
  });

  it("is refused with 403 for one's own, with 404 for others' (update)", () => {
    const bed = new NeutronBed();
    const { token, project } = bed.demo;
    const { id } = bed.run(bed.admin.create("networks", { tenant_id: project }));
    const own = `networks/${id as string}`;
    const shared = { network: { shared: true } };
    expect(bed.said("PUT", own, shared, token)).toBe(
      "403 PolicyNotAuthorized: Policy doesn't allow update_network to be performed.",
    );
    expect(bed.said("PUT", own, { network: { shared: false } }, token)).toMatch(/^403 /);
    expect(bed.said("PUT", `networks/${bed.network1}`, { network: { name: "x" } }, token)).toBe(
      "404 HTTPNotFound: The resource could not be found.",
    );
  });
});

describe("several at once", () => {
  it("are made all or none (create_port_bulk)", () => {
    const bed = new NeutronBed();
    const port = { network_id: bed.network1 };
    const answer = bed.ask("POST", "/v2.0/ports", bed.adminToken, {
      ports: [port, { port: { ...port, name: "b" } }],
    });
    expect(answer).toMatchObject({ status: 201, body: { ports: [{ name: "" }, { name: "b" }] } });
    const before = bed.database.ports.find().length;
    const free = bed.database.availabilityRanges.find();
    const bad = { ...port, fixed_ips: [{ ip_address: "192.168.1.2" }] };
    expect(bed.said("POST", "ports", { ports: [port, port, bad] })).toBe(
      `409 IpAddressInUse: Unable to complete operation for network ${bed.network1}. The IP address 192.168.1.2 is in use.`,
    );
    expect(bed.database.ports.find()).toHaveLength(before);
    expect(bed.database.availabilityRanges.find().map(({ first_ip }) => first_ip)).toEqual(
      free.map(({ first_ip }) => first_ip),
    );
    expect(bed.database.securityGroupPortBindings.find()).toHaveLength(2);
  });

  it("count together against the quota, and are refused where that is configured", () => {
    const bed = new NeutronBed({ flags: { quota_port: 2 } });
    const port = { network_id: bed.network1 };
    expect(bed.said("POST", "ports", { ports: [port, port, port] }, bed.demo.token)).toBe(
      "409 OverQuota: Quota exceeded for resources: ['port']",
    );
    expect(bed.said("POST", "ports", { ports: [port, port] }, bed.demo.token)).toBe("201");
    const strict = new NeutronBed({ flags: { allow_bulk: false } });
    expect(strict.said("POST", "ports", { ports: [port] })).toBe(
      "400 HTTPBadRequest: Bulk operation not supported",
    );
    const group = { security_groups: [{ name: "a" }, { name: "b" }] };
    expect(strict.said("POST", "security-groups", group)).toBe("201");
  });
});

describe("a deletion", () => {
  it("takes no body: the plugin's method does not", () => {
    const bed = new NeutronBed();
    const port = `ports/${bed.port("")["id"] as string}`;
    expect(bed.said("DELETE", port, { port: {} })).toBe(INTERNAL);
    expect(bed.said("DELETE", port)).toBe("204");
    expect(bed.said("DELETE", port)).toMatch(/^404 PortNotFound: Port .* could not be found$/);
  });
});

describe("a path", () => {
  const LOST = '404 "404 Not Found\\n\\nThe resource could not be found.\\n\\n   "';

  it("to a thing of the core has a UUID, any to an extension's (api/v2/router.py)", () => {
    const bed = new NeutronBed();
    for (const collection of ["networks", "subnets", "ports"]) {
      expect(bed.said("GET", `${collection}/none`)).toBe(LOST);
      expect(bed.said("GET", `${collection}/${SERVER}`)).toMatch(
        /^404 (Network|Subnet|Port)NotFound/,
      );
    }
    expect(bed.said("GET", "security-groups/none")).toBe(
      "404 SecurityGroupNotFound: Security group none does not exist",
    );
    expect(bed.said("GET", "agents/none")).toBe("404 AgentNotFound: Agent none could not be found");
    expect(bed.said("PATCH", "networks")).toBe(LOST);
  });

  it("outside of the version has webob's own answer, without a token", () => {
    const bed = new NeutronBed();
    const { status, body } = bed.ask("GET", "/v3/networks", "bad");
    expect({ status, body }).toEqual({
      status: 404,
      body: "404 Not Found\n\nUnknown API version specified\n\n   ",
    });
    expect(bed.ask("GET", "/v2.0/", bed.adminToken).body).toMatchObject({
      resources: [{ name: "subnet" }, { name: "network" }, { name: "port" }],
    });
  });

  it("is answered under an id of the request, whatever the answer (etc/api-paste.ini)", () => {
    const bed = new NeutronBed();
    for (const token of ["bad", bed.adminToken]) {
      const { headers } = bed.ask("GET", "/v2.0/networks", token);
      expect(headers["x-openstack-request-id"]).toMatch(/^req-[\da-f-]{36}$/);
    }
  });
});
