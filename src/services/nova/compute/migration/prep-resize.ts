/**
 * prep_resize, on the host that a server shall go to: room is claimed there, and the host that it is on
 * is told to send it. What goes wrong so far is tried on another host. Upstream:
 * nova/compute/manager.py (prep_resize, _prep_resize, _reschedule_resize_or_reraise) at 2014.2; nova
 * §3.3, NOV-243, NOV-244.
 */
import { originalMessage, type ArgsIn } from "../../../../bus/index.js";
import type { RequestContext } from "../../../../framework/index.js";
import { caught, type Op } from "../../../../kernel/index.js";
import { formatExceptionOnly, type Exception } from "../../../../python/index.js";
import { MigrationError, MigrationPreCheckError } from "../../exception.js";
import { addInstanceFault } from "../../faults.js";
import { flavorToSystemMetadata } from "../../objects/flavor.js";
import { fromReservations, type Quotas } from "../../objects/quotas.js";
import * as taskStates from "../../states/task-states.js";
import type { ComputeHost } from "../compute-host.js";
import { instanceMethod } from "../decorators.js";
import { inPrepResize, inReschedule } from "../frames.js";
import { notifyUsageExists } from "../lifecycle/shelve.js";
import { computeHost, type computeApi } from "../rpcapi.js";
import { errorOutOnException } from "../error-out.js";

type PrepResize = ArgsIn<typeof computeApi, "prep_resize">;

export const prepResize = instanceMethod<PrepResize>(
  "prep_resize",
  function* (compute, ctxt, args) {
    const { instance, reservations } = args;
    const quotas = fromReservations(compute.store, ctxt, instance, reservations);
    const prepared = prepare(compute, ctxt, args, quotas);
    yield* errorOutOnException(compute, ctxt, instance, prepared, { quotas });
  },
);

function* prepare(
  compute: ComputeHost,
  ctxt: RequestContext,
  args: PrepResize,
  quotas: Quotas,
): Op<void> {
  const { instance, instance_type } = args;
  yield* notifyUsageExists(compute, ctxt, instance);
  yield* compute.notify(ctxt, instance, "resize.prep.start");
  const extra = {
    new_instance_type: instance_type.name,
    new_instance_type_id: instance_type.id,
  };
  let failure: Exception | undefined;
  try {
    yield* claimAndSend(compute, ctxt, args, quotas);
  } catch (thrown) {
    failure = yield* caught(thrown);
  }
  if (failure !== undefined) failure = yield* elsewhere(compute, ctxt, args, quotas, failure);
  yield* compute.notify(ctxt, instance, "resize.prep.end", { extra });
  if (failure !== undefined) throw failure;
}

function* claimAndSend(
  compute: ComputeHost,
  ctxt: RequestContext,
  args: PrepResize,
  quotas: Quotas,
): Op<void> {
  const { instance, instance_type, image } = args;
  const { host, flags } = compute;
  const refusal =
    instance.host === null
      ? "Instance has no source host"
      : instance.host === host && !flags.allow_resize_to_same_host
        ? "destination same as source!"
        : undefined;
  if (refusal !== undefined) {
    yield* compute.setInstanceErrorState(ctxt, instance);
    throw new MigrationError({}, refusal);
  }
  instance.system_metadata = {
    ...instance.system_metadata,
    ...flavorToSystemMetadata(instance_type, "new_"),
    // It is to be as it was when all is over.
    old_vm_state: instance.vm_state,
  };
  yield* instance.save(ctxt);
  const limits = args.filter_properties?.limits ?? {};
  const { tracker, computeRpc } = compute;
  yield* tracker.resizeClaim(ctxt, instance, instance_type, limits, function* (migration) {
    compute.log("info", "Migrating");
    yield* computeRpc.prepare({ server: computeHost(instance) }).resize_instance(ctxt, {
      instance,
      migration,
      image,
      reservations: quotas.reservations,
      instance_type,
    });
  });
}

/** @returns what is to be raised all the same; undefined if another host has it now */
function* elsewhere(
  compute: ComputeHost,
  ctxt: RequestContext,
  args: PrepResize,
  quotas: Quotas,
  error: Exception,
): Op<Exception | undefined> {
  if (error instanceof MigrationPreCheckError) return error;
  const { instance } = args;
  const where = { uuid: instance.uuid, host: compute.host };
  let rescheduled = false;
  try {
    rescheduled = yield* reschedule(compute, ctxt, args, quotas, error);
  } catch (thrown) {
    const other = yield* caught(thrown);
    compute.log("error", `Error trying to reschedule: ${originalMessage(other)}`);
    yield* addInstanceFault(compute.store, ctxt, where, other, inReschedule);
    yield* compute.notify(ctxt, instance, "resize.error", { fault: other });
  }
  if (!rescheduled) return error;
  compute.log("error", `Error: ${formatExceptionOnly(error).join("")}`);
  yield* addInstanceFault(compute.store, ctxt, where, error, inPrepResize);
  yield* compute.notify(ctxt, instance, "resize.error", { fault: error });
  return undefined;
}

/** Back to the conductor, whose answer is waited for. @throws what it answers, NoValidHost among it */
function* reschedule(
  compute: ComputeHost,
  ctxt: RequestContext,
  { instance, instance_type, filter_properties, request_spec }: PrepResize,
  quotas: Quotas,
  error: Exception,
): Op<boolean> {
  const retry = filter_properties?.retry;
  if (retry === undefined) {
    compute.log("debug", "Retry info not present, will not reschedule");
    return false;
  }
  if (request_spec === null || Object.keys(request_spec).length === 0) {
    compute.log("debug", "No request spec, will not reschedule");
    return false;
  }
  const attempt = String(retry.num_attempts);
  compute.log("debug", `Re-scheduling resize_instance: attempt ${attempt}`);
  yield* compute.instanceUpdate(ctxt, instance.uuid, { task_state: taskStates.RESIZE_PREP });
  yield* compute.computeTask.migrate_server(ctxt, {
    instance,
    scheduler_hint: {
      filter_properties: {
        ...filter_properties,
        retry: { ...retry, exc: formatExceptionOnly(error) },
      },
    },
    live: false,
    rebuild: false,
    flavor: instance_type,
    block_migration: null,
    disk_over_commit: null,
    reservations: quotas.reservations,
  });
  return true;
}
