/**
 * Which networks are whose, the one thing in which the managers of nova-network differ here.
 * Upstream: nova/network/manager.py (FlatDHCPManager, VlanManager).
 */
import type { Row } from "../../../framework/index.js";
import type { NovaDatabase } from "../db/database.js";
import { projectNetworks } from "../db/networks.js";
import type { NetworkRow } from "../db/schema.js";

/** The networks in which an instance of the project gets addresses. */
export type WhoseNetworks = (db: NovaDatabase, projectId: string) => readonly Row<NetworkRow>[];

/** FlatDHCPManager: every instance has an address in every network without a VLAN. */
export const everybodys: WhoseNetworks = (db) => db.networks.find({ vlan: null });

/** VlanManager: a project's first instance takes a free network for the project. */
export const theProjects: WhoseNetworks = (db, projectId) => projectNetworks(db, projectId, true);
