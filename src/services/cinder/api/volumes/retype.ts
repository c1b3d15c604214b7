/**
 * A volume is to have another type. What the caller's project may have of the new type is reserved here, and given back
 * or taken by whoever ends the matter. Of types with different qualities of service, a volume that is in use ends in a
 * KeyError (LP 1389519). Upstream: cinder/volume/api.py (retype), cinder/quota_utils.py at 2014.2.
 */
import type { Op } from "../../../../kernel/index.js";
import {
  bytesRepr,
  isUuidLike,
  KeyError,
  str,
  truth,
  type Json,
} from "../../../../python/index.js";
import { encryptionGet } from "../../db/encryption.js";
import { qosSpecsGet } from "../../db/qos-specs.js";
import { volumeTypeGet, type VolumeType } from "../../db/volume-types.js";
import type { Volume } from "../../db/volumes.js";
import {
  InvalidInput,
  InvalidVolume,
  InvalidVolumeType,
  OverQuota,
  VolumeLimitExceeded,
  VolumeSizeExceedsAvailableQuota,
} from "../../exception.js";
import { propertiesOf } from "../../request-spec.js";
import { VOLUME_TOPIC } from "../../volume/rpcapi.js";
import { typeNamed } from "../create/create-volume.js";
import { columnText } from "../input.js";
import type { Asking } from "../route.js";
import { updateVolume } from "./volumes.js";

const POLICIES: readonly Json[] = ["on-demand", "never"];

/**
 * @throws InvalidVolume, InvalidInput, VolumeTypeNotFound, VolumeSizeExceedsAvailableQuota, VolumeLimitExceeded; KeyError
 */
export function* retype(asking: Asking, volume: Volume, given: Json, policy: Json): Op<void> {
  const { app, ctxt, enforce } = asking;
  const { uuid: volume_id, status, volume_type_id: oldId } = volume;
  enforce(volume, "volume:retype");
  const logged = (reason: string): { readonly reason: string } => {
    app.env.log("error", reason);
    return { reason };
  };
  if (status !== "available" && status !== "in-use") {
    const what = "Unable to update type due to incorrect status on volume";
    throw new InvalidVolume(logged(`${what}: ${volume_id}`));
  }
  if (volume.migration_status !== null) {
    throw new InvalidVolume(logged(`Volume ${volume_id} is already part of an active migration.`));
  }
  if (truth(policy) && !POLICIES.includes(policy)) {
    // It shows the type.
    const what = "migration_policy must be 'on-demand' or 'never', passed";
    throw new InvalidInput(logged(`${what}: ${str(given)}`));
  }
  if (volume.consistencygroup_id !== null && volume.consistencygroup_id !== "") {
    throw new InvalidVolume(logged("Volume must not be part of a consistency group."));
  }
  const type = typeIn(asking, given, logged);
  if (oldId === type.id) {
    throw new InvalidInput(logged(`New volume_type same as original: ${str(given)}`));
  }
  const old = oldId === null || oldId === "" ? undefined : volumeTypeGet(app.db, oldId);
  // Two rows are never the same.
  if (encryptionGet(app.db, oldId) !== encryptionGet(app.db, type.id)) {
    throw new InvalidInput({ reason: "Retype cannot change encryption requirements" });
  }
  if (status !== "available") assertSameQualities(asking, old?.qos_specs_id ?? null, type);
  const quota_reservations = reserve(asking, volume, type.id);
  updateVolume(asking, volume, { status: "retyping" });
  yield* app.schedulers.retype(ctxt, {
    topic: VOLUME_TOPIC,
    volume_id,
    request_spec: {
      volume_properties: propertiesOf(volume),
      volume_id,
      volume_type: { ...type },
      migration_policy: policy,
      quota_reservations,
    },
    filter_properties: {},
  });
}

/** By id or by name. @throws InvalidInput, VolumeTypeNotFound; DataError for what is no text */
function typeIn(
  asking: Asking,
  given: Json,
  logged: (reason: string) => { readonly reason: string },
): VolumeType {
  const name = typeof given === "object" ? columnText(given) : str(given);
  try {
    if (name === null) throw new InvalidVolumeType({ reason: "name cannot be None" });
    return typeNamed(asking, name, typeof given === "string" && isUuidLike(given));
  } catch (error) {
    if (!(error instanceof InvalidVolumeType)) throw error;
    throw new InvalidInput(logged(`Invalid volume_type passed: ${str(given)}`));
  }
}

/** What is asked for is not where it is looked for. @throws KeyError */
function assertSameQualities({ app }: Asking, old: string | null, type: VolumeType): void {
  if (old === type.qos_specs_id) return;
  for (const id of [old, type.qos_specs_id]) {
    if (id === null || id === "") continue;
    qosSpecsGet(app.db, id);
    throw new KeyError(bytesRepr("qos_specs"));
  }
}

/** `get_volume_type_reservation`. @throws VolumeSizeExceedsAvailableQuota, VolumeLimitExceeded */
function reserve({ app, ctxt }: Asking, { size }: Volume, type: string): string[] {
  const { quotas, env } = app;
  try {
    return quotas.reserve(ctxt, quotas.withType({ volumes: 1, gigabytes: size }, type));
  } catch (error) {
    if (!(error instanceof OverQuota)) throw error;
    const { overs, quotas: limits } = error.details;
    // The first that is over, by name.
    const [over = ""] = overs;
    const [consumed, quota] = [error.consumed(over), limits[over] ?? 0];
    const exceeded = `Quota exceeded for ${ctxt.project_id ?? "None"}, tried to create`;
    if (over.includes("gigabytes")) {
      const already = `(${String(consumed)}G of ${String(quota)}G already consumed)`;
      env.log("warning", `${exceeded} ${String(size)}G volume - ${already}`);
      throw new VolumeSizeExceedsAvailableQuota({ requested: size, quota, consumed });
    }
    env.log("warning", `${exceeded} volume (${String(consumed)} volumes already consumed)`);
    throw new VolumeLimitExceeded({ allowed: quota });
  }
}
