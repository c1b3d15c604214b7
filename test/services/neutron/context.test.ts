/** Neutron's contexts on the wire: neutron/context.py (ContextBase.to_dict) at 2014.2. */
import { describe, expect, it } from "vitest";
import { RequestContext } from "../../../src/framework/index.js";
import { neutronSerializer } from "../../../src/services/neutron/context.js";

const ctxt = new RequestContext({
  request_id: "req-1",
  user_id: "u",
  project_id: "t",
  user_name: "demo",
  project_name: "shop",
  roles: ["_member_"],
  timestamp: "2014-09-18T04:03:09.277908",
  auth_token: "k",
});

describe("a context of Neutron's", () => {
  it("has the tenant under each of its names, and nothing of Nova's quota classes and catalogs", () => {
    expect(Object.entries(neutronSerializer.serializeContext(ctxt))).toEqual([
      ["user_id", "u"],
      ["tenant_id", "t"],
      ["project_id", "t"],
      ["is_admin", false],
      ["read_deleted", "no"],
      ["roles", ["_member_"]],
      ["timestamp", "2014-09-18 04:03:09.277908"],
      ["request_id", "req-1"],
      ["tenant", "t"],
      ["user", "u"],
      ["tenant_name", "shop"],
      ["project_name", "shop"],
      ["user_name", "demo"],
      ["auth_token", "k"],
    ]);
  });

  it("says the same again after a hop", () => {
    const wire = neutronSerializer.serializeContext(ctxt);
    const there = neutronSerializer.deserializeContext(wire);
    expect(neutronSerializer.serializeContext(there)).toEqual(wire);
  });
});
