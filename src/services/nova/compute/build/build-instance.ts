/**
 * One attempt to build a server on this host: claim, resources, spawn, ACTIVE. Every failure becomes
 * one of three: the server is gone, try another host, give up. Upstream: nova/compute/manager.py
 * (_build_and_run_instance) at 2014.2; nova §1.4 rows 10-25, §1.9.
 */
import { originalMessage } from "../../../../bus/index.js";
import type { RequestContext } from "../../../../framework/index.js";
import { caught, type Op } from "../../../../kernel/index.js";
import { type Exception } from "../../../../python/index.js";
import * as errors from "../../exception.js";
import { hasImage } from "../../image/image-meta.js";
import type { Instance } from "../../objects/instance.js";
import * as taskStates from "../../states/task-states.js";
import type { PendingNetworkInfo } from "../../virt/network-info.js";
import * as vmStates from "../../states/vm-states.js";
import { deletedMeanwhile, withBuildResources, type BuildRequest } from "./build-resources.js";
import type { ComputeHost } from "../compute-host.js";
import { validateGroupPolicy } from "./group-policy.js";

/** @throws RescheduledException, BuildAbortException; InstanceNotFound or
 * UnexpectedDeletingTaskStateError if the server was deleted meanwhile */
export function* buildInstance(
  compute: ComputeHost,
  ctxt: RequestContext,
  build: BuildRequest,
): Op<void> {
  const { instance, image } = build;
  const extra = { image_name: hasImage(image) ? image.name : null };
  yield* compute.notify(ctxt, instance, "create.start", { extra });
  const network = yield* claimAndSpawn(compute, ctxt, build);
  yield* becomeActive(compute, ctxt, instance);
  // A driver that never looked at the network has not waited for it yet.
  const networkInfo = yield* network.wait();
  const details = { networkInfo, extra: { message: "Success" } };
  yield* compute.notify(ctxt, instance, "create.end", details);
}

function* claimAndSpawn(
  compute: ComputeHost,
  ctxt: RequestContext,
  build: BuildRequest,
): Op<PendingNetworkInfo> {
  const { instance, limits } = build;
  try {
    const spawned = validateAndSpawn(compute, ctxt, build);
    return yield* compute.tracker.instanceClaim(ctxt, instance, limits, spawned);
  } catch (thrown) {
    const error = yield* caught(thrown);
    tell(compute, error);
    const suffix = deletedMeanwhile(error) ? "create.end" : "create.error";
    yield* compute.notify(ctxt, instance, suffix, { fault: error });
    throw verdict(instance, error);
  }
}

/** After the claim, so that two builds cannot both find the group well spread. */
function* validateAndSpawn(
  compute: ComputeHost,
  ctxt: RequestContext,
  build: BuildRequest,
): Op<PendingNetworkInfo> {
  const { instance, image, filter_properties, injected_files: injectedFiles } = build;
  yield* validateGroupPolicy(compute, ctxt, instance, filter_properties);
  let network: PendingNetworkInfo | undefined;
  yield* withBuildResources(compute, ctxt, build, function* (networkInfo, volumes) {
    network = networkInfo;
    instance.vm_state = vmStates.BUILDING;
    instance.task_state = taskStates.SPAWNING;
    yield* instance.save(ctxt, { expected_task_state: taskStates.BLOCK_DEVICE_MAPPING });
    yield* compute.driver.spawn(ctxt, {
      instance,
      image,
      networkInfo,
      volumes,
      injectedFiles,
    });
  });
  return network as unknown as PendingNetworkInfo;
}

/** What is logged of an error beside what whoever raised it has logged. */
function tell(compute: ComputeHost, error: Exception): void {
  if (isOneOf(NO_NETWORK, error)) {
    compute.log("warning", "No more network or fixed IP to be allocated");
  } else if (isOneOf(NO_VIF, error)) {
    compute.log("error", `Failed to allocate network(s): ${originalMessage(error)}`);
  }
}

/** What an error of the attempt comes to (nova §1.9). */
function verdict(instance: Instance, error: Exception): Exception {
  const { uuid: instance_uuid } = instance;
  const text = originalMessage(error);
  const abort = (reason: string): Exception =>
    new errors.BuildAbortException({ instance_uuid, reason });
  if (deletedMeanwhile(error) || error instanceof errors.BuildAbortException) return error;
  if (isOneOf(NO_NETWORK, error)) {
    return abort(`Failed to allocate the network(s) with error ${text}, not rescheduling.`);
  }
  if (isOneOf(NO_VIF, error)) {
    return abort("Failed to allocate the network(s), not rescheduling.");
  }
  if (isOneOf(UNFIT, error)) return abort(text);
  return new errors.RescheduledException({ instance_uuid, reason: text });
}

/** No other host would do better. */
const NO_NETWORK = [errors.FixedIpLimitExceeded, errors.NoMoreNetworks];
const NO_VIF = [errors.VirtualInterfaceCreateException, errors.VirtualInterfaceMacAddressException];
const UNFIT = [
  errors.FlavorDiskTooSmall,
  errors.FlavorMemoryTooSmall,
  errors.ImageNotActive,
  errors.ImageUnacceptable,
];

const isOneOf = (
  kinds: readonly (new (...args: never) => Exception)[],
  error: Exception,
): boolean => kinds.some((kind) => error instanceof kind);

function* becomeActive(compute: ComputeHost, ctxt: RequestContext, instance: Instance): Op<void> {
  // Of use only when a build is tried elsewhere.
  const { network_allocated: _, ...kept } = instance.system_metadata;
  instance.system_metadata = kept;
  instance.power_state = compute.powerState(instance);
  instance.vm_state = vmStates.ACTIVE;
  instance.task_state = null;
  instance.launched_at = compute.env.utcnow();
  try {
    yield* instance.save(ctxt, { expected_task_state: taskStates.SPAWNING });
  } catch (thrown) {
    const error = yield* caught(thrown);
    if (deletedMeanwhile(error)) {
      yield* compute.notify(ctxt, instance, "create.end", { fault: error });
    }
    throw error;
  }
}
