/**
 * The rows of Neutron's database, with upstream's columns. Upstream calls the primary key `id`;
 * here it is `uuid`, because every table of this house has an integer `id` of its own.
 * Upstream: neutron/db/models_v2.py, plugins/ml2/models.py, db/securitygroups_db.py, db/agents_db.py.
 */
import { column, nullableColumn, type Columns } from "../../../framework/index.js";
import type { JsonObject } from "../../../python/index.js";

export interface Network {
  readonly uuid: string;
  readonly tenant_id: string;
  readonly name: string;
  readonly status: string;
  readonly admin_state_up: boolean;
  readonly shared: boolean;
  /** Upstream: a row in `externalnetworks`. */
  readonly router_external: boolean;
}

export interface NetworkSegment {
  readonly uuid: string;
  readonly network_id: string;
  readonly network_type: string;
  readonly physical_network: string | null;
  readonly segmentation_id: number | null;
}

/** Where the GRE tunnels of a host end. */
export interface GreEndpoint {
  readonly ip_address: string;
}

export interface VxlanEndpoint extends GreEndpoint {
  readonly udp_port: number;
}

export interface HostRoute {
  readonly destination: string;
  readonly nexthop: string;
}

export interface Subnet {
  readonly uuid: string;
  readonly tenant_id: string;
  readonly name: string;
  readonly network_id: string;
  readonly ip_version: number;
  readonly cidr: string;
  readonly gateway_ip: string | null;
  readonly enable_dhcp: boolean;
  /** Always that of its network. */
  readonly shared: boolean;
  readonly ipv6_ra_mode: string | null;
  readonly ipv6_address_mode: string | null;
  /** Upstream: rows in `dnsnameservers` and `subnetroutes`. */
  readonly dns_nameservers: readonly string[];
  readonly host_routes: readonly HostRoute[];
}

export interface AllocationPool {
  readonly uuid: string;
  readonly subnet_id: string;
  readonly first_ip: string;
  readonly last_ip: string;
}

/** Addresses of a pool that nobody was given since the ranges were last rebuilt. */
export interface AvailabilityRange {
  readonly allocation_pool_id: string;
  /** Upstream joins the pool for it. */
  readonly subnet_id: string;
  readonly first_ip: string;
  readonly last_ip: string;
}

export interface IpAllocation {
  readonly port_id: string;
  readonly ip_address: string;
  readonly subnet_id: string;
  readonly network_id: string;
}

export type PortStatus = "ACTIVE" | "BUILD" | "DOWN" | "ERROR";

export interface Port {
  readonly uuid: string;
  readonly tenant_id: string;
  readonly name: string;
  readonly network_id: string;
  readonly mac_address: string;
  readonly admin_state_up: boolean;
  readonly status: PortStatus;
  readonly device_id: string;
  readonly device_owner: string;
  /** Upstream: rows in `allowedaddresspairs` and `extradhcpopts`. */
  readonly allowed_address_pairs: readonly JsonObject[];
  readonly extra_dhcp_opts: readonly JsonObject[];
}

export interface PortBinding {
  readonly port_id: string;
  /** Empty while nobody has said where the port is to be. */
  readonly host: string;
  readonly vnic_type: string;
  readonly profile: JsonObject;
  readonly vif_type: string;
  readonly vif_details: JsonObject;
  readonly driver: string | null;
  readonly segment: string | null;
}

export interface SecurityGroup {
  readonly uuid: string;
  readonly tenant_id: string;
  readonly name: string | null;
  readonly description: string | null;
}

export interface SecurityGroupRule {
  readonly uuid: string;
  readonly tenant_id: string;
  readonly security_group_id: string;
  readonly remote_group_id: string | null;
  readonly direction: string;
  readonly ethertype: string;
  readonly protocol: string | null;
  readonly port_range_min: number | null;
  readonly port_range_max: number | null;
  readonly remote_ip_prefix: string | null;
}

export interface SecurityGroupPortBinding {
  readonly port_id: string;
  readonly security_group_id: string;
}

export interface Agent {
  readonly uuid: string;
  readonly agent_type: string;
  readonly binary: string;
  readonly topic: string;
  readonly host: string;
  readonly admin_state_up: boolean;
  readonly started_at: string;
  readonly heartbeat_timestamp: string;
  readonly description: string | null;
  readonly configurations: JsonObject;
}

export interface Quota {
  readonly tenant_id: string;
  readonly resource: string;
  readonly limit: number;
}

export interface DhcpAgentBinding {
  readonly network_id: string;
  readonly dhcp_agent_id: string;
}

/** Ports that go with their network or subnet instead of keeping it. */
export const AUTO_DELETE_PORT_OWNERS: readonly string[] = ["network:dhcp"];

/** The types of columns that agents' messages write into (models_v2.py, agents_db.py). */
export const portColumns: Columns<Port> = {
  uuid: column("text"),
  tenant_id: nullableColumn("text"),
  name: nullableColumn("text"),
  network_id: column("text"),
  mac_address: column("text"),
  admin_state_up: column("boolean"),
  status: column("text"),
  device_id: column("text"),
  device_owner: column("text"),
  allowed_address_pairs: column("json"),
  extra_dhcp_opts: column("json"),
};

export const portBindingColumns: Columns<PortBinding> = {
  port_id: column("text"),
  host: column("text"),
  vnic_type: column("text"),
  profile: column("json"),
  vif_type: column("text"),
  vif_details: column("json"),
  driver: nullableColumn("text"),
  segment: nullableColumn("text"),
};

export const greEndpointColumns: Columns<GreEndpoint> = { ip_address: column("text") };

export const vxlanEndpointColumns: Columns<VxlanEndpoint> = {
  ip_address: column("text"),
  udp_port: column("integer"),
};

export const agentColumns: Columns<Agent> = {
  uuid: column("text"),
  agent_type: column("text"),
  binary: column("text"),
  topic: column("text"),
  host: column("text"),
  admin_state_up: column("boolean"),
  started_at: column("date"),
  heartbeat_timestamp: column("date"),
  description: nullableColumn("text"),
  configurations: column("json"),
};
