/**
 * Neutron's database: its tables with the indexes that its queries need, and what is kept in step
 * with them: how ports look to the world, and who is in which security group. Only neutron-server holds it. Upstream: neutron/db/.
 */
import {
  lastChange,
  Table,
  type Columns,
  type Row,
  type RowHistory,
} from "../../../framework/index.js";
import type { Kernel, Micros, Op } from "../../../kernel/index.js";
import { GroupMembers } from "../group-members.js";
import { PortViews } from "../port-views.js";
import * as balancing from "../load-balancing/rows.js";
import * as routing from "../routing/rows.js";
import * as rows from "./rows.js";
import { Transactions } from "./transactions.js";

const project = "neutron";

export class NeutronDatabase {
  readonly kernel: Kernel;
  readonly networks: Table<rows.Network>;
  readonly segments: Table<rows.NetworkSegment>;
  readonly greEndpoints: Table<rows.GreEndpoint>;
  readonly vxlanEndpoints: Table<rows.VxlanEndpoint>;
  readonly subnets: Table<rows.Subnet>;
  readonly allocationPools: Table<rows.AllocationPool>;
  readonly availabilityRanges: Table<rows.AvailabilityRange>;
  readonly ipAllocations: Table<rows.IpAllocation>;
  readonly ports: Table<rows.Port>;
  readonly portBindings: Table<rows.PortBinding>;
  readonly securityGroups: Table<rows.SecurityGroup>;
  readonly securityGroupRules: Table<rows.SecurityGroupRule>;
  readonly securityGroupPortBindings: Table<rows.SecurityGroupPortBinding>;
  readonly agents: Table<rows.Agent>;
  readonly quotas: Table<rows.Quota>;
  readonly dhcpAgentBindings: Table<rows.DhcpAgentBinding>;
  readonly routers: Table<routing.Router>;
  readonly routerPorts: Table<routing.RouterPort>;
  readonly floatingIps: Table<routing.FloatingIp>;
  readonly routerAgentBindings: Table<routing.RouterL3AgentBinding>;
  readonly vips: Table<balancing.Vip>;
  readonly pools: Table<balancing.Pool>;
  readonly members: Table<balancing.Member>;
  readonly healthMonitors: Table<balancing.HealthMonitor>;
  readonly poolMonitorAssociations: Table<balancing.PoolMonitorAssociation>;
  readonly poolStatistics: Table<balancing.PoolStatistics>;
  readonly poolAgentBindings: Table<balancing.PoolAgentBinding>;
  /** When ports got the status that they have. */
  readonly portStatus: RowHistory<rows.Port, Micros>;
  /** When ports got the device that they have. */
  readonly portDevice: RowHistory<rows.Port, Micros>;
  readonly portViews: PortViews;
  readonly groupMembers: GroupMembers;
  readonly #transactions: Transactions;

  constructor(kernel: Kernel) {
    this.kernel = kernel;
    this.#transactions = new Transactions(kernel);
    const table = <R extends object>(
      name: string,
      key: (keyof R & string) | undefined,
      ...indexes: (keyof R & string)[]
    ): Table<R> => checked(undefined, name, key, ...indexes);
    /** One that agents write into as well, whose messages no compiler has seen. */
    const checked = <R extends object>(
      columns: Columns<R> | undefined,
      name: string,
      key: (keyof R & string) | undefined,
      ...indexes: (keyof R & string)[]
    ): Table<R> => {
      const options = { project, name, indexes, columns, ...(key === undefined ? {} : { key }) };
      const made = new Table<R>(kernel, options);
      this.#transactions.cover(made, (row) => row[key ?? "id"] as string | number);
      return made;
    };
    this.networks = table("networks", "uuid");
    this.segments = table("ml2_network_segments", "uuid", "network_id");
    this.greEndpoints = checked(rows.greEndpointColumns, "ml2_gre_endpoints", "ip_address");
    this.vxlanEndpoints = checked(rows.vxlanEndpointColumns, "ml2_vxlan_endpoints", "ip_address");
    this.subnets = table("subnets", "uuid", "network_id");
    this.allocationPools = table("ipallocationpools", "uuid", "subnet_id");
    this.availabilityRanges = table("ipavailabilityranges", undefined, "subnet_id");
    this.ipAllocations = table("ipallocations", undefined, "port_id", "ip_address", "subnet_id");
    this.ports = checked(
      rows.portColumns,
      "ports",
      "uuid",
      "device_id",
      "mac_address",
      "device_owner",
      "network_id",
      "tenant_id",
    );
    this.portBindings = checked(rows.portBindingColumns, "ml2_port_bindings", "port_id", "host");
    this.securityGroups = table("securitygroups", "uuid", "tenant_id");
    this.securityGroupRules = table("securitygrouprules", "uuid", "security_group_id");
    this.securityGroupPortBindings = table(
      "securitygroupportbindings",
      undefined,
      "port_id",
      "security_group_id",
    );
    this.agents = checked(rows.agentColumns, "agents", "uuid", "host");
    this.quotas = table("quotas", undefined, "tenant_id");
    this.dhcpAgentBindings = table(
      "networkdhcpagentbindings",
      undefined,
      "network_id",
      "dhcp_agent_id",
    );
    this.routers = table("routers", "uuid", "tenant_id");
    this.routerPorts = table("routerports", undefined, "router_id", "port_id");
    this.floatingIps = checked(
      routing.floatingIpColumns,
      "floatingips",
      "uuid",
      "fixed_port_id",
      "router_id",
      "last_known_router_id",
      "floating_network_id",
      "tenant_id",
    );
    this.routerAgentBindings = table(
      "routerl3agentbindings",
      undefined,
      "router_id",
      "l3_agent_id",
    );
    this.vips = checked(balancing.vipColumns, "vips", "uuid", "pool_id", "port_id", "tenant_id");
    this.pools = checked(balancing.poolColumns, "pools", "uuid", "tenant_id");
    this.members = checked(balancing.memberColumns, "members", "uuid", "pool_id", "tenant_id");
    this.healthMonitors = checked(
      balancing.healthMonitorColumns,
      "healthmonitors",
      "uuid",
      "tenant_id",
    );
    this.poolMonitorAssociations = checked(
      balancing.associationColumns,
      "poolmonitorassociations",
      undefined,
      "pool_id",
      "monitor_id",
    );
    this.poolStatistics = checked(balancing.statisticsColumns, "poolstatisticss", "pool_id");
    this.poolAgentBindings = table("poolloadbalanceragentbindings", "pool_id", "agent_id");
    this.portStatus = lastChange(kernel, this.ports, "status");
    this.portDevice = lastChange(kernel, this.ports, "device_id");
    this.portViews = new PortViews(this);
    this.groupMembers = new GroupMembers(this);
  }

  /** Do `op`, and take back what it has changed if it fails. @throws what `op` throws */
  atomically<T>(op: Op<T>): Op<T> {
    return this.#transactions.atomically(op);
  }

  /** The agent of a type on a host. */
  agentOn(host: string, agentType: string): Row<rows.Agent> | undefined {
    return this.agents.first({ host, agent_type: agentType });
  }
}
