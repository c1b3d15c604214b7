/**
 * What is done to pools beyond the five acts: their statistics, and which health monitors they have. The controller
 * of the latter is the frame's with a parent, and shows next to nothing: no member of what the plugin answers is an
 * attribute but `tenant_id`. Upstream: neutron/extensions/loadbalancer.py (SUB_RESOURCE_ATTRIBUTE_MAP),
 * neutron/api/v2/base.py at 2014.2.
 */
import type { RequestContext } from "../../../framework/index.js";
import { HttpFault, respond } from "../../../http/index.js";
import type { Op } from "../../../kernel/index.js";
import {
  AttributeError,
  isObject,
  KeyError,
  PythonTypeError,
  type Json,
  type JsonObject,
} from "../../../python/index.js";
import { BadRequest, PolicyNotAuthorized } from "../errors.js";
import { associationAttributes } from "./attributes/index.js";
import { badFormat, toCreate, toUpdate, understood, type BodyOf } from "./body.js";
import type { NeutronApi } from "./neutron-api.js";
import { route, type Target } from "./policy.js";
import { HEALTH_MONITOR, POOL } from "./resource.js";

const MONITORS = "/v2.0/lb/pools/{pool_id}/health_monitors";
const MONITOR = `${MONITORS}/{id}` as const;

const target = (object: JsonObject, resource = HEALTH_MONITOR): Target => ({
  resource,
  object,
  attributes: [],
  networkOwner: undefined,
});

const bodyOf = ({ plugin }: NeutronApi): BodyOf => ({
  member: "health_monitor",
  attributes: associationAttributes,
  bulk: true,
  limits: plugin.app.flags,
});

const notify = (
  { plugin }: NeutronApi,
  ctxt: RequestContext,
  event: string,
  payload: Json,
): Op<void> => plugin.app.notifier.info(ctxt, `health_monitor.${event}`, payload);

/** Whoever may not is not told that there is something. @throws HttpFault 404, and what else `ask` throws */
function hiding(ask: () => void): void {
  try {
    ask();
  } catch (error) {
    if (!(error instanceof PolicyNotAuthorized)) throw error;
    throw new HttpFault(404, "The resource could not be found.");
  }
}

/** Several at once, one after the other. What has been made cannot be taken back: nobody knows its id. */
function* associateAll(
  { plugin }: NeutronApi,
  ctxt: RequestContext,
  monitors: readonly JsonObject[],
  pool_id: string,
): Op<void> {
  for (const [i, { id = null }] of monitors.entries()) {
    try {
      yield* plugin.loadBalancing.healthMonitors.associate(ctxt, id as string, pool_id);
    } catch (error) {
      if (i === 0 || monitors.length === 1) throw error;
      throw new KeyError("id");
    }
  }
}

export const loadBalancingRoutes = [
  route(
    "GET",
    "/v2.0/lb/pools/{id}/stats",
    { inside: ["get_pool", "stats"] },
    function* ({ app: { plugin }, ctxt, params: { id }, enforce }) {
      const { pools } = plugin.loadBalancing;
      const pool = target(pools.get(ctxt, id), POOL);
      hiding(() => {
        enforce(pool, "get_pool");
      });
      enforce(pool, "stats");
      return respond(200, pools.stats(ctxt, id));
    },
  ),
  route("GET", MONITORS, null, () => {
    throw new AttributeError("'LoadBalancerPlugin' has no attribute 'get_pool_health_monitors'");
  }),
  route(
    "POST",
    MONITORS,
    { inside: "create_pool_health_monitor" },
    function* ({ app, ctxt, request, params: { pool_id }, enforce }) {
      const body = understood(request.body);
      yield* notify(app, ctxt, "create.start", body);
      const prepared = toCreate(ctxt, body, bodyOf(app));
      const all = prepared.kind === "one" ? [prepared.object] : prepared.objects;
      const { quotas } = app.plugin;
      for (const [i, monitor] of all.entries()) {
        enforce(target(monitor));
        // What is counted are health monitors: an association counts as one more.
        quotas.check("health_monitor", monitor["tenant_id"] as string, i + 1);
      }
      yield* associateAll(app, ctxt, all, pool_id);
      const shown: JsonObject =
        prepared.kind === "one"
          ? { health_monitor: {} }
          : { health_monitors: all.map((): JsonObject => ({})) };
      yield* notify(app, ctxt, "create.end", shown);
      return respond(201, shown);
    },
  ),
  route(
    "GET",
    MONITOR,
    { inside: "get_pool_health_monitor" },
    function* ({ app: { plugin }, ctxt, params: { pool_id, id }, enforce }) {
      const found = plugin.loadBalancing.healthMonitors.association(ctxt, id, pool_id);
      hiding(() => {
        enforce(target(found));
      });
      return respond(200, { health_monitor: { tenant_id: found["tenant_id"] ?? null } });
    },
  ),
  route(
    "PUT",
    MONITOR,
    { inside: "update_pool_health_monitor" },
    function* ({ app, ctxt, request, params: { pool_id, id }, enforce }) {
      const body = understood(request.body);
      if (!isObject(body)) throw new BadRequest({ resource: "body", msg: badFormat(body) });
      yield* notify(app, ctxt, "update.start", { id, ...body });
      toUpdate(ctxt, body, bodyOf(app));
      const found = app.plugin.loadBalancing.healthMonitors.association(ctxt, id, pool_id);
      hiding(() => {
        enforce(target(found));
      });
      throw new PythonTypeError(
        "update_pool_health_monitor() got an unexpected keyword argument 'health_monitor'",
      );
    },
  ),
  route(
    "DELETE",
    MONITOR,
    { inside: "delete_pool_health_monitor" },
    function* ({ app, ctxt, params: { pool_id, id }, enforce }) {
      const { healthMonitors } = app.plugin.loadBalancing;
      const payload = { health_monitor_id: id };
      yield* notify(app, ctxt, "delete.start", payload);
      const found = healthMonitors.association(ctxt, id, pool_id);
      hiding(() => {
        enforce(target(found));
      });
      yield* healthMonitors.disassociate(ctxt, id, pool_id);
      yield* notify(app, ctxt, "delete.end", payload);
      return respond(204);
    },
  ),
];
