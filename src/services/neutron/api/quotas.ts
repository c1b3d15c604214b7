/**
 * `/v2.0/quotas`: a tenant reads its own, an admin reads and sets anybody's. Upstream:
 * neutron/extensions/quotasv2.py.
 */
import type { RequestContext } from "../../../framework/index.js";
import { respond, type HttpRequest } from "../../../http/index.js";
import { AdminRequired, InvalidInput } from "../errors.js";
import type { Plugin } from "../plugin/index.js";
import type { QuotaResource } from "../plugin/quotas.js";
import { objectIn } from "./body.js";
import { route } from "./policy.js";

function requireAdmin({ is_admin }: RequestContext, reason: string): void {
  if (!is_admin) throw new AdminRequired({ reason });
}

function limitsIn({ quotas }: Plugin, { body }: HttpRequest): Map<QuotaResource, number> {
  const limits = new Map<QuotaResource, number>();
  for (const [resource, limit] of Object.entries(objectIn(body, "quota"))) {
    if (!quotas.isResource(resource)) continue;
    const number = typeof limit === "string" ? Number(limit) : limit;
    if (typeof number !== "number" || !Number.isInteger(number) || number < -1) {
      throw new InvalidInput({ error_message: `'${JSON.stringify(limit)}' is not a limit` });
    }
    limits.set(resource, number);
  }
  return limits;
}

/** Upstream's policy.json has no rule for them: the extension asks for an admin itself. */
export const quotaRoutes = [
  route("GET", "/v2.0/quotas", null, function* ({ app: { plugin }, ctxt }) {
    requireAdmin(ctxt, "Only admin can list quotas");
    const all = plugin.quotas
      .tenants()
      .map((tenant_id) => ({ ...plugin.quotas.of(tenant_id), tenant_id }));
    return respond(200, { quotas: all });
  }),
  route("GET", "/v2.0/quotas/tenant", null, function* ({ ctxt }) {
    return respond(200, { tenant: { tenant_id: ctxt.project_id } });
  }),
  route("GET", "/v2.0/quotas/{id}", null, function* ({ app: { plugin }, ctxt, params: { id } }) {
    if (id !== ctxt.project_id)
      requireAdmin(ctxt, "Non-admin is not authorised to access quotas for another tenant");
    return respond(200, { quota: plugin.quotas.of(id) });
  }),
  route(
    "PUT",
    "/v2.0/quotas/{id}",
    null,
    function* ({ app: { plugin }, ctxt, request, params: { id } }) {
      requireAdmin(ctxt, "Only admin is authorized to access quotas for another tenant");
      plugin.quotas.set(id, limitsIn(plugin, request));
      return respond(200, { quota: plugin.quotas.of(id) });
    },
  ),
  route("DELETE", "/v2.0/quotas/{id}", null, function* ({ app: { plugin }, ctxt, params: { id } }) {
    requireAdmin(ctxt, "Only admin is authorized to access quotas for another tenant");
    plugin.quotas.reset(id);
    return respond(204);
  }),
];
