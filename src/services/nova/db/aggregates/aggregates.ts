/**
 * Host aggregates: hosts under a name, with metadata, one key of which makes them a zone. Upstream:
 * nova/db/sqlalchemy/api.py (aggregate_*) at 2014.2.
 */
import { alike, storedDate, type Row } from "../../../../framework/index.js";
import {
  AggregateHostExists,
  AggregateHostNotFound,
  AggregateNameExists,
  AggregateNotFound,
} from "../../exception.js";
import { stored } from "../../objects/base/declare.js";
import type { ObjectStore } from "../../objects/base/versioned-object.js";
import { Aggregate } from "../../objects/aggregates/aggregate.js";
import type { NovaDatabase } from "../database.js";
import type { AggregateRow } from "./rows.js";

/** Names that differ in case alone are one. */
const called = (db: NovaDatabase, name: string): Row<AggregateRow>[] =>
  alike(db.aggregates.find(), (row) => row.name, name);

/** @throws AggregateNameExists */
export function createAggregate(
  db: NovaDatabase,
  store: ObjectStore,
  name: string,
  metadata: Readonly<Record<string, string>>,
): Aggregate {
  if (called(db, name).length > 0) {
    throw new AggregateNameExists({ aggregate_name: name });
  }
  const { id } = db.aggregates.insert({ name });
  addMetadata(db, id, metadata);
  return aggregateById(db, store, String(id));
}

/** By its number, or by what begins with one, as MySQL compares a column with a text. @throws AggregateNotFound */
export function aggregateById(db: NovaDatabase, store: ObjectStore, id: string): Aggregate {
  const row = db.aggregates.get(Number.parseFloat(id));
  if (row === undefined) throw new AggregateNotFound({ aggregate_id: id });
  return objectOf(db, store, row);
}

export const allAggregates = (db: NovaDatabase, store: ObjectStore): Aggregate[] =>
  db.aggregates.find().map((row) => objectOf(db, store, row));

/** @throws AggregateNameExists */
export function renameAggregate(db: NovaDatabase, id: number, name: string): void {
  if (called(db, name).some((other) => other.id !== id)) {
    throw new AggregateNameExists({ aggregate_name: name });
  }
  db.aggregates.update(id, { name });
}

export function deleteAggregate(db: NovaDatabase, id: number): void {
  db.aggregates.softDelete(id);
  for (const row of db.aggregate_metadata.find({ aggregate_id: id })) {
    db.aggregate_metadata.softDelete(row.id);
  }
}

/** Keys that are there already get another value. */
export function addMetadata(
  db: NovaDatabase,
  aggregate_id: number,
  metadata: Readonly<Record<string, string>>,
): void {
  for (const [key, value] of Object.entries(metadata)) {
    const row = db.aggregate_metadata.first({ aggregate_id, key });
    if (row === undefined) db.aggregate_metadata.insert({ aggregate_id, key, value });
    else db.aggregate_metadata.update(row.id, { value });
  }
}

/** A key that is not there is no matter. */
export function removeMetadata(db: NovaDatabase, aggregate_id: number, key: string): void {
  const row = db.aggregate_metadata.first({ aggregate_id, key });
  if (row !== undefined) db.aggregate_metadata.softDelete(row.id);
}

/** @throws AggregateHostExists */
export function addHost(db: NovaDatabase, aggregate_id: number, host: string): void {
  if (db.aggregate_hosts.first({ aggregate_id, host }) !== undefined) {
    throw new AggregateHostExists({ host, aggregate_id });
  }
  db.aggregate_hosts.insert({ aggregate_id, host });
}

/** @throws AggregateHostNotFound */
export function removeHost(db: NovaDatabase, aggregate_id: number, host: string): void {
  const row = db.aggregate_hosts.first({ aggregate_id, host });
  if (row === undefined) throw new AggregateHostNotFound({ aggregate_id, host });
  db.aggregate_hosts.softDelete(row.id);
}

/** What the aggregates that `host` is in say under `key`: each value once, in the order of aggregates. */
export function valuesOfHost(db: NovaDatabase, host: string, key: string): readonly string[] {
  const ids = db.aggregate_hosts.find({ host }).map(({ aggregate_id }) => aggregate_id);
  const rows = ids.flatMap((aggregate_id) => db.aggregate_metadata.find({ aggregate_id, key }));
  return [...new Set(rows.map(({ value }) => value))];
}

/** All that the aggregates of `host` say: for each key its values, each once (`aggregate_metadata_get_by_host`). */
export function metadataOfHost(
  db: NovaDatabase,
  host: string,
): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { aggregate_id } of db.aggregate_hosts.find({ host })) {
    for (const { key, value } of db.aggregate_metadata.find({ aggregate_id })) {
      const values = found.get(key);
      if (values === undefined) found.set(key, new Set([value]));
      else values.add(value);
    }
  }
  return found;
}

function objectOf(db: NovaDatabase, store: ObjectStore, row: Row<AggregateRow>): Aggregate {
  const aggregate_id = row.id;
  const metadata = db.aggregate_metadata.find({ aggregate_id });
  return new Aggregate(store, {
    id: row.id,
    name: row.name,
    hosts: db.aggregate_hosts.find({ aggregate_id }).map(({ host }) => host),
    metadata: Object.fromEntries(metadata.map(({ key, value }) => [key, value])),
    ...stored(row),
    created_at: storedDate(row.created_at),
    updated_at: storedDate(row.updated_at),
    deleted_at: storedDate(row.deleted_at),
  });
}
