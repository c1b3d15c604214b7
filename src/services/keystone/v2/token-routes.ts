/**
 * Tokens in v2, on both ports: issue, validate, revoke. Upstream: keystone/token/routers.py.
 */
import type { Row } from "../../../framework/index.js";
import { HttpFault, respond, type HttpRequest, type Route } from "../../../http/index.js";
import type { KeystoneApp } from "../app.js";
import type { Caller } from "../caller.js";
import { DEFAULT_DOMAIN, type Token } from "../database.js";
import { notFound, unauthorized } from "../faults.js";
import { authenticateV2 } from "./authenticate.js";
import { accessBody } from "./bodies.js";

const VARY = { vary: "X-Auth-Token" };

export function v2TokenRoutes(app: KeystoneApp): Route<Caller>[] {
  /** The token in the path, as far as v2 may speak of it. */
  function subject(request: HttpRequest, id: string): Row<Token> {
    const token = app.tokens.get(id);
    if (token === undefined) throw notFound("token", id);
    // Other domains, and tokens for a domain, are more than v2 can say.
    const user = app.database.users.get(token.user_id);
    if (token.domain_id !== null || user?.domain_id !== DEFAULT_DOMAIN) throw unauthorized();
    const tenant = request.query.get("belongsTo");
    if (tenant !== undefined && token.project_id !== tenant) throw unauthorized();
    return token;
  }

  return [
    {
      method: "POST",
      path: "/v2.0/tokens",
      *handler(_caller, request) {
        const token = yield* authenticateV2(app, request.body);
        return respond(200, accessBody(app, token), VARY);
      },
    },
    {
      // The list matters to signed tokens alone, and these are UUIDs.
      method: "GET",
      path: "/v2.0/tokens/revoked",
      *handler(caller) {
        caller.requireServiceOrAdmin();
        throw new HttpFault(410, "Revocation lists are not kept: tokens are revoked by event");
      },
    },
    {
      method: "GET",
      path: "/v2.0/tokens/{token}",
      *handler(caller, request, { token = "" }) {
        caller.requireServiceOrAdmin();
        return respond(200, accessBody(app, subject(request, token)), VARY);
      },
    },
    {
      method: "HEAD",
      path: "/v2.0/tokens/{token}",
      *handler(caller, request, { token = "" }) {
        caller.requireServiceOrAdmin();
        subject(request, token);
        return respond(200, null, VARY);
      },
    },
    {
      method: "DELETE",
      path: "/v2.0/tokens/{token}",
      *handler(caller, _request, { token = "" }) {
        caller.requireAdmin();
        if (app.tokens.get(token) === undefined) throw notFound("token", token);
        app.tokens.revoke(token);
        return respond(204, null, VARY);
      },
    },
    {
      method: "GET",
      path: "/v2.0/tokens/{token}/endpoints",
      *handler(caller) {
        caller.requireAdmin();
        throw new HttpFault(501, "The action you have requested has not been implemented.");
      },
    },
  ];
}
