/**
 * What becomes of a server, of reserved quota and of the migration when a part of a move fails. Upstream:
 * nova/compute/manager.py (_error_out_instance_on_exception, errors_out_migration) at 2014.2; nova §3.3.
 */
import { originalMessage } from "../../../../bus/index.js";
import type { RequestContext } from "../../../../framework/index.js";
import { caught, type Op } from "../../../../kernel/index.js";
import { NotImplementedException } from "../../../../python/index.js";
import { InstanceFaultRollback } from "../../exception.js";
import type { Instance } from "../../objects/instance.js";
import type { Migration } from "../../objects/migration/migration.js";
import type { Quotas } from "../../objects/quotas.js";
import * as vmStates from "../../states/vm-states.js";
import type { ComputeHost } from "../compute-host.js";
import { beforeReraising, type Method } from "../decorators.js";

/**
 * Do `op`; if it fails the server is in error and the quota is given back. Where nothing was done, or all
 * was undone, the server is active instead.
 */
export function* errorOutInstance(
  compute: ComputeHost,
  ctxt: RequestContext,
  instance: Instance,
  quotas: Quotas,
  op: Op<void>,
): Op<void> {
  try {
    yield* op;
  } catch (thrown) {
    const error = yield* caught(thrown);
    if (error instanceof InstanceFaultRollback) {
      yield* quotas.rollback(ctxt);
      compute.log("info", `Setting instance back to ACTIVE after: ${originalMessage(error)}`);
      yield* backToActive(compute, ctxt, instance);
      throw error.inner;
    }
    const unable = error instanceof NotImplementedException;
    if (!unable) compute.log("error", "Setting instance vm_state to ERROR");
    const undo = unable ? undoWhatIsNotDone : undoWhatHasFailed;
    yield* beforeReraising(compute, error, undo(compute, ctxt, instance, quotas, error.message));
    throw error;
  }
}

function* undoWhatIsNotDone(
  compute: ComputeHost,
  ctxt: RequestContext,
  instance: Instance,
  quotas: Quotas,
  why: string,
): Op<void> {
  yield* quotas.rollback(ctxt);
  compute.log("info", `Setting instance back to active after: ${why}`);
  yield* backToActive(compute, ctxt, instance);
}

function* undoWhatHasFailed(
  compute: ComputeHost,
  ctxt: RequestContext,
  instance: Instance,
  quotas: Quotas,
): Op<void> {
  yield* quotas.rollback(ctxt);
  yield* compute.setInstanceErrorState(ctxt, instance);
}

const backToActive = (compute: ComputeHost, ctxt: RequestContext, { uuid }: Instance): Op<void> =>
  compute.instanceUpdate(ctxt, uuid, { vm_state: vmStates.ACTIVE, task_state: null });

/** In these a migration that fails is in error; in others it stays as it is. */
const UNDER_WAY: readonly string[] = ["migrating", "post-migrating"];

export function errorsOutMigration<A extends { readonly migration: Migration }>(
  method: Method<A>,
): Method<A> {
  return function* (compute, ctxt, args) {
    try {
      yield* method(compute, ctxt, args);
    } catch (thrown) {
      const error = yield* caught(thrown);
      const { migration } = args;
      if (UNDER_WAY.includes(migration.status)) yield* setToError(compute, ctxt, migration);
      throw error;
    }
  };
}

function* setToError(compute: ComputeHost, ctxt: RequestContext, migration: Migration): Op<void> {
  try {
    yield* migration.enter(ctxt, "error");
  } catch (thrown) {
    yield* caught(thrown);
    const which = migration.instance_uuid;
    compute.log("debug", `Error setting migration status for instance ${which}.`);
  }
}
