/** Security groups and rules. Upstream: db/securitygroups_db.py, extensions/securitygroup.py at 2014.2. */
import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../../../src/python/index.js";
import { NeutronBed, SERVER } from "./bed.js";

/** A tenant with a group of its own. */
function bedWithGroup() {
  const bed = new NeutronBed();
  const { id } = bed.run(bed.user.create("security_groups", { name: "web" }));
  const group = id as string;
  const body = (rule: JsonObject): JsonObject => ({
    security_group_rule: { security_group_id: group, direction: "ingress", ...rule },
  });
  const post = (rule: JsonObject): string =>
    bed.said("POST", "security-group-rules", body(rule), bed.demo.token);
  return { bed, group, post };
}

describe("a rule", () => {
  const cases: readonly (readonly [JsonObject, string])[] = [
    [
      { port_range_min: 22 },
      "400 SecurityGroupProtocolRequiredWithPorts: Must also specifiy protocol if port range is given.",
    ],
    [
      { protocol: 0, port_range_min: 22 },
      "400 SecurityGroupProtocolRequiredWithPorts: Must also specifiy protocol if port range is given.",
    ],
    [
      { protocol: "tcp", port_range_min: 22 },
      "400 SecurityGroupInvalidPortRange: For TCP/UDP protocols, port_range_min must be <= port_range_max",
    ],
    [
      { protocol: "udp", port_range_min: 22, port_range_max: 21 },
      "400 SecurityGroupInvalidPortRange: For TCP/UDP protocols, port_range_min must be <= port_range_max",
    ],
    [
      { protocol: 6, port_range_max: 21 },
      "400 SecurityGroupInvalidPortRange: For TCP/UDP protocols, port_range_min must be <= port_range_max",
    ],
    // A number as a text is no protocol whose ports are looked at.
    [{ protocol: "6", port_range_max: 21 }, "201"],
    [
      { protocol: "icmp", port_range_min: 256 },
      "400 SecurityGroupInvalidIcmpValue: Invalid value for ICMP type (port_range_min) 256. It must be 0 to 255.",
    ],
    [
      { protocol: "icmp", port_range_min: 1, port_range_max: 256 },
      "400 SecurityGroupInvalidIcmpValue: Invalid value for ICMP code (port_range_max) 256. It must be 0 to 255.",
    ],
    [
      { protocol: "icmp", port_range_max: 3 },
      "400 SecurityGroupMissingIcmpType: ICMP code (port-range-max) 3 is provided but ICMP type (port-range-min) is missing.",
    ],
    [
      { remote_ip_prefix: "::/0" },
      "400 SecurityGroupRuleParameterConflict: Conflicting value ethertype IPv4 for CIDR ::/0",
    ],
    [
      { remote_ip_prefix: "10.0.0.0/8", remote_group_id: SERVER },
      "400 SecurityGroupRemoteGroupAndRemoteIpPrefix: Only remote_ip_prefix or remote_group_id may be provided.",
    ],
    [{ remote_group_id: "none" }, "404 SecurityGroupNotFound: Security group none does not exist"],
    [{ security_group_id: 5 }, "404 SecurityGroupNotFound: Security group 5 does not exist"],
    [{ remote_group_id: "" }, "201"],
  ];

  it.each(cases)("%j", (rule, answer) => {
    expect(bedWithGroup().post(rule)).toBe(answer);
  });

  it("is there once, whatever its protocol is written like, but not if it is a number", () => {
    const { post } = bedWithGroup();
    expect(post({ protocol: "tcp" })).toBe("201");
    expect(post({ protocol: "TCP" })).toMatch(
      /^409 SecurityGroupRuleExists: Security group rule already exists. Rule id is [\da-f-]{36}.$/,
    );
    expect([post({ protocol: 8 }), post({ protocol: 8 })]).toEqual(["201", "201"]);
    expect(post({ direction: "egress" })).toMatch(/^409 SecurityGroupRuleExists/);
  });

  it("comes with others of its group alone, and the answer has the last (create_security_group_rule_bulk)", () => {
    const { bed, group } = bedWithGroup();
    const rules = (...list: JsonObject[]): Json => ({
      security_group_rules: list.map((rule) => ({
        direction: "ingress",
        security_group_id: group,
        ...rule,
      })),
    });
    const { token } = bed.demo;
    const { body } = bed.ask(
      "POST",
      "/v2.0/security-group-rules",
      token,
      rules({ protocol: "tcp" }, { protocol: "udp" }),
    );
    expect(body).toMatchObject({ security_group_rules: [{ protocol: "udp" }] });
    expect(bed.run(bed.user.list("security_group_rules", { protocol: "TCP" }))).toHaveLength(1);
    const said = (...list: JsonObject[]): string =>
      bed.said("POST", "security-group-rules", rules(...list), token);
    expect(said({ protocol: 9 }, { protocol: 9 })).toBe(
      "409 DuplicateSecurityGroupRuleInPost: Duplicate Security Group Rule in POST.",
    );
    expect(said({}, { security_group_id: SERVER })).toBe(
      "400 SecurityGroupNotSingleGroupRules: Only allowed to update rules for one security profile at a time",
    );
  });

  it("is not changed: a good body finds no method behind the route", () => {
    const { bed, post } = bedWithGroup();
    post({ protocol: "tcp" });
    const [rule] = bed.run(bed.user.list("security_group_rules", { protocol: "tcp" }));
    const path = `security-group-rules/${rule!["id"] as string}`;
    const put = (attrs: JsonObject): string =>
      bed.said("PUT", path, { security_group_rule: attrs }, bed.demo.token);
    expect(put({ protocol: "udp" })).toBe(
      "400 HTTPBadRequest: Cannot update read-only attribute protocol",
    );
    expect(put({ direction: "egress" })).toMatch(/^500 HTTPInternalServerError/);
    expect(bed.said("DELETE", path, undefined, bed.demo.token)).toBe("204");
    expect(bed.said("DELETE", path, undefined, bed.demo.token)).toMatch(
      /^404 SecurityGroupRuleNotFound: Security group rule .* does not exist$/,
    );
  });
});

describe("a group", () => {
  it("is called default once, by itself", () => {
    const bed = new NeutronBed();
    const { token } = bed.demo;
    const named = (name: string): Json => ({ security_group: { name } });
    expect(bed.said("POST", "security-groups", named("default"), token)).toBe(
      "409 SecurityGroupDefaultAlreadyExists: Default security group already exists.",
    );
    const [own] = bed.run(bed.user.list("security_groups"));
    const path = `security-groups/${own!["id"] as string}`;
    expect(bed.said("PUT", path, named("other"), token)).toBe(
      "409 SecurityGroupCannotUpdateDefault: Updating default security group not allowed.",
    );
    expect(bed.said("PUT", path, { security_group: { description: "mine" } }, token)).toBe("200");
    expect(bed.said("DELETE", path, undefined, token)).toBe(
      "409 SecurityGroupCannotRemoveDefault: Removing default security group not allowed.",
    );
    expect(bed.said("DELETE", path)).toBe("204");
  });

  it("needs no name, lets everything out, and is kept while a port is in it", () => {
    const bed = new NeutronBed();
    const { token } = bed.demo;
    const answer = bed.ask("POST", "/v2.0/security-groups", token, {
      security_group: { tenant_id: bed.demo.project },
    });
    expect(answer).toMatchObject({
      status: 201,
      body: {
        security_group: {
          name: "",
          description: "",
          security_group_rules: [
            { direction: "egress", ethertype: "IPv4" },
            { direction: "egress", ethertype: "IPv6" },
          ],
        },
      },
    });
    const { id } = bed.run(bed.user.create("security_groups", { name: "g" }));
    bed.port("", { security_groups: [id as string] });
    expect(bed.said("DELETE", `security-groups/${id as string}`, undefined, token)).toBe(
      `409 SecurityGroupInUse: Security Group ${id as string} in use.`,
    );
  });

  it("of another tenant is not made by looking for it (_get_tenant_id_for_create)", () => {
    const bed = new NeutronBed();
    expect(bed.said("GET", "security-groups?tenant_id=other", undefined, bed.demo.token)).toBe(
      "403 AdminRequired: User does not have admin privileges: Cannot create resource for another tenant",
    );
    expect(bed.said("GET", "security-groups?tenant_id=other")).toBe("200");
    expect(bed.database.securityGroups.count({ tenant_id: "other" })).toBe(1);
  });
});
