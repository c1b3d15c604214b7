/**
 * The pools that a scheduler knew of at its last choice. Upstream: cinder/api/contrib/scheduler_stats.py,
 * cinder/api/views/scheduler_stats.py at 2014.2.
 */
import { respond } from "../../../../../http/index.js";
import { BOTH, inVersions } from "../../route.js";

const RULE = "scheduler_extension:scheduler_stats:get_pools";

export const schedulerStatsRoutes = inVersions(BOTH, (route) => [
  route("GET", "/scheduler-stats/get_pools", RULE, function* ({ app, ctxt, request: { query } }) {
    // Any text says yes, "false" too.
    const detailed = (query.get("detail") ?? "") !== "";
    const pools = yield* app.schedulers.get_pools(ctxt, { filters: null });
    const views = pools.map(({ name, capabilities }) =>
      detailed ? { name, capabilities } : { name },
    );
    return respond(200, { pools: views });
  }),
]);
