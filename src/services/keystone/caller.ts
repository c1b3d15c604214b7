/**
 * Who asks Keystone itself: the holder of the token in `X-Auth-Token`, and what that lets it do.
 * Upstream: keystone/common/controller.py (protected), keystone/policy, etc/policy.json.
 */
import type { Row } from "../../framework/index.js";
import type { HttpRequest } from "../../http/index.js";
import type { KeystoneApp } from "./app.js";
import type { Token } from "./database.js";
import { forbidden, unauthorized } from "./faults.js";

export class Caller {
  readonly #app: KeystoneApp;
  readonly #token: string | undefined;

  constructor(app: KeystoneApp, request: HttpRequest) {
    this.#app = app;
    this.#token = request.headers["x-auth-token"];
  }

  /** The caller's token. @throws HttpFault 401 */
  token(): Row<Token> {
    const row = this.#token === undefined ? undefined : this.#app.tokens.get(this.#token);
    if (row === undefined) throw unauthorized();
    return row;
  }

  /** @throws HttpFault 401 without a good token, 403 without the role `admin` */
  requireAdmin(action = "admin_required"): void {
    this.#require(action, ["admin"]);
  }

  /** Those who may ask about other people's tokens. @throws HttpFault 401, 403 */
  requireServiceOrAdmin(): void {
    this.#require("identity:validate_token", ["admin", "service"]);
  }

  /** @throws HttpFault 401, 403 */
  requireAdminOr(userId: string, action: string): void {
    if (this.#bootstrap || this.token().user_id === userId) return;
    this.#require(action, ["admin"]);
  }

  /** The shared secret of the configuration stands for an admin without a user. */
  get #bootstrap(): boolean {
    return this.#token !== undefined && this.#token === this.#app.flags.admin_token;
  }

  #require(action: string, roles: readonly string[]): void {
    if (this.#bootstrap) return;
    const { role_ids } = this.token();
    const names = role_ids.map((id) => this.#app.database.roles.get(id)?.name.toLowerCase() ?? "");
    if (!roles.some((role) => names.includes(role))) throw forbidden(action);
  }
}
