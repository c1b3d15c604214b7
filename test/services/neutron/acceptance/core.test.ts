/**
 * Upstream's own cases of the core resources, of ML2 and of its extensions, under the ids that they have
 * among the acceptance cases (NEU-A1 to A15 and A30 to A35); what exactly is said is pinned elsewhere.
 * Upstream: neutron/tests/unit/test_api_v2.py, test_db_plugin.py, test_quota_ext.py,
 * test_extension_allowedaddresspairs.py, test_extension_security_group.py, test_extension_pnet.py,
 * ml2/test_ml2_plugin.py at 2014.2.
 */
import { beforeEach, describe, expect, it } from "vitest";
import type { JsonObject } from "../../../../src/python/index.js";
import { NeutronBed } from "../bed.js";

const TYPE = "provider:network_type";
const PHYSICAL = "provider:physical_network";
const ID = "provider:segmentation_id";

let bed: NeutronBed;
beforeEach(() => {
  bed = new NeutronBed();
});

/** A network of demo's own. */
const own = (values: JsonObject = {}): string =>
  bed.run(bed.user.create("networks", values))["id"] as string;

describe("a body", () => {
  it.each([
    ["NEU-A1 test_create_no_body", "POST", undefined, "Resource body required"],
    [
      "NEU-A2 test_create_readonly_attr",
      "POST",
      { network: { status: "ACTIVE" } },
      "Attribute 'status' not allowed in POST",
    ],
    [
      "NEU-A3 test_update_readonly_field",
      "PUT",
      { network: { status: "NANANA" } },
      "Cannot update read-only attribute status",
    ],
    [
      "NEU-A4 test_invalid_attribute_field",
      "PUT",
      { network: { invalid_key1: "foo1" } },
      "Unrecognized attribute(s) 'invalid_key1'",
    ],
    ["NEU-A5 test_create_bulk_networks_empty_list", "POST", { networks: [] }, "Resources required"],
  ])("is refused with 400: %s", (_id, method, body, text) => {
    const path = method === "PUT" ? `networks/${own()}` : "networks";
    expect(bed.said(method, path, body, bed.demo.token)).toBe(`400 HTTPBadRequest: ${text}`);
  });
});

describe("a list", () => {
  it("has no negative limit (NEU-A6 test_limit_with_negative_value)", () => {
    const paged = new NeutronBed({ flags: { allow_pagination: true } });
    expect(paged.said("GET", "networks?limit=-1")).toMatch(/^400 BadRequest: Bad limit request: /);
  });

  it("is in ascending or descending order (NEU-A7 test_sort_with_invalid_dirs)", () => {
    const sorted = new NeutronBed({ flags: { allow_sorting: true } });
    const by = (key: string, dir: string): string =>
      sorted.said("GET", `networks?sort_key=${key}&sort_dir=${dir}`);
    expect(by("name", "abc")).toMatch(/^400 HTTPBadRequest: .* is invalid value for sort_dirs/);
    // NEU-A15 test_list_networks_with_sort_extended_attr_native_returns_400
    expect(by("provider:segmentation_id", "asc")).toMatch(/^400 BadRequest: Bad networks request/);
  });
});

describe("a network", () => {
  it("is the last that the quota allows (NEU-A8 test_create_network_quota)", () => {
    const poor = new NeutronBed({ flags: { quota_network: 1 } });
    const post = (): string =>
      poor.said("POST", "networks", { network: { name: "n" } }, poor.demo.token);
    expect([post(), post()]).toEqual([
      "201",
      "409 OverQuota: Quota exceeded for resources: ['network']",
    ]);
  });

  it("is shared by no tenant (NEU-A9 test_update_network_set_shared_owner_returns_403)", () => {
    const shared = { network: { shared: true } };
    expect(bed.said("PUT", `networks/${own()}`, shared, bed.demo.token)).toBe(
      "403 PolicyNotAuthorized: Policy doesn't allow update_network to be performed.",
    );
  });

  it("stays shared with those who use it (NEU-A10 test_update_network_set_not_shared_other_tenant_returns_409)", () => {
    bed.port("");
    const not = { network: { shared: false } };
    expect(bed.said("PUT", `networks/${bed.network1}`, not)).toMatch(/^409 InvalidSharedSetting: /);
  });

  it("has provider attributes by an admin's hand (NEU-A33 test_network_create_with_provider_attrs_noadmin_returns_403)", () => {
    const network = { [TYPE]: "vlan", [PHYSICAL]: "physnet1", [ID]: 99 };
    expect(bed.said("POST", "networks", { network }, bed.demo.token)).toMatch(/^403 /);
    expect(bed.said("POST", "networks", { network })).toBe("201");
  });

  it("has no segment twice, unless it leaves something open (NEU-A35 test_create_network_duplicate_full_segments, …partial…)", () => {
    const full = { [TYPE]: "vlan", [PHYSICAL]: "physnet1", [ID]: 99 };
    const partial = { [TYPE]: "vlan", [PHYSICAL]: "physnet1" };
    const post = (segments: JsonObject[]): string =>
      bed.said("POST", "networks", { network: { segments } });
    expect(post([full, full])).toMatch(/^400 SegmentsContainDuplicateEntry/);
    expect(post([partial, partial])).toBe("201");
  });
});

describe("a port", () => {
  const post = (port: JsonObject): string =>
    bed.said("POST", "ports", { port: { network_id: bed.network1, ...port } });

  it("has five addresses at most (NEU-A11 test_max_fixed_ips_exceeded)", () => {
    const fixed_ips = Array.from({ length: 6 }, () => ({ subnet_id: bed.subnet1 }));
    expect(post({ fixed_ips })).toMatch(/^400 InvalidInput: /);
  });

  it("has each of them once (NEU-A12 test_duplicate_ips)", () => {
    const ip = { subnet_id: bed.subnet1, ip_address: "192.168.1.5" };
    expect(post({ fixed_ips: [ip, ip] })).toMatch(/^400 HTTPBadRequest: .*Duplicate IP address/);
  });

  it("has a MAC of its own (NEU-A13 test_requested_duplicate_mac)", () => {
    const { mac_address = null } = bed.port("");
    expect(post({ mac_address })).toMatch(/^409 MacAddressInUse: /);
  });

  it("has an address made of it under SLAAC (NEU-A14 test_ip_allocation_for_ipv6_subnet_slaac_address_mode)", () => {
    const network_id = own();
    const slaac = { ip_version: 6, ipv6_ra_mode: "slaac", ipv6_address_mode: "slaac" };
    bed.run(bed.user.create("subnets", { network_id, cidr: "fe80::/64", ...slaac }));
    const port = bed.port("", { network_id, mac_address: "00:16:3e:00:00:01" });
    expect(port["fixed_ips"]).toMatchObject([{ ip_address: "fe80::216:3eff:fe00:1" }]);
  });

  it("lets pairs of addresses through that are whole (NEU-A30 test_create_missing_ip_field, test_create_address_gets_port_mac)", () => {
    expect(post({ allowed_address_pairs: [{ mac_address: "00:00:00:00:00:01" }] })).toBe(
      "400 AllowedAddressPairsMissingIP: AllowedAddressPair must contain ip_address",
    );
    const port = bed.port("", { allowed_address_pairs: [{ ip_address: "23.23.23.23" }] });
    expect(port["allowed_address_pairs"]).toEqual([
      { mac_address: port["mac_address"], ip_address: "23.23.23.23" },
    ]);
  });

  it("has a profile that the database can hold (NEU-A34 test_create_port_binding_profile_too_big)", () => {
    const profile = { d: "1".repeat(5000) };
    expect(post({ "binding:profile": profile })).toBe(
      "400 InvalidInput: Invalid input for operation: binding:profile value too large.",
    );
  });
});

describe("a quota (NEU-A31)", () => {
  it.each([
    ["abc", "400 InvalidInput: Invalid input for operation: 'abc' is not a integer."],
    [
      -2,
      "400 HTTPBadRequest: Invalid input for network. Reason: '-2' is too small - must be at least '-1'.",
    ],
  ])(
    "is a whole number, or -1: %j is refused (test_update_quotas_with_non_integer_returns_400, …negative…)",
    (network, text) => {
      expect(bed.said("PUT", "quotas/t", { quota: { network } })).toBe(text);
    },
  );
});

describe("the group default (NEU-A32)", () => {
  it("is kept from its tenant and goes by an admin's hand (test_delete_default_security_group_nonadmin, …admin)", () => {
    const [group] = bed.run(bed.user.list("security_groups"));
    const path = `security-groups/${group!["id"] as string}`;
    expect(bed.said("DELETE", path, undefined, bed.demo.token)).toMatch(
      /^409 SecurityGroupCannotRemoveDefault: /,
    );
    expect(bed.said("DELETE", path)).toBe("204");
  });
});
