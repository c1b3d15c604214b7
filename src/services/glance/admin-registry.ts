/**
 * The registry, as programs ask it that no user has called: as a user of their own, from their configuration. Upstream:
 * glance/registry/client/v1/api.py (configure_registry_admin_creds), glance/common/client.py at 2014.2.
 */
import type { Env } from "../../framework/index.js";
import type { HttpResponse } from "../../http/index.js";
import type { Op } from "../../kernel/index.js";
import { TokenStore } from "../keystone/client.js";
import { BadStoreUri } from "./stores/store.js";

export interface AdminRegistryOptions {
  readonly host: string;
  readonly port: number;
  /** `http://controller:5000/v2.0`. */
  readonly authUrl: string;
  readonly username: string;
  readonly password: string;
  readonly tenantName: string;
}

export class AdminRegistry {
  readonly #env: Env;
  readonly #base: string;
  readonly #token: TokenStore;

  constructor(env: Env, { host, port, authUrl, ...user }: AdminRegistryOptions) {
    const { username, password, tenantName } = user;
    const auth = { passwordCredentials: { username, password }, tenantName };
    this.#env = env;
    this.#base = `http://${host}:${String(port)}`;
    this.#token = new TokenStore(env.http, authUrl, auth, `the token of ${env.binary}`);
  }

  /** Any request. @throws BadStoreUri for an answer that is none; ConnectionError */
  *ask(method: string, path: string, body?: unknown): Op<HttpResponse> {
    const response = yield* this.find(method, path, body);
    if (response.status < 400) return response;
    throw new BadStoreUri(`the registry answered ${String(response.status)}`);
  }

  /** The same, whatever is answered; a token that is refused is not used again. @throws ConnectionError */
  *find(method: string, path: string, body?: unknown): Op<HttpResponse> {
    const token = yield* this.#token.token();
    const headers = { "x-auth-token": token };
    const response = yield* this.#env.http.request(method, this.#base + path, { body, headers });
    if (response.status === 401) this.#token.renew(token);
    return response;
  }
}
