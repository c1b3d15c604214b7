/**
 * The volume manager's books of who has a volume: a server or a host, one at a time. What connects them
 * is another matter (`connections.ts`). Upstream: cinder/volume/manager.py (attach_volume,
 * detach_volume) at 2014.2.
 */
import type { RequestContext } from "../../../framework/index.js";
import { caught, type Op } from "../../../kernel/index.js";
import { isUuidLike, str, type Json } from "../../../python/index.js";
import {
  volumeAttached,
  volumeDetached,
  volumeGet,
  volumeUpdate,
  type Volume,
} from "../db/volumes.js";
import {
  DriverNotInitialized,
  InvalidUUID,
  InvalidVolume,
  InvalidVolumeAttachMode,
  RemoveExportException,
} from "../exception.js";
import type { Metadata } from "../db/pairs.js";
import type { VolumeHost } from "./volume-host.js";

export interface AttachRequest {
  readonly volume_id: string;
  readonly instance_uuid: string | null;
  readonly host_name: string | null;
  readonly mountpoint: Json;
  readonly mode: string;
}

/** @throws InvalidVolume, InvalidUUID, InvalidVolumeAttachMode, what the driver failed with */
export function* attachVolume(
  host: VolumeHost,
  ctxt: RequestContext,
  request: AttachRequest,
): Op<void> {
  const { db, env } = host;
  const { volume_id, instance_uuid, host_name, mode } = request;
  const volume = volumeGet(db, ctxt, volume_id);
  const metadata = db.adminMetadata.get(volume_id);
  assertAttachable(volume, metadata, request);
  yield* host.notify(ctxt, volume, "attach.start");
  const update = (values: Partial<Volume>): Volume => volumeUpdate(db, ctxt, volume_id, values);
  update({
    instance_uuid,
    attached_host: host_name,
    status: "attaching",
    attach_time: env.utcnow(),
  });
  db.adminMetadata.set(volume_id, { attached_mode: mode });
  const failed = (): void => void update({ status: "error_attaching" });
  if (given(instance_uuid) && !isUuidLike(instance_uuid)) {
    failed();
    throw new InvalidUUID({ uuid: instance_uuid });
  }
  const attached_host = given(host_name) ? sanitizedHostname(host_name) : null;
  if (metadata["readonly"] === "True" && mode !== "ro") {
    failed();
    throw new InvalidVolumeAttachMode({ mode, volume_id });
  }
  try {
    host.requireDriver();
    yield* host.driver.attachVolume();
  } catch (thrown) {
    const error = yield* caught(thrown);
    failed();
    throw error;
  }
  const mountpoint = request.mountpoint === null ? null : str(request.mountpoint);
  const attachment = { instance_uuid, attached_host, mountpoint };
  const attached = volumeAttached(db, ctxt.elevated(), volume_id, attachment);
  if (given(attached.migration_status)) update({ migration_status: null });
  yield* host.notify(ctxt, attached, "attach.end");
}

/** What is empty is as good as not said. */
const given = (text: string | null): text is string => text !== null && text !== "";

/** A volume that is being attached may go on with who began it. @throws InvalidVolume */
function assertAttachable(volume: Volume, metadata: Metadata, request: AttachRequest): void {
  const refused = (reason: string) => new InvalidVolume({ reason });
  const another = (stored: string | null | undefined, asked: string | null): boolean =>
    given(stored ?? null) && stored !== asked;
  if (volume.status === "attaching") {
    if (another(volume.instance_uuid, request.instance_uuid)) {
      throw refused("being attached by another instance");
    }
    if (another(volume.attached_host, request.host_name)) {
      throw refused("being attached by another host");
    }
    if (another(metadata["attached_mode"], request.mode)) {
      throw refused("being attached by different mode");
    }
  } else if (!given(volume.migration_status) && volume.status !== "available") {
    throw refused("status must be available or attaching");
  }
}

/** `utils.sanitize_hostname`. */
const sanitizedHostname = (name: string): string =>
  name
    .replace(/[^\0-\u00ff]/g, "")
    .replace(/[ _]/g, "-")
    .replace(/[^\w.-]+/g, "")
    .toLowerCase()
    .replace(/^[.-]+|[.-]+$/g, "");

/** @throws what the driver failed with; RemoveExportException, and then the volume is available already */
export function* detachVolume(host: VolumeHost, ctxt: RequestContext, volume_id: string): Op<void> {
  const { db, env, driver } = host;
  yield* host.notify(ctxt, volumeGet(db, ctxt, volume_id), "detach.start");
  try {
    host.requireDriver();
    yield* driver.detachVolume();
  } catch (thrown) {
    const error = yield* caught(thrown);
    volumeUpdate(db, ctxt, volume_id, { status: "error_detaching" });
    throw error;
  }
  volumeDetached(db, ctxt.elevated(), volume_id);
  db.adminMetadata.delete(volume_id, "attached_mode");
  const volume = volumeGet(db, ctxt, volume_id);
  try {
    host.requireDriver();
    yield* driver.removeExport(volume);
  } catch (thrown) {
    const error = yield* caught(thrown);
    const uninitialized = error instanceof DriverNotInitialized;
    const why = uninitialized ? "uninitialized driver" : "remove export failure";
    env.log("error", `Error detaching volume ${volume_id}, due to ${why}.`);
    if (uninitialized) throw error;
    throw new RemoveExportException({ volume: volume_id, reason: error.message });
  }
  yield* host.notify(ctxt, volume, "detach.end");
}
