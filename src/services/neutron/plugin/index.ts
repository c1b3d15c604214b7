/**
 * The core plugin put together: ML2 with the Open vSwitch driver, security groups, agents, DHCP
 * scheduling and quotas. Upstream: plugins/ml2/plugin.py (Ml2Plugin), which inherits them all.
 */
import type { Env } from "../../../framework/index.js";
import type { NeutronDatabase } from "../database.js";
import { Agents } from "./agents.js";
import { NeutronApp } from "./app.js";
import { Bindings } from "./ports/binding.js";
import { DhcpScheduling } from "./dhcp-scheduling.js";
import { Ipam } from "./subnets/ipam.js";
import { Networks } from "./networks.js";
import { Ports } from "./ports/ports.js";
import { Quotas } from "./quotas.js";
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
  readonly quotas: Quotas;
  readonly dhcp: DhcpScheduling;

  constructor(env: Env, database: NeutronDatabase) {
    const app = new NeutronApp(env, database);
    this.app = app;
    this.agents = new Agents(app);
    this.securityGroups = new SecurityGroups(app);
    this.securityGroupRules = new SecurityGroupRules(app, this.securityGroups);
    const ipam = new Ipam(database, app.flags.max_fixed_ips_per_port);
    this.ports = new Ports(app, this.securityGroups, new Bindings(app, this.agents), ipam);
    this.subnets = new Subnets(app, ipam, (port, subnet) => this.ports.takeAddresses(port, subnet));
    this.networks = new Networks(app, this.ports, this.subnets, this.securityGroups);
    this.quotas = new Quotas(app);
    this.dhcp = new DhcpScheduling(app, this.agents);
  }
}
