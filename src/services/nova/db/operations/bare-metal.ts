/**
 * Machines of nova's driver for bare metal, and their cards: a database of its own upstream, in which nothing here makes servers of them.
 * Upstream: nova/virt/baremetal/db/sqlalchemy/api.py at 2014.2.
 */
import { DuplicateEntry, type Row } from "../../../../framework/index.js";
import { NodeNotFound } from "../../exception.js";
import type { NovaDatabase } from "../database.js";
import type { BareMetalInterfaceRow, BareMetalNodeRow } from "./rows.js";

/** @throws NodeNotFound */
export function bareMetalNode(db: NovaDatabase, node_id: number): Row<BareMetalNodeRow> {
  const row = db.bm_nodes.get(node_id);
  if (row === undefined) throw new NodeNotFound({ node_id });
  return row;
}

/** Its cards go for good, itself is deleted. @throws NodeNotFound */
export function destroyBareMetalNode(db: NovaDatabase, node_id: string): void {
  const id = Number(node_id);
  for (const card of bareMetalInterfaces(db, id)) db.bm_interfaces.remove(card.id);
  if (db.bm_nodes.softDelete(id) === undefined) throw new NodeNotFound({ node_id });
}

export const bareMetalInterfaces = (
  db: NovaDatabase,
  bm_node_id: number,
): Row<BareMetalInterfaceRow>[] => db.bm_interfaces.find({ bm_node_id });

/** @throws DuplicateEntry for an address that another card has */
export function createBareMetalInterface(
  db: NovaDatabase,
  values: BareMetalInterfaceRow,
): Row<BareMetalInterfaceRow> {
  const { address } = values;
  if (db.bm_interfaces.first({ address }) !== undefined) {
    throw new DuplicateEntry(`Duplicate entry '${address}' for key 'address' of bm_interfaces`);
  }
  return db.bm_interfaces.insert(values);
}
