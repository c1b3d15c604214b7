/** What an instance's network looks like, from the tables. Upstream: nova/network/manager.py (build_network_info_model). */
import type { Row } from "../../../framework/index.js";
import type { NovaDatabase } from "../db/database.js";
import { networkGet } from "../db/networks.js";
import type { NetworkRow, VirtualInterfaceRow } from "../db/schema.js";
import {
  deviceName,
  fixedIp,
  ip,
  type NetworkInfo,
  type SubnetModel,
  type Vif,
} from "../network-api/model.js";

export function networkInfo(db: NovaDatabase, instanceUuid: string): NetworkInfo {
  return db.virtual_interfaces
    .find({ instance_uuid: instanceUuid })
    .map((vif) => vifModel(db, vif, networkGet(db, vif.network_id)));
}

function vifModel(db: NovaDatabase, vif: Row<VirtualInterfaceRow>, network: Row<NetworkRow>): Vif {
  return {
    id: vif.uuid,
    address: vif.address,
    network: {
      id: network.uuid,
      bridge: network.bridge,
      label: network.label,
      subnets: [subnetModel(db, vif, network)],
      meta: { injected: false, tenant_id: network.project_id },
    },
    type: "bridge",
    details: {},
    devname: deviceName(vif.uuid),
    ovs_interfaceid: null,
    vnic_type: "normal",
    profile: {},
    active: true,
    meta: {},
  };
}

function subnetModel(
  db: NovaDatabase,
  vif: Row<VirtualInterfaceRow>,
  network: Row<NetworkRow>,
): SubnetModel {
  const fixed = db.fixed_ips
    .find({ instance_uuid: vif.instance_uuid })
    .filter(({ network_id }) => network_id === network.id);
  return {
    cidr: network.cidr,
    dns: [],
    gateway: ip(network.gateway, "gateway"),
    ips: fixed.map(({ id, address }) =>
      fixedIp(
        address,
        db.floating_ips.find({ fixed_ip_id: id }).map((floating) => floating.address),
      ),
    ),
    routes: [],
    version: 4,
    meta: { dhcp_server: network.gateway },
  };
}
