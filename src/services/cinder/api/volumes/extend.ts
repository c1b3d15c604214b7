/** A volume is made larger, if the caller's project may have as much. Upstream: cinder/volume/api.py (extend) at 2014.2. */
import type { Op } from "../../../../kernel/index.js";
import type { Volume } from "../../db/volumes.js";
import {
  InvalidInput,
  InvalidVolume,
  OverQuota,
  VolumeSizeExceedsAvailableQuota,
} from "../../exception.js";
import { backendOf } from "../../hosts.js";
import type { Asking } from "../route.js";
import { updateVolume } from "./volumes.js";

/** Only the gigabytes are reserved, not those of its type. @throws InvalidVolume, InvalidInput, VolumeSizeExceedsAvailableQuota */
export function* extend(asking: Asking, volume: Volume, new_size: number): Op<void> {
  const { app, ctxt, enforce } = asking;
  const { uuid: volume_id, size } = volume;
  enforce(volume, "volume:extend");
  if (volume.status !== "available") {
    throw new InvalidVolume({ reason: "Volume status must be available to extend." });
  }
  const requested = new_size - size;
  if (requested <= 0) {
    const compared = `(current: ${String(size)}, extended: ${String(new_size)})`;
    const reason = `New size for extend must be greater than current size. ${compared}`;
    throw new InvalidInput({ reason });
  }
  const reservations = reserve(asking, requested);
  updateVolume(asking, volume, { status: "extending" });
  const args = { volume_id, new_size, reservations };
  yield* app.volumes.prepare({ server: backendOf(volume.host ?? "") }).extend_volume(ctxt, args);
}

function reserve({ app, ctxt }: Asking, requested: number): string[] {
  try {
    return app.quotas.reserve(ctxt, { gigabytes: requested });
  } catch (error) {
    if (!(error instanceof OverQuota)) throw error;
    const [used, quota] = [error.consumed("gigabytes"), error.details.quotas["gigabytes"] ?? 0];
    const project = ctxt.project_id ?? "None";
    app.env.log(
      "error",
      `Quota exceeded for ${project}, tried to extend volume by ${String(requested)}G, ` +
        `(${String(used)}G of ${String(quota)}G already consumed).`,
    );
    throw new VolumeSizeExceedsAvailableQuota({ requested, consumed: used, quota });
  }
}
