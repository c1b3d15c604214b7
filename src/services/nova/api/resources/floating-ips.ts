/**
 * Floating IPs and their pools by way of the compute API, which asks Neutron. The server that one
 * leads to is never shown: the view looks for it where only nova-network has it. Upstream:
 * contrib/floating_ips.py, contrib/floating_ip_pools.py at 2014.2.
 */
import type { RequestContext } from "../../../../framework/index.js";
import { HttpFault, respond } from "../../../../http/index.js";
import type { Op } from "../../../../kernel/index.js";
import {
  contains,
  item,
  str,
  truth,
  type Json,
  type JsonObject,
} from "../../../../python/index.js";
import {
  FloatingIpLimitExceeded,
  FloatingIpPoolNotFound,
  Forbidden,
  NoMoreFloatingIps,
  NotFound,
} from "../../exception.js";
import type { FloatingIp } from "../../network-api/neutronv2/floating-ips.js";
import type { NovaApp } from "../app.js";
import { serverWith } from "../compute/floating-ips.js";
import { plainFault } from "../faults.js";
import { route, type NovaRoute } from "../route.js";

const POLICY = "compute_extension:floating_ips";

export const floatingIpRoutes: readonly NovaRoute[] = [
  route(
    "GET",
    "/os-floating-ip-pools",
    "compute_extension:floating_ip_pools",
    function* ({ app, ctxt }) {
      const pools = yield* app.floatingIps.get_floating_ip_pools(ctxt);
      return respond(200, { floating_ip_pools: pools.map((name) => ({ name })) });
    },
  ),
  route("GET", "/os-floating-ips", POLICY, function* ({ app, ctxt }) {
    const found = yield* app.floatingIps.get_floating_ips_by_project(ctxt);
    return respond(200, { floating_ips: found.map(view) });
  }),
  route("POST", "/os-floating-ips", POLICY, function* ({ app, ctxt, request: { body } }) {
    const pool = truth(body) && contains(body, "pool") ? item(body, "pool") : null;
    try {
      const address = yield* app.floatingIps.allocate_floating_ip(ctxt, pool);
      const made = yield* app.floatingIps.get_floating_ip_by_address(ctxt, address);
      return respond(200, { floating_ip: view(made) });
    } catch (error) {
      throw refusal(error, pool);
    }
  }),
  route("GET", "/os-floating-ips/{id}", POLICY, function* ({ app, ctxt, params: { id } }) {
    return respond(200, { floating_ip: view(yield* find(app, ctxt, id)) });
  }),
  route("DELETE", "/os-floating-ips/{id}", POLICY, function* ({ app, ctxt, params: { id } }) {
    const { address } = yield* find(app, ctxt, id);
    // Only nova-network would do something with the server.
    yield* serverWith(app, ctxt, address);
    try {
      yield* app.floatingIps.disassociate_and_release_floating_ip(ctxt, address);
    } catch (error) {
      throw error instanceof Forbidden ? plainFault(403) : error;
    }
    return respond(202);
  }),
];

/** @throws HttpFault 404 */
function* find({ floatingIps }: NovaApp, ctxt: RequestContext, id: string): Op<FloatingIp> {
  try {
    return yield* floatingIps.get_floating_ip(ctxt, id);
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
    throw new HttpFault(404, `Floating ip not found for id ${id}`);
  }
}

const view = ({ id, address, pool, fixedAddress }: FloatingIp): JsonObject => ({
  id,
  ip: address,
  pool,
  fixed_ip: fixedAddress,
  instance_id: null,
});

function refusal(error: unknown, pool: Json): unknown {
  const within = truth(pool) ? ` in pool ${str(pool)}.` : undefined;
  if (error instanceof NoMoreFloatingIps) {
    return new HttpFault(404, `No more floating ips${within ?? " available."}`);
  }
  if (error instanceof FloatingIpLimitExceeded) {
    return new HttpFault(403, `IP allocation over quota${within ?? "."}`);
  }
  return error instanceof FloatingIpPoolNotFound ? new HttpFault(404, error.message) : error;
}
