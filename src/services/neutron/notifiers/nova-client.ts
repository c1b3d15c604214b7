/**
 * Sends events to Nova with a token of its own, which it asks Keystone for at first use and after
 * a 401. Upstream: what neutron/notifiers/nova.py makes of python-novaclient.
 */
import {
  asLibrary,
  authorized,
  fromResponse,
  NotFound,
  type Requester,
} from "../../../framework/apiclient/index.js";
import type { FlagsOf, Env } from "../../../framework/index.js";
import type { HttpResponse } from "../../../http/index.js";
import type { Op } from "../../../kernel/index.js";
import { Exception, type Json } from "../../../python/index.js";
import { TokenStore } from "../../keystone/client.js";
import { NovaClient, type ServerEvent } from "../../nova/client/index.js";
import type { novaNotifierFlags } from "../flags.js";

export class NovaEventsClient {
  readonly #env: Env;
  readonly #flags: FlagsOf<typeof novaNotifierFlags>;
  readonly #http: Requester;
  readonly #login: TokenStore;
  readonly #nova = new NovaClient({
    request: (method, path, body) => this.#request(method, path, body),
  });

  constructor(env: Env, flags: FlagsOf<typeof novaNotifierFlags>) {
    this.#env = env;
    this.#flags = flags;
    this.#http = asLibrary(env.http, "python-novaclient");
    const { nova_admin_tenant_name: tenantName } = flags;
    const { nova_admin_username: username, nova_admin_password: password } = flags;
    this.#login = new TokenStore(
      this.#http,
      flags.nova_admin_auth_url,
      { tenantName, passwordCredentials: { username, password } },
      "Nova's token",
    );
  }

  /** @throws Exception if Nova took none of them, or could not be asked */
  *create(events: readonly ServerEvent[]): Op<void> {
    let answers;
    try {
      answers = yield* this.#nova.createServerExternalEvents(events);
    } catch (error) {
      throw error instanceof NotFound ? new Exception("Nova returned NotFound") : error;
    }
    for (const event of answers) {
      if (event["code"] === 200) continue;
      this.#env.log("warning", `Nova event: ${JSON.stringify(event)} returned with failed status`);
    }
  }

  *#request(method: string, path: string, body?: Json): Op<HttpResponse> {
    const { nova_url, nova_admin_tenant_id } = this.#flags;
    const { tenantId = "" } = yield* this.#login.access();
    const url = `${nova_url}/${nova_admin_tenant_id ?? tenantId}${path}`;
    const response = yield* authorized(this.#login, (token) =>
      this.#http.request(method, url, { headers: { "x-auth-token": token }, body }),
    );
    if (response.status >= 400) throw fromResponse(response, method, url);
    return response;
  }
}
