/**
 * Who asks Keystone itself: the holder of the token in `X-Auth-Token`, and what that lets it do.
 * Keystone looks its tokens up, where others have the middleware do it. Upstream: the context that
 * keystone/middleware/core.py makes, and the credentials of keystone/common/controller.py.
 */
import type { Row } from "../../../framework/index.js";
import type { HttpRequest } from "../../../http/index.js";
import type { KeystoneApp } from "../app.js";
import type { Token } from "../store/rows.js";
import { ForbiddenAction, Unauthorized } from "../exception.js";

export class Caller {
  readonly #app: KeystoneApp;
  readonly #token: string | undefined;
  /** Where it asked, which links in the answer begin with: `http://controller:5000`. */
  readonly base: string;

  constructor(app: KeystoneApp, request: HttpRequest, base: string) {
    this.#app = app;
    this.#token = request.headers["x-auth-token"];
    this.base = base;
  }

  /** The caller's token. @throws HttpFault 401 */
  token(): Row<Token> {
    const row = this.#token === undefined ? undefined : this.#app.tokens.get(this.#token);
    if (row === undefined) throw new Unauthorized();
    return row;
  }

  /** The caller's token, where nobody turns that into a 401. @throws TokenNotFound */
  validated(): Row<Token> {
    return this.#app.tokens.validate(this.#token ?? "");
  }

  /** Not by a rule: as v2 does. @throws HttpFault 401, ForbiddenAction */
  assertAdmin(): void {
    if (this.bootstrap) return;
    this.assertScoped();
    if (!this.has("admin")) throw new ForbiddenAction({ action: "admin_required" });
  }

  /** Whether its token gives it one of `roles`. @throws HttpFault 401 */
  has(...roles: readonly string[]): boolean {
    if (this.bootstrap) return true;
    const { role_ids } = this.token();
    const names = role_ids.map((id) => this.#app.database.roles.get(id)?.name.toLowerCase() ?? "");
    return roles.some((role) => names.includes(role));
  }

  /** Whether it is that user. @throws HttpFault 401 */
  is(userId: string | undefined): boolean {
    return this.bootstrap || this.token().user_id === userId;
  }

  /** v2 speaks to those alone whose token is for a tenant. @throws HttpFault 401 */
  assertScoped(): void {
    if (!this.bootstrap && this.token().project_id === null) throw new Unauthorized();
  }

  /** The user, where there is one. */
  get userId(): string | undefined {
    return this.bootstrap || this.#token === undefined ? undefined : this.token().user_id;
  }

  /** The shared secret of the configuration stands for an admin without a user. */
  get bootstrap(): boolean {
    return this.#token !== undefined && this.#token === this.#app.flags.admin_token;
  }
}
