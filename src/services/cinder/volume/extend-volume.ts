/**
 * The volume manager makes a volume larger. A driver that fails is logged, and nobody hears of it but
 * by the status. Upstream: cinder/volume/manager.py (extend_volume) at 2014.2.
 */
import type { RequestContext } from "../../../framework/index.js";
import { caught, type Op } from "../../../kernel/index.js";
import { volumeGet, volumeUpdate } from "../db/volumes.js";
import { DriverNotInitialized } from "../exception.js";
import type { VolumeHost } from "./volume-host.js";

export interface ExtendRequest {
  readonly volume_id: string;
  readonly new_size: number;
  readonly reservations: readonly string[];
}

/** @throws DriverNotInitialized, and then the quota stays reserved */
export function* extendVolume(
  host: VolumeHost,
  ctxt: RequestContext,
  { volume_id, new_size, reservations }: ExtendRequest,
): Op<void> {
  const { db, env, quotas } = host;
  const failed = (): void => void volumeUpdate(db, ctxt, volume_id, { status: "error_extending" });
  try {
    host.requireDriver();
  } catch (error) {
    if (error instanceof DriverNotInitialized) failed();
    throw error;
  }
  const volume = volumeGet(db, ctxt, volume_id);
  yield* host.notify(ctxt, volume, "resize.start");
  try {
    env.log("info", `volume ${volume_id}: extending`);
    yield* host.driver.extendVolume(volume, new_size);
    env.log("info", `volume ${volume_id}: extended successfully`);
  } catch (thrown) {
    yield* caught(thrown);
    env.log("error", `volume ${volume_id}: Error trying to extend volume`);
    failed();
    quotas.rollback(ctxt, reservations);
    return;
  }
  quotas.commit(ctxt, reservations);
  const extended = volumeUpdate(db, ctxt, volume_id, { size: new_size, status: "available" });
  host.allocated.add(extended.host, new_size - volume.size);
  yield* host.notify(ctxt, extended, "resize.end", { size: new_size });
}
