/** Limits of a tenant: of what it may have, and of how often it may ask. Upstream: trove/limits/service.py, views.py at 2014.2. */
import { done } from "../../../../kernel/index.js";
import { route, shown, type TroveRoute } from "../route.js";

export const limitRoutes: readonly TroveRoute[] = [
  route("GET", "/limits", ({ app, ctxt, params }) => {
    const { instances, backups, volumes } = app.quotas.limits(params.tenant_id);
    const absolute = {
      verb: "ABSOLUTE",
      max_instances: instances,
      max_backups: backups,
      max_volumes: volumes,
    };
    return done(shown({ limits: [absolute, ...app.rates.shown(ctxt.tenant)] }));
  }),
];
