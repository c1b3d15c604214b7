/**
 * `/v2.0/quotas`: a tenant reads its own, an admin reads and sets anybody's. Upstream:
 * neutron/extensions/quotasv2.py.
 */
import type { RequestContext } from "../../../framework/index.js";
import { respond, type HttpRequest, type Route } from "../../../http/index.js";
import { AdminRequired, InvalidInput } from "../errors.js";
import type { Plugin } from "../plugin/index.js";
import type { QuotaResource } from "../plugin/quotas.js";
import { objectIn } from "./body.js";

export function quotaRoutes({ quotas }: Plugin): Route<RequestContext>[] {
  const requireAdmin = (ctxt: RequestContext, reason: string): void => {
    if (!ctxt.is_admin) throw new AdminRequired({ reason });
  };
  const limitsIn = ({ body }: HttpRequest): Map<QuotaResource, number> => {
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
  };
  return [
    {
      method: "GET",
      path: "/v2.0/quotas",
      *handler(ctxt) {
        requireAdmin(ctxt, "Only admin can list quotas");
        const all = quotas.tenants().map((tenant_id) => ({ ...quotas.of(tenant_id), tenant_id }));
        return respond(200, { quotas: all });
      },
    },
    {
      method: "GET",
      path: "/v2.0/quotas/tenant",
      *handler(ctxt) {
        return respond(200, { tenant: { tenant_id: ctxt.project_id } });
      },
    },
    {
      method: "GET",
      path: "/v2.0/quotas/{id}",
      *handler(ctxt, _request, { id = "" }) {
        if (id !== ctxt.project_id)
          requireAdmin(ctxt, "Non-admin is not authorised to access quotas for another tenant");
        return respond(200, { quota: quotas.of(id) });
      },
    },
    {
      method: "PUT",
      path: "/v2.0/quotas/{id}",
      *handler(ctxt, request, { id = "" }) {
        requireAdmin(ctxt, "Only admin is authorized to access quotas for another tenant");
        quotas.set(id, limitsIn(request));
        return respond(200, { quota: quotas.of(id) });
      },
    },
    {
      method: "DELETE",
      path: "/v2.0/quotas/{id}",
      *handler(ctxt, _request, { id = "" }) {
        requireAdmin(ctxt, "Only admin is authorized to access quotas for another tenant");
        quotas.reset(id);
        return respond(204);
      },
    },
  ];
}
