/**
 * The volume manager moves a volume to another host: a second one is made there, waited for and filled. A volume that
 * a server has is filled by Nova, which says when it is done. What was made stays behind if it fails (LP 1398177).
 * LVM moves only to another backend of the same host by itself, which there is none of here. Upstream:
 * cinder/volume/manager.py (migrate_volume, _migrate_volume_generic) at 2014.2.
 */
import type { RequestContext } from "../../../../framework/index.js";
import { caught, seconds, sleep, type Op } from "../../../../kernel/index.js";
import { volumeCopy, volumeGet, volumeUpdate, type Volume } from "../../db/volumes.js";
import { VolumeMigrationFailed } from "../../exception.js";
import type { Destination } from "../rpcapi.js";
import type { VolumeHost } from "../volume-host.js";
import { assertReady, originalStatus } from "./beginning.js";
import { completeMigration, type OwnMethods } from "./completion.js";
import { copyVolumeData } from "./copy-data.js";

export interface Migration {
  readonly volume_id: string;
  readonly host: Destination;
  /** The type that the volume is to have then, if another. */
  readonly new_type_id?: string | null;
}

/** @throws DriverNotInitialized, VolumeMigrationFailed, what its steps fail with */
export function* migrateVolume(
  host: VolumeHost,
  own: OwnMethods,
  ctxt: RequestContext,
  migration: Migration,
): Op<void> {
  const { db, driver } = host;
  const { volume_id } = migration;
  assertReady(host, ctxt, volume_id);
  const volume = volumeGet(db, ctxt, volume_id);
  const back = volume.status === "retyping" ? { status: originalStatus(volume) } : {};
  volumeUpdate(db, ctxt, volume_id, { migration_status: "migrating" });
  try {
    yield* migrateGeneric(host, own, ctxt, volume, migration);
  } catch (thrown) {
    const error = yield* caught(thrown);
    const update = yield* driver.createExport(volume);
    volumeUpdate(db, ctxt, volume_id, { migration_status: null, ...back, ...update });
    throw error;
  }
}

function* migrateGeneric(
  host: VolumeHost,
  own: OwnMethods,
  ctxt: RequestContext,
  volume: Volume,
  { host: destination, new_type_id: type = null }: Migration,
): Op<void> {
  const { db, env } = host;
  const made = volumeCopy(db, volume, {
    uuid: env.stream("volume").uuid(),
    ...(type !== null && type !== "" && { volume_type_id: type }),
    host: destination.host,
    status: "creating",
    migration_status: `target:${volume.uuid}`,
    attach_status: "detached",
  });
  yield* host.peer(made).create_volume(ctxt, {
    volume_id: made.uuid,
    request_spec: null,
    filter_properties: null,
    allow_reschedule: false,
    snapshot_id: null,
    image_id: null,
    source_replicaid: null,
    source_volid: null,
    consistencygroup_id: null,
  });
  const target = yield* created(host, ctxt, made);
  try {
    const { instance_uuid, attached_host } = volume;
    if (instance_uuid === null && attached_host === null) {
      yield* copyVolumeData(host, ctxt, volume, target);
      yield* completeMigration(host, own, ctxt, {
        volume_id: volume.uuid,
        new_volume_id: target.uuid,
        error: false,
      });
    } else yield* host.nova.updateServerVolume(ctxt, instance_uuid, volume.uuid, target.uuid);
  } catch (thrown) {
    const error = yield* caught(thrown);
    env.log("error", `Failed to copy volume ${volume.uuid} to ${target.uuid}`);
    // While it completes, the source may be gone already.
    if (volumeGet(db, ctxt, volume.uuid).migration_status === "migrating") {
      const { uuid: volume_id } = target;
      yield* host.peer(target).delete_volume(ctxt, { volume_id, unmanage_only: false });
    }
    throw error;
  }
}

/** Looks after 1, 4, 9 ... seconds. @throws VolumeMigrationFailed */
function* created({ db, env, flags }: VolumeHost, ctxt: RequestContext, made: Volume): Op<Volume> {
  const deadline = env.kernel.now + seconds(flags.migration_create_volume_timeout_secs);
  for (let tries = 1; ; tries++) {
    const volume = volumeGet(db, ctxt, made.uuid);
    if (volume.status === "available") return volume;
    const failed = (how: string) =>
      new VolumeMigrationFailed({ reason: `${how} new_volume on destination host` });
    if (volume.status === "error") throw failed("failed to create");
    if (env.kernel.now > deadline) throw failed("timeout creating");
    yield* sleep(seconds(tries * tries));
  }
}
