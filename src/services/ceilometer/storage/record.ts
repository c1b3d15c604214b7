/**
 * Writes a sample: its meter and its resource first, unless they are there. A resource is another row
 * whenever its metadata is another. Upstream: ceilometer/storage/impl_sqlalchemy.py (record_metering_data) at
 * 2014.2.
 */
import { md5 } from "@noble/hashes/legacy.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { DBError } from "../../../framework/database/columns.js";
import {
  dumps,
  isObject,
  item,
  str,
  typeName,
  type Json,
  type JsonObject,
} from "../../../python/index.js";
import { storedTime } from "../times.js";
import type { CeilometerDatabase } from "./database.js";

/**
 * `record_metering_data`.
 * @throws KeyError for a member that is missing, ValueError for a date that is none, DBError
 */
export function recordSample(database: CeilometerDatabase, meter: JsonObject): void {
  const { kernel } = database;
  const stamp = item(meter, "timestamp");
  const now = kernel.calendar.stamp(kernel.now);
  const timestamp = stamp === null || stamp === "" ? now : storedTime(kernel, str(stamp));
  database.samples.insert({
    meter_id: meterOf(database, meter),
    resource_id: resourceOf(database, meter),
    volume: volumeOf(item(meter, "counter_volume")),
    timestamp,
    recorded_at: now,
    message_signature: str(item(meter, "message_signature")),
    message_id: str(item(meter, "message_id")),
  });
}

function meterOf({ meters }: CeilometerDatabase, meter: JsonObject): number {
  const row = {
    name: str(item(meter, "counter_name")),
    type: str(item(meter, "counter_type")),
    unit: str(item(meter, "counter_unit")),
  };
  return (meters.first(row) ?? meters.insert(row)).id;
}

function resourceOf({ resources }: CeilometerDatabase, meter: JsonObject): number {
  const resource_id = item(meter, "resource_id");
  if (resource_id === null) {
    throw new DBError(`(IntegrityError) (1048, "Column 'resource_id' cannot be null")`);
  }
  const resource_metadata = item(meter, "resource_metadata");
  const row = {
    resource_id: str(resource_id),
    user_id: textOrNull(item(meter, "user_id")),
    project_id: textOrNull(item(meter, "project_id")),
    source_id: str(item(meter, "source")),
    metadata_hash: bytesToHex(md5(utf8ToBytes(sortedDumps(resource_metadata)))),
  };
  return (resources.first(row) ?? resources.insert({ ...row, resource_metadata })).id;
}

const textOrNull = (value: Json): string | null => (value === null ? null : str(value));

/** A column of floats; what is no number MySQL refuses. */
function volumeOf(volume: Json): number | null {
  if (volume === null || typeof volume === "number") return volume;
  if (typeof volume === "boolean") return volume ? 1 : 0;
  const number = typeof volume === "string" && volume.trim() !== "" ? Number(volume) : NaN;
  if (Number.isFinite(number)) return number;
  throw new DBError(
    `(DataError) (1265, "Data truncated for column 'volume' at row 1") ${typeName(volume)}`,
  );
}

/** `json.dumps(value, sort_keys=True)`. */
function sortedDumps(value: Json): string {
  if (isObject(value)) {
    const members = Object.keys(value)
      .sort()
      .map((key) => `${dumps(key)}: ${sortedDumps(value[key] ?? null)}`);
    return `{${members.join(", ")}}`;
  }
  if (value !== null && typeof value === "object") return `[${value.map(sortedDumps).join(", ")}]`;
  return dumps(value);
}
