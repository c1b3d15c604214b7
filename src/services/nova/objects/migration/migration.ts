/**
 * A cold migration or resize: from where to where, between which flavors, and how far it is. A row is
 * never removed, also not with its server. Upstream: nova/objects/migration.py (Migration 1.1) at 2014.2.
 */
import type { RequestContext } from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import { PERSISTENT, versioned, type PersistentFields } from "../base/declare.js";
import { callClass, callMethod, classMethod, objectMethod } from "../base/remotable.js";
import type { ObjectStore } from "../base/versioned-object.js";

/** One that is not stored yet has no id and no dates. */
export interface MigrationFields extends Partial<PersistentFields> {
  id?: number;
  source_compute: string | null;
  dest_compute: string | null;
  source_node: string | null;
  dest_node: string | null;
  dest_host: string | null;
  old_instance_type_id: number | null;
  new_instance_type_id: number | null;
  instance_uuid: string;
  status: string;
}

export class Migration extends versioned<MigrationFields>({
  name: "Migration",
  version: "1.1",
  wire: PERSISTENT,
  fields: {
    id: true,
    source_compute: true,
    dest_compute: true,
    source_node: true,
    dest_node: true,
    dest_host: true,
    old_instance_type_id: true,
    new_instance_type_id: true,
    instance_uuid: true,
    status: true,
    created_at: true,
    updated_at: true,
    deleted_at: true,
    deleted: true,
  },
}) {
  /** The row; only one that was never stored has none. */
  get key(): number {
    return this.id ?? 0;
  }

  /** Insert the row. */
  *create(ctxt: RequestContext): Op<void> {
    yield* callMethod(ctxt, this, migrationMethods.create, {});
  }

  /** @throws MigrationNotFound */
  *save(ctxt: RequestContext): Op<void> {
    yield* callMethod(ctxt, this, migrationMethods.save, {});
  }

  /** It has got that far. */
  *enter(ctxt: RequestContext, status: string): Op<void> {
    this.status = status;
    yield* this.save(ctxt.elevated());
  }
}

/** One that has no row yet. */
export const newMigration = (store: ObjectStore, fields: MigrationFields): Migration =>
  new Migration(store, fields, Object.keys(fields));

export const migrationMethods = {
  create: objectMethod()(Migration, "create"),
  save: objectMethod()(Migration, "save"),
  getById: classMethod<{ migration_id: number }, Migration>("Migration", "get_by_id", {
    takes: ["migration_id"],
  }),
  getByStatus: classMethod<{ instance_uuid: string; status: string }, Migration>(
    "Migration",
    "get_by_instance_and_status",
    { takes: ["instance_uuid", "status"] },
  ),
};

/** @throws MigrationNotFound */
export const getMigration = (
  store: ObjectStore,
  ctxt: RequestContext,
  migration_id: number,
): Op<Migration> => callClass(store, ctxt, migrationMethods.getById, { migration_id });

/** The first of that server's in that state. @throws MigrationNotFoundByStatus */
export const getMigrationByStatus = (
  store: ObjectStore,
  ctxt: RequestContext,
  instance_uuid: string,
  status: string,
): Op<Migration> => callClass(store, ctxt, migrationMethods.getByStatus, { instance_uuid, status });
