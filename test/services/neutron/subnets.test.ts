/** Subnets. Upstream: db/db_base_plugin_v2.py (create_subnet, update_subnet, _validate_subnet) at 2014.2. */
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/python/index.js";
import { NeutronBed } from "./bed.js";

const invalid = (words: string): string =>
  `400 InvalidInput: Invalid input for operation: ${words}.`;

const pool = (start: string, end: string): JsonObject => ({ start, end });
const shown = (start: string, end: string): string => `{u'start': u'${start}', u'end': u'${end}'}`;

const route = (destination: string, nexthop: string): JsonObject => ({ destination, nexthop });

describe("a new subnet", () => {
  const v4 = { ip_version: 4, cidr: "10.1.0.0/24" };
  const v6 = { ip_version: 6, cidr: "2001:db8::/64" };
  const cases: readonly (readonly [JsonObject, string])[] = [
    [
      { ...v4, cidr: "2001:db8::/64" },
      invalid("cidr '2001:db8::/64' does not match the ip_version '4'"),
    ],
    [
      { ...v4, gateway_ip: "2001:db8::1" },
      invalid("gateway_ip '2001:db8::1' does not match the ip_version '4'"),
    ],
    [{ ...v4, gateway_ip: "10.2.0.1" }, invalid("Gateway is not valid on subnet")],
    [{ ...v4, gateway_ip: "10.1.0.0" }, invalid("Gateway is not valid on subnet")],
    [{ ...v4, gateway_ip: "10.1.0.255" }, invalid("Gateway is not valid on subnet")],
    [{ ...v6, gateway_ip: "fe80::1" }, "201"],
    [
      { ...v4, dns_nameservers: ["2001:db8::8"] },
      invalid("dns_nameserver '2001:db8::8' does not match the ip_version '4'"),
    ],
    [
      {
        ...v4,
        dns_nameservers: ["1.1.1.1", "1.1.1.2", "1.1.1.3", "1.1.1.4", "1.1.1.5", "1.1.1.6"],
      },
      "400 DNSNameServersExhausted: Unable to complete operation for new subnet. The number of DNS nameservers exceeds the limit 5.",
    ],
    [
      {
        ...v4,
        host_routes: Array.from({ length: 21 }, (_, i) =>
          route(`20.${String(i)}.0.0/16`, "10.1.0.9"),
        ),
      },
      "400 HostRoutesExhausted: Unable to complete operation for new subnet. The number of host routes exceeds the limit 20.",
    ],
    [
      { ...v4, host_routes: [route("20.0.0.0/8", "::1")] },
      invalid("nexthop '::1' does not match the ip_version '4'"),
    ],
    [
      { ...v4, host_routes: [route("::/8", "10.1.0.9")] },
      invalid("destination '::/8' does not match the ip_version '4'"),
    ],
    [
      { ...v4, allocation_pools: [pool("10.1.0.9", "10.1.0.5")] },
      `400 InvalidAllocationPool: The allocation pool ${shown("10.1.0.9", "10.1.0.5")} is not valid.`,
    ],
    [
      { ...v4, allocation_pools: [pool("10.1.0.9", "10.2.0.5")] },
      `400 OutOfBoundsAllocationPool: The allocation pool ${shown("10.1.0.9", "10.2.0.5")} spans beyond the subnet cidr 10.1.0.0/24.`,
    ],
    [
      { ...v4, allocation_pools: [pool("10.1.0.9", "10.1.0.20"), pool("10.1.0.15", "10.1.0.30")] },
      `409 OverlappingAllocationPools: Found overlapping allocation pools:${shown("10.1.0.9", "10.1.0.20")} ${shown("10.1.0.15", "10.1.0.30")} for subnet 10.1.0.0/24.`,
    ],
    [
      { ...v4, allocation_pools: [pool("10.1.0.1", "10.1.0.20")] },
      "409 GatewayConflictWithAllocationPools: Gateway ip 10.1.0.1 conflicts with allocation pool 10.1.0.1-10.1.0.20",
    ],
    [{ ...v4, gateway_ip: null, allocation_pools: [pool("10.1.0.1", "10.1.0.20")] }, "201"],
    [{ ...v4, cidr: "0.0.0.0/0" }, invalid("0 is not allowed as CIDR prefix length")],
    [{ ...v4, ipv6_ra_mode: "slaac" }, invalid("ipv6_ra_mode is not valid when ip_version is 4")],
    [
      { ...v4, ipv6_address_mode: "slaac" },
      invalid("ipv6_address_mode is not valid when ip_version is 4"),
    ],
    [
      { ...v6, ipv6_ra_mode: "slaac", enable_dhcp: false },
      invalid("ipv6_ra_mode or ipv6_address_mode cannot be set when enable_dhcp is set to False."),
    ],
    [
      { ...v6, ipv6_ra_mode: "slaac", ipv6_address_mode: "dhcpv6-stateful" },
      invalid(
        "ipv6_ra_mode set to 'slaac' with ipv6_address_mode set to 'dhcpv6-stateful' is not valid. If both attributes are set, they must be the same value",
      ),
    ],
    [
      { ...v6, cidr: "2001:db8::/56", ipv6_address_mode: "slaac" },
      invalid(
        "Invalid CIDR 2001:db8::/56 for IPv6 address mode. OpenStack uses the EUI-64 address format, which requires the prefix to be /64.",
      ),
    ],
  ];

  it.each(cases)("%j", (attributes, answer) => {
    const bed = new NeutronBed();
    const subnet = { network_id: bed.network1, ...attributes };
    expect(bed.said("POST", "subnets", { subnet })).toBe(answer);
  });

  it("is stored by its network, with a gateway and pools around it (_allocate_pools_for_subnet)", () => {
    const bed = new NeutronBed();
    const make = (subnet: JsonObject): JsonObject =>
      bed.run(bed.admin.create("subnets", { network_id: bed.network1, ...subnet }));
    expect(make({ ip_version: 4, cidr: "10.1.0.77/24", gateway_ip: "10.1.0.9" })).toMatchObject({
      cidr: "10.1.0.0/24",
      allocation_pools: [pool("10.1.0.1", "10.1.0.8"), pool("10.1.0.10", "10.1.0.254")],
    });
    expect(make({ ip_version: 4, cidr: "10.2.0.0/29", gateway_ip: null })).toMatchObject({
      gateway_ip: null,
      allocation_pools: [pool("10.2.0.1", "10.2.0.6")],
    });
    expect(make({ ip_version: 6, cidr: "2001:DB8::7/64" })).toMatchObject({
      cidr: "2001:db8::/64",
      gateway_ip: "2001:db8::1",
      allocation_pools: [pool("2001:db8::2", "2001:db8::ffff:ffff:ffff:fffe")],
      ipv6_ra_mode: null,
    });
  });

  it("overlaps with no other of the whole cloud, unless that is allowed (allow_overlapping_ips)", () => {
    const overlapping = (flags = {}): string => {
      const bed = new NeutronBed({ flags });
      const { id } = bed.run(bed.admin.create("networks", {}));
      const subnet = { network_id: id as string, ip_version: 4, cidr: "192.168.0.0/16" };
      return bed.said("POST", "subnets", { subnet }).replace(id as string, "ID");
    };
    expect(overlapping()).toBe(
      invalid(
        "Requested subnet with cidr: 192.168.0.0/16 for network: ID overlaps with another subnet",
      ),
    );
    expect(overlapping({ allow_overlapping_ips: true })).toBe("201");
  });

  it("is made by the owner of the network (rule:admin_or_network_owner)", () => {
    const bed = new NeutronBed();
    const subnet = { network_id: bed.network1, ip_version: 4, cidr: "10.1.0.0/24" };
    expect(bed.said("POST", "subnets", { subnet }, bed.demo.token)).toBe(
      "403 PolicyNotAuthorized: Policy doesn't allow create_subnet to be performed.",
    );
    const change = { subnet: { name: "mine" } };
    expect(bed.said("PUT", `subnets/${bed.subnet1}`, change, bed.demo.token)).toBe(
      "404 HTTPNotFound: The resource could not be found.",
    );
    expect(bed.said("DELETE", `subnets/${bed.subnet1}`, undefined, bed.demo.token)).toBe(
      "404 HTTPNotFound: The resource could not be found.",
    );
    const { id } = bed.run(bed.user.create("networks", {}));
    const own = { network_id: id as string, ip_version: 4, cidr: "10.1.0.0/24" };
    const made = bed.run(bed.user.create("subnets", own));
    expect(bed.said("PUT", `subnets/${made["id"] as string}`, change, bed.demo.token)).toBe("200");
  });
});

describe("a change of a subnet", () => {
  const put = (bed: NeutronBed, subnet: JsonObject): string =>
    bed.said("PUT", `subnets/${bed.subnet1}`, { subnet });

  it("keeps version, network and CIDR", () => {
    const bed = new NeutronBed();
    for (const [name, value] of Object.entries({ ip_version: 4, cidr: "10.0.0.0/8" })) {
      expect(put(bed, { [name]: value })).toBe(
        `400 HTTPBadRequest: Cannot update read-only attribute ${name}`,
      );
    }
    expect(put(bed, { shared: true })).toBe(
      "400 HTTPBadRequest: Cannot update read-only attribute shared",
    );
  });

  it("moves the gateway while no port has it, and to no address that is given out", () => {
    const bed = new NeutronBed();
    const fixed_ips = [{ ip_address: "192.168.1.1" }];
    const { id } = bed.port("", { fixed_ips });
    expect(put(bed, { gateway_ip: "192.168.1.254" })).toBe(
      `409 GatewayIpInUse: Current gateway ip 192.168.1.1 already in use by port ${id as string}. Unable to update.`,
    );
    bed.run(bed.admin.delete("ports", id as string));
    expect(put(bed, { gateway_ip: "192.168.1.254" })).toBe(
      "409 GatewayConflictWithAllocationPools: Gateway ip 192.168.1.254 conflicts with allocation pool 192.168.1.2-192.168.1.254",
    );
    expect(put(bed, { gateway_ip: null })).toBe("200");
  });

  it("gives out of other pools at once, without what ports hold (_update_subnet_allocation_pools)", () => {
    const bed = new NeutronBed();
    bed.port("", { fixed_ips: [{ ip_address: "192.168.1.51" }] });
    const allocation_pools = [pool("192.168.1.50", "192.168.1.52")];
    expect(put(bed, { allocation_pools })).toBe("200");
    const next = () => (bed.port("")["fixed_ips"] as JsonObject[])[0]?.["ip_address"];
    expect([next(), next()]).toEqual(["192.168.1.50", "192.168.1.52"]);
    expect(put(bed, { allocation_pools: [pool("10.0.0.1", "10.0.0.2")] })).toMatch(
      /^400 OutOfBoundsAllocationPool/,
    );
  });

  it("leaves DHCP on where modes of IPv6 need it", () => {
    const bed = new NeutronBed();
    const v6 = { ip_version: 6, cidr: "2001:db8::/64", ipv6_ra_mode: "slaac" };
    const { id } = bed.run(bed.admin.create("subnets", { network_id: bed.network1, ...v6 }));
    const subnet = { subnet: { enable_dhcp: false } };
    expect(bed.said("PUT", `subnets/${id as string}`, subnet)).toBe(
      invalid("Cannot disable enable_dhcp with ipv6 attributes set"),
    );
  });
});
