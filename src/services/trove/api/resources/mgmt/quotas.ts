/** Quotas of tenants, for administrators. Upstream: trove/extensions/mgmt/quota/service.py, views.py at 2014.2. */
import type { HttpResponse } from "../../../../../http/index.js";
import { done, type Op } from "../../../../../kernel/index.js";
import {
  asDict,
  item,
  parseInteger,
  RuntimeException,
  str,
  truth,
  type Json,
} from "../../../../../python/index.js";
import { BadRequest } from "../../../exception.js";
import type { Resource } from "../../../quota.js";
import { adminRoute, bodyOf, shown, type TroveCall, type TroveRoute } from "../../route.js";
import { inOrder } from "../../../configuration/values.js";

export const quotaRoutes: readonly TroveRoute[] = [
  adminRoute("GET", "/mgmt/quotas/{id}", ({ app, params }) => {
    app.env.log("info", `Indexing quota info for tenant '${params.id}'`);
    return done(shown({ quotas: { ...app.quotas.limits(params.id) } }));
  }),
  adminRoute("PUT", "/mgmt/quotas/{id}", update),
];

/** What comes before a resource that nobody knows is kept. */
function* update(call: TroveCall<"tenant_id" | "id">): Op<HttpResponse> {
  const { app, params } = call;
  app.env.log("info", `Updating quota limits for tenant '${params.id}'`);
  const body = bodyOf(call);
  if (!truth(body)) throw new BadRequest({}, "Invalid request body.");
  const limits: [Resource, number][] = [];
  for (const [name, limit] of inOrder(asDict(item(body, "quotas"), "items"))) {
    if (limit === null || name === "xmlns") continue;
    const resource = app.quotas.resource(name);
    app.quotas.setLimit(params.id, resource, stored(limit));
    limits.push([resource, app.quotas.limit(params.id, resource)]);
  }
  return yield* done(shown({ quotas: Object.fromEntries(limits) }));
}

/** As a column of integers takes it. @throws RuntimeError for what MySQL refuses */
function stored(limit: Json): number {
  const number =
    typeof limit === "number" || typeof limit === "boolean"
      ? Math.round(Number(limit))
      : typeof limit === "string"
        ? parseInteger(limit)
        : undefined;
  if (number !== undefined && Math.abs(number) < 2_147_483_648) return number;
  const what = `Incorrect integer value: '${str(limit)}' for column 'hard_limit' at row 1`;
  throw new RuntimeException(`(OperationalError) (1366, "${what}")`);
}
