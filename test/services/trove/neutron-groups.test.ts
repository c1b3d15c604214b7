/** Security groups that Trove makes in Neutron, with Nova not asked. Upstream: trove/network/neutron.py, trove/common/remote.py (neutron_client) at 2014.2. */
import { describe, expect, it } from "vitest";
import { str, type JsonObject } from "../../../src/python/index.js";
import { TroveBed } from "./bed.js";

const FLAGS = { network_driver: "trove.network.neutron.NeutronDriver" };
const made = (): TroveBed => new TroveBed({ services: ["cinder", "trove"], flags: FLAGS });

/** What Trove asked of networks, and of groups through Nova. */
const asked = (bed: TroveBed, from = 0): string[] =>
  bed.cloud.timeline.entries.slice(from).flatMap((entry) => {
    if (entry.kind !== "rest.request" || !entry.from.startsWith("trove-")) return [];
    const [path = ""] = entry.path.split("?");
    const group = /security/.test(path);
    return group ? [`${entry.method} ${path.replaceAll(/[0-9a-f-]{36}/gu, "{id}")}`] : [];
  });
const ports = (group: JsonObject): JsonObject[] => group["rules"] as JsonObject[];

describe("the Neutron driver", () => {
  it("has a group and its rules made and deleted by Neutron, and the server is in it", () => {
    const bed = made();
    const id = bed.active();
    const groups = "/v2.0/security-groups";
    const rules = "/v2.0/security-group-rules";
    expect(asked(bed)).toEqual([`POST ${groups}.json`, `POST ${rules}.json`]);
    const { stdout } = bed.cloud.user("demo").command("nova show db");
    expect(stdout).toContain(`SecGroup_${id}`);
    const [rule] = ports(
      bed.ask("GET", `/security-groups/${id}`).body["security_group"] as JsonObject,
    );
    expect(rule).toMatchObject({
      protocol: "tcp",
      from_port: 3306,
      to_port: 3306,
      cidr: "0.0.0.0/0",
    });
    const { mark } = bed;
    expect(bed.ask("DELETE", `/instances/${id}`).status).toBe(202);
    bed.cloud.advance("2m");
    expect(asked(bed, mark)).toEqual([`DELETE ${rules}/{id}.json`, `DELETE ${groups}/{id}.json`]);
    expect(bed.cloud.leftovers()).toEqual([]);
  });

  it("opens a further range for a user, and stumbles over one that is open already", () => {
    const bed = made();
    const id = bed.active();
    const [group] = bed.list("/security-groups", "security_groups");
    const open = (cidr: string) =>
      bed.ask("POST", "/security-group-rules", {
        security_group_rule: { group_id: group?.["id"] ?? null, cidr },
      });
    expect(open("10.0.0.0/8").status).toBe(201);
    // What the driver gives for a rule that it did not make is None, and its id is asked for.
    expect(open("10.0.0.0/8").status).toBe(500);
    expect(bed.logged()).toContain("secgroup rule already exists");
    const shown = bed.ask("GET", `/security-groups/${id}`).body["security_group"] as JsonObject;
    const [, second] = ports(shown);
    expect(bed.ask("DELETE", `/security-group-rules/${str(second?.["id"] ?? null)}`).status).toBe(
      204,
    );
    expect(open("10.0.0.0/8").status).toBe(201);
  });

  it("leaves an instance in error where Neutron refuses the group", () => {
    const bed = made();
    bed.cloud.inject({
      answer: { status: 500, method: "POST", path: "/v2.0/security-groups.json" },
    });
    const id = bed.made();
    bed.cloud.advance("10s");
    expect([bed.status(id), bed.task(id)]).toEqual(["ERROR", "Build error: Secgroup or rule."]);
  });

  it("is found by an option, or in the catalog, where nobody has it under another name", () => {
    const status = (flags: Record<string, string>): string => {
      const bed = new TroveBed({ services: ["cinder", "trove"], flags: { ...FLAGS, ...flags } });
      const id = bed.made();
      bed.cloud.advance("10s");
      return bed.task(id);
    };
    const nowhere = { neutron_service_type: "nobody's" };
    expect(status({ ...nowhere, trove_neutron_url: "http://controller:9696" })).not.toContain(
      "error",
    );
    expect(status(nowhere)).toContain("error");
  });
});
