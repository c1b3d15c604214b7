/** What the controllers of neutron-server work with. Upstream: NeutronManager and api/v2/base.py. */
import type { Env } from "../../../framework/index.js";
import type { HttpRequest } from "../../../http/index.js";
import type { NeutronDatabase } from "../db/database.js";
import { DhcpAgentNotifier } from "../notifiers/dhcp-agent.js";
import { Plugin } from "../plugin/index.js";

export class NeutronApi {
  readonly plugin: Plugin;
  readonly dhcpAgents: DhcpAgentNotifier;
  readonly #env: Env;
  readonly #paths = new WeakMap<HttpRequest, string>();

  constructor(env: Env, database: NeutronDatabase) {
    this.plugin = new Plugin(env, database);
    this.dhcpAgents = new DhcpAgentNotifier(this.plugin);
    this.#env = env;
  }

  /** Where it listens: `http://controller:9696`. */
  get base(): string {
    return `http://${this.#env.hostAt(this.plugin.app.flags.neutron_port)}`;
  }

  /** Clients may say the format in the path: `/v2.0/ports.json`. The same request without it. */
  withoutFormat(request: HttpRequest): HttpRequest {
    if (!request.path.endsWith(".json")) return request;
    const plain = { ...request, path: request.path.slice(0, -".json".length) };
    this.#paths.set(plain, request.path);
    return plain;
  }

  /** The URL that was asked for, as it was written. */
  urlOf(request: HttpRequest): string {
    return `${this.base}${this.#paths.get(request) ?? request.path}`;
  }
}
