/**
 * What a project may still have, as Horizon counts it itself: quotas of three services against lists of what there is. What
 * fails ends it all. Upstream: openstack_dashboard/usage/quotas.py (tenant_quota_usages) at 2014.2.
 */
import { caught, type Op } from "../../../kernel/index.js";
import { cinderClient, volumeList, volumeSnapshotList } from "../api/cinder.js";
import { floatingIpsSupported } from "../api/network.js";
import { floatingIpList, networkExtension, quotasSupported, tenantQuota } from "../api/neutron.js";
import { flavorGet, flavorList, novaClient, serverList, type NovaFlavor } from "../api/nova.js";
import { handle } from "../web/exceptions.js";
import { quietlyNothing } from "../web/quietly.js";
import type { HorizonRequest } from "../web/request.js";

/** By what is counted, what is left; `Infinity` without a limit. */
export type Available = Readonly<Record<string, number>>;

/** Once in a request. */
export const quotaUsages = (request: HorizonRequest): Op<Available> =>
  request.memoized("quotas.tenant_quota_usages", () => count(request));

function* count(request: HorizonRequest): Op<Available> {
  const { user } = request;
  const volumes = user.serviceEnabled("volume");
  const network = user.serviceEnabled("network");
  let floating = false;
  if (network) {
    yield* networkExtension(request, "security-group");
    const message = "There was an error checking if the Neutron quotas extension is enabled.";
    floating = (yield* quietlyNothing(request, message, () => quotasSupported(request))) ?? true;
  }
  const quota = new Map<string, number>();
  const limit = (name: string, value: unknown): void => {
    quota.set(
      name,
      value === null || value === undefined || value === -1 ? Infinity : Number(value),
    );
  };
  const { tenantId } = user;
  const nova = yield* novaClient(request).quotas.of(tenantId);
  for (const name of ["instances", "cores", "ram", "key_pairs"]) limit(name, nova[name]);
  if (!network) limit("floating_ips", nova["floating_ips"]);
  if (volumes) {
    const cinder = yield* cinderClient(request).quotas.get(tenantId);
    for (const name of ["volumes", "snapshots", "gigabytes"]) limit(name, cinder[name]);
  }
  if (network) limit("floating_ips", floating ? (yield* tenantQuota(request))["floatingip"] : -1);
  const addresses = yield* floatingIps(request);
  const flavors = new Map((yield* flavorList(request)).map((flavor) => [flavor.id, flavor]));
  const { servers } = yield* serverList(request);
  const used = new Map<string, number>([
    ["instances", servers.length],
    ["floating_ips", addresses],
  ]);
  yield* missing(
    request,
    servers.map(({ flavor }) => flavor.id),
    flavors,
  );
  if (volumes) {
    const list = yield* volumeList(request);
    const size = list.reduce((sum, volume) => sum + Number(volume["size"]), 0);
    const snapshots = yield* volumeSnapshotList(request);
    used.set("gigabytes", size).set("volumes", list.length).set("snapshots", snapshots.length);
  }
  const own = servers.map(({ flavor }) => flavors.get(flavor.id));
  used.set(
    "cores",
    own.reduce((sum, flavor) => sum + (flavor?.vcpus ?? 0), 0),
  );
  used.set(
    "ram",
    own.reduce((sum, flavor) => sum + (flavor?.ram ?? 0), 0),
  );
  return Object.fromEntries(
    [...quota].map(([name, most]) => [name, Math.max(0, most - (used.get(name) ?? 0))]),
  );
}

/** Whatever goes wrong, there are none. */
function* floatingIps(request: HorizonRequest): Op<number> {
  try {
    if (!(yield* floatingIpsSupported(request))) return 0;
    return (yield* floatingIpList(request)).length;
  } catch (thrown) {
    yield* caught(thrown);
    return 0;
  }
}

/** Flavors that servers have and no list has any more. */
function* missing(
  request: HorizonRequest,
  ids: readonly string[],
  flavors: Map<string, NovaFlavor>,
): Op<void> {
  const failed = new Set<string>();
  for (const id of ids) {
    if (flavors.has(id) || failed.has(id)) continue;
    try {
      flavors.set(id, yield* flavorGet(request, id));
    } catch (thrown) {
      failed.add(id);
      handle(request, yield* caught(thrown), undefined, { ignore: true });
    }
  }
}
