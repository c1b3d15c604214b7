/** Swift, by the token that there is: nobody logs in anew. Upstream: heat/engine/clients/os/swift.py at 2014.2. */
import { asLibrary } from "../../../../framework/apiclient/index.js";
import type { Op } from "../../../../kernel/index.js";
import { SwiftClientException, SwiftConnection } from "../../../swift/client/connection.js";
import type { ClientContext, ClientEnv } from "../context.js";
import type { KeystonePlugin } from "../keystone.js";

export class SwiftPlugin {
  readonly #env: ClientEnv;
  readonly #context: ClientContext;
  readonly #keystone: KeystonePlugin;
  #client: SwiftConnection | undefined;

  constructor(env: ClientEnv, context: ClientContext, keystone: KeystonePlugin) {
    this.#env = env;
    this.#context = context;
    this.#keystone = keystone;
  }

  *client(): Op<SwiftConnection> {
    if (this.#client !== undefined) return this.#client;
    const kind = this.#env.flags.clients_swift_endpoint_type;
    const storageUrl = yield* this.#keystone.urlFor("object-store", kind);
    const token = yield* this.#keystone.authToken();
    const { tenant, username } = this.#context;
    const http = asLibrary(this.#env.http, "swiftclient");
    const credentials = { authUrl: "", tenant: tenant ?? "", user: username ?? "", key: "" };
    return (this.#client = new SwiftConnection(
      http,
      { ...credentials, storageUrl, token },
      { preauthorized: true },
    ));
  }

  isClientException(error: unknown): boolean {
    return error instanceof SwiftClientException;
  }

  isNotFound(error: unknown): boolean {
    return error instanceof SwiftClientException && error.status === 404;
  }
}
