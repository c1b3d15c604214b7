/** What the controllers of neutron-server work with. Upstream: NeutronManager and api/v2/base.py. */
import type { Env } from "../../../framework/index.js";
import type { NeutronDatabase } from "../database.js";
import { DhcpAgentNotifier } from "../notifiers/dhcp-agent.js";
import { Plugin } from "../plugin/index.js";

export class NeutronApi {
  readonly plugin: Plugin;
  readonly dhcpAgents: DhcpAgentNotifier;
  /** Where it listens: `http://controller:9696`. */
  readonly base: string;

  constructor(env: Env, database: NeutronDatabase) {
    this.plugin = new Plugin(env, database);
    this.dhcpAgents = new DhcpAgentNotifier(this.plugin);
    this.base = `http://${env.host}:${String(this.plugin.app.flags.neutron_port)}`;
  }
}
