/**
 * Floating addresses: who has them, and where they lead. Upstream: nova/db/sqlalchemy/api.py
 * (floating_ip_*) at 2014.2.
 */
import type { Row } from "../../../framework/index.js";
import { FloatingIpNotFoundForAddress, NoMoreFloatingIps } from "../exception.js";
import type { NovaDatabase } from "./database.js";
import { fixedIpByAddress } from "./networks.js";
import type { FixedIpRow, FloatingIpRow } from "./schema.js";

/** @throws FloatingIpNotFoundForAddress */
export function floatingIpByAddress(db: NovaDatabase, address: string): Row<FloatingIpRow> {
  const row = db.floating_ips.first({ address });
  if (row === undefined) throw new FloatingIpNotFoundForAddress({ address });
  return row;
}

/** Give a free address of the pool to a project. @throws NoMoreFloatingIps */
export function floatingIpAllocate(
  db: NovaDatabase,
  projectId: string,
  pool: string,
  autoAssigned: boolean,
): Row<FloatingIpRow> {
  const free = db.floating_ips.first({ pool, project_id: null, fixed_ip_id: null });
  if (free === undefined) throw new NoMoreFloatingIps();
  const row = db.floating_ips.update(free.id, {
    project_id: projectId,
    auto_assigned: autoAssigned,
  });
  return row ?? free;
}

export function floatingIpDeallocate(db: NovaDatabase, address: string): void {
  const { id } = floatingIpByAddress(db, address);
  db.floating_ips.update(id, { project_id: null, host: null, auto_assigned: false });
}

/** @returns the fixed address; undefined if it was that already */
export function floatingIpAssociate(
  db: NovaDatabase,
  floatingAddress: string,
  fixedAddress: string,
  host: string,
): Row<FixedIpRow> | undefined {
  const floating = floatingIpByAddress(db, floatingAddress);
  const fixed = fixedIpByAddress(db, fixedAddress);
  if (floating.fixed_ip_id === fixed.id) return undefined;
  db.floating_ips.update(floating.id, { fixed_ip_id: fixed.id, host });
  return fixed;
}

/** @returns the fixed address that it led to, if it led anywhere */
export function floatingIpDisassociate(
  db: NovaDatabase,
  address: string,
): Row<FixedIpRow> | undefined {
  const floating = floatingIpByAddress(db, address);
  const fixed = floating.fixed_ip_id === null ? undefined : db.fixed_ips.get(floating.fixed_ip_id);
  db.floating_ips.update(floating.id, { fixed_ip_id: null, host: null });
  return fixed;
}
