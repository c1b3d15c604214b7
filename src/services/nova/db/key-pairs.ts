/** Key pairs of users. Upstream: nova/db/sqlalchemy/api.py (key_pair_*) at 2014.2. */
import { alike, type Row } from "../../../framework/index.js";
import { KeyPairExists, KeypairNotFound } from "../exception.js";
import type { NovaDatabase } from "./database.js";
import type { KeyPairRow } from "./schema.js";

/** @throws KeypairNotFound */
export function keyPairByName(db: NovaDatabase, user_id: string, name: string): Row<KeyPairRow> {
  const [row] = called(db, user_id, name);
  if (row === undefined) throw new KeypairNotFound({ user_id, name });
  return row;
}

export function keyPairs(db: NovaDatabase, user_id: string): Row<KeyPairRow>[] {
  return db.key_pairs.find({ user_id });
}

/** A pair whose name differs in case alone has the same name. */
const called = (db: NovaDatabase, user_id: string, name: string): Row<KeyPairRow>[] =>
  alike(db.key_pairs.find({ user_id }), (row) => row.name, name);

/** @throws KeyPairExists */
export function createKeyPair(db: NovaDatabase, values: KeyPairRow): Row<KeyPairRow> {
  const { user_id, name } = values;
  if (called(db, user_id, name).length > 0) {
    throw new KeyPairExists({ key_name: name });
  }
  return db.key_pairs.insert(values);
}

/** @throws KeypairNotFound */
export function deleteKeyPair(db: NovaDatabase, user_id: string, name: string): void {
  db.key_pairs.softDelete(keyPairByName(db, user_id, name).id);
}
