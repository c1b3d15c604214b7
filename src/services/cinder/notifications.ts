/**
 * What Cinder tells the world about volumes and snapshots. Upstream: cinder/volume/utils.py
 * (notify_about_volume_usage, notify_about_snapshot_usage) at 2014.2.
 */
import { Notifier } from "../../bus/index.js";
import { serviceFlags, type Env, type RequestContext } from "../../framework/index.js";
import type { Op } from "../../kernel/index.js";
import { toJson, type Exception, type JsonObject } from "../../python/index.js";
import { cinderSerializer } from "./context.js";
import type { CinderDatabase } from "./db/database.js";
import type { Snapshot } from "./db/snapshots.js";
import type { Volume } from "./db/volumes.js";
import { CinderException } from "./exception.js";

/** A notifier of this process, publishing as `<service>.<host>`. */
export function cinderNotifier(
  env: Env,
  service: string,
  host = env.host,
): Notifier<RequestContext> {
  const flags = env.flags.read(serviceFlags);
  return new Notifier(env.bus, {
    publisherId: `${service}.${host}`,
    drivers: flags.notification_driver,
    topics: flags.notification_topics,
    serializer: cinderSerializer,
  });
}

/** An exception in a payload: what an instance of its class has (`to_primitive`). */
export const exceptionPayload = (error: Exception): JsonObject =>
  error instanceof CinderException ? { msg: error.message, kwargs: toJson(error.kwargs) } : {};

/** Emit `volume.<suffix>`. @param extra keys instead of the usual ones */
export function* notifyAboutVolumeUsage(
  notifier: Notifier,
  ctxt: RequestContext,
  volume: Volume,
  suffix: string,
  extra: Readonly<Record<string, unknown>> = {},
): Op<void> {
  yield* notifier.info(ctxt, `volume.${suffix}`, { ...volumeUsage(volume), ...extra });
}

const volumeUsage = (volume: Volume): Record<string, unknown> => ({
  tenant_id: volume.project_id,
  host: volume.host,
  user_id: volume.user_id,
  instance_uuid: volume.instance_uuid,
  availability_zone: volume.availability_zone,
  volume_id: volume.uuid,
  volume_type: volume.volume_type_id,
  display_name: volume.display_name,
  launched_at: nullSafeDate(volume.launched_at),
  created_at: nullSafeDate(volume.created_at),
  status: volume.status,
  snapshot_id: volume.snapshot_id,
  size: volume.size,
  replication_status: volume.replication_status,
  replication_extended_status: volume.replication_extended_status,
  replication_driver_data: volume.replication_driver_data,
});

/** Emit `snapshot.<suffix>`. */
export function* notifyAboutSnapshotUsage(
  notifier: Notifier,
  ctxt: RequestContext,
  db: CinderDatabase,
  snapshot: Snapshot,
  suffix: string,
): Op<void> {
  yield* notifier.info(ctxt, `snapshot.${suffix}`, {
    tenant_id: snapshot.project_id,
    user_id: snapshot.user_id,
    availability_zone: db.volumes.getAny(snapshot.volume_id)?.availability_zone ?? null,
    volume_id: snapshot.volume_id,
    volume_size: snapshot.volume_size,
    snapshot_id: snapshot.uuid,
    display_name: snapshot.display_name,
    created_at: nullSafeDate(snapshot.created_at),
    status: snapshot.status,
    deleted: "",
  });
}

/** `null_safe_str` of a date out of MySQL, which has no fraction: `2014-09-18 04:03:09`. */
const nullSafeDate = (stamp: string | null): string =>
  stamp === null ? "" : stamp.slice(0, "2014-09-18T04:03:09".length).replace("T", " ");
