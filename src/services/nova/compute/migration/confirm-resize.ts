/**
 * confirm_resize, on the host that a server came from: what was set aside goes, and the room that was held
 * for its return is free. Upstream: nova/compute/manager.py (confirm_resize, _confirm_resize) at 2014.2;
 * nova §3.3, NOV-248.
 */
import type { ArgsIn } from "../../../../bus/index.js";
import type { RequestContext } from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import * as powerStates from "../../../../hardware/power-states.js";
import { InstanceNotFound, MigrationNotFound } from "../../exception.js";
import { getInstance, type Instance } from "../../objects/instance.js";
import { getMigration, type Migration } from "../../objects/migration/migration.js";
import { fromReservations, type Quotas } from "../../objects/quotas.js";
import * as taskStates from "../../states/task-states.js";
import * as vmStates from "../../states/vm-states.js";
import type { ComputeHost } from "../compute-host.js";
import {
  bindsArguments,
  wrapException,
  wrapInstanceEvent,
  wrapInstanceFault,
  type Method,
} from "../decorators.js";
import { type computeApi } from "../rpcapi.js";
import { errorOutOnException } from "../error-out.js";
import { settledFlavors, takeOldVmState } from "./flavor-change.js";

type Confirm = ArgsIn<typeof computeApi, "confirm_resize">;

const NAME = "confirm_resize";

const confirm: Method<Confirm> = function* (compute, ctxt, args) {
  const { instance, reservations, migration } = args;
  const quotas = fromReservations(compute.store, ctxt, instance, reservations);
  const confirmed = confirmLocked(compute, ctxt, instance, migration.key, quotas);
  yield* compute.locked(instance, confirmed);
};

/** The task state is nobody's here, and stays whatever happens. */
export const confirmResize = wrapException<Confirm>(
  NAME,
  wrapInstanceEvent(NAME, wrapInstanceFault(bindsArguments(NAME, confirm))),
);

function* confirmLocked(
  compute: ComputeHost,
  ctxt: RequestContext,
  { uuid }: Instance,
  id: number,
  quotas: Quotas,
): Op<void> {
  const migration = yield* unconfirmed(compute, ctxt, id);
  const instance = migration === undefined ? undefined : yield* stillThere(compute, ctxt, uuid);
  if (migration === undefined || instance === undefined) {
    yield* quotas.rollback(ctxt);
    return;
  }
  yield* compute.notify(ctxt, instance, "resize.confirm.start");
  const settled = settle(compute, ctxt, instance, migration, quotas);
  yield* errorOutOnException(compute, ctxt, instance, settled, { quotas });
}

/** Read again: somebody may have been faster. */
function* unconfirmed(
  compute: ComputeHost,
  ctxt: RequestContext,
  id: number,
): Op<Migration | undefined> {
  const which = String(id);
  try {
    const migration = yield* getMigration(compute.store, ctxt.elevated(), id);
    const { status } = migration;
    if (status === "finished" || status === "confirming") return migration;
    if (status === "confirmed") {
      compute.log("info", `Migration ${which} is already confirmed`);
    } else {
      const unexpected = `Unexpected confirmation status '${status}' of migration ${which}`;
      compute.log("warning", `${unexpected}, exit confirmation process`);
    }
  } catch (error) {
    if (!(error instanceof MigrationNotFound)) throw error;
    compute.log("error", `Migration ${which} is not found during confirmation`);
  }
  return undefined;
}

function* stillThere(
  compute: ComputeHost,
  ctxt: RequestContext,
  uuid: string,
): Op<Instance | undefined> {
  try {
    const loading = { expected_attrs: ["metadata", "system_metadata"] };
    return yield* getInstance(compute.store, ctxt, uuid, loading);
  } catch (error) {
    if (!(error instanceof InstanceNotFound)) throw error;
    compute.log("info", "Instance is not found during confirmation");
    return undefined;
  }
}

function* settle(
  compute: ComputeHost,
  ctxt: RequestContext,
  instance: Instance,
  migration: Migration,
  quotas: Quotas,
): Op<void> {
  const { systemMetadata, dropped } = settledFlavors(instance, "confirmed");
  [, instance.system_metadata] = takeOldVmState(systemMetadata);
  yield* instance.save(ctxt);
  const networkInfo = yield* compute.network.get_instance_nw_info(ctxt, instance);
  yield* compute.driver.confirmMigration(instance, networkInfo);
  yield* migration.enter(ctxt, "confirmed");
  yield* compute.tracker.dropResizeClaim(ctxt, instance, dropped);
  const off = instance.power_state === powerStates.SHUTDOWN;
  instance.vm_state = off ? vmStates.STOPPED : vmStates.ACTIVE;
  instance.task_state = null;
  yield* instance.save(ctxt, { expected_task_state: [null, taskStates.DELETING] });
  yield* compute.notify(ctxt, instance, "resize.confirm.end", { networkInfo });
  yield* quotas.commit(ctxt);
}
