/**
 * Networks and their segments. Upstream: plugins/ml2/managers.py (TypeManager), plugins/ml2/drivers/type_*.py,
 * db/db_base_plugin_v2.py, db/external_net_db.py at 2014.2.
 */
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/python/index.js";
import { NeutronBed } from "./bed.js";

const TYPE = "provider:network_type";
const PHYSICAL = "provider:physical_network";
const ID = "provider:segmentation_id";

const invalid = (words: string): string =>
  `400 InvalidInput: Invalid input for operation: ${words}.`;

describe("the segments of a network", () => {
  const cases: readonly (readonly [JsonObject, string])[] = [
    [{ [ID]: 5 }, invalid("network_type required")],
    [{ [TYPE]: "odd" }, invalid("network_type value 'odd' not supported")],
    [
      { [TYPE]: "local", [ID]: 5 },
      invalid("segmentation_id prohibited for local provider network"),
    ],
    [
      { [TYPE]: "local", [PHYSICAL]: "p" },
      invalid("physical_network prohibited for local provider network"),
    ],
    [{ [TYPE]: "flat" }, invalid("physical_network required for flat provider network")],
    [
      { [TYPE]: "flat", [PHYSICAL]: "p", [ID]: 5 },
      invalid("segmentation_id prohibited for flat provider network"),
    ],
    [
      { [TYPE]: "vlan", [PHYSICAL]: "p" },
      invalid("physical_network 'p' unknown  for VLAN provider network"),
    ],
    [
      { [TYPE]: "vlan", [ID]: 5 },
      invalid("segmentation_id requires physical_network for VLAN provider network"),
    ],
    [
      { [TYPE]: "vlan", [PHYSICAL]: "physnet1", [ID]: 4095 },
      invalid("segmentation_id out of range (1 through 4094)"),
    ],
    [
      { [TYPE]: "gre", [PHYSICAL]: "p" },
      invalid("provider:physical_network specified for gre network"),
    ],
    [
      { [TYPE]: "vxlan" },
      "503 NoNetworkAvailable: Unable to create the network. No tenant network is available for allocation.",
    ],
    [
      { [TYPE]: "local", segments: [{ [TYPE]: "local" }] },
      "400 SegmentsSetInConjunctionWithProviders: Segments and provider values cannot both be set.",
    ],
    [
      {
        segments: [
          { [TYPE]: "gre", [ID]: 7 },
          { [TYPE]: "gre", [ID]: "7" },
        ],
      },
      "400 SegmentsContainDuplicateEntry: Duplicate segment entry in request.",
    ],
    [
      { segments: [{ [TYPE]: "gre", more: 1 }] },
      "400 HTTPBadRequest: Unrecognized attribute(s) 'more'",
    ],
    [{ segments: [{ [TYPE]: "vlan" }, { [TYPE]: "vlan" }] }, "201"],
    [{ [TYPE]: "local" }, "201"],
    [{ [TYPE]: "gre", [ID]: 70000 }, "201"],
  ];

  it.each(cases)("%j", (segments, answer) => {
    expect(new NeutronBed().said("POST", "networks", { network: segments })).toBe(answer);
  });

  it("are taken once", () => {
    const bed = new NeutronBed();
    const post = (network: JsonObject): string => bed.said("POST", "networks", { network });
    const vlan = { [TYPE]: "vlan", [PHYSICAL]: "physnet1", [ID]: 5 };
    expect([post(vlan), post(vlan)]).toEqual([
      "201",
      "409 VlanIdInUse: Unable to create the network. The VLAN 5 on physical network physnet1 is in use.",
    ]);
    const flat = { [TYPE]: "flat", [PHYSICAL]: "p" };
    expect([post(flat), post(flat)]).toEqual([
      "201",
      "409 FlatNetworkInUse: Unable to create the flat network. Physical network p is in use.",
    ]);
    const gre = { [TYPE]: "gre", [ID]: 5 };
    expect([post(gre), post(gre)]).toEqual([
      "201",
      "409 TunnelIdInUse: Unable to create the network. The tunnel ID 5 is in use.",
    ]);
  });

  it("of several are shown as such, and a VLAN that is free is taken", () => {
    const bed = new NeutronBed();
    const segments = [{ [TYPE]: "vlan" }, { [TYPE]: "gre", [ID]: 9 }];
    const made = bed.run(bed.admin.create("networks", { segments }));
    expect(made["segments"]).toEqual([
      { [TYPE]: "vlan", [PHYSICAL]: "physnet1", [ID]: 1001 },
      { [TYPE]: "gre", [PHYSICAL]: null, [ID]: 9 },
    ]);
    expect(made).not.toHaveProperty(TYPE);
  });

  it("are an admin's to set, and nobody's to change", () => {
    const bed = new NeutronBed();
    const network = { network: { [TYPE]: "local" } };
    expect(bed.said("POST", "networks", network, bed.demo.token)).toBe(
      "403 PolicyNotAuthorized: Policy doesn't allow create_network to be performed.",
    );
    const change = { network: { [ID]: 7 } };
    expect(bed.said("PUT", `networks/${bed.network1}`, change)).toBe(
      invalid("Plugin does not support updating provider attributes"),
    );
    const segments = { network: { segments: [] } };
    expect(bed.said("PUT", `networks/${bed.network1}`, segments)).toBe("200");
  });
});

describe("a network", () => {
  it("is shared by admins alone, and not taken back from tenants that use it", () => {
    const bed = new NeutronBed();
    for (const attribute of ["shared", "router:external"]) {
      const mine = { network: { [attribute]: true } };
      expect(bed.said("POST", "networks", mine, bed.demo.token)).toMatch(
        /^403 PolicyNotAuthorized/,
      );
      const not = { network: { [attribute]: false } };
      expect(bed.said("POST", "networks", not, bed.demo.token)).toBe("201");
    }
    const { id } = bed.port("");
    const path = `networks/${bed.network1}`;
    expect(bed.said("PUT", path, { network: { shared: false } })).toBe(
      "409 InvalidSharedSetting: Unable to reconfigure sharing settings for network private. Multiple tenants are using it",
    );
    bed.run(bed.admin.delete("ports", id as string));
    expect(bed.said("PUT", path, { network: { shared: false } })).toBe("200");
    expect(bed.run(bed.user.list("networks")).map(({ name }) => name)).not.toContain("private");
    expect(bed.run(bed.user.list("subnets"))).toEqual([]);
  });

  it("that is not the tenant's, nor shared, takes no ports and subnets of others", () => {
    const bed = new NeutronBed({ seedNetwork: { shared: false, external: true } });
    const port = { port: { network_id: bed.network1 } };
    expect(bed.said("POST", "ports", port, bed.demo.token)).toBe(
      `403 HTTPForbidden: Tenant ${bed.demo.project} not allowed to create port on this network`,
    );
    const unknown = "00000000-0000-4000-8000-00000000abcd";
    expect(bed.said("POST", "ports", { port: { network_id: unknown } }, bed.demo.token)).toBe(
      `404 NetworkNotFound: Network ${unknown} could not be found`,
    );
  });

  it("stays external while a router's gateway is on it", () => {
    const bed = new NeutronBed({ seedNetwork: { external: true } });
    const { id } = bed.port("", { device_owner: "network:router_gateway" });
    const path = `networks/${bed.network1}`;
    const internal = { network: { "router:external": false } };
    expect(bed.said("PUT", path, internal)).toBe(
      `409 ExternalNetworkInUse: External network ${bed.network1} cannot be updated to be made non-external, since it has existing gateway ports`,
    );
    bed.run(bed.admin.delete("ports", id as string));
    expect(bed.said("PUT", path, internal)).toBe("200");
  });
});
