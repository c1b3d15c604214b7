/**
 * build_and_run_instance: an attempt, and what follows from its failure: another host, or ERROR. It
 * raises nothing, so the action's event ends in Success even then (nova §1.9). Upstream:
 * nova/compute/manager.py at 2014.2; nova §1.4 rows 8-26, §1.10.
 */
import { originalMessage } from "../../../../bus/index.js";
import type { RequestContext } from "../../../../framework/index.js";
import { type Op, caught } from "../../../../kernel/index.js";
import { type Exception, formatException } from "../../../../python/index.js";
import {
  BuildAbortException,
  InstanceNotFound,
  RescheduledException,
  UnexpectedTaskStateError,
} from "../../exception.js";
import { asNetworkRequests } from "../../objects/network-request.js";
import type { Retry } from "../../scheduler/rpcapi.js";
import * as taskStates from "../../states/task-states.js";
import * as vmStates from "../../states/vm-states.js";
import { buildInstance } from "./build-instance.js";
import { deletedMeanwhile, type BuildArgs, type BuildRequest } from "./build-resources.js";
import type { ComputeHost } from "../compute-host.js";
import { instanceMethod } from "../decorators.js";
import { addInstanceFault } from "../../faults.js";
import { inBuild } from "../frames.js";
import { deleteVolumes } from "../volumes/clean-up.js";
import { cleanupAllocatedNetworks } from "./networks.js";

export const buildAndRunInstance = instanceMethod<BuildArgs>(
  "build_and_run_instance",
  function* (compute, ctxt, args) {
    const requested_networks = asNetworkRequests(compute.store, args.requested_networks);
    const build = { ...args, requested_networks };
    yield* compute.locked(build.instance, buildLocked(compute, ctxt, build));
  },
);

function* buildLocked(compute: ComputeHost, ctxt: RequestContext, build: BuildRequest): Op<void> {
  if (!(yield* begin(compute, ctxt, build))) return;
  try {
    yield* buildInstance(compute, ctxt, build);
  } catch (thrown) {
    const error = yield* caught(thrown);
    if (error instanceof RescheduledException) {
      yield* buildElsewhere(compute, ctxt, build, error);
    } else if (deletedMeanwhile(error)) {
      compute.log("debug", "Instance disappeared during build.");
      yield* cleanupAllocatedNetworks(compute, ctxt, build.instance);
    } else {
      const text = originalMessage(error);
      const unexpected = `Unexpected build failure, not rescheduling build.: ${text}`;
      compute.log("error", error instanceof BuildAbortException ? text : unexpected);
      yield* giveUp(compute, ctxt, build, error, deleteVolumesOf(compute, ctxt, build));
    }
  }
}

/** Those that were to go with the server; what the build itself has attached is not detached before. */
const deleteVolumesOf = (
  compute: ComputeHost,
  ctxt: RequestContext,
  build: BuildRequest,
): Op<void> => deleteVolumes(compute, ctxt, build.block_device_mapping.objects);

/** Take the task on. @returns false if there is nothing to build any more */
function* begin(
  compute: ComputeHost,
  ctxt: RequestContext,
  { instance }: BuildRequest,
): Op<boolean> {
  compute.log("info", "Starting instance...");
  instance.vm_state = vmStates.BUILDING;
  instance.task_state = null;
  try {
    yield* instance.save(ctxt, { expected_task_state: [taskStates.SCHEDULING, null] });
    return true;
  } catch (error) {
    const gone = error instanceof InstanceNotFound;
    if (!gone && !(error instanceof UnexpectedTaskStateError)) throw error;
    compute.log("debug", gone ? "Instance disappeared before build." : originalMessage(error));
    return false;
  }
}

/** Back to the conductor, which asks the scheduler again; the ports are kept (nova §1.10). */
function* buildElsewhere(
  compute: ComputeHost,
  ctxt: RequestContext,
  build: BuildRequest,
  error: RescheduledException,
): Op<void> {
  const { instance, image, admin_password, injected_files } = build;
  const { requested_networks, security_groups } = build;
  const { retry } = build.filter_properties;
  if (retry === undefined) {
    compute.log("debug", "Retry info not present, will not reschedule");
    yield* giveUp(compute, ctxt, build, error);
    return;
  }
  const tried: Retry = { ...retry, exc: formatException(error, inBuild) };
  if (compute.driver.deallocateNetworksOnReschedule(instance)) {
    yield* cleanupAllocatedNetworks(compute, ctxt, instance);
  }
  instance.task_state = taskStates.SCHEDULING;
  yield* instance.save(ctxt);
  yield* compute.computeTask.build_instances(ctxt, {
    instances: [instance],
    image,
    filter_properties: { ...build.filter_properties, retry: tried },
    admin_password,
    injected_files,
    requested_networks,
    security_groups,
  });
}

/** ERROR, with a fault. The task state stays as it was (nova §1.9). */
function* giveUp(
  compute: ComputeHost,
  ctxt: RequestContext,
  { instance }: BuildRequest,
  error: Exception,
  cleanUp?: Op<void>,
): Op<void> {
  yield* cleanupAllocatedNetworks(compute, ctxt, instance);
  if (cleanUp !== undefined) yield* cleanUp;
  const where = { uuid: instance.uuid, host: compute.host };
  yield* addInstanceFault(compute.store, ctxt, where, error, inBuild);
  yield* compute.setInstanceErrorState(ctxt, instance);
}
