/**
 * Options of neutron.conf and of the agents' own files that these services read. Upstream:
 * neutron/common/config.py, agent/common/config.py, plugins/openvswitch/common/config.py.
 */
import {
  authTokenFlags,
  boolean,
  integer,
  list,
  multiString,
  option,
  optionalString,
  secret,
  string,
  wholeSeconds,
} from "../../framework/index.js";

export const neutronAuthFlags = authTokenFlags("neutron", false);

export const agentReport = {
  agent_report_interval: option(
    "agent.report_interval",
    wholeSeconds(30, "Seconds between an agent's reports to the server", { min: 1 }),
  ),
};

export const metadataSocketFlags = {
  metadata_proxy_socket: string(
    "/var/lib/neutron/metadata_proxy",
    "Socket at which the metadata agent of the same host listens",
  ),
} as const;

export const neutronServerFlags = {
  neutron_port: option("bind_port", integer(9696, "Port of the API", { min: 1, max: 65535 })),
  agent_down_time: wholeSeconds(
    75,
    "Seconds after its last report at which an agent counts as down",
  ),
  mac_generation_retries: integer(16, "How often a unique MAC address is tried for", { min: 1 }),
  max_fixed_ips_per_port: integer(5, "Most fixed IPs of one port", { min: 1 }),
  max_dns_nameservers: integer(5, "Most name servers of one subnet", { min: 0 }),
  max_subnet_host_routes: integer(20, "Most host routes of one subnet", { min: 0 }),
  max_allowed_address_pair: integer(10, "Most allowed address pairs of one port", { min: 0 }),
  allow_overlapping_ips: boolean(false, "Whether subnets of different networks may overlap"),
  force_gateway_on_subnet: boolean(true, "Whether a gateway must be in its subnet"),
  allow_bulk: boolean(true, "Whether one request may make several objects"),
  allow_pagination: boolean(false, "Whether clients may ask for pages of a list"),
  allow_sorting: boolean(false, "Whether clients may ask for an order of a list"),
  pagination_max_limit: string("-1", "Most objects in one answer; -1 or infinite: any number"),
  network_auto_schedule: boolean(true, "Give networks to DHCP agents without being asked"),
  dhcp_agents_per_network: integer(1, "How many DHCP agents serve a network", { min: 1 }),
  service_plugins: list([], "Plugins beside the core one; router and lbaas are known here"),
  // As neutron.conf is shipped; without that line there is none.
  service_provider: option(
    "service_providers.service_provider",
    multiString(
      [
        "LOADBALANCER:Haproxy:neutron.services.loadbalancer.drivers.haproxy.plugin_driver.HaproxyOnHostPluginDriver:default",
      ],
      "Who provides which service: <service_type>:<name>:<driver>[:default]",
    ),
  ),
  loadbalancer_pool_scheduler_driver: string(
    "neutron.services.loadbalancer.agent_scheduler.ChanceScheduler",
    "How an agent is chosen for a pool: by chance",
    ["neutron.services.loadbalancer.agent_scheduler.ChanceScheduler"],
  ),
  max_routes: integer(30, "Most routes of one router", { min: 0 }),
  router_scheduler_driver: string(
    "neutron.scheduler.l3_agent_scheduler.ChanceScheduler",
    "How an L3 agent is chosen for a router: by chance, or the one with the fewest",
    [
      "neutron.scheduler.l3_agent_scheduler.ChanceScheduler",
      "neutron.scheduler.l3_agent_scheduler.LeastRoutersScheduler",
    ],
  ),
  router_auto_schedule: boolean(true, "Give routers to L3 agents without being asked"),
  allow_automatic_l3agent_failover: boolean(false, "Move routers away from L3 agents long dead"),
  min_l3_agents_per_router: integer(2, "Fewest agents of a highly available router", { min: 2 }),
  type_drivers: option(
    "ml2.type_drivers",
    list(["local", "flat", "vlan", "gre", "vxlan"], "Types of networks that there can be"),
  ),
  tenant_network_types: option(
    "ml2.tenant_network_types",
    list(["local"], "Types of new tenant networks: the first that has a segment left"),
  ),
  mechanism_drivers: option(
    "ml2.mechanism_drivers",
    list([], "Who binds ports to hosts; openvswitch is known here"),
  ),
  flat_networks: option(
    "ml2_type_flat.flat_networks",
    list([], "Physical networks that may have a flat network; * or none: any"),
  ),
  network_vlan_ranges: option(
    "ml2_type_vlan.network_vlan_ranges",
    list([], "Physical networks, and their VLANs for tenants: physnet1:1000:2999"),
  ),
  tunnel_id_ranges: option(
    "ml2_type_gre.tunnel_id_ranges",
    list([], "Numbers of GRE tunnels for tenants: 1:1000"),
  ),
  vni_ranges: option(
    "ml2_type_vxlan.vni_ranges",
    list([], "Numbers of VXLAN tunnels for tenants: 1:1000"),
  ),
  quota_network: option(
    "quotas.quota_network",
    integer(10, "Networks of a tenant; -1: any number"),
  ),
  quota_subnet: option("quotas.quota_subnet", integer(10, "Subnets of a tenant; -1: any number")),
  quota_port: option("quotas.quota_port", integer(50, "Ports of a tenant; -1: any number")),
  quota_router: option("quotas.quota_router", integer(10, "Routers of a tenant; -1: any number")),
  quota_floatingip: option(
    "quotas.quota_floatingip",
    integer(50, "Floating IPs of a tenant; -1: any number"),
  ),
  quota_security_group: option(
    "quotas.quota_security_group",
    integer(10, "Security groups of a tenant; -1: any number"),
  ),
  quota_security_group_rule: option(
    "quotas.quota_security_group_rule",
    integer(100, "Security group rules of a tenant; -1: any number"),
  ),
  quota_vip: option("quotas.quota_vip", integer(10, "VIPs of a tenant; -1: any number")),
  quota_pool: option("quotas.quota_pool", integer(10, "Pools of a tenant; -1: any number")),
  quota_member: option("quotas.quota_member", integer(-1, "Members of a tenant; -1: any number")),
  quota_health_monitor: option(
    "quotas.quota_health_monitor",
    integer(-1, "Health monitors of a tenant; -1: any number"),
  ),
} as const;

export const novaNotifierFlags = {
  notify_nova_on_port_status_changes: boolean(true, "Tell Nova when a port comes up or goes down"),
  notify_nova_on_port_data_changes: boolean(true, "Tell Nova when a port is changed"),
  send_events_interval: wholeSeconds(2, "Seconds over which events for Nova are collected", {
    min: 0,
  }),
  nova_url: string("http://controller:8774/v2", "Where Nova is"),
  nova_admin_auth_url: string("http://controller:35357/v2.0", "Where to log in for Nova"),
  nova_admin_username: string("nova", "User that may send events to Nova"),
  nova_admin_password: secret(string("secret", "Password of that user")),
  nova_admin_tenant_name: string("service", "Tenant of that user"),
  nova_admin_tenant_id: optionalString("Tenant id in Nova's URL; unset: that of the token"),
} as const;

export const ovsAgentFlags = {
  ...agentReport,
  polling_interval: option(
    "agent.polling_interval",
    wholeSeconds(2, "Seconds between two looks at the bridge", { min: 1 }),
  ),
  enable_security_group: option(
    "securitygroup.enable_security_group",
    boolean(true, "Filter ports by their security groups"),
  ),
  bridge_mappings: option(
    "ovs.bridge_mappings",
    list(["physnet1:br-eth1"], "Physical networks and their bridges"),
  ),
  local_ip: option(
    "ovs.local_ip",
    optionalString("Where the tunnels of this host end; unset: at its own address"),
  ),
  enable_tunneling: option("ovs.enable_tunneling", boolean(false, "Have tunnels, of GRE")),
  tunnel_types: option(
    "agent.tunnel_types",
    list([], "Types of tunnels that there are: gre, vxlan"),
  ),
} as const;

export const l3AgentFlags = {
  ...agentReport,
  periodic_interval: wholeSeconds(
    40,
    "Seconds between two looks at whether to ask for everything",
    {
      min: 1,
    },
  ),
  external_network_bridge: string("br-ex", "Bridge of the one external network; empty: any"),
  gateway_external_network_id: string("", "The external network of this agent's routers"),
  handle_internal_only_routers: boolean(true, "Take routers without a gateway"),
  ...metadataSocketFlags,
  enable_metadata_proxy: boolean(true, "Have a metadata proxy in each router"),
  metadata_port: integer(9697, "Port of those proxies", { min: 1, max: 65_535 }),
} as const;

export const lbaasAgentFlags = {
  ...agentReport,
  lbaas_periodic_interval: option(
    "periodic_interval",
    wholeSeconds(10, "Seconds between two looks at statistics and at whether to ask again", {
      min: 1,
    }),
  ),
  device_driver: multiString(
    ["neutron.services.loadbalancer.drivers.haproxy.namespace_driver.HaproxyNSDriver"],
    "What balances on this host; HAProxy in namespaces is known here",
  ),
} as const;

export const dhcpAgentFlags = {
  ...agentReport,
  resync_interval: wholeSeconds(5, "Seconds until an agent out of step asks for everything", {
    min: 1,
  }),
  dhcp_lease_duration: option(
    "dhcp_lease_duration",
    wholeSeconds(86400, "Seconds for which a lease is good"),
    ["dhcp_lease_time"],
  ),
  ...metadataSocketFlags,
  enable_isolated_metadata: boolean(
    false,
    "Have a metadata proxy on networks with a subnet that no router is the gateway of",
  ),
} as const;
