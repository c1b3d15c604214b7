/**
 * The API's part of resizing and moving a server cold, and of settling it: what of quota it takes, what
 * is noted, and who is told. Whoever asks for a resize waits until there is a host. Upstream:
 * nova/compute/api.py (resize, confirm_resize, revert_resize) at 2014.2; nova §3.1, §3.3, NOV-240,
 * NOV-247, NOV-249.
 */
import type { RequestContext } from "../../../../framework/index.js";
import { caught, type Op } from "../../../../kernel/index.js";
import type { Json } from "../../../../python/index.js";
import { actionStart } from "../../db/instances/instance-actions.js";
import { flavorByFlavorId, flavorRow } from "../../db/flavors.js";
import type { OverQuotaDetails } from "../../db/quota/reservations.js";
import {
  AutoDiskConfigDisabledByImage,
  CannotResizeDisk,
  CannotResizeToSameFlavor,
  FlavorNotFound,
  OverQuota,
  TooManyInstances,
} from "../../exception.js";
import { copiedFlavor, getFlavorById, type CopiedFields } from "../../objects/flavor.js";
import type { Instance } from "../../objects/instance.js";
import { getMigrationByStatus } from "../../objects/migration/migration.js";
import { ownerOf, Quotas } from "../../objects/quotas.js";
import { headroom } from "../../quota/quota-engine.js";
import {
  downsizeDeltas,
  reverseUpsizeDeltas,
  upsizeDeltas,
  type ResizeDeltas,
} from "../../quota/resize-deltas.js";
import * as task from "../../states/task-states.js";
import type { NovaApp } from "../app.js";
import { wantedResize } from "./resize-body.js";

/** @throws FlavorNotFound, CannotResizeDisk, CannotResizeToSameFlavor, TooManyInstances, NoValidHost */
export function* resize(
  app: NovaApp,
  ctxt: RequestContext,
  instance: Instance,
  argument: Json,
): Op<void> {
  const { flavorRef, autoDiskConfig } = wantedResize(argument);
  if (autoDiskConfig === true) checkAutoDiskConfig(instance);
  const current = copiedFlavor(instance.system_metadata, "");
  // Whoever asks: also a private flavor of others.
  const { id } = flavorByFlavorId(app.db, app.store, ctxt.elevated(), flavorRef);
  const wanted = flavorRow(app.db, id);
  if (wanted.root_gb === 0 && current.root_gb !== 0) {
    throw new CannotResizeDisk({ reason: "Resize to zero disk flavor is not allowed." });
  }
  if (current.id !== id && wanted.disabled) throw new FlavorNotFound({ flavor_id: flavorRef });
  if (current.id === id) throw new CannotResizeToSameFlavor();
  if (autoDiskConfig !== null) instance.auto_disk_config = autoDiskConfig;
  yield* move(app, ctxt, instance, { current, wanted, record: "resize" });
}

/** To another host as it is. @throws NoValidHost */
export function* migrate(app: NovaApp, ctxt: RequestContext, instance: Instance): Op<void> {
  const current = copiedFlavor(instance.system_metadata, "");
  yield* move(app, ctxt, instance, { current, wanted: current, record: "migrate" });
}

interface Move {
  readonly current: CopiedFields;
  readonly wanted: CopiedFields;
  readonly record: "resize" | "migrate";
}

function* move(
  app: NovaApp,
  ctxt: RequestContext,
  instance: Instance,
  { current, wanted, record }: Move,
): Op<void> {
  const { allow_resize_to_same_host, allow_migrate_to_same_host } = app.flags;
  const quotas = reserveMore(app, ctxt, instance, upsizeDeltas(wanted, current));
  instance.task_state = task.RESIZE_PREP;
  instance.progress = 0;
  // What was reserved stays so if this fails, until it expires.
  yield* instance.save(ctxt, { expected_task_state: [null] });
  const host = instance.host ?? "None";
  // A migration leaves out the host twice.
  const ignore_hosts = [
    ...(allow_resize_to_same_host ? [] : [host]),
    ...(record === "migrate" && !allow_migrate_to_same_host ? [host] : []),
  ];
  actionStart(app.db, ctxt, instance.uuid, record);
  yield* app.computeTask.migrate_server(ctxt, {
    instance,
    scheduler_hint: { filter_properties: { ignore_hosts } },
    live: false,
    rebuild: false,
    flavor: wanted,
    block_migration: null,
    disk_over_commit: null,
    reservations: quotas.reservations ?? [],
  });
}

/** @throws MigrationNotFoundByStatus */
export function* confirmResize(app: NovaApp, ctxt: RequestContext, instance: Instance): Op<void> {
  const elevated = ctxt.elevated();
  const migration = yield* getMigrationByStatus(app.store, elevated, instance.uuid, "finished");
  const quotas = reserve(app, ctxt, instance, downsizeDeltas(instance.system_metadata));
  migration.status = "confirming";
  yield* migration.save(ctxt);
  actionStart(app.db, ctxt, instance.uuid, "confirmResize");
  const source = app.computeRpc.prepare({ server: migration.source_compute ?? "" });
  const reservations = quotas.reservations ?? [];
  yield* source.confirm_resize(ctxt, { instance, migration, reservations });
}

/** @throws MigrationNotFoundByStatus, FlavorNotFound */
export function* revertResize(app: NovaApp, ctxt: RequestContext, instance: Instance): Op<void> {
  const { store } = app;
  const elevated = ctxt.elevated();
  const migration = yield* getMigrationByStatus(store, elevated, instance.uuid, "finished");
  const old = yield* getFlavorById(store, ctxt, migration.old_instance_type_id ?? 0);
  const wanted = yield* getFlavorById(store, ctxt, migration.new_instance_type_id ?? 0);
  const quotas = reserve(app, ctxt, instance, reverseUpsizeDeltas(wanted, old));
  instance.task_state = task.RESIZE_REVERTING;
  try {
    yield* instance.save(ctxt, { expected_task_state: [null] });
  } catch (thrown) {
    const error = yield* caught(thrown);
    yield* quotas.rollback(ctxt);
    throw error;
  }
  migration.status = "reverting";
  yield* migration.save(ctxt);
  actionStart(app.db, ctxt, instance.uuid, "revertResize");
  const destination = app.computeRpc.prepare({ server: migration.dest_compute ?? "" });
  const reservations = quotas.reservations ?? [];
  yield* destination.revert_resize(ctxt, { instance, migration, reservations });
}

/** `_reserve_quota_delta`. @throws OverQuota */
export function reserve(
  app: NovaApp,
  ctxt: RequestContext,
  instance: Instance,
  deltas: ResizeDeltas,
): Quotas {
  const { project_id, user_id } = ownerOf(ctxt, instance);
  if (Object.keys(deltas).length === 0) {
    return new Quotas(app.store, { reservations: [], project_id: null, user_id: null });
  }
  const owner = { project_id: project_id ?? "", user_id: user_id ?? "" };
  const reservations = app.quotas.reserve(owner, deltas);
  return new Quotas(app.store, { reservations, project_id, user_id });
}

/** @throws TooManyInstances */
function reserveMore(
  app: NovaApp,
  ctxt: RequestContext,
  instance: Instance,
  deltas: ResizeDeltas,
): Quotas {
  try {
    return reserve(app, ctxt, instance, deltas);
  } catch (error) {
    if (!(error instanceof OverQuota)) throw error;
    const details = error.kwargs as unknown as OverQuotaDetails;
    const overs = details.overs.join(",");
    const resource = (details.overs[0] ?? "cores") as keyof ResizeDeltas;
    const allowed = details.quotas[resource] ?? 0;
    const used = allowed - (headroom(details, deltas)[resource] ?? 0);
    const whose = `${overs} quota exceeded for ${ctxt.project_id ?? "None"}`;
    app.env.log("warning", `${whose}, tried to resize instance.`);
    throw new TooManyInstances({ overs, req: deltas[resource], used, allowed, resource });
  }
}

/** @throws AutoDiskConfigDisabledByImage */
function checkAutoDiskConfig({ system_metadata: metadata }: Instance): void {
  const config = metadata["image_auto_disk_config"] ?? "";
  if (config.trim().toLowerCase() !== "disabled") return;
  throw new AutoDiskConfigDisabledByImage({ image: metadata["image_base_image_ref"] ?? null });
}
