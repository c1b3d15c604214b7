/**
 * Services by topic, host or binary, as nova-compute asks for its own. Upstream:
 * nova/conductor/manager.py (service_get_all_by), nova/db/sqlalchemy/api.py (service_get_*).
 */
import type { Row } from "../../../framework/index.js";
import type { NovaDatabase } from "../db/database.js";
import type { ServiceRow } from "../db/schema.js";
import { serviceByArgs } from "../db/services.js";
import { ComputeHostNotFound, HostBinaryNotFound } from "../exception.js";
import type { ServiceRef } from "./rpcapi.js";

export interface ServiceQuery {
  readonly topic: string | null;
  readonly host: string | null;
  readonly binary: string | null;
}

/** @throws ComputeHostNotFound, HostBinaryNotFound: one service was meant and is not there */
export function findServices(
  db: NovaDatabase,
  { topic, host, binary }: ServiceQuery,
): ServiceRef | ServiceRef[] | null {
  if (topic !== null && host !== null) {
    const row = db.services
      .find({ topic, host })
      .find(({ disabled }) => topic === "compute" || !disabled);
    if (topic !== "compute") return row ?? null;
    if (row === undefined) throw new ComputeHostNotFound({ host });
    // A list of one, because this call once joined tables.
    return [{ ...row, compute_node: db.compute_nodes.find({ service_id: row.id }) }];
  }
  if (host !== null && binary !== null) {
    const row = serviceByArgs(db, host, binary);
    if (row === undefined) throw new HostBinaryNotFound({ host, binary });
    return row;
  }
  const enabled = (row: Row<ServiceRow>): boolean => !row.disabled;
  if (topic !== null) return db.services.find({ topic }).filter(enabled);
  if (host !== null) return db.services.find({ host });
  return binary === null ? db.services.find() : null;
}
