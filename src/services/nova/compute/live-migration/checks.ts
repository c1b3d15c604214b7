/**
 * Whether a running server could go from one host to another: the other one looks at itself, and then has
 * the one that it is on look at what it found. Upstream: nova/compute/manager.py
 * (check_can_live_migrate_destination, check_can_live_migrate_source) at 2014.2; nova §3.4, NOV-257.
 */
import type { ArgsIn } from "../../../../bus/index.js";
import type { RequestContext } from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import { isObject, type JsonObject } from "../../../../python/index.js";
import { getBlockDevices } from "../../objects/block-device-mapping.js";
import type { Instance } from "../../objects/instance.js";
import { getComputeInfo } from "../../objects/service/service.js";
import type { ComputeHost } from "../compute-host.js";
import { bindsArguments, wrapException, wrapInstanceFault, type Method } from "../decorators.js";
import { computeHost, type computeApi } from "../rpcapi.js";

type OfDestination = ArgsIn<typeof computeApi, "check_can_live_migrate_destination">;
type OfSource = ArgsIn<typeof computeApi, "check_can_live_migrate_source">;
type Answer = JsonObject | null;

const DESTINATION = "check_can_live_migrate_destination";
const SOURCE = "check_can_live_migrate_source";

const destination: Method<OfDestination, Answer> = function* (compute, ctxt, args) {
  const { instance, block_migration, disk_over_commit } = args;
  const { driver, store, host, computeRpc } = compute;
  const source = yield* getComputeInfo(store, ctxt, instance.host ?? "None");
  const own = yield* getComputeInfo(store, ctxt, host);
  const nodes = { source, own };
  const wanted = { block_migration, disk_over_commit };
  const dest_check_data = yield* driver.checkLiveDestination(instance, nodes, wanted);
  let answer: Answer;
  try {
    const there = computeRpc.prepare({ server: computeHost(instance) });
    answer = yield* there.check_can_live_migrate_source(ctxt, { instance, dest_check_data });
  } finally {
    driver.cleanUpLiveDestination(dest_check_data);
  }
  const { migrate_data } = dest_check_data;
  return isObject(migrate_data) ? { ...answer, ...migrate_data } : answer;
};

const source: Method<OfSource, Answer> = function* (compute, ctxt, { instance, dest_check_data }) {
  const is_volume_backed = yield* isVolumeBacked(compute, ctxt, instance);
  return yield* compute.driver.checkLiveSource(instance, { ...dest_check_data, is_volume_backed });
};

/** Of the compute API, which nova-compute has in its own process. */
function* isVolumeBacked(
  { store }: ComputeHost,
  ctxt: RequestContext,
  instance: Instance,
): Op<boolean> {
  if (instance.image_ref === "") return true;
  const { objects } = yield* getBlockDevices(store, ctxt, instance.uuid);
  return objects.find(({ isRoot }) => isRoot)?.isVolume ?? false;
}

export const checkDestination = wrapException<OfDestination, Answer>(
  DESTINATION,
  wrapInstanceFault(bindsArguments(DESTINATION, destination)),
);

export const checkSource = wrapException<OfSource, Answer>(
  SOURCE,
  wrapInstanceFault(bindsArguments(SOURCE, source)),
);
