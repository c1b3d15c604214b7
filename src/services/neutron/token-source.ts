/**
 * With whose token a client asks: a user's, which came from elsewhere, or one that it gets itself.
 * Upstream: nova/network/neutronv2/api.py (AdminTokenStore), neutronclient/client.py.
 */
import type { HttpClient } from "../../http/index.js";
import { Lock, type Op } from "../../kernel/index.js";
import { authenticate, type PasswordCredentials } from "../keystone/client.js";
import { Unauthorized } from "./client-errors.js";

/** Where a client gets its token from. */
export interface TokenSource {
  token(): Op<string>;
  /** `refused` was refused: whether another one may be had. */
  renew(refused: string): boolean;
}

/** The token of a user, for what it is worth. */
export const userToken = (token: string | null): TokenSource => ({
  *token() {
    if (token === null) throw new Unauthorized(401, "Unauthorized", "Unauthorized");
    return token;
  },
  renew: () => false,
});

/** A token of one's own, asked for at first use and kept for the process until it is refused. */
export class AdminTokenStore implements TokenSource {
  readonly #http: HttpClient;
  readonly #authUrl: string;
  readonly #credentials: PasswordCredentials;
  readonly #lock = new Lock("neutron_admin_auth_token_lock");
  #token: string | undefined;

  /** @param authUrl `http://controller:5000/v2.0` */
  constructor(http: HttpClient, authUrl: string, credentials: PasswordCredentials) {
    this.#http = http;
    this.#authUrl = authUrl;
    this.#credentials = credentials;
  }

  /** @throws Unauthorized and KeystoneError of Keystone's client, ConnectionError */
  *token(): Op<string> {
    return this.#token ?? (yield* this.#lock.hold(this.#ask()));
  }

  renew(refused: string): boolean {
    if (this.#token === refused) this.#token = undefined;
    return true;
  }

  *#ask(): Op<string> {
    if (this.#token === undefined) {
      const { token } = yield* authenticate(this.#http, this.#authUrl, this.#credentials);
      this.#token = token.id;
    }
    return this.#token;
  }
}
