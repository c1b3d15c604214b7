/** Cinder, in the first version of its API. Upstream: heat/engine/clients/os/cinder.py at 2014.2. */
import { ClientException, NotFound, OverLimit } from "../../../../framework/apiclient/index.js";
import type { Op } from "../../../../kernel/index.js";
import { CinderClient, CinderHttpClient } from "../../../cinder/client/index.js";
import type { ClientContext, ClientEnv } from "../context.js";
import type { KeystonePlugin } from "../keystone.js";

export class CinderPlugin {
  readonly #env: ClientEnv;
  readonly #context: ClientContext;
  readonly #keystone: KeystonePlugin;
  #client: CinderClient | undefined;

  constructor(env: ClientEnv, context: ClientContext, keystone: KeystonePlugin) {
    this.#env = env;
    this.#context = context;
    this.#keystone = keystone;
  }

  *client(): Op<CinderClient> {
    if (this.#client !== undefined) return this.#client;
    const kind = this.#env.flags.clients_cinder_endpoint_type;
    const url = yield* this.#keystone.urlFor("volume", kind);
    const { auth_url, tenant } = this.#context;
    const endpoint = new CinderHttpClient({
      http: this.#env.http,
      url,
      user: null,
      project: tenant,
      token: yield* this.#keystone.authToken(),
      authUrl: auth_url ?? "",
    });
    return (this.#client = new CinderClient(endpoint, "v1"));
  }

  isClientException(error: unknown): boolean {
    return error instanceof ClientException;
  }

  isNotFound(error: unknown): boolean {
    return error instanceof NotFound;
  }

  isOverLimit(error: unknown): boolean {
    return error instanceof OverLimit;
  }
}
