/**
 * The networks of nova-network, and the addresses that instances have in them. Upstream:
 * nova/db/sqlalchemy/api.py (network_*, fixed_ip_*, virtual_interface_*) at 2014.2.
 */
import type { Row } from "../../../framework/index.js";
import {
  FixedIpNotFoundForAddress,
  NetworkNotFound,
  NoMoreFixedIps,
  NoMoreNetworks,
} from "../exception.js";
import { addressAfter, addressesBetween } from "../network-api/ipv4.js";
import type { NovaDatabase } from "./database.js";
import type { FixedIpRow, NetworkRow } from "./schema.js";

/** @throws NetworkNotFound */
export function networkGet(db: NovaDatabase, id: number): Row<NetworkRow> {
  const row = db.networks.get(id);
  if (row === undefined) throw new NetworkNotFound({ network_id: id });
  return row;
}

/** Make `host` the network's, unless it has one. @returns the host that it has now */
export function networkSetHost(db: NovaDatabase, id: number, host: string): string {
  const { host: owner } = networkGet(db, id);
  if (owner !== null) return owner;
  db.networks.update(id, { host });
  return host;
}

/** The networks of a project; if it has none, one that is nobody's becomes its. @throws NoMoreNetworks */
export function projectNetworks(
  db: NovaDatabase,
  projectId: string,
  associate: boolean,
): Row<NetworkRow>[] {
  const own = db.networks.find({ project_id: projectId });
  if (own.length > 0 || !associate) return own;
  const free = db.networks.first({ project_id: null });
  if (free === undefined) throw new NoMoreNetworks();
  const row = db.networks.update(free.id, { project_id: projectId });
  return row === undefined ? [] : [row];
}

/** @throws FixedIpNotFoundForAddress */
export function fixedIpByAddress(db: NovaDatabase, address: string): Row<FixedIpRow> {
  const row = db.fixed_ips.first({ address });
  if (row === undefined) throw new FixedIpNotFoundForAddress({ address });
  return row;
}

/** Give the first free address of a network to an instance. @throws NoMoreFixedIps */
export function fixedIpAssociatePool(
  db: NovaDatabase,
  network: Row<NetworkRow>,
  instanceUuid: string,
  virtualInterfaceId: number,
): Row<FixedIpRow> {
  const given = {
    instance_uuid: instanceUuid,
    virtual_interface_id: virtualInterfaceId,
    allocated: true,
  };
  const known = new Map(
    db.fixed_ips.find({ network_id: network.id }).map((row) => [row.address, row]),
  );
  const { dhcp_start, broadcast } = network;
  for (let i = 0; i < addressesBetween(dhcp_start, broadcast); i++) {
    const address = addressAfter(dhcp_start, i);
    const row = known.get(address);
    if (row === undefined) {
      const rest = { network_id: network.id, leased: false, reserved: false };
      return db.fixed_ips.insert({ address, ...rest, ...given });
    }
    if (row.instance_uuid === null && !row.reserved) {
      return db.fixed_ips.update(row.id, given) ?? row;
    }
  }
  throw new NoMoreFixedIps();
}

/** The address is nobody's again. Without a lease to wait for, that is so at once. */
export function fixedIpDisassociate(db: NovaDatabase, id: number): void {
  db.fixed_ips.update(id, { allocated: false, instance_uuid: null, virtual_interface_id: null });
}
