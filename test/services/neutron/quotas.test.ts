/** Quotas and the list of extensions. Upstream: extensions/quotasv2.py, api/extensions.py at 2014.2. */
import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../../../src/python/index.js";
import { NeutronBed } from "./bed.js";

describe("quotas", () => {
  it("are read by whose they are, and by admins", () => {
    const bed = new NeutronBed();
    const { project, token } = bed.demo;
    const admin = "403 AdminRequired: User does not have admin privileges: ";
    expect(bed.said("GET", `quotas/${project}`, undefined, token)).toBe("200");
    expect(bed.said("GET", "quotas/other", undefined, token)).toBe(
      `${admin}Only admin is authorized to access quotas for another tenant`,
    );
    for (const method of ["PUT", "DELETE"]) {
      expect(bed.said(method, `quotas/${project}`, { quota: {} }, token)).toBe(
        `${admin}Only admin can view or configure quota`,
      );
    }
    expect(bed.said("GET", "quotas", undefined, token)).toBe(
      `${admin}Only admin can view or configure quota`,
    );
    expect(bed.ask("GET", "/v2.0/quotas/tenant", token).body).toEqual({
      tenant: { tenant_id: project },
    });
    expect(bed.said("POST", "quotas", {})).toBe(
      "501 HTTPNotImplemented: POST requests are not supported on this resource.",
    );
  });

  it("are whole numbers from -1 on, of what is counted", () => {
    const bed = new NeutronBed();
    const put = (quota: Json): string => bed.said("PUT", "quotas/t", { quota });
    expect(put({ colour: 1 })).toBe("400 HTTPBadRequest: Unrecognized attribute(s) 'colour'");
    expect(put({ network: "x" })).toBe(
      "400 InvalidInput: Invalid input for operation: 'x' is not a integer.",
    );
    expect(put({ network: null })).toBe(
      "400 InvalidInput: Invalid input for operation: 'None' is not a integer.",
    );
    expect(put({ network: -2 })).toBe(
      "400 HTTPBadRequest: Invalid input for network. Reason: '-2' is too small - must be at least '-1'.",
    );
    expect(put({ network: "99999999999999999999" })).toBe(
      "400 HTTPBadRequest: Invalid input for network. Reason: '100000000000000000000' is too large - must be no larger than '9223372036854775807'.",
    );
    expect(put({ network: 2147483648 })).toMatch(/^500 /);
    expect(bed.said("PUT", "quotas/t", { quotas: {} })).toBe(
      "400 HTTPBadRequest: Bulk operation not supported",
    );
    expect(put({ network: " 7 ", port: true })).toBe("200");
    expect(bed.run(bed.admin.showQuota("t"))).toMatchObject({ network: 7, port: 1, subnet: 10 });
    expect(bed.ask("GET", "/v2.0/quotas", bed.adminToken).body).toMatchObject({
      quotas: [{ tenant_id: "t", network: 7, security_group: 10, security_group_rule: 100 }],
    });
    expect([bed.said("DELETE", "quotas/t"), bed.said("DELETE", "quotas/t")]).toEqual([
      "204",
      "204",
    ]);
    expect(bed.run(bed.admin.showQuota("t"))).toMatchObject({ network: 10, port: 50 });
  });

  it("are kept by each thing that is made", () => {
    const bed = new NeutronBed({ flags: { quota_network: 1, quota_security_group_rule: 0 } });
    bed.run(bed.user.create("networks", {}));
    const over = (what: string): string =>
      `409 OverQuota: Quota exceeded for resources: ['${what}']`;
    expect(bed.said("POST", "networks", { network: { name: "b" } }, bed.demo.token)).toBe(
      over("network"),
    );
    const { id } = bed.run(bed.user.create("security_groups", { name: "g" }));
    const rule = { security_group_id: id as string, direction: "ingress" };
    expect(
      bed.said("POST", "security-group-rules", { security_group_rule: rule }, bed.demo.token),
    ).toBe(over("security_group_rule"));
  });
});

describe("the list of extensions", () => {
  it("has each part of ML2 with its own name, namespace and date", () => {
    const bed = new NeutronBed();
    const { body } = bed.ask("GET", "/v2.0/extensions", bed.demo.token);
    const { extensions } = body as { extensions: JsonObject[] };
    expect(extensions.map(({ alias }) => alias)).toEqual([
      ...["security-group", "provider", "binding", "quotas", "agent", "dhcp_agent_scheduler"],
      ...["external-net", "multi-provider", "allowed-address-pairs", "extra_dhcp_opt"],
    ]);
    expect(extensions[0]).toEqual({
      alias: "security-group",
      name: "security-group",
      description: "The security groups extension.",
      namespace: "http://docs.openstack.org/ext/securitygroups/api/v2.0",
      updated: "2012-10-05T10:00:00-00:00",
      links: [],
    });
    expect(new Set(extensions.map(({ namespace }) => namespace)).size).toBe(10);
  });

  it("answers with webob's own words for one that is not there", () => {
    const bed = new NeutronBed();
    const ask = (method: string, path: string) => bed.ask(method, `/v2.0/${path}`, bed.demo.token);
    expect(ask("GET", "extensions/quotas").body).toMatchObject({ extension: { alias: "quotas" } });
    expect(ask("GET", "extensions/none")).toMatchObject({
      status: 404,
      body: "404 Not Found\n\nThe resource could not be found.\n\n Extension with alias none does not exist  ",
    });
    expect(ask("POST", "extensions").status).toBe(404);
    expect(ask("DELETE", "extensions/quotas").status).toBe(404);
  });
});
