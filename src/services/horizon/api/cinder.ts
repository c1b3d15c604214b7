/** Cinder as Horizon asks it, by version 1. Upstream: openstack_dashboard/api/cinder.py at 2014.2. */
import type { Op } from "../../../kernel/index.js";
import { isObject, type JsonObject } from "../../../python/index.js";
import { CinderClient, CinderHttpClient } from "../../cinder/client/index.js";
import type { HorizonRequest } from "../web/request.js";
import { urlFor } from "./base.js";

export function cinderClient(request: HorizonRequest): CinderClient {
  const { user, env } = request;
  const endpoint = new CinderHttpClient({
    http: env.http,
    url: urlFor(request, "volume"),
    user: user.username,
    project: user.tenantId,
    token: user.token.id,
  });
  return new CinderClient(endpoint, "v1");
}

export const volumeList = (request: HorizonRequest): Op<JsonObject[]> =>
  cinderClient(request).volumes.all();

export const volumeSnapshotList = (request: HorizonRequest): Op<JsonObject[]> =>
  cinderClient(request).snapshots.all();

/** Limits by name, once in a request; -1 is none, be it of what is used. */
export const volumeLimits = (request: HorizonRequest): Op<Readonly<Record<string, number>>> =>
  request.memoized("cinder.tenant_absolute_limits", function* () {
    const { absolute } = yield* cinderClient(request).limits.get();
    const pairs = Object.entries(isObject(absolute) ? absolute : {});
    return Object.fromEntries(
      pairs.map(([name, value]) => [name, value === -1 ? Infinity : Number(value)]),
    );
  });
