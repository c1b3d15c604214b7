/**
 * The core plugin put together: ML2 with the Open vSwitch driver, security groups, agents, DHCP
 * scheduling and quotas, and the plugins of L3 and of load balancing beside it. Upstream: plugins/ml2/plugin.py (Ml2Plugin),
 * which inherits them all.
 */
import type { Env } from "../../../framework/index.js";
import type { NeutronDatabase } from "../db/database.js";
import { L3AgentNotifier } from "../notifiers/l3-agent.js";
import { Agents } from "./agents.js";
import { NeutronApp } from "./app.js";
import { Bindings } from "./ports/binding.js";
import { DhcpScheduling } from "./dhcp-scheduling.js";
import { L3Plugin } from "./l3/index.js";
import { RouterPorts } from "./l3/router-ports.js";
import { L3Scheduling } from "./l3/scheduling.js";
import { Ipam } from "./subnets/ipam.js";
import { LoadBalancing } from "./load-balancing/index.js";
import { Networks } from "./networks.js";
import { Ports } from "./ports/ports.js";
import { Quotas } from "./quotas.js";
import { TunnelEndpoints } from "./segments/tunnel-endpoints.js";
import { TypeManager } from "./segments/type-manager.js";
import { SecurityGroupRules } from "./security-group-rules.js";
import { SecurityGroups } from "./security-groups.js";
import { Subnets } from "./subnets/subnets.js";

export class Plugin {
  readonly app: NeutronApp;
  readonly agents: Agents;
  readonly securityGroups: SecurityGroups;
  readonly securityGroupRules: SecurityGroupRules;
  readonly ports: Ports;
  readonly subnets: Subnets;
  readonly networks: Networks;
  readonly tunnels: TunnelEndpoints;
  readonly quotas: Quotas;
  readonly dhcp: DhcpScheduling;
  readonly l3: L3Plugin;
  readonly loadBalancing: LoadBalancing;

  constructor(env: Env, database: NeutronDatabase) {
    const app = new NeutronApp(env, database);
    this.app = app;
    this.agents = new Agents(app);
    const scheduling = new L3Scheduling(app, this.agents);
    const notifier = new L3AgentNotifier(app, scheduling);
    this.securityGroups = new SecurityGroups(app);
    this.securityGroupRules = new SecurityGroupRules(app, this.securityGroups);
    const ipam = new Ipam(database, app.flags.max_fixed_ips_per_port);
    this.ports = new Ports(app, {
      groups: this.securityGroups,
      bindings: new Bindings(app, this.agents),
      ipam,
      ofRouters: new RouterPorts(app, notifier),
    });
    this.subnets = new Subnets(app, ipam, (port, subnet) => this.ports.takeAddresses(port, subnet));
    const types = new TypeManager(app);
    this.tunnels = new TunnelEndpoints(app, types);
    this.networks = new Networks(app, {
      types,
      ports: this.ports,
      subnets: this.subnets,
      groups: this.securityGroups,
      freeFloatingIps: (ctxt, id) => this.l3.floatingIps.deleteDisassociated(ctxt, id),
    });
    this.quotas = new Quotas(app);
    this.dhcp = new DhcpScheduling(app, this.agents);
    const { agents, networks, subnets, ports } = this;
    this.l3 = new L3Plugin(app, { agents, networks, subnets, ports, scheduling, notifier });
    this.loadBalancing = new LoadBalancing(app, { agents, subnets, ports });
  }
}
