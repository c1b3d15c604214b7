/**
 * The volume manager makes one volume of the two that a migration has: the row of the old one goes on with what the
 * new one has, and is known to the backend by the new one's id. A source that is still attached cannot be deleted,
 * and its data stay. Upstream: cinder/volume/manager.py (migrate_volume_completion) at 2014.2.
 */
import type { RequestContext } from "../../../../framework/index.js";
import { caught, type Op } from "../../../../kernel/index.js";
import { truth, type Json } from "../../../../python/index.js";
import { finishVolumeMigration, volumeDestroy, volumeGet, volumeUpdate } from "../../db/volumes.js";
import type { VolumeHost } from "../volume-host.js";
import { assertReady, originalStatus } from "./beginning.js";

/** What the manager does by its own methods, under their locks. */
export interface OwnMethods {
  detach_volume(ctxt: RequestContext, args: { readonly volume_id: string }): Op<void>;
  delete_volume(
    ctxt: RequestContext,
    args: { readonly volume_id: string; readonly unmanage_only: boolean },
  ): Op<void>;
}

export interface Completion {
  readonly volume_id: string;
  readonly new_volume_id: string;
  /** Whether the copy failed. */
  readonly error: Json;
}

/** @returns the id that the volume is known by @throws DriverNotInitialized, what an attach fails with */
export function* completeMigration(
  host: VolumeHost,
  own: OwnMethods,
  ctxt: RequestContext,
  { volume_id, new_volume_id, error }: Completion,
): Op<string> {
  const { db, env } = host;
  assertReady(host, ctxt, volume_id);
  const volume = volumeGet(db, ctxt, volume_id);
  const target = volumeGet(db, ctxt, new_volume_id);
  const back = volume.status === "retyping" ? originalStatus(volume) : undefined;
  if (truth(error)) {
    env.log(
      "info",
      "migrate_volume_completion is cleaning up an error " +
        `for volume ${volume_id} (temporary volume ${new_volume_id}`,
    );
    const gone = { volume_id: new_volume_id, unmanage_only: false };
    yield* host.peer(target).delete_volume(ctxt, gone);
    const status = back === undefined ? {} : { status: back };
    volumeUpdate(db, ctxt, volume_id, { migration_status: null, ...status });
    return volume_id;
  }
  volumeUpdate(db, ctxt, volume_id, { migration_status: "completing" });
  try {
    if (back === "in-use") yield* own.detach_volume(ctxt, { volume_id });
    yield* own.delete_volume(ctxt, { volume_id, unmanage_only: false });
  } catch (thrown) {
    const { message } = yield* caught(thrown);
    env.log("error", `Failed to delete migration source vol ${volume_id}: ${message}`);
  }
  finishVolumeMigration(db, ctxt, volume_id, new_volume_id);
  volumeDestroy(db, new_volume_id);
  volumeUpdate(
    db,
    ctxt,
    volume_id,
    back === "in-use"
      ? { migration_status: "completing", status: back }
      : { migration_status: null },
  );
  if (back === "in-use" || volume.status === "in-use") {
    // It goes to where the volume was.
    yield* host.peer(volume).attach_volume(ctxt, {
      volume_id,
      instance_uuid: volume.instance_uuid,
      host_name: volume.attached_host,
      mountpoint: volume.mountpoint,
      mode: "rw",
    });
  }
  return volume_id;
}
