/**
 * Checks signed tokens without asking Keystone about them: by its certificates, which are fetched once,
 * and by the list of what is revoked, which is fetched again when it is old. All of it is lost with the
 * process, as in a `signing_dir` of mkdtemp. Upstream: keystonemiddleware 1.2.0 `auth_token.py`
 * (_verify_signed_token, _verify_pkiz_token, _cms_verify, _token_revocation_list).
 */
import { seconds, type Kernel, type Op } from "../../kernel/index.js";
import { isObject, type Json, type JsonObject } from "../../python/index.js";
import { cmsVerify, verifyToken } from "./cms.js";
import { InvalidToken } from "./errors.js";
import type { IdentityServer } from "./identity-server.js";

export class SignedTokens {
  readonly #kernel: Kernel;
  readonly #keystone: IdentityServer;
  readonly #listTime: number;
  #certificate: string | undefined;
  /** The ids on the list, and until when they count. */
  #revoked: { readonly ids: ReadonlySet<string>; readonly until: number } | undefined;

  /** @param listTime seconds for which the list of what is revoked is good */
  constructor(kernel: Kernel, keystone: IdentityServer, listTime: number) {
    this.#kernel = kernel;
    this.#keystone = keystone;
    this.#listTime = seconds(listTime);
  }

  /**
   * What a token says.
   * @throws InvalidToken if it is revoked, CalledProcessError if it is forged; what fetching throws
   */
  *verify(token: string, ids: readonly string[]): Op<JsonObject> {
    if (yield* this.revoked(ids)) throw new InvalidToken("Token has been revoked");
    const text = yield* this.#checked((certificate) => verifyToken(token, certificate));
    const body = JSON.parse(text) as Json;
    if (!isObject(body)) throw new InvalidToken("Token authorization failed");
    return body;
  }

  /** Whether one of the hashes of a token is on the list. @throws ServiceError, NetworkError */
  *revoked(ids: readonly string[]): Op<boolean> {
    let list = this.#revoked;
    if (list === undefined || list.until <= this.#kernel.now) list = yield* this.#fetch();
    const { ids: known } = list;
    return ids.some((id) => known.has(id));
  }

  *#fetch(): Op<{ readonly ids: ReadonlySet<string>; readonly until: number }> {
    const signed = yield* this.#keystone.revocationList();
    const text = yield* this.#checked((certificate) => cmsVerify(signed, certificate));
    const { revoked } = JSON.parse(text) as { revoked: readonly { readonly id: string }[] };
    const ids = new Set(revoked.map(({ id }) => id));
    return (this.#revoked = { ids, until: this.#kernel.now + this.#listTime });
  }

  /** Certificates are fetched when they are found to be missing. */
  *#checked(check: (certificate: string) => string): Op<string> {
    if (this.#certificate === undefined) {
      this.#certificate = yield* this.#keystone.certificate("signing");
      yield* this.#keystone.certificate("ca");
    }
    return check(this.#certificate);
  }
}
