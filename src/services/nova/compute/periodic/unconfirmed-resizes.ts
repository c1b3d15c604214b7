/**
 * Resizes that nobody has confirmed for long enough are confirmed, where an operator wants that.
 * nova-compute has the compute API in its own process, so the request is an administrator's. Upstream:
 * nova/compute/manager.py (_poll_unconfirmed_resizes), nova/compute/api.py (confirm_resize) at 2014.2;
 * nova §8.2, NOV-391.
 */
import type { RequestContext } from "../../../../framework/index.js";
import { aloud, caught, type Op } from "../../../../kernel/index.js";
import { InstanceNotFound } from "../../exception.js";
import { actionStart } from "../../objects/instance-action.js";
import { getInstance, type Instance } from "../../objects/instance.js";
import { getUnconfirmed } from "../../objects/migration/migration-list.js";
import type { Migration } from "../../objects/migration/migration.js";
import { ownerOf, Quotas } from "../../objects/quotas.js";
import { downsizeDeltas } from "../../quota/resize-deltas.js";
import * as taskStates from "../../states/task-states.js";
import * as vmStates from "../../states/vm-states.js";
import type { ComputeHost } from "../compute-host.js";
import { checkState } from "./compute-api.js";

export function* pollUnconfirmedResizes(compute: ComputeHost, ctxt: RequestContext): Op<void> {
  const { resize_confirm_window: window } = compute.flags;
  if (window === 0) return;
  const migrations = yield* getUnconfirmed(compute.store, ctxt, window, compute.host);
  if (migrations.length > 0) {
    const found = `${String(migrations.length)} unconfirmed migrations`;
    compute.log("info", `Found ${found} older than ${String(window)} seconds`);
  }
  for (const migration of migrations) yield* aloud(settleOne(compute, ctxt, migration));
}

function* settleOne(compute: ComputeHost, ctxt: RequestContext, migration: Migration): Op<void> {
  const { instance_uuid: uuid } = migration;
  const which = `${String(migration.key)} for instance ${uuid}`;
  compute.log("info", `Automatically confirming migration ${which}`);
  const instance = yield* find(compute, ctxt, uuid);
  if (instance === undefined) {
    yield* setToError(compute, ctxt, migration, `Instance ${uuid} not found`);
    return;
  }
  const { vm_state, task_state } = instance;
  if (vm_state === vmStates.ERROR) {
    yield* setToError(compute, ctxt, migration, "In ERROR state");
    return;
  }
  if (task_state === taskStates.DELETING || task_state === taskStates.SOFT_DELETING) {
    const reason = "Instance being deleted or soft deleted during resize confirmation. Skipping.";
    compute.log("debug", reason);
    return;
  }
  if (vm_state !== vmStates.RESIZED || task_state !== null) {
    const states = `${vm_state}/${task_state ?? "None"}`;
    yield* setToError(compute, ctxt, migration, `In states ${states}, not RESIZED/None`);
    return;
  }
  try {
    yield* confirmThroughApi(compute, ctxt, instance, migration);
  } catch (thrown) {
    const { message } = yield* caught(thrown);
    compute.log("info", `Error auto-confirming resize: ${message}. Will retry later.`);
  }
}

function* find(
  { store }: ComputeHost,
  ctxt: RequestContext,
  uuid: string,
): Op<Instance | undefined> {
  try {
    const expected_attrs = ["metadata", "system_metadata"];
    return yield* getInstance(store, ctxt, uuid, { expected_attrs, use_slave: true });
  } catch (error) {
    if (!(error instanceof InstanceNotFound)) throw error;
    return undefined;
  }
}

function* setToError(
  compute: ComputeHost,
  ctxt: RequestContext,
  migration: Migration,
  reason: string,
): Op<void> {
  compute.log("warning", `Setting migration ${String(migration.key)} to error: ${reason}`);
  yield* migration.enter(ctxt, "error");
}

/** `compute_api.confirm_resize` with a migration at hand. */
function* confirmThroughApi(
  { store, computeRpc }: ComputeHost,
  ctxt: RequestContext,
  instance: Instance,
  migration: Migration,
): Op<void> {
  checkState(instance, "confirm_resize", vmStates.RESIZED);
  const deltas = downsizeDeltas(instance.system_metadata);
  const quotas = new Quotas(store, { reservations: [], project_id: null, user_id: null });
  if (Object.keys(deltas).length > 0) {
    yield* quotas.reserve(ctxt, { ...ownerOf(ctxt, instance), ...deltas });
  }
  migration.status = "confirming";
  yield* migration.save(ctxt);
  yield* actionStart(store, ctxt, instance.uuid, "confirmResize");
  const source = computeRpc.prepare({ server: migration.source_compute ?? "" });
  const reservations = quotas.reservations ?? [];
  yield* source.confirm_resize(ctxt, { instance, migration, reservations });
}
