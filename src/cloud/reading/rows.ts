/**
 * From the rows of each project's tables to what the states beside this say. Nothing is asked of a service: this
 * is what a database holds at that instant.
 */
import type { CinderDatabase } from "../../services/cinder/db/database.js";
import type { CeilometerDatabase } from "../../services/ceilometer/storage/database.js";
import type { GlanceDatabase } from "../../services/glance/database.js";
import type { HeatDatabase } from "../../services/heat/db/database.js";
import type { NeutronDatabase } from "../../services/neutron/db/database.js";
import type { NovaDatabase } from "../../services/nova/db/database.js";
import type { TroveDatabase } from "../../services/trove/db/database.js";
import type { QuotaState } from "./compute-states.js";
import type { FloatingIpState, NetworkState, PortState, RouterState } from "./network-states.js";
import type { AlarmState, DatabaseState, StackState } from "./platform-states.js";
import type { ImageState, VolumeState } from "./storage-states.js";

export const portsIn = (db: NeutronDatabase): PortState[] =>
  db.ports.find().map((row) => {
    const binding = db.portBindings.first({ port_id: row.uuid });
    const addresses = db.ipAllocations
      .find({ port_id: row.uuid })
      .map(({ ip_address }) => ip_address);
    return {
      id: row.uuid,
      name: row.name,
      status: row.status,
      network_id: row.network_id,
      project_id: row.tenant_id,
      device_id: row.device_id,
      device_owner: row.device_owner,
      mac_address: row.mac_address,
      addresses: Object.freeze(addresses),
      host: binding?.host ?? "",
      vif_type: binding?.vif_type ?? "unbound",
    };
  });

export const networksIn = (db: NeutronDatabase): NetworkState[] =>
  db.networks.find().map((row) => ({
    id: row.uuid,
    name: row.name,
    status: row.status,
    project_id: row.tenant_id,
    shared: row.shared,
    external: row.router_external,
    subnets: Object.freeze(db.subnets.find({ network_id: row.uuid }).map(({ cidr }) => cidr)),
  }));

export const routersIn = (db: NeutronDatabase): RouterState[] =>
  db.routers.find().map((row) => ({
    id: row.uuid,
    name: row.name,
    status: row.status,
    project_id: row.tenant_id,
    gateway_port_id: row.gw_port_id,
  }));

export const floatingIpsIn = (db: NeutronDatabase): FloatingIpState[] =>
  db.floatingIps.find().map((row) => ({
    id: row.uuid,
    address: row.floating_ip_address,
    status: row.status,
    project_id: row.tenant_id,
    port_id: row.fixed_port_id,
    fixed_address: row.fixed_ip_address,
    router_id: row.router_id,
  }));

export const imagesIn = (db: GlanceDatabase): ImageState[] =>
  db.images.find().map((row) => ({
    id: row.uuid,
    name: row.name,
    status: row.status,
    size: row.size,
    project_id: row.owner,
    public: row.is_public,
    min_disk: row.min_disk,
    min_ram: row.min_ram,
  }));

export const volumesIn = (db: CinderDatabase): VolumeState[] =>
  db.volumes.find().map((row) => ({
    id: row.uuid,
    name: row.display_name,
    status: row.status,
    attach_status: row.attach_status,
    size: row.size,
    project_id: row.project_id,
    server: row.instance_uuid,
    mountpoint: row.mountpoint,
    host: row.host,
    bootable: row.bootable,
  }));

export const stacksIn = (db: HeatDatabase): StackState[] =>
  db.stacks.find().map((row) => ({
    id: row.uuid,
    name: row.name,
    action: row.action,
    status: row.status === "COMPLETE" || row.status === "FAILED" ? row.status : "IN_PROGRESS",
    status_reason: row.status_reason,
    project_id: row.tenant,
    parent: row.owner_id,
  }));

export const alarmsIn = (db: CeilometerDatabase): AlarmState[] =>
  db.alarms.find().map((row) => ({
    id: row.alarm_id,
    name: row.name,
    state: row.state,
    enabled: row.enabled ?? false,
    project_id: row.project_id,
  }));

export const databasesIn = (db: TroveDatabase): DatabaseState[] =>
  db.instances.find().map((row) => ({
    id: row.uuid,
    name: row.name,
    task: row.task_description,
    service_status: db.service_statuses.get(row.uuid)?.status_description ?? "",
    server: row.compute_instance_id,
    volume: row.volume_id,
    project_id: row.tenant_id,
  }));

/** Of Nova and of Cinder; Cinder counts for projects only. */
export const quotasIn = (nova: NovaDatabase, cinder: CinderDatabase): QuotaState[] => [
  ...nova.quota_usages.find().map((row) => ({
    service: "nova",
    project_id: row.project_id,
    user_id: row.user_id,
    resource: row.resource,
    in_use: row.in_use,
    reserved: row.reserved,
  })),
  ...cinder.quota_usages.find().map((row) => ({
    service: "cinder",
    project_id: row.project_id,
    user_id: null,
    resource: row.resource,
    in_use: row.in_use,
    reserved: row.reserved,
  })),
];
