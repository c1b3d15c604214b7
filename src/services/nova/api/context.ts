/**
 * Makes the context of a request from what the token middleware said of the caller. Upstream:
 * nova/api/auth.py (NovaKeystoneContext) at 2014.2.
 */
import { CatalogReader, RequestContext, type Env } from "../../../framework/index.js";
import { addressOf, HttpFault, type HttpRequest } from "../../../http/index.js";

export class ContextMaker {
  readonly #env: Env;
  readonly #catalog = new CatalogReader();

  constructor(env: Env) {
    this.#env = env;
  }

  /** @throws HttpFault 401 if nobody said who asks, 500 for a catalog that cannot be read */
  make({ headers, from }: HttpRequest): RequestContext {
    const user = headers["x-user-id"] ?? headers["x-user"];
    if (user === undefined) throw new HttpFault(401, "Unauthorized");
    const roles = (headers["x-roles"] ?? headers["x-role"] ?? "").split(",");
    return new RequestContext({
      user_id: user,
      project_id: headers["x-project-id"] ?? headers["x-tenant-id"] ?? null,
      user_name: headers["x-user-name"] ?? null,
      project_name: headers["x-project-name"] ?? headers["x-tenant-name"] ?? null,
      // Nobody's roles are one without a name (`_get_roles`).
      roles: roles.map((role) => role.trim()),
      remote_address: addressOf(from),
      auth_token: headers["x-auth-token"] ?? headers["x-storage-token"] ?? null,
      request_id: this.#env.currentRequest(),
      timestamp: this.#env.utcnow(),
      service_catalog: this.#catalog.read(headers["x-service-catalog"]),
    });
  }
}
