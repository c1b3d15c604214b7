/**
 * Lists of volumes: filters that are columns, compared as MySQL compares, sorted and paged. A key that
 * is no column empties the list; so does `all_tenants=0`, which is left among the filters. Upstream:
 * cinder/volume/api.py (get_all), cinder/db/sqlalchemy/api.py (_generate_paginate_query),
 * cinder/common/sqlalchemyutils.py (paginate_query) at 2014.2.
 */
import { sameText, storedDate } from "../../../../framework/index.js";
import { KeyError, bytesRepr, isObject, str, type Json } from "../../../../python/index.js";
import type { VolumeRow } from "../../db/schema.js";
import { volumeGet, type Volume } from "../../db/volumes.js";
import { InvalidInput } from "../../exception.js";
import { integerIn } from "../input.js";
import type { Asking } from "../route.js";

export interface ListRequest {
  readonly marker?: string | undefined;
  /** As it was written. */
  readonly limit?: string | undefined;
  readonly sortKey: string;
  readonly sortDir: string;
  /** `metadata` is what its text means, the rest are texts. */
  readonly filters: ReadonlyMap<string, Json>;
}

/** Columns by the names that clients use, with the kind that MySQL compares as. */
const COLUMNS: Readonly<Record<keyof VolumeRow, "text" | "number" | "boolean" | "date">> = {
  uuid: "text",
  _name_id: "text",
  user_id: "text",
  project_id: "text",
  snapshot_id: "text",
  host: "text",
  size: "number",
  availability_zone: "text",
  instance_uuid: "text",
  attached_host: "text",
  mountpoint: "text",
  attach_time: "text",
  status: "text",
  attach_status: "text",
  migration_status: "text",
  scheduled_at: "date",
  launched_at: "date",
  terminated_at: "date",
  display_name: "text",
  display_description: "text",
  provider_location: "text",
  provider_auth: "text",
  provider_geometry: "text",
  volume_type_id: "text",
  source_volid: "text",
  encryption_key_id: "text",
  consistencygroup_id: "text",
  bootable: "boolean",
  replication_status: "text",
  replication_extended_status: "text",
  replication_driver_data: "text",
};

type ColumnName = keyof VolumeRow | "created_at" | "updated_at" | "deleted_at" | "deleted";

/** The column that a client means; `id` is the one that is `uuid` here. */
function columnOf(name: string): ColumnName | undefined {
  if (name === "id") return "uuid";
  if (name === "uuid") return undefined;
  const base = ["created_at", "updated_at", "deleted_at", "deleted"] as const;
  const known = [...(Object.keys(COLUMNS) as (keyof VolumeRow)[]), ...base];
  return known.find((column) => column === name);
}

/** @throws InvalidInput, VolumeNotFound for an unknown marker, KeyError for a direction that there is not */
export function listVolumes({ app, ctxt, enforce }: Asking, request: ListRequest): Volume[] {
  enforce(ctxt, "volume:get_all");
  const { db } = app;
  const filters = new Map(request.filters);
  const everybodys = allTenants(filters.get("all_tenants"));
  const limit = limitOf(request.limit);
  let volumes = db.volumes.find();
  if (!ctxt.is_admin) {
    volumes = volumes.filter(
      ({ migration_status: status }) => status?.startsWith("target:") !== true,
    );
  }
  if (ctxt.is_admin && everybodys) filters.delete("all_tenants");
  else volumes = volumes.filter(({ project_id }) => project_id === ctxt.project_id);
  for (const [key, wanted] of filters) {
    if (key === "metadata") {
      if (!isObject(wanted)) return [];
      volumes = volumes.filter(({ uuid }) =>
        Object.entries(wanted).every(([name, value]) =>
          [db.userMetadata.get(uuid), db.adminMetadata.get(uuid)].some(
            (metadata) =>
              Object.hasOwn(metadata, name) && equal(metadata[name] ?? null, value, "text"),
          ),
        ),
      );
      continue;
    }
    const column = columnOf(key);
    if (column === undefined) return [];
    volumes = volumes.filter((volume) => equal(volume[column], wanted, kindOf(column)));
  }
  const after =
    request.marker === undefined ? undefined : volumeGet(db, ctxt.elevated(), request.marker);
  const sorted = paged(volumes, request, after);
  return limit === undefined ? sorted : sorted.slice(0, limit);
}

/** @throws InvalidInput */
function allTenants(given: Json | undefined): boolean {
  if (given === undefined) return false;
  const text = str(given).toLowerCase();
  if (text === "true" || text === "1") return true;
  if (text === "false" || text === "0") return false;
  throw new InvalidInput({ reason: "all_tenants param must be 0 or 1" });
}

/** @throws InvalidInput */
function limitOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const limit = integerIn(text);
  if (limit === undefined) throw new InvalidInput({ reason: "limit param must be an integer" });
  if (limit < 0) throw new InvalidInput({ reason: "limit param must be positive" });
  return limit;
}

type Kind = "text" | "number" | "boolean" | "date";

const kindOf = (column: ColumnName): Kind => {
  if (column === "deleted") return "boolean";
  if (column === "created_at" || column === "updated_at" || column === "deleted_at") return "date";
  return COLUMNS[column];
};

/** `column = value` in MySQL, where a text that is no number is 0. */
function equal(stored: string | number | boolean | null, wanted: Json, kind: Kind): boolean {
  if (stored === null || wanted === null || typeof wanted === "object") return false;
  const text = str(wanted);
  if (kind === "text") return sameText(String(stored), text);
  if (kind === "date") return storedDate(String(stored)) === dateOf(text);
  const number = Number.parseFloat(text);
  return Number(stored) === (Number.isNaN(number) ? 0 : number);
}

const dateOf = (text: string): string => storedDate(text.replace(" ", "T").padEnd(19, "0"));

/** What rows are sorted and compared by. */
function sortValue(volume: Volume, column: ColumnName): string | number | null {
  const value = volume[column];
  if (value === null) return null;
  if (typeof value === "boolean") return Number(value);
  if (typeof value === "number") return value;
  return kindOf(column) === "date" ? storedDate(value) : value.toLowerCase();
}

/** NULL comes before all else. */
const compare = (a: string | number | null, b: string | number | null): number => {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  return a < b ? -1 : 1;
};

/** `paginate_query`: sorted, and from behind the marker on. @throws InvalidInput, KeyError */
function paged(
  volumes: readonly Volume[],
  { sortKey, sortDir }: ListRequest,
  marker: Volume | undefined,
): Volume[] {
  if (sortDir !== "asc" && sortDir !== "desc") throw new KeyError(bytesRepr(sortDir));
  // A property of the model, which no statement can be sorted by.
  if (sortKey === "name" || sortKey === "name_id") throw new KeyError(bytesRepr(sortKey));
  const first = columnOf(sortKey);
  if (first === undefined) throw new InvalidInput({ reason: "Invalid sort key" });
  const columns: readonly ColumnName[] = [first, "created_at", "uuid"];
  const way = sortDir === "asc" ? 1 : -1;
  const sorted = [...volumes].sort((a, b) => {
    for (const column of columns) {
      const order = compare(sortValue(a, column), sortValue(b, column));
      if (order !== 0) return way * order;
    }
    return 0;
  });
  if (marker === undefined) return sorted;
  return sorted.filter((volume) => {
    for (const column of columns) {
      const [here, there] = [sortValue(volume, column), sortValue(marker, column)];
      if (here === there) continue;
      // Nothing is larger or smaller than NULL.
      return here !== null && there !== null && way * compare(here, there) > 0;
    }
    return false;
  });
}
