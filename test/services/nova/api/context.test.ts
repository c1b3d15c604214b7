/** The context of a request: nova/api/auth.py (NovaKeystoneContext) at 2014.2. */
import { expect, test } from "vitest";
import { parseQuery } from "../../../../src/http/query.js";
import { ContextMaker } from "../../../../src/services/nova/api/context.js";
import { NovaBed } from "../bed.js";

const wire = (headers: Readonly<Record<string, string>>, from = "demo") =>
  new ContextMaker(new NovaBed().nova("nova-api"))
    .make({ method: "GET", path: "/", query: parseQuery(""), headers, body: null, from })
    .toWire();

test("remote_address is an address, the same for all that one host sends", () => {
  const user = { "x-user-id": "u" };
  expect(wire(user)["remote_address"]).toMatch(/^10(?:\.\d{1,3}){3}$/);
  expect(wire(user, "neutron-server@controller")["remote_address"]).toBe("10.0.0.11");
});

test("roles are split at commas, and no roles are one without a name (_get_roles)", () => {
  expect(wire({ "x-user-id": "u", "x-roles": "admin, Member" })["roles"]).toEqual([
    "admin",
    "Member",
  ]);
  expect(wire({ "x-user-id": "u" })["roles"]).toEqual([""]);
});

test("has every key of to_dict, and null for what nobody said (nova/context.py)", () => {
  expect(wire({ "x-user-id": "u", "x-project-id": "p" })).toMatchObject({
    ...{ user_id: "u", user: "u", project_id: "p", tenant: "p", is_admin: false },
    ...{ read_deleted: "no", auth_token: null, quota_class: null, user_name: null },
    ...{ project_name: null, service_catalog: [], instance_lock_checked: false },
    timestamp: "2014-09-18T04:03:09.000000",
  });
});
