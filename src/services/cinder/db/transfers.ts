/**
 * Volumes that are on offer to whoever knows a key. Others than administrators see the offers of their
 * own project's volumes. Upstream: cinder/db/sqlalchemy/api.py (transfer_*) at 2014.2.
 */
import type { Env, RequestContext, Row } from "../../../framework/index.js";
import { InvalidVolume, TransferNotFound } from "../exception.js";
import type { CinderDatabase } from "./database.js";
import type { TransferRow } from "./schema.js";
import { volumeGet, volumeUpdate } from "./volumes.js";

export type Transfer = Row<TransferRow>;

const AWAITING = "awaiting-transfer";

/** @throws TransferNotFound */
export function transferGet(
  db: CinderDatabase,
  ctxt: RequestContext,
  transfer_id: string,
): Transfer {
  const row = db.transfers.get(transfer_id);
  const seen = row !== undefined && (ctxt.is_admin || ownerOf(db, row) === ctxt.project_id);
  if (!seen) throw new TransferNotFound({ transfer_id });
  return row;
}

const ownerOf = ({ volumes }: CinderDatabase, { volume_id }: TransferRow): string | null =>
  volumes.getAny(volume_id)?.project_id ?? null;

/** Those of a project, or all, as the table has them: by id. */
export const transferList = (db: CinderDatabase, project?: string | null): Transfer[] =>
  db.transfers
    .find()
    .filter((row) => project === undefined || ownerOf(db, row) === project)
    .sort((a, b) => (a.uuid < b.uuid ? -1 : 1));

/** The volume is out of use until it is taken or the offer ends. */
export function transferCreate(
  db: CinderDatabase,
  ctxt: RequestContext,
  values: TransferRow,
): Transfer {
  volumeUpdate(db, ctxt, values.volume_id, { status: AWAITING });
  return db.transfers.insert(values);
}

/** A volume in another state than it should be in stays in it. @throws TransferNotFound, VolumeNotFound */
export function transferDestroy(
  env: Env,
  db: CinderDatabase,
  ctxt: RequestContext,
  id: string,
): void {
  const { volume_id } = transferGet(db, ctxt, id);
  const { status } = volumeGet(db, ctxt, volume_id);
  if (status === AWAITING) volumeUpdate(db, ctxt, volume_id, { status: "available" });
  else {
    env.log("error", "Volume in unexpected state");
    env.log("error", `Volume in unexpected state ${status}, expected awaiting-transfer`);
  }
  db.transfers.softDelete(id);
}

export interface Owner {
  readonly user_id: string | null;
  readonly project_id: string | null;
}

/** @throws InvalidVolume if something has happened to the volume meanwhile */
export function transferAccept(
  env: Env,
  db: CinderDatabase,
  ctxt: RequestContext,
  id: string,
  owner: Owner,
): void {
  const { volume_id } = transferGet(db, ctxt, id);
  const { status } = volumeGet(db, ctxt, volume_id);
  if (status !== AWAITING) {
    const reason =
      `Transfer ${id}: Volume id ${volume_id} in unexpected state ${status}, ` +
      "expected awaiting-transfer";
    env.log("error", reason);
    throw new InvalidVolume({ reason });
  }
  volumeUpdate(db, ctxt, volume_id, { status: "available", ...owner });
  db.transfers.softDelete(id);
}
