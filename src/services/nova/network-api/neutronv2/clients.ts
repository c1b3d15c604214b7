/**
 * As whom Nova asks Neutron: as the user, whose token came with the request, or as Neutron's admin,
 * whose token the process keeps. Upstream: nova/network/neutronv2/api.py (get_client,
 * AdminTokenStore); other-services §10.
 */
import type { FlagsOf, RequestContext, Env } from "../../../../framework/index.js";
import { seconds, type Micros, type Op } from "../../../../kernel/index.js";
import {
  asLibrary,
  type Requester,
  type TokenSource,
} from "../../../../framework/apiclient/index.js";
import { TokenStore } from "../../../keystone/client.js";
import { NeutronClient, userToken } from "../../../neutron/client/index.js";
import { neutronFlags } from "./flags.js";

const PORT_BINDING = "Port Binding";
const TOKEN_LOCK = "neutron_admin_auth_token_lock";

export class NeutronClients {
  readonly flags: FlagsOf<typeof neutronFlags>;
  readonly env: Env;
  readonly #http: Requester;
  readonly #admin: NeutronClient;
  #extensions: ReadonlySet<string> | undefined;
  #syncedAt: Micros = 0;

  constructor(env: Env) {
    this.env = env;
    this.flags = env.flags.read(neutronFlags);
    this.#http = asLibrary(env.http, "python-neutronclient");
    const { neutron_admin_auth_url: url, neutron_admin_tenant_name: tenantName } = this.flags;
    const { neutron_admin_username: username, neutron_admin_password: password } = this.flags;
    const auth = { tenantName, passwordCredentials: { username, password } };
    this.#admin = this.#client(new TokenStore(this.#http, url, auth, TOKEN_LOCK));
  }

  /** As the user; as the admin for what Nova does of its own accord, without a user's token. */
  user(ctxt: RequestContext): NeutronClient {
    if (ctxt.is_admin && ctxt.auth_token === null) return this.#admin;
    return this.#client(userToken(ctxt.auth_token));
  }

  /** As Neutron's admin. */
  admin(): NeutronClient {
    return this.#admin;
  }

  /** Whether ports can be told their host; Neutron is asked again after a while. */
  *hasPortBinding(ctxt: RequestContext): Op<boolean> {
    const { kernel } = this.env;
    const lasts = seconds(this.flags.neutron_extension_sync_interval);
    if (this.#extensions === undefined || kernel.now - this.#syncedAt >= lasts) {
      const extensions = yield* this.user(ctxt).list("extensions");
      this.#extensions = new Set(extensions.map(({ name }) => name as string));
      this.#syncedAt = kernel.now;
    }
    return this.#extensions.has(PORT_BINDING);
  }

  /** The same, as far as it was asked. */
  knowsPortBinding(): boolean {
    return this.#extensions?.has(PORT_BINDING) === true;
  }

  #client(tokens: TokenSource): NeutronClient {
    const { neutron_url: url, neutron_url_timeout: timeout } = this.flags;
    return new NeutronClient({ http: this.#http, url, timeout, tokens });
  }
}
