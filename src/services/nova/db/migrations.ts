/**
 * Migrations in the database: each stays, whatever becomes of it and of its server. Upstream:
 * nova/db/sqlalchemy/api.py (migration_*) at 2014.2.
 */
import { storedDate, type Row } from "../../../framework/index.js";
import { seconds } from "../../../kernel/index.js";
import { MigrationNotFound, MigrationNotFoundByStatus, ObjectActionError } from "../exception.js";
import { stored } from "../objects/base/declare.js";
import type { ObjectStore } from "../objects/base/versioned-object.js";
import { Migration } from "../objects/migration/migration.js";
import type { NovaDatabase } from "./database.js";
import type { InstanceRow, MigrationRow } from "./schema.js";

/** @throws ObjectActionError for one that has a row */
export function createMigration(db: NovaDatabase, migration: Migration): void {
  if (migration.fields().id !== undefined) {
    throw new ObjectActionError({ action: "create", reason: "already created" });
  }
  const row = db.migrations.insert(migration.fields());
  migration.refreshWith({ ...row, ...stored(row) });
}

/** @throws MigrationNotFound */
export function saveMigration(db: NovaDatabase, migration: Migration): void {
  const { id: _, ...changes } = migration.changes();
  const row = rowOf(db, migration.key);
  const changed = Object.keys(changes).length > 0;
  const after = (changed ? db.migrations.update(row.id, changes) : undefined) ?? row;
  migration.refreshWith({ ...after, ...stored(after) });
}

/** @throws MigrationNotFound */
export const migrationById = (db: NovaDatabase, store: ObjectStore, id: number): Migration =>
  migrationOf(store, rowOf(db, id));

/** The first of them. @throws MigrationNotFoundByStatus */
export function migrationByStatus(
  db: NovaDatabase,
  store: ObjectStore,
  instance_uuid: string,
  status: string,
): Migration {
  const row = db.migrations.first({ instance_uuid, status });
  if (row === undefined) {
    throw new MigrationNotFoundByStatus({ instance_id: instance_uuid, status });
  }
  return migrationOf(store, row);
}

/** What has been finished for `window` seconds; a date in the database has whole ones. */
export function unconfirmedMigrations(
  db: NovaDatabase,
  store: ObjectStore,
  window: number,
  dest_compute: string,
): Migration[] {
  const { kernel } = db;
  const latest = kernel.calendar.stamp(kernel.now - seconds(window));
  return db.migrations
    .find({ status: "finished", dest_compute })
    .filter(({ updated_at }) => updated_at !== null && storedDate(updated_at) <= latest)
    .map((row) => migrationOf(store, row));
}

/** `{status, host}`: a host at either end. Other filters are none. */
export function migrationsByFilters(
  db: NovaDatabase,
  { status, host }: { readonly status?: string | undefined; readonly host?: string | undefined },
): Row<MigrationRow>[] {
  return db.migrations
    .find()
    .filter(
      (row) =>
        (status === undefined || row.status === status) &&
        (host === undefined || row.source_compute === host || row.dest_compute === host),
    );
}

/** What a migration's server is told with: its row, and its metadata as rows of a key each. */
export type MigratingInstance = Row<InstanceRow> & {
  readonly system_metadata: readonly { readonly key: string; readonly value: string | null }[];
};

/** One under way, as it is told with its server. */
export type MigrationInProgress = Row<MigrationRow> & {
  /** null: it was deleted. */
  readonly instance: MigratingInstance | null;
};

/** States in which a migration is over. */
const ENDED: ReadonlySet<string> = new Set(["confirmed", "reverted", "error"]);

/** `migration_get_in_progress_by_host_and_node`: from there or to there. */
export function migrationsInProgress(
  db: NovaDatabase,
  host: string,
  node: string,
): MigrationInProgress[] {
  return db.migrations
    .find()
    .filter(
      (migration) =>
        !ENDED.has(migration.status) &&
        ((migration.source_compute === host && migration.source_node === node) ||
          (migration.dest_compute === host && migration.dest_node === node)),
    )
    .map((migration) => ({ ...migration, instance: instanceIn(db, migration.instance_uuid) }));
}

function instanceIn(db: NovaDatabase, uuid: string): MigratingInstance | null {
  const row = db.instances.get(uuid);
  if (row === undefined) return null;
  const { metadata = {} } = db.instance_system_metadata.get(uuid) ?? {};
  const system_metadata = Object.entries(metadata).map(([key, value]) => ({ key, value }));
  return { ...row, system_metadata };
}

function rowOf(db: NovaDatabase, id: number): Row<MigrationRow> {
  const row = db.migrations.get(id);
  if (row === undefined) throw new MigrationNotFound({ migration_id: id });
  return row;
}

const migrationOf = (store: ObjectStore, row: Row<MigrationRow>): Migration =>
  new Migration(store, { ...row, ...stored(row) });
