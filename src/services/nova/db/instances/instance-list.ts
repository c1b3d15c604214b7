/**
 * Lists instances by filter, newest first, in pages. A filter is exact, or else a regular expression
 * over a column; names that are no column are no filter. Upstream: nova/db/sqlalchemy/api.py
 * (instance_get_all_by_filters, exact_filter, regex_filter), over MySQL, at 2014.2; nova §5.4.
 */
import type { RequestContext, Row } from "../../../../framework/index.js";
import { mysqlRegexp } from "../../../../framework/index.js";
import {
  asciiText,
  iterate,
  isObject,
  noAttribute,
  str,
  truth,
  type Json,
} from "../../../../python/index.js";
import { MarkerNotFound } from "../../exception.js";
import type { Instance } from "../../objects/instance.js";
import { SOFT_DELETED } from "../../states/vm-states.js";
import type { NovaDatabase } from "../database.js";
import type { InstanceSnapshots } from "./instance-snapshots.js";
import type { InstanceRow, MetadataRow, SystemMetadataRow } from "../schema.js";

/** By name; `changes-since` is a date in UTC, all else is as it came. */
export type InstanceFilters = ReadonlyMap<string, Json>;

export interface InstancePage {
  readonly limit: number;
  readonly marker: string | undefined;
}

type Fits = (row: Row<InstanceRow>) => boolean;

/** They are shared, and nobody may change them. @throws MarkerNotFound, DatabaseError, UnicodeEncodeError, AttributeError */
export function listInstances(
  db: NovaDatabase,
  snapshots: InstanceSnapshots,
  ctxt: RequestContext,
  given: InstanceFilters,
  { limit, marker }: InstancePage,
): Instance[] {
  if (limit === 0) return [];
  const filters = new Map(given);
  // Whatever the API asked for: users see nothing but their project's.
  if (!ctxt.is_admin) filters.set("project_id", ctxt.project_id);
  const project = filters.get("project_id");
  const scope = typeof project === "string" ? { project_id: project } : {};
  const candidates = truth(filters.get("deleted") ?? true)
    ? db.instances.findAny(scope)
    : db.instances.find(scope);
  const conditions = [
    changedSince(filters.get("changes-since")),
    deletedOrNot(filters),
    cleaned(filters.get("cleaned")),
    ...EXACT.map((column) => exactly(column, filters.get(column))),
    hasMetadata(filters.get("metadata"), (uuid) => db.instance_metadata.getAny(uuid)),
    hasMetadata(filters.get("system_metadata"), (uuid) => db.instance_system_metadata.getAny(uuid)),
    ...REGEXP.map((column) => likeRegexp(column, filters.get(column))),
  ].filter((condition) => condition !== undefined);
  const first = marker === undefined ? undefined : markerRow(db, ctxt, marker);
  const rows = candidates
    .filter((row) => conditions.every((fits) => fits(row)))
    .filter((row) => first === undefined || newestFirst(first, row) < 0)
    .sort(newestFirst);
  return rows.slice(0, limit).map((row) => snapshots.of(row));
}

/** `created_at` descending, which has whole seconds, then the later row first. */
function newestFirst(a: Row<InstanceRow>, b: Row<InstanceRow>): number {
  const [before, after] = [a.created_at.slice(0, 19), b.created_at.slice(0, 19)];
  if (before !== after) return before < after ? 1 : -1;
  return b.id - a.id;
}

/** Any that the caller may see will do, whether it fits the filters or not. */
function markerRow(db: NovaDatabase, ctxt: RequestContext, marker: string): Row<InstanceRow> {
  const row = db.instances.get(marker);
  if (row !== undefined && (ctxt.is_admin || row.project_id === ctxt.project_id)) return row;
  throw new MarkerNotFound({}, marker);
}

/** A row that was never updated has no such date, and fits none. */
function changedSince(since: Json | undefined): Fits | undefined {
  if (typeof since !== "string") return undefined;
  return ({ updated_at }) => updated_at !== null && `${updated_at.slice(0, 19)}.000000` >= since;
}

/** Any text that is not empty asks for the deleted ones, `false` as well. */
function deletedOrNot(filters: InstanceFilters): Fits | undefined {
  const [wanted, soft] = [filters.get("deleted"), filters.get("soft_deleted")];
  if (wanted === undefined) return undefined;
  if (truth(wanted)) {
    const softly = soft === undefined || truth(soft);
    return ({ deleted, vm_state }) => deleted !== 0 || (softly && vm_state === SOFT_DELETED);
  }
  return ({ deleted, vm_state }) => deleted === 0 && (truth(soft) || vm_state !== SOFT_DELETED);
}

function cleaned(wanted: Json | undefined): Fits | undefined {
  if (wanted === undefined) return undefined;
  return (row) => row.cleaned === (truth(wanted) ? 1 : 0);
}

const EXACT = [
  ...(["project_id", "user_id", "image_ref", "vm_state", "instance_type_id", "uuid"] as const),
  ...(["host", "task_state"] as const),
];

function exactly(column: (typeof EXACT)[number], wanted: Json | undefined): Fits | undefined {
  if (wanted === undefined) return undefined;
  const values = new Set((Array.isArray(wanted) ? iterate(wanted) : [wanted]).map(folded));
  return (row) => row[column] !== null && values.has(folded(row[column]));
}

/** As the database compares texts: capitals and blanks at the end do not count. */
const folded = (value: Json): string => str(value).trimEnd().toLowerCase();

/** Key and value of an item are looked for apart: any item may have the one, and any the other. */
function hasMetadata(
  wanted: Json | undefined,
  rowOf: (uuid: string) => MetadataRow | SystemMetadataRow | undefined,
): Fits | undefined {
  if (wanted === undefined) return undefined;
  const items = (Array.isArray(wanted) ? iterate(wanted) : [wanted]).flatMap((item) => {
    if (!isObject(item)) throw noAttribute(item, "iteritems");
    return Object.entries(item);
  });
  return ({ uuid }) => {
    const metadata = Object.entries(rowOf(uuid)?.metadata ?? {});
    return items.every(
      ([key, value]) =>
        metadata.some(([known]) => folded(known) === folded(key)) &&
        metadata.some(([, known]) => known !== null && folded(known) === folded(value)),
    );
  };
}

/** All other columns. */
const REGEXP = [
  ...(["id", "created_at", "updated_at", "deleted_at", "kernel_id", "ramdisk_id"] as const),
  ...(["hostname", "launch_index", "key_name", "key_data", "power_state", "memory_mb"] as const),
  ...(["vcpus", "root_gb", "ephemeral_gb", "node", "user_data", "reservation_id"] as const),
  ...(["scheduled_at", "launched_at", "terminated_at", "availability_zone"] as const),
  ...(["display_name", "display_description", "launched_on", "locked", "locked_by"] as const),
  ...(["os_type", "architecture", "vm_mode", "root_device_name"] as const),
  ...(["default_ephemeral_device", "default_swap_device", "config_drive"] as const),
  ...(["access_ip_v4", "access_ip_v6", "auto_disk_config", "progress"] as const),
  ...(["shutdown_terminate", "disable_terminate", "cell_name"] as const),
];

function likeRegexp(column: (typeof REGEXP)[number], wanted: Json | undefined): Fits | undefined {
  if (wanted === undefined) return undefined;
  const source = asciiText(str(wanted));
  const fits = mysqlRegexp(source);
  return (row) => {
    const value = row[column];
    return value !== null && fits(columnText(column, value));
  };
}

function columnText(column: string, value: string | number | boolean): string {
  if (typeof value !== "string") return String(Number(value));
  return column.endsWith("_at") ? value.slice(0, 19).replace("T", " ") : value;
}
