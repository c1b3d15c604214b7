/**
 * The volume manager gives a volume another type. LVM cannot change a volume for it: types that ask for the same are
 * a matter of the row, for others the volume is moved, if that is allowed. Upstream: cinder/volume/manager.py (retype)
 * at 2014.2.
 */
import type { RequestContext } from "../../../../framework/index.js";
import { caught, type Op } from "../../../../kernel/index.js";
import { snapshotsOfVolume } from "../../db/snapshots.js";
import { volumeGet, volumeUpdate, type Volume } from "../../db/volumes.js";
import {
  CinderException,
  DriverNotInitialized,
  InvalidVolume,
  VolumeMigrationFailed,
} from "../../exception.js";
import type { Destination } from "../rpcapi.js";
import type { VolumeHost } from "../volume-host.js";
import type { OwnMethods } from "./completion.js";
import { originalStatus } from "./beginning.js";
import { migrateVolume } from "./migrate.js";
import { typesAreEqual } from "./type-differences.js";

export interface Retype {
  readonly volume_id: string;
  readonly new_type_id: string;
  readonly host: Destination;
  readonly migration_policy: string;
  readonly reservations: readonly string[] | null;
}

/** @throws DriverNotInitialized, VolumeMigrationFailed, InvalidVolume, what a migration fails with */
export function* retypeVolume(
  host: VolumeHost,
  own: OwnMethods,
  asker: RequestContext,
  { volume_id, new_type_id, host: destination, migration_policy, reservations }: Retype,
): Op<void> {
  const { db, env, quotas } = host;
  const ctxt = asker.elevated();
  const volume = volumeGet(db, asker, volume_id);
  const project = volume.project_id ?? "";
  const back = { status: originalStatus(volume) };
  try {
    host.requireDriver();
  } catch (error) {
    if (error instanceof DriverNotInitialized) volumeUpdate(db, ctxt, volume_id, back);
    throw error;
  }
  const old = yield* reserveOld(host, ctxt, volume, project);
  const fresh = reservations ?? [];
  const failed = (error: CinderException, logged = false): CinderException => {
    giveUp();
    if (logged) env.log("error", error.message.replace(/^Invalid volume: /, ""));
    return error;
  };
  const giveUp = (): void => {
    try {
      volumeUpdate(db, ctxt, volume_id, back);
    } finally {
      quotas.rollback(ctxt, old);
      quotas.rollback(ctxt, fresh);
    }
  };
  if (typesAreEqual(db, volume.volume_type_id, new_type_id)) {
    const { host: where } = destination;
    volumeUpdate(db, ctxt, volume_id, { volume_type_id: new_type_id, host: where, ...back });
  } else {
    if (migration_policy === "never") {
      const reason = "Retype requires migration but is not allowed.";
      throw failed(new VolumeMigrationFailed({ reason }));
    }
    if (snapshotsOfVolume(db, ctxt, volume_id).length > 0) {
      throw failed(new InvalidVolume({ reason: "Volume must not have snapshots." }), true);
    }
    const { replication_status: replication } = volume;
    if (replication !== null && replication !== "disabled") {
      throw failed(new InvalidVolume({ reason: "Volume must not be replicated." }), true);
    }
    volumeUpdate(db, ctxt, volume_id, { migration_status: "starting" });
    try {
      yield* migrateVolume(host, own, ctxt, { volume_id, host: destination, new_type_id });
    } catch (thrown) {
      const error = yield* caught(thrown);
      giveUp();
      throw error;
    }
  }
  quotas.commit(ctxt, old, project);
  quotas.commit(ctxt, fresh, project);
}

/** What the old type will have again. @throws CinderException */
function* reserveOld(
  { db, env, quotas }: VolumeHost,
  ctxt: RequestContext,
  { uuid, size, volume_type_id, instance_uuid, attached_host }: Volume,
  project: string,
): Op<string[]> {
  try {
    const deltas = quotas.withType({ volumes: -1, gigabytes: -size }, volume_type_id);
    return quotas.reserve(ctxt, deltas, project);
  } catch (thrown) {
    yield* caught(thrown);
    volumeUpdate(db, ctxt, uuid, { status: originalStatus({ instance_uuid, attached_host }) });
    env.log("error", "Failed to update usages while retyping volume.");
    throw new CinderException({}, "Failed to get old volume type quota reservations");
  }
}
