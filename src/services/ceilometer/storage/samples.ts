/**
 * What there is in the database: samples, meters, resources. Upstream: ceilometer/storage/impl_sqlalchemy.py
 * (get_samples, get_meters, get_resources) at 2014.2.
 */
import type { Json } from "../../../python/index.js";
import type { CeilometerDatabase } from "./database.js";
import type { FullSample } from "./full-sample.js";
import { isOf, samplesOf, type SampleFilter } from "./sample-filter.js";

/** Newest first; a limit of 0 is none of them, null all. */
export function getSamples(
  database: CeilometerDatabase,
  filter: SampleFilter,
  limit: number | null = null,
): FullSample[] {
  if (limit === 0) return [];
  const found = samplesOf(database, filter).sort((a, b) => newestFirst(a.timestamp, b.timestamp));
  return limit === null ? found : found.slice(0, limit);
}

export const newestFirst = (a: string, b: string): number => (a === b ? 0 : a < b ? 1 : -1);

/** The last sample that was stored of each meter of each resource; only that one is looked at for the rest. */
export function getMeters(database: CeilometerDatabase, filter: SampleFilter): FullSample[] {
  const newest = new Map<string, FullSample>();
  for (const sample of samplesOf(database, { resource: filter.resource })) {
    newest.set(`${sample.meter_id} ${sample.resource_id}`, sample);
  }
  return [...newest.values()]
    .sort((a, b) => a.meter_id - b.meter_id || (a.resource_id < b.resource_id ? -1 : 1))
    .filter((sample) => isOf(sample, filter));
}

export interface StoredResource {
  readonly resource_id: string;
  readonly project_id: string | null;
  readonly user_id: string | null;
  readonly source: string;
  readonly first_sample_timestamp: string;
  readonly last_sample_timestamp: string;
  readonly metadata: Json;
}

/** Each resource of which a sample is meant, as the newest of these samples has it. */
export function getResources(database: CeilometerDatabase, filter: SampleFilter): StoredResource[] {
  const byResource = new Map<string, FullSample[]>();
  for (const sample of samplesOf(database, filter)) {
    const known = byResource.get(sample.resource_id);
    if (known === undefined) byResource.set(sample.resource_id, [sample]);
    else known.push(sample);
  }
  return [...byResource.values()].flatMap((samples) => {
    const [first] = samples;
    if (first === undefined) return [];
    const last = samples.reduce((best, each) => (each.timestamp >= best.timestamp ? each : best));
    const oldest = samples.reduce((best, each) => (each.timestamp < best.timestamp ? each : best));
    return {
      resource_id: last.resource_id,
      project_id: last.project_id,
      user_id: last.user_id,
      source: last.source,
      first_sample_timestamp: oldest.timestamp,
      last_sample_timestamp: last.timestamp,
      metadata: last.resource_metadata,
    };
  });
}
