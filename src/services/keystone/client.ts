/**
 * Keystone as its clients see it: the contract for whoever needs a token of its own. It speaks to a
 * URL and knows nothing of what is behind it. Upstream: python-keystoneclient 0.11.
 */
import {
  AccessInfo,
  requestToken,
  type AuthRequest,
  type Requester,
  type TokenSource,
} from "../../framework/apiclient/index.js";
import { Lock, type Op } from "../../kernel/index.js";
import { Exception, isObject, type Json } from "../../python/index.js";

/** Keystone answered, and it was not what was hoped for. */
export class KeystoneError extends Exception {
  static override readonly module: string = "keystoneclient.openstack.common.apiclient.exceptions";
  override readonly name: string = "HttpError";
  readonly status: number;

  constructor(status: number, message: string) {
    super(message, { http_status: status });
    this.status = status;
  }
}

/** Bad credentials. */
class Unauthorized extends KeystoneError {
  override readonly name: string = "Unauthorized";
}

/**
 * A token for a user: `POST {authUrl}/tokens`.
 * @param authUrl `http://controller:5000/v2.0`
 * @throws KeystoneError, Unauthorized; ConnectionError of `http` if nobody answers
 */
export function* authenticate(http: Requester, authUrl: string, auth: AuthRequest): Op<AccessInfo> {
  const { status, body } = yield* requestToken(http, authUrl, auth);
  const access = status === 200 ? AccessInfo.from(body) : undefined;
  if (access !== undefined) return access;
  const message = `${messageIn(body) ?? "Keystone failed"} (HTTP ${status})`;
  if (status === 401) throw new Unauthorized(status, message);
  throw new KeystoneError(status, message);
}

/**
 * A login of one's own: a token asked for at first use, by one greenthread at a time, and kept for
 * the process until it is refused.
 */
export class TokenStore implements TokenSource {
  readonly #http: Requester;
  readonly #authUrl: string;
  readonly #auth: AuthRequest;
  readonly #lock: Lock;
  #access: AccessInfo | undefined;

  /** @param lock how the lock is called in a run that stalls */
  constructor(http: Requester, authUrl: string, auth: AuthRequest, lock: string) {
    this.#http = http;
    this.#authUrl = authUrl;
    this.#auth = auth;
    this.#lock = new Lock(lock);
  }

  /** @throws as `authenticate` */
  *access(): Op<AccessInfo> {
    return this.#access ?? (yield* this.#lock.hold(this.#ask()));
  }

  /** @throws as `authenticate` */
  *token(): Op<string> {
    return (yield* this.access()).token;
  }

  renew(refused: string): boolean {
    if (this.#access?.token === refused) this.#access = undefined;
    return true;
  }

  *#ask(): Op<AccessInfo> {
    this.#access ??= yield* authenticate(this.#http, this.#authUrl, this.#auth);
    return this.#access;
  }
}

/** What Keystone says of an error. */
export function messageIn(body: Json): string | undefined {
  const error = isObject(body) ? body["error"] : undefined;
  const message = isObject(error) ? error["message"] : undefined;
  return typeof message === "string" ? message : undefined;
}
