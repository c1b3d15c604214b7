/**
 * Which ports have an address, on one network or on those of a router: asked of Neutron over REST, and known for
 * five seconds, even that there is none. Upstream: neutron/agent/metadata/agent.py (_get_router_networks,
 * _get_ports_for_remote_address), neutron/common/utils.py (cache_method_results) at 2014.2.
 */
import { MemoryCache, type Env, type FlagsOf } from "../../../framework/index.js";
import { asLibrary, type Requester } from "../../../framework/apiclient/index.js";
import type { Op } from "../../../kernel/index.js";
import { PythonTypeError, textOf, type JsonObject } from "../../../python/index.js";
import { TokenStore } from "../../keystone/client.js";
import { NeutronClient } from "../client/index.js";
import type { metadataAgentFlags } from "./flags.js";

/** `memory://?default_ttl=5`. */
const TTL = 5;

const INTERFACES = ["network:router_interface", "network:router_interface_distributed"];

type Flags = FlagsOf<typeof metadataAgentFlags>;

export class PortLookup {
  readonly #flags: Flags;
  readonly #http: Requester;
  readonly #login: TokenStore;
  readonly #networks: MemoryCache<readonly string[]>;
  readonly #ports: MemoryCache<readonly JsonObject[]>;

  constructor(env: Env, flags: Flags) {
    this.#flags = flags;
    this.#http = asLibrary(env.http, "python-neutronclient");
    const {
      metadata_admin_user: username,
      metadata_admin_password: password,
      metadata_admin_tenant_name: tenantName,
    } = flags;
    const auth = { tenantName, passwordCredentials: { username, password } };
    this.#login = new TokenStore(this.#http, flags.auth_url, auth, "Neutron's token");
    this.#networks = new MemoryCache(env.kernel);
    this.#ports = new MemoryCache(env.kernel);
  }

  /** @throws TypeError if neither is named; what Neutron and Keystone answer */
  *ports(address: string, network?: string, router?: string): Op<readonly JsonObject[]> {
    if (network) return yield* this.#at(address, [network]);
    if (router) return yield* this.#at(address, yield* this.#networksOf(router));
    throw new PythonTypeError(
      "Either one of parameter network_id or router_id must be passed to _get_ports method.",
    );
  }

  *#networksOf(router: string): Op<readonly string[]> {
    const known = this.#networks.get(router);
    if (known !== undefined) return known;
    const neutron = yield* this.#neutron();
    const search = { device_id: router, device_owner: INTERFACES };
    const ports = yield* neutron.list("ports", search);
    const networks = ports.map((port) => textOf(port, "network_id"));
    this.#networks.set(router, networks, TTL);
    return networks;
  }

  *#at(address: string, networks: readonly string[]): Op<readonly JsonObject[]> {
    const key = [address, ...networks].join(" ");
    const known = this.#ports.get(key);
    if (known !== undefined) return known;
    const neutron = yield* this.#neutron();
    const all = yield* neutron.list("ports", { fixed_ips: `ip_address=${address}` });
    const ports = all.filter((port) => networks.includes(textOf(port, "network_id")));
    this.#ports.set(key, ports, TTL);
    return ports;
  }

  /** With the token of its login, at the endpoint that came with it. */
  *#neutron(): Op<NeutronClient> {
    const { auth_region, endpoint_type } = this.#flags;
    const access = yield* this.#login.access();
    const filter = { serviceType: "network", ...(auth_region !== null && { region: auth_region }) };
    const [endpoint = {}] = access.endpoints(filter);
    const url = textOf(endpoint, endpoint_type);
    return new NeutronClient({ http: this.#http, url, tokens: this.#login });
  }
}
