/**
 * A volume changes hands: its owner offers it and is told a key, and whoever knows the key takes it, if
 * the own project may have as much. Nobody counts its type, and its snapshots stay behind. Upstream:
 * cinder/transfer/api.py at 2014.2.
 */
import { hmac } from "@noble/hashes/hmac.js";
import { sha1 } from "@noble/hashes/legacy.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { caught, type Op } from "../../../../kernel/index.js";
import { asciiText, Exception, str, type Json } from "../../../../python/index.js";
import {
  transferAccept,
  transferCreate,
  transferDestroy,
  transferGet,
  transferList,
  type Transfer,
} from "../../db/transfers.js";
import { volumeGet, type Volume } from "../../db/volumes.js";
import {
  InvalidAuthKey,
  InvalidVolume,
  OverQuota,
  VolumeLimitExceeded,
  VolumeSizeExceedsAvailableQuota,
} from "../../exception.js";
import { backendOf } from "../../hosts.js";
import { columnText } from "../input.js";
import type { Asking } from "../route.js";

/** Without a policy. @throws TransferNotFound */
export const getTransfer = ({ app, ctxt }: Asking, id: string): Transfer =>
  transferGet(app.db, ctxt, id);

/** @param everybodys whether an administrator says anything of all tenants */
export function listTransfers({ app, ctxt, enforce }: Asking, everybodys: boolean): Transfer[] {
  enforce(ctxt, "volume:get_all_transfers");
  return transferList(app.db, ctxt.is_admin && everybodys ? undefined : ctxt.project_id);
}

export interface NewTransfer {
  readonly transfer: Transfer;
  /** It is said once and kept nowhere. */
  readonly auth_key: string;
}

/** @throws VolumeNotFound, InvalidVolume */
export function createTransfer(asking: Asking, volumeId: string, name: Json): NewTransfer {
  const { app, ctxt, enforce } = asking;
  enforce(ctxt, "volume:create_transfer");
  app.env.log("info", `Generating transfer record for volume ${volumeId}`);
  const { uuid: volume_id, status } = volumeGet(app.db, ctxt, volumeId);
  if (status !== "available") throw new InvalidVolume({ reason: "status must be available" });
  const { volume_transfer_salt_length, volume_transfer_key_length } = app.flags;
  const salt = randomText(asking, volume_transfer_salt_length);
  const auth_key = randomText(asking, volume_transfer_key_length);
  const transfer = transferCreate(app.db, ctxt, {
    uuid: app.ids.uuid(),
    volume_id,
    display_name: columnText(name),
    salt,
    crypt_hash: cryptHash(salt, auth_key),
  });
  return { transfer, auth_key };
}

/** `_get_random_string`: of hexadecimal digits. */
function randomText({ app }: Asking, length: number): string {
  let text = "";
  while (text.length < length) text += app.keys.hex32();
  return text.slice(0, length);
}

const cryptHash = (salt: string, key: string): string =>
  bytesToHex(hmac(sha1, utf8ToBytes(salt), utf8ToBytes(key)));

/** @throws TransferNotFound, VolumeNotFound */
export function deleteTransfer({ app, ctxt, enforce }: Asking, id: string): void {
  enforce(ctxt, "volume:delete_transfer");
  transferDestroy(app.env, app.db, ctxt, id);
}

/**
 * Elevated, since the volume is still another project's.
 * @throws TransferNotFound, InvalidAuthKey, InvalidVolume, VolumeSizeExceedsAvailableQuota,
 * VolumeLimitExceeded, what the volume's host answers; UnicodeEncodeError for a key that is not ASCII
 */
export function* acceptTransfer(asking: Asking, id: string, key: Json): Op<Transfer> {
  const { app, ctxt, enforce } = asking;
  const { db, env, quotas } = app;
  enforce(ctxt, "volume:accept_transfer");
  const elevated = ctxt.elevated();
  const transfer = transferGet(db, elevated, id);
  if (cryptHash(transfer.salt, asciiText(str(key))) !== transfer.crypt_hash) {
    const reason = `Attempt to transfer ${id} with invalid auth key.`;
    env.log("error", reason);
    throw new InvalidAuthKey({ reason });
  }
  const volume = volumeGet(db, elevated, transfer.volume_id);
  const reservations = reserve(asking, volume);
  const donor = volume.project_id ?? "";
  const returned = giveBack(asking, volume, id);
  const { user_id, project_id } = ctxt;
  try {
    yield* app.volumes.prepare({ server: backendOf(volume.host ?? "") }).accept_transfer(ctxt, {
      volume_id: volume.uuid,
      new_user: user_id,
      new_project: project_id,
    });
    transferAccept(env, db, elevated, id, { user_id, project_id });
    quotas.commit(ctxt, reservations);
    quotas.commit(ctxt, returned, donor);
    env.log("info", `Volume ${volume.uuid} has been transferred.`);
  } catch (thrown) {
    const error = yield* caught(thrown);
    quotas.rollback(ctxt, reservations);
    quotas.rollback(ctxt, returned, donor);
    throw error;
  }
  return transfer;
}

/** @throws VolumeSizeExceedsAvailableQuota, VolumeLimitExceeded */
function reserve({ app, ctxt }: Asking, { size }: Volume): string[] {
  try {
    return app.quotas.reserve(ctxt, { volumes: 1, gigabytes: size });
  } catch (error) {
    if (!(error instanceof OverQuota)) throw error;
    const { overs, quotas: limits } = error.details;
    const exceeded = `Quota exceeded for ${ctxt.project_id ?? "None"}, tried to create`;
    if (overs.includes("gigabytes")) {
      const [consumed, quota] = [error.consumed("gigabytes"), limits["gigabytes"] ?? 0];
      const already = `(${String(consumed)}G of ${String(quota)}G already consumed)`;
      app.env.log("warning", `${exceeded} ${String(size)}G volume ${already}`);
      throw new VolumeSizeExceedsAvailableQuota({ requested: size, consumed, quota });
    }
    const already = `(${String(error.consumed("volumes"))} volumes already consumed)`;
    app.env.log("warning", `${exceeded} volume ${already}`);
    throw new VolumeLimitExceeded({ allowed: limits["volumes"] ?? 0 });
  }
}

/** What the donor's project will have again; a failure is the donor's loss. */
function giveBack({ app, ctxt }: Asking, { size, project_id }: Volume, id: string): string[] {
  try {
    const deltas = { volumes: -1, gigabytes: -size };
    return app.quotas.reserve(ctxt.elevated(), deltas, project_id ?? "");
  } catch (error) {
    if (!(error instanceof Exception)) throw error;
    app.env.log("error", `Failed to update quota donating volume transfer id ${id}`);
    return [];
  }
}
