/**
 * What a project has used and may still use, as the first page shows it. Upstream: openstack_dashboard/usage/base.py, views.py
 * at 2014.2.
 */
import { caught, type Op } from "../../../../kernel/index.js";
import { isObject, type Json, type JsonObject } from "../../../../python/index.js";
import { volumeLimits } from "../../api/cinder.js";
import {
  floatingIpList,
  networkExtension,
  quotasSupported,
  securityGroupList,
  tenantQuota,
} from "../../api/neutron.js";
import { listIn } from "../../api/keystone.js";
import { absoluteLimits, novaExtension, novaRequest } from "../../api/nova.js";
import { SETTINGS } from "../../settings.js";
import { handle } from "../../web/exceptions.js";
import type { HorizonRequest } from "../../web/request.js";

export interface Usage {
  /** Undefined: Nova has no such extension, or did not say. */
  readonly servers: readonly JsonObject[] | undefined;
  readonly limits: Readonly<Record<string, number>>;
}

type Limits = Record<string, number>;

/** @param all of every project, each in one line, as an administrator sees it */
export function* usageOf(request: HorizonRequest, all = false): Op<Usage> {
  const servers = yield* guarded(request, "Unable to retrieve usage information.", () =>
    summarize(request, all),
  );
  const limits: Limits = {
    ...(yield* guarded(request, "Unable to retrieve limit information.", () =>
      absoluteLimits(request),
    )),
  };
  if (request.user.serviceEnabled("network")) yield* networkLimits(request, limits);
  if (request.user.serviceEnabled("volume")) {
    const message = "Unable to retrieve volume limit information.";
    Object.assign(limits, yield* guarded(request, message, () => volumeLimits(request)));
  }
  return { servers, limits };
}

function* guarded<T>(request: HorizonRequest, message: string, op: () => Op<T>): Op<T | undefined> {
  try {
    return yield* op();
  } catch (thrown) {
    handle(request, yield* caught(thrown), message);
    return undefined;
  }
}

/** From the first of the month to the end of today. */
function* summarize(request: HorizonRequest, all: boolean): Op<readonly JsonObject[] | undefined> {
  if (!(yield* novaExtension(request, "SimpleTenantUsage"))) return undefined;
  const today = request.env.utcnow().slice(0, 10);
  const period = `start=${today.slice(0, 8)}01T00:00:00&end=${today}T23:59:59`;
  const path = all
    ? `/os-simple-tenant-usage?${period}&detailed=1`
    : `/os-simple-tenant-usage/${request.user.tenantId}?${period}`;
  const { body } = yield* novaRequest(request, "GET", path);
  if (all) return listIn(isObject(body) ? body["tenant_usages"] : undefined);
  const usage = isObject(body) ? body["tenant_usage"] : undefined;
  const servers = isObject(usage) ? usage["server_usages"] : undefined;
  const own = Array.isArray(servers) ? (servers as readonly Json[]).filter(isObject) : [];
  const shown = request.query.get("show_terminated") !== undefined;
  return own.filter((server) => shown || (server["ended_at"] ?? null) === null);
}

function* networkLimits(request: HorizonRequest, limits: Limits): Op<void> {
  let groups: boolean;
  let quotas: Readonly<Record<string, number>> | undefined;
  try {
    const supported = yield* quotasSupported(request);
    groups = yield* networkExtension(request, "security-group");
    if (SETTINGS.enable_router) {
      limits["totalFloatingIpsUsed"] = yield* countOf(
        request,
        "Unable to retrieve floating IP addresses.",
        () => floatingIpList(request),
      );
    }
    if (groups) {
      limits["totalSecurityGroupsUsed"] = yield* countOf(
        request,
        "Unable to retrieve security groups.",
        () => securityGroupList(request),
      );
    }
    quotas = supported ? yield* tenantQuota(request) : undefined;
  } catch (thrown) {
    groups = true;
    const message = "Unable to retrieve network quota information.";
    handle(request, yield* caught(thrown), message);
  }
  const limit = (value = Infinity): number => (value === -1 ? Infinity : value);
  limits["maxTotalFloatingIps"] = limit(quotas?.["floatingip"]);
  if (groups) limits["maxSecurityGroups"] = limit(quotas?.["security_group"]);
}

function* countOf(
  request: HorizonRequest,
  message: string,
  op: () => Op<readonly JsonObject[]>,
): Op<number> {
  return (yield* guarded(request, message, op))?.length ?? 0;
}
