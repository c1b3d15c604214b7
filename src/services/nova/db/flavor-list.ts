/**
 * A page of the flavors that a caller may see: filtered, sorted by any column and then by id, both in
 * one direction. Upstream: nova/db/sqlalchemy/api.py (flavor_get_all), oslo.db's paginate_query, whose
 * errors nobody catches, at 2014.2.
 */
import type { RequestContext, Row } from "../../../framework/index.js";
import { Exception, ValueError } from "../../../python/index.js";
import { MarkerNotFound } from "../exception.js";
import type { NovaDatabase } from "./database.js";
import { flavorProjects, visibleFlavors } from "./flavors.js";
import type { InstanceTypeRow } from "./schema.js";

type FlavorRow = Row<InstanceTypeRow>;

export interface FlavorListOptions {
  readonly min_memory_mb?: number;
  readonly min_root_gb?: number;
  readonly disabled?: boolean;
  /** True: those too that the caller's project was granted; null: whatever they are. */
  readonly is_public: boolean | null;
  readonly sort_key: string;
  readonly sort_dir: string;
  readonly limit: number;
  readonly marker: string | undefined;
}

/** @throws MarkerNotFound; ValueError, InvalidSortKey for an order that there is not */
export function flavorList(
  db: NovaDatabase,
  ctxt: RequestContext,
  options: FlavorListOptions,
): FlavorRow[] {
  const { min_memory_mb, min_root_gb, disabled, is_public, limit, marker } = options;
  const visible = visibleFlavors(db, ctxt);
  const found = visible.filter(
    (flavor) =>
      (min_memory_mb === undefined || flavor.memory_mb >= min_memory_mb) &&
      (min_root_gb === undefined || flavor.root_gb >= min_root_gb) &&
      (disabled === undefined || flavor.disabled === disabled) &&
      isWanted(db, ctxt, is_public, flavor),
  );
  // A marker need not be among what is asked for: the page begins where it would stand.
  const start = visible.find(({ flavorid }) => flavorid === marker);
  if (marker !== undefined && start === undefined) throw new MarkerNotFound({ marker });
  const order = orderOf(options);
  const after = start === undefined ? found : found.filter((flavor) => order(start, flavor) < 0);
  return after.sort(order).slice(0, limit);
}

function isWanted(
  db: NovaDatabase,
  { project_id }: RequestContext,
  wanted: boolean | null,
  { id, is_public }: FlavorRow,
): boolean {
  if (wanted === null || is_public === wanted) return true;
  return wanted && project_id !== null && flavorProjects(db, id).includes(project_id);
}

const COLUMNS = [
  "id",
  "created_at",
  "updated_at",
  "deleted_at",
  "deleted",
  "name",
  "memory_mb",
  "vcpus",
  "root_gb",
  "ephemeral_gb",
  "flavorid",
  "swap",
  "rxtx_factor",
  "vcpu_weight",
  "disabled",
  "is_public",
] as const satisfies readonly (keyof FlavorRow)[];

type Order = (a: FlavorRow, b: FlavorRow) => number;

function orderOf({ sort_key, sort_dir }: FlavorListOptions): Order {
  if (sort_dir !== "asc" && sort_dir !== "desc") {
    throw new ValueError("Unknown sort direction, must be 'desc' or 'asc'");
  }
  const column = COLUMNS.find((name) => name === sort_key);
  if (column === undefined) throw new InvalidSortKey("Sort key supplied was not valid.");
  const sign = sort_dir === "asc" ? 1 : -1;
  return (a, b) => sign * (compared(a[column], b[column]) || a.id - b.id);
}

/** NULL comes first. */
function compared(a: FlavorRow[keyof FlavorRow], b: FlavorRow[keyof FlavorRow]): number {
  if (a === b) return 0;
  if (a === null) return -1;
  return b === null || a > b ? 1 : -1;
}

class InvalidSortKey extends Exception {
  static override readonly module: string = "oslo.db.exception";
  override readonly name: string = "InvalidSortKey";
}
