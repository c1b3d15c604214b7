/**
 * Which samples are meant: by meter, owner, resource, time and metadata. Texts are compared as MySQL compares
 * them; a value that is empty is none. Upstream: ceilometer/storage/__init__.py (SampleFilter),
 * ceilometer/storage/impl_sqlalchemy.py (make_query_from_filter, apply_metaquery_filter) at 2014.2.
 */
import { sameText } from "../../../framework/index.js";
import { repr, typeName, type Json } from "../../../python/index.js";
import type { CeilometerDatabase } from "./database.js";
import { NotImplementedError } from "./errors.js";
import { fullSample, type FullSample } from "./full-sample.js";
import { metadataAt, tableOf } from "./metadata.js";

export interface SampleFilter {
  readonly meter?: string | null | undefined;
  readonly user?: string | null | undefined;
  readonly project?: string | null | undefined;
  readonly resource?: string | null | undefined;
  readonly source?: string | null | undefined;
  readonly message_id?: string | null | undefined;
  /** As a row has it. */
  readonly start?: string | undefined;
  readonly start_timestamp_op?: string | undefined;
  readonly end?: string | undefined;
  readonly end_timestamp_op?: string | undefined;
  /** By `metadata.<key>`. */
  readonly metaquery?: ReadonlyMap<string, Json> | undefined;
}

/** In the order in which they were stored. @throws NotImplementedError for metadata of a kind that is not kept */
export function samplesOf(database: CeilometerDatabase, filter: SampleFilter): FullSample[] {
  const { meters, samples } = database;
  const { meter } = filter;
  for (const [key, value] of filter.metaquery ?? []) {
    if (tableOf(value) !== undefined) continue;
    const what = `Query on ${withoutPrefix(key)} is of <type '${typeName(value)}'> type`;
    throw new NotImplementedError(`${what} and is not supported`);
  }
  const rows =
    meter === undefined || meter === null || meter === ""
      ? samples.find()
      : meters
          .find()
          .filter(({ name }) => sameText(name, meter))
          .flatMap(({ id }) => samples.find({ meter_id: id }))
          .sort((a, b) => a.id - b.id);
  return rows
    .filter(({ timestamp }) => inTime(timestamp, filter))
    .map((row) => fullSample(database, row))
    .filter((sample) => isOf(sample, filter));
}

/** What of the filter is about whose sample it is. */
export const isOf = (sample: FullSample, filter: SampleFilter): boolean =>
  same(sample.user_id, filter.user) &&
  same(sample.project_id, filter.project) &&
  same(sample.resource_id, filter.resource) &&
  same(sample.source, filter.source) &&
  same(sample.message_id, filter.message_id) &&
  [...(filter.metaquery ?? [])].every(([key, value]) =>
    equal(metadataAt(sample.resource_metadata, withoutPrefix(key), value), value),
  );

const withoutPrefix = (key: string): string => key.slice("metadata.".length);

const equal = (a: Json, b: Json): boolean =>
  typeof a === "string" && typeof b === "string" ? sameText(a, b) : repr(a) === repr(b);

const same = (value: string | null, wanted: string | null | undefined): boolean =>
  wanted === undefined ||
  wanted === null ||
  wanted === "" ||
  (value !== null && sameText(value, wanted));

/** The end does not belong to it unless the operator says so. */
function inTime(timestamp: string, filter: SampleFilter): boolean {
  const { start, end } = filter;
  if (start !== undefined) {
    if (filter.start_timestamp_op === "gt" ? timestamp <= start : timestamp < start) return false;
  }
  if (end === undefined) return true;
  return filter.end_timestamp_op === "le" ? timestamp <= end : timestamp < end;
}
