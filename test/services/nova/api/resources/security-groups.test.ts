/** contrib/security_groups.py, nova/network/security_group/neutron_driver.py at 2014.2; nova §5.6. */
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../../../src/python/index.js";
import { ApiBed, NETWORK, NOWHERE } from "../bed.js";

const RULE = {
  id: "r1",
  security_group_id: NETWORK,
  direction: "ingress",
  ethertype: "IPv4",
  protocol: "tcp",
  port_range_min: 22,
  port_range_max: 23,
  remote_ip_prefix: "10.0.0.0/8",
  remote_group_id: null,
  tenant_id: "demo",
};

const group = (id: string, name: string, ...rules: JsonObject[]): JsonObject => ({
  id,
  name,
  description: "d",
  tenant_id: "demo",
  security_group_rules: rules.map((rule) => ({ ...RULE, ...rule })),
});

const bedWith = (...groups: JsonObject[]): ApiBed => {
  const bed = new ApiBed();
  for (const each of groups) bed.groups.set(each["id"] as string, each);
  return bed;
};

const rules = (bed: ApiBed): JsonObject[] =>
  (
    bed.ask("GET", `/os-security-groups/${NETWORK}`).body as unknown as {
      security_group: { rules: JsonObject[] };
    }
  ).security_group.rules;

describe("a security group by way of Nova", () => {
  it("is read by its id alone, with the rules for what comes in", () => {
    const bed = bedWith(group(NETWORK, "web", {}, { direction: "egress" }));
    expect(bed.ask("GET", `/os-security-groups/${NETWORK}`).body).toEqual({
      security_group: {
        id: NETWORK,
        name: "web",
        description: "d",
        tenant_id: "demo",
        rules: [
          {
            id: "r1",
            parent_group_id: NETWORK,
            ip_protocol: "tcp",
            from_port: 22,
            to_port: 23,
            group: {},
            ip_range: { cidr: "10.0.0.0/8" },
          },
        ],
      },
    });
    expect(bed.asked).toEqual([`security group show ${NETWORK}`]);
  });

  it.each([
    [{ protocol: "UDP" }, 1, 65_535],
    [{ protocol: "icmp" }, -1, -1],
    [{ protocol: null }, null, null],
  ])("shows the ports of %j without ports as %j to %j", (rule, from_port, to_port) => {
    const none = { port_range_min: null, port_range_max: null };
    const bed = bedWith(group(NETWORK, "web", { ...none, ...rule }));
    expect(rules(bed)).toMatchObject([{ from_port, to_port }]);
  });

  it("has any address for none, and asks for the name of a group that a rule is about", () => {
    const bed = bedWith(
      group(NETWORK, "web", { remote_ip_prefix: null }, { remote_group_id: IMAGES }),
      group(IMAGES, "other"),
    );
    expect(rules(bed)).toMatchObject([
      { ip_range: { cidr: "0.0.0.0/0" }, group: {} },
      { ip_range: {}, group: { name: "other", tenant_id: "demo" } },
    ]);
    bed.groups.delete(IMAGES);
    expect(rules(bed)).toHaveLength(1);
  });

  it.each([
    ["web", "400 Security group id should be uuid"],
    ["2222222200004000800000000000000a", "400 Security group id should be uuid"],
    ["22222222-0000-4000-8000-00000000000A", "400 Security group id should be uuid"],
    [NOWHERE, `404 Security group ${NOWHERE} does not exist`],
  ])("is not found as %s", (id, says) => {
    const bed = bedWith();
    expect(bed.told(bed.ask("GET", `/os-security-groups/${id}`))).toBe(says);
  });
});

const IMAGES = "44444444-0000-4000-8000-000000000000";

describe("the list of security groups by way of Nova", () => {
  const names = (bed: ApiBed, query = ""): unknown[] =>
    (
      bed.ask("GET", `/os-security-groups${query}`).body as unknown as {
        security_groups: { name: unknown }[];
      }
    ).security_groups.map(({ name }) => name);

  it("is sorted by name after it was cut; a limit of 0 is none", () => {
    const bed = bedWith(group("1", "c"), group("2", "a"), group("3", "b"));
    expect(names(bed)).toEqual(["a", "b", "c"]);
    expect(names(bed, "?limit=2&all_tenants=1")).toEqual(["a", "c"]);
    expect(names(bed, "?offset=1&limit=0")).toEqual(["a", "b"]);
  });

  it.each([
    ["?offset=x&limit=x", "400 offset param must be an integer"],
    ["?limit=", "400 limit param must be an integer"],
    ["?limit=-1&offset=-1", "400 limit param must be positive"],
    ["?offset=-1", "400 offset param must be positive"],
  ])("refuses %s", (query, says) => {
    const bed = bedWith();
    expect(bed.told(bed.ask("GET", `/os-security-groups${query}`))).toBe(says);
  });
});

describe("a security group that is changed by way of Nova", () => {
  it("is made, renamed and deleted", () => {
    const bed = bedWith(group(NETWORK, "web"));
    const wanted = { name: "db", description: "of databases" };
    expect(bed.ask("POST", "/os-security-groups", { security_group: wanted }).body).toMatchObject({
      security_group: { ...wanted, rules: [] },
    });
    const renamed = { name: "front", description: "d" };
    const put = bed.ask("PUT", `/os-security-groups/${NETWORK}`, { security_group: renamed });
    expect(put.body).toMatchObject({ security_group: { name: "front" } });
    expect(bed.ask("DELETE", `/os-security-groups/${NETWORK}`).status).toBe(202);
    expect(bed.ask("DELETE", `/os-security-groups/${NETWORK}`).status).toBe(404);
    expect(bed.ask("POST", "/os-security-groups", { group: wanted }).status).toBe(422);
  });

  it("is given rules, each of which is looked at first", () => {
    const bed = bedWith(group(NETWORK, "web", {}));
    const add = (more: JsonObject) =>
      bed.told(
        bed.ask("POST", "/os-security-group-rules", {
          security_group_rule: {
            ...{ parent_group_id: NETWORK, ip_protocol: "tcp", from_port: 3306, to_port: 3306 },
            ...more,
          },
        }),
      );
    expect(add({ cidr: "0.0.0.0/0" })).toBe("200");
    expect(add({ from_port: 22, to_port: 23, cidr: "10.0.0.0/8" })).toBe(
      `400 This rule already exists in group ${NETWORK}`,
    );
    expect(add({ cidr: "10.0.0.0/0" })).toBe("400 Bad prefix for network in cidr 10.0.0.0/0");
    expect(add({ cidr: "x" })).toBe("400 Invalid cidr x");
    expect(add({ ip_protocol: null })).toBe("400 Not enough parameters to build a valid rule.");
    expect(add({ from_port: 9, to_port: 8 })).toBe(
      "400 Invalid port range 9:8. Former value cannot be greater than the later",
    );
    expect(add({ from_port: "a" })).toBe(
      "400 Invalid input received: To and From ports must be integers",
    );
    expect(add({ ip_protocol: "gre" })).toBe("400 Invalid IP protocol gre.");
    expect(bed.ask("DELETE", `/os-security-group-rules/${NOWHERE}`).status).toBe(404);
  });
});
