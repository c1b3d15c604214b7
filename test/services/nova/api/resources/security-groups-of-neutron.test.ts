/** What Nova makes of what Neutron says of security groups: nova/network/security_group/neutron_driver.py at 2014.2. */
import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../../../../../src/python/index.js";
import { Bed } from "../../../../clients/bed.js";

const bed = new Bed();
const token = bed.login();
const nova = (method: string, path: string, body?: Json) =>
  bed.http(method, `http://controller:8774/v2/${bed.tenant}${path}`, body, token);

const told = (method: string, path: string, body?: Json): string => {
  const answer = nova(method, path, body);
  const [fault] = Object.values((answer.body ?? {}) as Record<string, { message?: string }>);
  return `${String(answer.status)} ${answer.status < 400 ? "" : (fault?.message ?? "")}`.trim();
};

const made = (name: string): JsonObject => {
  const wanted = { security_group: { name, description: "" } };
  return (nova("POST", "/os-security-groups", wanted).body as { security_group: JsonObject })
    .security_group;
};

const UNFORESEEN =
  "500 The server has either erred or is incapable of performing the requested operation.";

describe("a group that has a name", () => {
  it("is added by it, unless several have it, and that is a conflict (:402)", () => {
    made("twin");
    const act = (name: string, action = "addSecurityGroup") =>
      told("POST", `/servers/${bed.server}/action`, { [action]: { name } });
    made("single");
    expect(act("single")).toBe("202");
    expect(act("single", "removeSecurityGroup")).toBe("202");
    made("twin");
    expect(act("twin")).toBe(
      "409 Multiple security_group matches found for name 'twin', use an ID to be more specific.",
    );
    // Who takes one away does not think of that (:458).
    expect(act("twin", "removeSecurityGroup")).toBe(UNFORESEEN);
    for (const action of ["addSecurityGroup", "removeSecurityGroup"]) {
      expect(act("none", action)).toBe(
        `404 Security group none is not found for project ${bed.tenant}`,
      );
    }
  });

  it("keeps it if it is the default one, and Nova has no words for that (:76)", () => {
    const { body } = nova("GET", "/os-security-groups");
    const { security_groups: groups } = body as unknown as { security_groups: JsonObject[] };
    const id = groups.find(({ name }) => name === "default")?.["id"] as string;
    const other = { security_group: { name: "other", description: "d" } };
    expect(told("PUT", `/os-security-groups/${id}`, other)).toBe(UNFORESEEN);
  });
});
