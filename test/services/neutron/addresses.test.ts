/**
 * Which addresses ports get, and what of a port may be asked for. Upstream: db/db_base_plugin_v2.py
 * (_test_fixed_ips_for_port, _allocate_ips_for_port, _update_ips_for_port), plugins/ml2/plugin.py at 2014.2.
 */
import { describe, expect, it } from "vitest";
import { seedNetwork } from "../../../src/services/neutron/seed.js";
import type { JsonObject } from "../../../src/python/index.js";
import { NeutronBed, SERVER } from "./bed.js";

const invalid = (words: string): string =>
  `400 InvalidInput: Invalid input for operation: ${words}.`;

const addresses = (port: JsonObject): unknown[] =>
  (port["fixed_ips"] as readonly JsonObject[]).map(({ ip_address }) => ip_address);

const post = (bed: NeutronBed, port: JsonObject, token?: string): string =>
  bed.said("POST", "ports", { port: { network_id: bed.network1, ...port } }, token);

describe("addresses that are asked for", () => {
  it("are on the network, free, and not too many", () => {
    const bed = new NeutronBed();
    const tenantId = bed.demo.project;
    const other = seedNetwork(bed.database, { name: "o", cidr: "10.9.0.0/24", tenantId }).subnet;
    bed.port("", { fixed_ips: [{ ip_address: "192.168.1.9" }] });
    const asked = (...fixed_ips: JsonObject[]): string => post(bed, { fixed_ips });
    const subnet_id = bed.subnet1;
    expect(asked({})).toBe(invalid("IP allocation requires subnet_id or ip_address"));
    expect(asked({ ip_address: "10.9.0.5" })).toBe(
      invalid("IP address 10.9.0.5 is not a valid IP for the defined networks subnets"),
    );
    expect(asked({ subnet_id: SERVER })).toBe(
      `404 SubnetNotFound: Subnet ${SERVER} could not be found`,
    );
    expect(asked({ subnet_id: other.uuid })).toBe(
      invalid(
        `Failed to create port on network ${bed.network1}, because fixed_ips included invalid subnet ${other.uuid}`,
      ),
    );
    for (const ip_address of ["192.168.2.5", "192.168.1.0", "192.168.1.255"]) {
      expect(asked({ subnet_id, ip_address })).toBe(
        invalid(`IP address ${ip_address} is not a valid IP for the defined subnet`),
      );
    }
    expect(asked({ subnet_id, ip_address: "192.168.1.9" })).toBe(
      `409 IpAddressInUse: Unable to complete operation for network ${bed.network1}. The IP address 192.168.1.9 is in use.`,
    );
    const six = Array.from({ length: 6 }, () => ({ subnet_id }));
    expect(asked(...six)).toBe(invalid("Exceeded maximim amount of fixed ips per port"));
    expect(asked(...six.slice(1))).toBe("201");
    // The gateway's is as good as any other.
    expect(asked({ ip_address: "192.168.1.1" })).toBe("201");
  });

  it("are the owner's of the network to ask for, and so is the MAC", () => {
    const bed = new NeutronBed();
    const refused = "403 PolicyNotAuthorized: Policy doesn't allow create_port to be performed.";
    const { token } = bed.demo;
    expect(post(bed, { fixed_ips: [{ ip_address: "192.168.1.9" }] }, token)).toBe(refused);
    expect(post(bed, { mac_address: "fa:16:3e:00:00:01" }, token)).toBe(refused);
    expect(post(bed, { "binding:host_id": "c1" }, token)).toBe(refused);
    expect(post(bed, { "binding:vnic_type": "direct" }, token)).toBe("201");
    const { id } = bed.run(bed.user.create("ports", { network_id: bed.network1 }));
    const change = { port: { fixed_ips: [{ ip_address: "192.168.1.9" }] } };
    expect(bed.said("PUT", `ports/${id as string}`, change, token)).toBe(
      "403 PolicyNotAuthorized: Policy doesn't allow update_port to be performed.",
    );
  });

  it("are kept in a change if they are named, and others are given back", () => {
    const bed = new NeutronBed();
    const { id } = bed.port("", { fixed_ips: [{ ip_address: "192.168.1.9" }] });
    const put = (...fixed_ips: JsonObject[]): JsonObject =>
      bed.run(bed.admin.update("ports", id as string, { fixed_ips }));
    const kept = put({ ip_address: "192.168.1.9" }, { subnet_id: bed.subnet1 });
    expect(addresses(kept)).toEqual(["192.168.1.9", "192.168.1.2"]);
    expect(addresses(put({ ip_address: "192.168.1.2" }))).toEqual(["192.168.1.2"]);
    const taken = { port: { fixed_ips: [{ ip_address: "10.0.0.9" }] } };
    expect(bed.said("PUT", `ports/${id as string}`, taken)).toMatch(/^400 InvalidInput/);
    expect(addresses(bed.run(bed.admin.show("ports", id as string)))).toEqual(["192.168.1.2"]);
  });
});

describe("addresses that are not asked for", () => {
  it("are one of IPv4 and one of IPv6", () => {
    const bed = new NeutronBed();
    const v6 = { network_id: bed.network1, ip_version: 6, cidr: "2001:db8::/64" };
    bed.run(bed.admin.create("subnets", v6));
    bed.run(bed.admin.create("subnets", { ...v6, ip_version: 4, cidr: "10.1.0.0/24" }));
    expect(addresses(bed.port(""))).toEqual(["192.168.1.2", "2001:db8::2"]);
  });

  it("are made of the MAC with SLAAC, in every second such subnet (#1358709)", () => {
    const bed = new NeutronBed();
    for (const cidr of ["2001:db8:1::/64", "2001:db8:2::/64", "2001:db8:3::/64"]) {
      const mode = { ip_version: 6, ipv6_address_mode: "slaac" };
      bed.run(bed.admin.create("subnets", { network_id: bed.network1, cidr, ...mode }));
    }
    const port = bed.port("", { mac_address: "fa:16:3e:00:00:01" });
    expect(addresses(port)).toEqual([
      "2001:db8:1:0:f816:3eff:fe00:1",
      "2001:db8:3:0:f816:3eff:fe00:1",
      "192.168.1.2",
      "2001:db8:2::2",
    ]);
  });
});

describe("a MAC address", () => {
  it("is the only one on its network", () => {
    const bed = new NeutronBed();
    const mac_address = "fa:16:3e:00:00:01";
    expect(post(bed, { mac_address })).toBe("201");
    expect(post(bed, { mac_address })).toBe(
      `409 MacAddressInUse: Unable to complete operation for network ${bed.network1}. The mac address ${mac_address} is in use.`,
    );
  });
});

describe("what extensions keep of a port", () => {
  it("has the port's MAC in a pair without one", () => {
    const bed = new NeutronBed();
    const allowed_address_pairs = [{ ip_address: "10.0.0.0/8" }];
    const port = bed.port("", { allowed_address_pairs });
    expect(port["allowed_address_pairs"]).toEqual([
      { mac_address: port["mac_address"], ip_address: "10.0.0.0/8" },
    ]);
  });

  it("has no pair twice, once each has its MAC: the database says so, in a 500", () => {
    const bed = new NeutronBed();
    const mac_address = "fa:16:3e:00:00:01";
    const ip_address = "10.0.0.9";
    const allowed_address_pairs = [{ ip_address }, { mac_address, ip_address }];
    expect(post(bed, { mac_address, allowed_address_pairs })).toMatch(
      /^500 HTTPInternalServerError/,
    );
    // Nothing is left of it, its address neither.
    expect(bed.database.ports.find({ mac_address })).toEqual([]);
    expect(addresses(bed.port(""))).toEqual(["192.168.1.2"]);
    expect(post(bed, { allowed_address_pairs })).toBe("201");
    // What is no key of a dictionary is refused before anything else of its pair.
    const odd = [{ ip_address: ["10.0.0.9"], more: 1 }];
    expect(post(bed, { allowed_address_pairs: odd })).toMatch(/^500 HTTPInternalServerError/);
  });

  it("has options of DHCP, which a change adds to, alters and takes away by name", () => {
    const bed = new NeutronBed();
    const option = (opt_name: string, opt_value: string | null): JsonObject => ({
      opt_name,
      opt_value,
    });
    const { id } = bed.port("", { extra_dhcp_opts: [option("a", "1"), option("b", null)] });
    const put = (...extra_dhcp_opts: JsonObject[]) =>
      bed.run(bed.admin.update("ports", id as string, { extra_dhcp_opts }))["extra_dhcp_opts"];
    expect(put(option("a", "2"), option("c", "3"))).toEqual([option("a", "2"), option("c", "3")]);
    expect(put()).toEqual([option("a", "2"), option("c", "3")]);
    expect(put(option("a", null), option("x", null))).toEqual([option("c", "3")]);
  });

  it("is told to agents on every change that names options, and of addresses, but groups of neither", () => {
    const bed = new NeutronBed();
    bed.host("c1");
    const { id } = bed.port("c1", { extra_dhcp_opts: [{ opt_name: "a", opt_value: "1" }] });
    const fanouts = (attrs: JsonObject): string[] => {
      bed.forget();
      bed.run(bed.admin.update("ports", id as string, attrs));
      return bed
        .of<{ kind: "rpc.fanout"; method: string }>("rpc.fanout")
        .map(({ method }) => method);
    };
    expect(fanouts({ extra_dhcp_opts: [{ opt_name: "a", opt_value: "1" }] })).toEqual([
      "port_update",
    ]);
    expect(fanouts({ extra_dhcp_opts: [] })).toEqual([]);
    expect(fanouts({ name: "n" })).toEqual([]);
    // Pairs are compared as they were asked for: one without a MAC is news each time.
    const short = [{ ip_address: "10.0.0.9" }];
    const whole = (): JsonObject[] =>
      bed.run(bed.admin.show("ports", id as string))["allowed_address_pairs"] as JsonObject[];
    expect(fanouts({ allowed_address_pairs: short })).toEqual(["port_update"]);
    expect(fanouts({ allowed_address_pairs: short })).toEqual(["port_update"]);
    expect(fanouts({ allowed_address_pairs: whole() })).toEqual([]);
    expect(fanouts({ allowed_address_pairs: [] })).toEqual(["port_update"]);
    expect(fanouts({ fixed_ips: [{ ip_address: "192.168.1.77" }] })).toEqual(["port_update"]);
  });
});

describe("the groups of a port", () => {
  it("are the tenant's own, given back by null, and not there for ports of the network", () => {
    const bed = new NeutronBed();
    const mine = bed.run(bed.user.create("security_groups", { name: "g" }))["id"] as string;
    const port = bed.port("", { security_groups: [mine, mine] });
    expect(port["security_groups"]).toEqual([mine]);
    const foreign = bed.run(bed.admin.create("security_groups", { name: "g" }))["id"] as string;
    const tenant_id = bed.demo.project;
    expect(post(bed, { security_groups: [foreign], tenant_id })).toMatch(/^500 /);
    const none = bed.run(
      bed.admin.update("ports", port["id"] as string, { security_groups: null }),
    );
    expect(none["security_groups"]).toEqual([]);
    expect(post(bed, { security_groups: [foreign], device_owner: "network:dhcp" })).toBe("201");
  });
});
