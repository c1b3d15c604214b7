/**
 * The tunnels of a host, as far as something is said about them: where they end is told to the server,
 * for each type, until it has heard it. The ports of `br-tun` that follow from the answer and from news
 * of other hosts carry nothing here, and l2population is left out. Upstream: `tunnel_sync`,
 * `tunnel_update` of neutron/plugins/openvswitch/agent/ovs_neutron_agent.py at 2014.2.
 */
import type { ClientOf } from "../../../bus/index.js";
import { FlagError } from "../../../framework/flags/index.js";
import type { FlagsOf, RequestContext, Env } from "../../../framework/index.js";
import { addressOf } from "../../../http/index.js";
import { caught, type Op } from "../../../kernel/index.js";
import { parseIp, str, type Json } from "../../../python/index.js";
import type { ovsAgentFlags } from "../flags.js";
import type { pluginApi } from "../rpcapi.js";

const TYPES = ["gre", "vxlan"];

export class Tunnels {
  readonly types: readonly string[];
  /** Where they end: what was configured, or the host's own address, since one file serves all hosts. */
  readonly localIp: string;
  readonly #env: Env;
  /** The server is yet to hear of this end. */
  #outOfStep: boolean;

  /** @throws FlagError for a type that there is not */
  constructor(env: Env, flags: FlagsOf<typeof ovsAgentFlags>) {
    const { enable_tunneling, local_ip, tunnel_types } = flags;
    this.#env = env;
    this.types = enable_tunneling && tunnel_types.length === 0 ? ["gre"] : tunnel_types;
    for (const type of this.types) {
      if (TYPES.includes(type)) continue;
      throw new FlagError(
        `flag agent.tunnel_types: Invalid tunnel type specified: ${type}. There are gre and vxlan.`,
      );
    }
    const none = this.types.length === 0 ? "" : addressOf(env.actor);
    this.localIp = local_ip === null || local_ip === "" ? none : local_ip;
    this.#outOfStep = this.types.length > 0;
  }

  get outOfStep(): boolean {
    return this.#outOfStep;
  }

  /** Tell the server; if that fails, it is to be done again. */
  *sync(plugin: ClientOf<typeof pluginApi, RequestContext>, ctxt: RequestContext): Op<void> {
    this.#env.log("info", "Agent tunnel out of sync with plugin!");
    try {
      for (const tunnel_type of this.types) {
        const { tunnels } = yield* plugin.tunnel_sync(ctxt, {
          tunnel_ip: this.localIp,
          tunnel_type,
        });
        for (const { ip_address } of tunnels) {
          if (ip_address !== this.localIp) this.#isAddress(ip_address);
        }
      }
      this.#outOfStep = false;
    } catch (thrown) {
      const error = yield* caught(thrown);
      const what = `Unable to sync tunnel IP ${this.localIp}: ${error.message}`;
      this.#env.log("debug", what);
    }
  }

  /** Another host, or this one, has told the server of its end. */
  updated(ip: Json, type: Json): void {
    if (!this.#isAddress(ip)) return;
    if (type === null || type === "") {
      this.#env.log("error", "No tunnel_type specified, cannot create tunnels");
    } else if (typeof type !== "string" || !this.types.includes(type)) {
      this.#env.log("error", `tunnel_type ${str(type)} not supported by agent`);
    }
  }

  #isAddress(ip: Json | undefined): boolean {
    if (typeof ip === "string" && parseIp(ip)?.version === 4) return true;
    const what = "Unable to create tunnel port. Invalid remote IP:";
    this.#env.log("warning", `${what} ${str(ip ?? null)}`);
    return false;
  }
}
