/**
 * Finds ports for a list request without looking at all of them: by id, address, device, owner,
 * network or tenant, whichever is narrowest. Upstream leaves this to MySQL (`_get_ports_query`).
 */
import type { RequestContext, Row } from "../../../../framework/index.js";
import type { Json } from "../../../../python/index.js";
import type { NeutronDatabase } from "../../db/database.js";
import type { Port } from "../../db/rows.js";
import { isVisible } from "../visibility.js";

/** What is wanted of one name: any of these values, or for each part of it any of those. */
export type FilterValues = readonly Json[] | Readonly<Record<string, readonly string[]>>;

/** A query's names and the values that are wanted for each. */
export type Filters = ReadonlyMap<string, FilterValues>;

const COLUMNS = ["device_id", "mac_address", "device_owner", "network_id", "tenant_id"] as const;

/** `fixed_ips=ip_address=10.0.0.3` and `fixed_ips=subnet_id=...`, by what is asked for. */
export function fixedIpFilters(filters: Filters): {
  readonly addresses: readonly string[];
  readonly subnets: readonly string[];
} {
  const wanted = filters.get("fixed_ips");
  if (wanted === undefined || isList(wanted)) return { addresses: [], subnets: [] };
  const of = (name: string): readonly string[] =>
    (Object.hasOwn(wanted, name) ? wanted[name] : undefined) ?? [];
  return { addresses: of("ip_address"), subnets: of("subnet_id") };
}

/** The values of a filter, as texts. */
export function textsOf(filters: Filters, name: string): readonly string[] | undefined {
  const wanted = filters.get(name);
  if (wanted === undefined || !isList(wanted)) return undefined;
  return wanted.filter((value) => typeof value === "string");
}

/** Ports that `ctxt` may see, and all that pass `filters` are among them. */
export function candidatePorts(
  database: NeutronDatabase,
  ctxt: RequestContext,
  filters: Filters,
): Row<Port>[] {
  return narrowest(database, ctxt, filters).filter((row) => isVisible(ctxt, row));
}

function narrowest(database: NeutronDatabase, ctxt: RequestContext, filters: Filters): Row<Port>[] {
  const { ports, ipAllocations, portBindings } = database;
  const known = (ids: readonly string[]): Row<Port>[] =>
    [...new Set(ids)].map((id) => ports.get(id)).filter((row) => row !== undefined);
  const ids = textsOf(filters, "id");
  if (ids !== undefined) return known(ids);
  const { addresses, subnets } = fixedIpFilters(filters);
  if (addresses.length > 0) {
    const rows = addresses.flatMap((ip_address) => ipAllocations.find({ ip_address }));
    return known(rows.map(({ port_id }) => port_id));
  }
  const hosts = textsOf(filters, "binding:host_id");
  if (hosts !== undefined) {
    const rows = hosts.flatMap((host) => portBindings.find({ host }));
    return known(rows.map(({ port_id }) => port_id));
  }
  const conditions: Record<string, string> = {};
  for (const column of COLUMNS) {
    const values = textsOf(filters, column);
    if (values?.length === 1) conditions[column] = values[0] as string;
  }
  if (subnets.length > 0 && conditions["device_id"] === undefined) {
    const rows = subnets.flatMap((subnet_id) => ipAllocations.find({ subnet_id }));
    return known(rows.map(({ port_id }) => port_id));
  }
  const several = textsOf(filters, "device_id");
  if (several !== undefined && several.length > 1) {
    return several.flatMap((device_id) => ports.find({ ...conditions, device_id }));
  }
  // Among several conditions the table takes the first index, and those are in order of width.
  const tenant = ctxt.is_admin || ctxt.project_id === null ? {} : { tenant_id: ctxt.project_id };
  return ports.find({ ...tenant, ...conditions });
}

const isList = (values: FilterValues): values is readonly Json[] => Array.isArray(values);
