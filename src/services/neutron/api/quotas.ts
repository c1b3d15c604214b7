/**
 * `/v2.0/quotas`: a tenant reads its own, an admin reads and sets anybody's. Upstream:
 * neutron/extensions/quotasv2.py.
 */
import type { RequestContext } from "../../../framework/index.js";
import { HttpFault, respond } from "../../../http/index.js";
import { AdminRequired, QuotaMissingTenant } from "../errors.js";
import { quotaAttributes } from "./attributes/index.js";
import { toUpdate, understood } from "./body.js";
import { route } from "./policy.js";

function requireAdmin(
  { is_admin }: RequestContext,
  reason = "Only admin can view or configure quota",
): void {
  if (!is_admin) throw new AdminRequired({ reason });
}

/** Upstream's policy.json has no rule for them: the extension asks for an admin itself. */
export const quotaRoutes = [
  route("GET", "/v2.0/quotas", null, function* ({ app: { plugin }, ctxt }) {
    requireAdmin(ctxt);
    const all = plugin.quotas
      .tenants()
      .map((tenant_id) => ({ ...plugin.quotas.of(tenant_id), tenant_id }));
    return respond(200, { quotas: all });
  }),
  route("POST", "/v2.0/quotas", null, () => {
    throw new HttpFault(501, "POST requests are not supported on this resource.");
  }),
  route("GET", "/v2.0/quotas/tenant", null, function* ({ ctxt }) {
    if (ctxt.project_id === null) throw new QuotaMissingTenant();
    return respond(200, { tenant: { tenant_id: ctxt.project_id } });
  }),
  route("GET", "/v2.0/quotas/{id}", null, function* ({ app: { plugin }, ctxt, params: { id } }) {
    if (id !== ctxt.project_id) {
      requireAdmin(ctxt, "Only admin is authorized to access quotas for another tenant");
    }
    return respond(200, { quota: plugin.quotas.of(id) });
  }),
  route(
    "PUT",
    "/v2.0/quotas/{id}",
    null,
    function* ({ app: { plugin }, ctxt, request, params: { id } }) {
      const body = understood(request.body);
      requireAdmin(ctxt);
      const attributes = quotaAttributes(plugin.quotas.resources);
      const of = { member: "quota", attributes, bulk: false, limits: plugin.app.flags };
      plugin.quotas.set(id, toUpdate(ctxt, body, of));
      return respond(200, { quota: plugin.quotas.of(id) });
    },
  ),
  route("DELETE", "/v2.0/quotas/{id}", null, function* ({ app: { plugin }, ctxt, params: { id } }) {
    requireAdmin(ctxt);
    plugin.quotas.reset(id);
    return respond(204);
  }),
];
