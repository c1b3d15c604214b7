/** What agents are told of security groups. Upstream: neutron/db/securitygroups_rpc_base.py at 2014.2. */
import { beforeEach, describe, expect, it } from "vitest";
import { textOf, toJson, type JsonObject } from "../../../src/python/index.js";
import { SecurityGroupInfos } from "../../../src/services/neutron/rpc/security-group-info.js";
import type { SecurityGroupInfo } from "../../../src/services/neutron/rpcapi.js";
import { NeutronBed } from "./bed.js";

let bed: NeutronBed;
let infos: SecurityGroupInfos;

beforeEach(() => {
  bed = new NeutronBed();
  infos = new SecurityGroupInfos(bed.database);
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
