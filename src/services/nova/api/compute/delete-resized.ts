/**
 * A server that is deleted in the middle of a resize: what of quota it takes as yet, and the confirmation
 * of what is finished, so that the host which it came from forgets it too. Upstream:
 * nova/compute/api.py (_create_reservations, _confirm_resize_on_deleting) at 2014.2; nova §3.2.
 */
import type { RequestContext } from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import { KeyError } from "../../../../python/index.js";
import { actionStart } from "../../db/instances/instance-actions.js";
import { flavorRow } from "../../db/flavors.js";
import { FlavorNotFound, MigrationNotFoundByStatus } from "../../exception.js";
import type { Instance } from "../../objects/instance.js";
import { getMigrationByStatus, type Migration } from "../../objects/migration/migration.js";
import { downsizeDeltas, type ResizeDeltas } from "../../quota/resize-deltas.js";
import * as task from "../../states/task-states.js";
import type { NovaApp } from "../app.js";
import { reserve } from "./resize.js";

interface Sizes {
  readonly vcpus: number;
  readonly memory_mb: number;
}

/** Until a resize is finished, what is in use is the old flavor, whatever the row says already. */
export function* sizesInUse(
  app: NovaApp,
  ctxt: RequestContext,
  instance: Instance,
  before: task.TaskState,
): Op<Sizes> {
  if (before !== task.RESIZE_MIGRATED && before !== task.RESIZE_FINISH) return instance;
  const migration = yield* migrationIn(app, ctxt, instance, "post-migrating");
  if (migration === undefined) return instance;
  if (instance.instance_type_id !== migration.new_instance_type_id) return instance;
  const id = migration.old_instance_type_id ?? 0;
  try {
    return flavorRow(app.db, id);
  } catch (error) {
    if (!(error instanceof FlavorNotFound)) throw error;
    app.env.log("warning", `Flavor ${String(id)} not found`);
    return instance;
  }
}

/** It waits until the other host has done so. */
export function* confirmOnDeleting(
  app: NovaApp,
  ctxt: RequestContext,
  instance: Instance,
): Op<void> {
  const migration =
    (yield* migrationIn(app, ctxt, instance, "finished")) ??
    (yield* migrationIn(app, ctxt, instance, "confirming"));
  if (migration === undefined) {
    app.env.log("info", "Instance may have been confirmed during delete");
    return;
  }
  const which = `id: ${String(migration.key)}, status: ${migration.status}`;
  app.env.log("info", `Found an unconfirmed migration during delete, ${which}`);
  const deltas = deltasOf(instance);
  if (deltas === undefined) {
    const id = String(migration.key);
    app.env.log("info", `Migration ${id} may have been confirmed during delete`);
    return;
  }
  const quotas = reserve(app, ctxt, instance, deltas);
  actionStart(app.db, ctxt, instance.uuid, "confirmResize");
  const source = app.confirming.prepare({ server: migration.source_compute ?? "" });
  yield* source.confirm_resize(ctxt, { instance, migration, reservations: quotas.reservations });
}

function deltasOf({ system_metadata }: Instance): ResizeDeltas | undefined {
  try {
    return downsizeDeltas(system_metadata);
  } catch (error) {
    if (!(error instanceof KeyError)) throw error;
    return undefined;
  }
}

function* migrationIn(
  { store }: NovaApp,
  ctxt: RequestContext,
  { uuid }: Instance,
  status: string,
): Op<Migration | undefined> {
  try {
    return yield* getMigrationByStatus(store, ctxt.elevated(), uuid, status);
  } catch (error) {
    if (!(error instanceof MigrationNotFoundByStatus)) throw error;
    return undefined;
  }
}
