/** Who may do what, by default: etc/nova/policy.json at 2014.2; nova §1.2 row 14. */
import { describe, expect, it } from "vitest";
import { RequestContext, rulesOf } from "../../../../src/framework/index.js";
import { respond } from "../../../../src/http/index.js";
import { done } from "../../../../src/kernel/index.js";
import { authorized, enforce } from "../../../../src/services/nova/api/policy.js";
import { route } from "../../../../src/services/nova/api/route.js";
import { novaRoutes } from "../../../../src/services/nova/api/routes.js";
import { actionRules } from "../../../../src/services/nova/api/server-actions.js";

const ctxt = (is_admin: boolean) =>
  new RequestContext({ request_id: "req-1", project_id: "p1", user_id: "u1", is_admin });
const theirs = { project_id: "p2", user_id: "u2" };

describe("the policy of nova-api", () => {
  it("asks what policy.json asks: anybody, an administrator or an owner, an administrator", () => {
    const may = (rule: Parameters<typeof authorized>[1]): boolean[] => [
      authorized(ctxt(false), rule, theirs),
      authorized(ctxt(false), rule),
      authorized(ctxt(true), rule, theirs),
    ];
    expect(may("compute:shelve")).toEqual([true, true, true]);
    expect(may("compute:stop")).toEqual([false, true, true]);
    expect(may("compute:delete")).toEqual([false, true, true]);
    expect(may("compute_extension:services")).toEqual([false, false, true]);
  });

  it("refuses in upstream's words", () => {
    expect(() => enforce(ctxt(false), "compute:unlock_override")).toThrow(
      "Policy doesn't allow compute:unlock_override to be performed.",
    );
  });

  it("has no rule by a mistyped name, which was the default before", () => {
    // @ts-expect-error: no such rule.
    expect(() => authorized(ctxt(false), "compute:stopp")).toThrow();
    // @ts-expect-error: no such rule.
    route("GET", "/servers", "compute:gett", () => done(respond(200)));
  });
});

describe("the routes of nova-api", () => {
  it("are data: each says its rule without a cloud to run in", () => {
    const ruleOf = (method: string, path: string) =>
      rulesOf(novaRoutes.find((row) => row.method === method && row.path === path)!.policy);
    expect(ruleOf("GET", "/v2/{tenant_id}/os-services")).toEqual(["compute_extension:services"]);
    expect(ruleOf("GET", "/v2/{tenant_id}/servers/{id}")).toEqual(["compute:get"]);
    expect(ruleOf("POST", "/v2/{tenant_id}/servers/{id}/action")).toEqual(actionRules);
  });

  it("know the parameters of their own paths only", () => {
    route("GET", "/servers/{id}", null, ({ params }) => done(respond(200, params.id)));
    // @ts-expect-error: the path has an `id`.
    route("GET", "/servers/{id}", null, ({ params: { server_id } }) =>
      done(respond(200, typeof server_id)),
    );
  });

  it("are each there once", () => {
    const rows = novaRoutes.map(({ method, path }) => `${method} ${path}`);
    expect(rows).toHaveLength(new Set(rows).size);
  });
});
