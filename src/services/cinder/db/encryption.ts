/**
 * How volumes of a type are encrypted: one row for each type, for ever, so that what was deleted cannot be
 * made again. Upstream: cinder/db/sqlalchemy/api.py (volume_type_encryption_*) at 2014.2.
 */
import type { Row } from "../../../framework/index.js";
import type { CinderDatabase } from "./database.js";
import type { EncryptionRow } from "./schema.js";

export type Encryption = Row<EncryptionRow>;
export type EncryptionValues = Omit<EncryptionRow, "volume_type_id">;

export const encryptionGet = (
  { encryption }: CinderDatabase,
  type: string | null,
): Encryption | undefined => (type === null ? undefined : encryption.get(type));

/** @throws DuplicateEntry */
export const encryptionCreate = ({ encryption }: CinderDatabase, values: EncryptionRow): void =>
  void encryption.insert(values);

export const encryptionUpdate = (
  { encryption }: CinderDatabase,
  type: string,
  values: Partial<EncryptionValues>,
): void => void encryption.update(type, values);

export const encryptionDelete = ({ encryption }: CinderDatabase, type: string): void =>
  void encryption.softDelete(type);
