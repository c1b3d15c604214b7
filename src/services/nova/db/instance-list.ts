/**
 * Lists instances by filter, newest first. Upstream: nova/db/sqlalchemy/api.py
 * (instance_get_all_by_filters) at 2014.2; nova §5.4.
 */
import type { Row } from "../../../framework/index.js";
import { Pattern, PatternError } from "../../../text/pattern.js";
import { MarkerNotFound } from "../exception.js";
import type { ObjectStore } from "../objects/base.js";
import type { Instance } from "../objects/instance.js";
import type { NovaDatabase } from "./database.js";
import { instanceFromRow } from "./instances.js";
import type { InstanceRow } from "./schema.js";

export interface InstanceFilters {
  readonly projectId?: string | undefined;
  /** undefined: deleted or not. */
  readonly deleted?: boolean | undefined;
  readonly vm_state?: readonly string[];
  readonly task_state?: readonly string[];
  /** Virtual time. */
  readonly changesSince?: number;
  /** A regular expression over display names, as in MySQL, whose attempts cannot multiply either. */
  readonly name?: string | undefined;
  readonly flavorid?: string | undefined;
  /** A regular expression over addresses. */
  readonly ip?: string | undefined;
  /** Columns and the text that they must read as; columns that do not exist are no filter. */
  readonly columns?: Readonly<Record<string, string>>;
}

/** @throws MarkerNotFound */
export function listInstances(
  db: NovaDatabase,
  store: ObjectStore,
  filters: InstanceFilters,
  marker: string | undefined,
  limit: number,
): Instance[] {
  const { projectId } = filters;
  const scope = projectId === undefined ? {} : { project_id: projectId };
  const candidates =
    filters.deleted === false ? db.instances.find(scope) : db.instances.findAny(scope);
  const patterns = { name: pattern(filters.name), ip: pattern(filters.ip) };
  const rows = candidates.filter((row) => matches(db, row, filters, patterns)).sort(newestFirst);
  const start = marker === undefined ? 0 : rows.findIndex(({ uuid }) => uuid === marker) + 1;
  if (marker !== undefined && start === 0) throw new MarkerNotFound({ marker });
  return rows.slice(start, start + limit).map((row) => instanceFromRow(db, store, row));
}

/** `created_at` descending, then the later row first. */
function newestFirst(a: Row<InstanceRow>, b: Row<InstanceRow>): number {
  if (a.created_at !== b.created_at) return a.created_at < b.created_at ? 1 : -1;
  return b.id - a.id;
}

function matches(
  db: NovaDatabase,
  row: Row<InstanceRow>,
  filters: InstanceFilters,
  patterns: Readonly<Record<"name" | "ip", Matches>>,
): boolean {
  const { deleted, vm_state, task_state, changesSince, flavorid, ip, columns } = filters;
  if (deleted !== undefined && deleted !== (row.deleted !== 0)) return false;
  if (vm_state !== undefined && !vm_state.includes(row.vm_state)) return false;
  if (task_state !== undefined && !task_state.includes(row.task_state ?? "")) return false;
  if (changesSince !== undefined) {
    const { calendar } = db.kernel;
    if (calendar.parse(row.updated_at ?? row.created_at) < changesSince) return false;
  }
  if (!patterns.name(row.display_name)) return false;
  if (flavorid !== undefined) {
    const metadata = db.instance_system_metadata.getAny(row.uuid)?.metadata ?? {};
    if (metadata["instance_type_flavorid"] !== flavorid) return false;
  }
  if (ip !== undefined && !addresses(db, row.uuid).some(patterns.ip)) return false;
  return Object.entries(columns ?? {}).every(([column, value]) => {
    if (!Object.hasOwn(row, column)) return true;
    return `${row[column as keyof InstanceRow] ?? "None"}` === value;
  });
}

type Matches = (value: string) => boolean;

/** What is no regular expression is taken as it is written; without one, everything fits. */
function pattern(text: string | undefined): Matches {
  if (text === undefined) return () => true;
  try {
    const compiled = new Pattern(text);
    return (value) => compiled.test(value) === true;
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    return (value) => value.includes(text);
  }
}

interface Vif {
  readonly network: {
    readonly subnets: readonly { readonly ips: readonly { readonly address: string | null }[] }[];
  };
}

function addresses(db: NovaDatabase, uuid: string): string[] {
  const vifs = (db.instance_info_caches.getAny(uuid)?.network_info ?? []) as unknown as Vif[];
  return vifs
    .flatMap(({ network }) => network.subnets.flatMap(({ ips }) => ips))
    .map(({ address }) => address ?? "");
}
