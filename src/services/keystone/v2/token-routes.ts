/**
 * Tokens in v2, on both ports: issue, validate, revoke. Upstream: keystone/token/routers.py.
 */
import type { Row } from "../../../framework/index.js";
import { respond, type HttpRequest } from "../../../http/index.js";
import type { KeystoneApp } from "../app.js";
import { DEFAULT_DOMAIN, type Token } from "../database.js";
import { Gone, NotFound, NotImplemented, Unauthorized } from "../exception.js";
import { route } from "../policy.js";
import { authenticateV2 } from "./authenticate.js";
import { accessBody } from "./bodies.js";

const VARY = { vary: "X-Auth-Token" };

/** The token in the path, as far as v2 may speak of it. */
function subject(app: KeystoneApp, request: HttpRequest, id: string): Row<Token> {
  const token = app.tokens.get(id);
  if (token === undefined) throw new NotFound({ what: "token", id });
  // Other domains, and tokens for a domain, are more than v2 can say.
  const user = app.database.users.get(token.user_id);
  if (token.domain_id !== null || user?.domain_id !== DEFAULT_DOMAIN) throw new Unauthorized();
  const tenant = request.query.get("belongsTo");
  if (tenant !== undefined && token.project_id !== tenant) throw new Unauthorized();
  return token;
}

export const v2TokenRoutes = [
  route("POST", "/v2.0/tokens", null, function* ({ app, request }) {
    const token = yield* authenticateV2(app, request.body);
    return respond(200, accessBody(app, token), VARY);
  }),
  // The list matters to signed tokens alone, and these are UUIDs.
  route("GET", "/v2.0/tokens/revoked", "identity:revocation_list", function* () {
    throw new Gone();
  }),
  route(
    "GET",
    "/v2.0/tokens/{token}",
    "identity:validate_token",
    function* ({ app, request, params: { token } }) {
      return respond(200, accessBody(app, subject(app, request, token)), VARY);
    },
  ),
  route(
    "HEAD",
    "/v2.0/tokens/{token}",
    "identity:validate_token_head",
    function* ({ app, request, params: { token } }) {
      subject(app, request, token);
      return respond(200, null, VARY);
    },
  ),
  route("DELETE", "/v2.0/tokens/{token}", "admin_required", function* ({ app, params: { token } }) {
    if (app.tokens.get(token) === undefined) throw new NotFound({ what: "token", id: token });
    app.tokens.revoke(token);
    return respond(204, null, VARY);
  }),
  route("GET", "/v2.0/tokens/{token}/endpoints", "admin_required", function* () {
    throw new NotImplemented();
  }),
];
