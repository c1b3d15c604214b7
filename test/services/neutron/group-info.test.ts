/** What agents are told of security groups. Upstream: neutron/db/securitygroups_rpc_base.py at 2014.2. */
import { beforeEach, describe, expect, it } from "vitest";
import type { LogLine } from "../../../src/framework/observations.js";
import { textOf, toJson, type JsonObject } from "../../../src/python/index.js";
import { SecurityGroupInfos } from "../../../src/services/neutron/rpc/security-group-info.js";
import type { SecurityGroupInfo } from "../../../src/services/neutron/rpcapi.js";
import { NeutronBed } from "./bed.js";

let bed: NeutronBed;
let infos: SecurityGroupInfos;

beforeEach(() => {
  bed = new NeutronBed();
  infos = new SecurityGroupInfos(bed.database, bed.serverEnv);
});

/** @param what `security_group` */
function made(what: string, values: JsonObject): string {
  const path = `/v2.0/${what.replaceAll("_", "-")}s`;
  const body = { [what]: { tenant_id: bed.demo.project, ...values } };
  const answer = bed.ask("POST", path, bed.adminToken, body).body as Record<string, JsonObject>;
  return textOf(answer[what] ?? {}, "id");
}

const rule = (group: string, values: JsonObject): string =>
  made("security_group_rule", { security_group_id: group, direction: "ingress", ...values });

/** A group without a rule. */
function group(name: string): string {
  const id = made("security_group", { name });
  for (const row of bed.database.securityGroupRules.find({ security_group_id: id })) {
    bed.database.securityGroupRules.remove(row.uuid);
  }
  return id;
}

const port = (groups: readonly string[], values: JsonObject = {}): string =>
  made("port", { network_id: bed.network1, security_groups: groups, ...values });

const addressOf = (port_id: string) => bed.database.ipAllocations.first({ port_id })?.ip_address;

/** As it is sent. */
const told = (id: string) => toJson(infos.of([id])) as unknown as SecurityGroupInfo;

describe("security_group_info_for_devices", () => {
  it("has the members of groups by the kind of address, for those kinds that rules name", () => {
    made("subnet", { network_id: bed.network1, cidr: "fd00::/64", ip_version: 6 });
    const web = group("web");
    const one = port([web]);
    const two = port([web]);
    rule(web, { remote_group_id: web });
    const four = [one, two].flatMap((id) =>
      bed.database.ipAllocations.find({ port_id: id }).map(({ ip_address }) => ip_address),
    );
    const [v4, v6] = [false, true].map((six) => four.filter((ip) => ip.includes(":") === six));
    expect(v6).toHaveLength(2);
    expect(told(one).sg_member_ips).toEqual({ [web]: { IPv4: v4 } });
    rule(web, { remote_group_id: web, ethertype: "IPv6" });
    expect(told(one).sg_member_ips).toEqual({ [web]: { IPv4: v4, IPv6: v6 } });
  });

  it("counts the allowed address pairs of a member as its addresses", () => {
    const web = group("web");
    rule(web, { remote_group_id: web });
    const one = port([web], { allowed_address_pairs: [{ ip_address: "10.9.9.9" }] });
    const [own] = bed.database.ipAllocations.find({ port_id: one });
    const members = () => told(one).sg_member_ips[web]?.["IPv4"];
    expect(members()).toEqual([own?.ip_address, "10.9.9.9"]);
    bed.run(bed.admin.update("ports", one, { allowed_address_pairs: [] }));
    expect(members()).toEqual([own?.ip_address]);
  });

  it("has a member's pairs behind each of its addresses, and no address twice", () => {
    const web = group("web");
    rule(web, { remote_group_id: web });
    const pairs = [{ ip_address: "10.9.9.9" }];
    const one = port([web], { allowed_address_pairs: pairs });
    const two = port([web], { allowed_address_pairs: pairs });
    const [first, second] = [one, two].map((id) => addressOf(id));
    expect(told(one).sg_member_ips[web]).toEqual({ IPv4: [first, "10.9.9.9", second] });
  });

  it("fails if a pair is a network", () => {
    const web = group("web");
    rule(web, { remote_group_id: web });
    const one = port([web], { allowed_address_pairs: [{ ip_address: "10.9.9.0/24" }] });
    expect(() => infos.of([one])).toThrow(
      "IPAddress() does not support netmasks or subnet prefixes! See documentation for details.",
    );
  });

  it("leaves out groups without rules, and what a rule says with a zero", () => {
    const empty = group("empty");
    const web = group("web");
    rule(web, { protocol: "icmp", port_range_min: 0, port_range_max: 0 });
    expect(told(port([empty, web])).security_groups).toEqual({
      [web]: [{ direction: "ingress", ethertype: "IPv4", protocol: "icmp" }],
    });
  });
});

describe("what is told of each port (neutron/plugins/ml2/db.py, get_port_and_sgs)", () => {
  it("is all that an admin sees of it, with plain addresses, its rules and its groups' groups", () => {
    const [web, db] = [group("web"), group("db")];
    rule(web, { remote_group_id: db });
    const id = port([web], { device_owner: "compute:None", "binding:host_id": "c1" });
    const shown = bed.ask("GET", `/v2.0/ports/${id}`, bed.adminToken).body as { port: JsonObject };
    expect(told(id).devices[id]).toEqual({
      ...shown.port,
      fixed_ips: [addressOf(id)],
      security_group_rules: [],
      security_group_source_groups: [db],
      device: id,
    });
  });

  it("is told of a port in no group as well, and of none of the network's own", () => {
    const [bare, dhcp] = [port([]), port([], { device_owner: "network:dhcp" })];
    const info = toJson(infos.of([bare, dhcp, "unknown"])) as unknown as SecurityGroupInfo;
    expect(Object.keys(info.devices)).toEqual([bare]);
    expect(info.devices[bare]).toMatchObject({ security_groups: [] });
    expect(info).toMatchObject({ security_groups: {}, sg_member_ips: {} });
  });
});

describe("the rules of a port's network (_apply_provider_rule)", () => {
  const rulesOf = (id: string) => told(id).devices[id]?.["security_group_rules"];
  const LLA = "fe80::f816:3eff:fe00:1";
  const MAC = "fa:16:3e:00:00:01";
  const subnet6 = (values: JsonObject = {}) =>
    made("subnet", { network_id: bed.network1, cidr: "fd00::/64", ip_version: 6, ...values });
  const advertisement = (source_ip_prefix: string) => ({
    direction: "ingress",
    ethertype: "IPv6",
    protocol: "icmpv6",
    source_ip_prefix,
    source_port_range_min: 134,
  });

  it("let in what its DHCP servers answer, while they are there", () => {
    const id = port([]);
    expect(rulesOf(id)).toEqual([]);
    const server = port([], { device_owner: "network:dhcp" });
    expect(rulesOf(id)).toEqual([
      {
        direction: "ingress",
        ethertype: "IPv4",
        protocol: "udp",
        port_range_min: 68,
        port_range_max: 68,
        source_port_range_min: 67,
        source_port_range_max: 67,
        source_ip_prefix: addressOf(server),
      },
    ]);
    bed.run(bed.admin.delete("ports", server));
    expect(rulesOf(id)).toEqual([]);
  });

  it("know a server of IPv6 by its address on the link", () => {
    const six = subnet6();
    const id = port([]);
    const fixed_ips = [{ subnet_id: six }];
    port([], { device_owner: "network:dhcp", mac_address: MAC, fixed_ips });
    expect(rulesOf(id)).toEqual([
      {
        direction: "ingress",
        ethertype: "IPv6",
        protocol: "udp",
        port_range_min: 546,
        port_range_max: 546,
        source_port_range_min: 547,
        source_port_range_max: 547,
        source_ip_prefix: LLA,
      },
    ]);
  });

  it("let in advertisements of a gateway on the link, whoever it is", () => {
    const id = port([]);
    subnet6({ gateway_ip: "fe80::1" });
    expect(rulesOf(id)).toEqual([advertisement("fe80::1")]);
  });

  it("let in those of the router that has the gateway's address, and nobody's if there is none", () => {
    const six = subnet6({ ipv6_ra_mode: "slaac", ipv6_address_mode: "slaac" });
    const id = port([]);
    bed.forget();
    expect(rulesOf(id)).toEqual([]);
    const warned = `No valid gateway port on subnet ${six} is found for IPv6 RA`;
    expect(bed.of<LogLine>("log").map(({ message }) => message)).toEqual([warned]);
    const { subnets, ports, ipAllocations } = bed.database;
    const gateway = port([], { mac_address: MAC, fixed_ips: [] });
    ports.update(gateway, { device_owner: "network:router_interface" });
    const ip_address = subnets.get(six)?.gateway_ip ?? "";
    const network_id = bed.network1;
    ipAllocations.insert({ port_id: gateway, ip_address, subnet_id: six, network_id });
    expect(rulesOf(id)).toEqual([advertisement(LLA)]);
  });

  it("say nothing of a gateway that is not on the link where no mode says who advertises", () => {
    subnet6();
    expect(rulesOf(port([]))).toEqual([]);
  });
});
