/**
 * Tokens in v2, on both ports: issue, validate, revoke. Upstream: keystone/token/controllers.py,
 * keystone/token/routers.py at 2014.2.
 */
import { respond, type HttpRequest } from "../../../http/index.js";
import type { Row } from "../../../framework/index.js";
import { type JsonObject, contains, item, str } from "../../../python/index.js";
import type { KeystoneApp } from "../app.js";
import { Unauthorized, UnexpectedError } from "../exception.js";
import { consumeUse } from "../managers/trusts.js";
import { route } from "../policy.js";
import type { Token } from "../store/rows.js";
import { revocationList } from "../tokens/revocation-list.js";
import { catalogV2 } from "../tokens/catalog.js";
import { substitutions } from "../v3/bodies.js";
import { argumentsOf, bind } from "../web/arguments.js";
import { adminAction, answer, VARY } from "../web/v2-action.js";
import { authenticateV2 } from "./authenticate.js";
import { issueAccess, validatedAccess } from "./bodies.js";

const ONE = "/v2.0/tokens/{token_id}";

/** What is said of a token, if it is for the tenant that the query may name. */
function validated(app: KeystoneApp, { query }: HttpRequest, token_id: string): JsonObject {
  const token = app.tokens.validateByV2(token_id);
  const access = validatedAccess(app, token);
  const tenant = query.get("belongsTo");
  if (tenant && token.project_id !== tenant) throw new Unauthorized();
  return access;
}

/** Services by endpoint. Upstream: Auth.format_endpoint_list. */
function endpointsOf(app: KeystoneApp, token: Row<Token>): JsonObject {
  if (token.project_id === null) throw new UnexpectedError();
  const catalog = catalogV2(app.database, substitutions(app, token));
  if (catalog.length === 0) return {};
  const endpoints = catalog.flatMap(({ name = null, type = null, endpoints: places }) =>
    (places as readonly JsonObject[]).map((place) => ({
      id: place["id"] ?? null,
      name,
      type,
      region: place["region"] ?? null,
      publicURL: place["publicURL"] ?? null,
      internalURL: place["internalURL"] ?? null,
      adminURL: place["adminURL"] ?? null,
    })),
  );
  return { endpoints, endpoints_links: [] };
}

export const v2TokenRoutes = [
  route("POST", "/v2.0/tokens", null, function* ({ app, request, params }) {
    const args = argumentsOf(request.body, params);
    bind({ name: "authenticate", takes: [], optional: ["auth"] }, args);
    const auth = args["auth"] ?? null;
    const access = issueAccess(app, yield* authenticateV2(app, auth));
    if (app.flags.trust_enabled && contains(auth, "trust_id")) {
      consumeUse(app, str(item(auth, "trust_id")));
    }
    return answer(access);
  }),
  route("GET", "/v2.0/tokens/revoked", "identity:revocation_list", function* ({ app }) {
    return answer(revocationList(app));
  }),
  route("GET", ONE, "identity:validate_token", function* ({ app, request, params: { token_id } }) {
    return answer(validated(app, request, token_id));
  }),
  route(
    "HEAD",
    ONE,
    "identity:validate_token_head",
    function* ({ app, request, params: { token_id } }) {
      validated(app, request, token_id);
      return respond(200, null, VARY);
    },
  ),
  adminAction(
    "DELETE",
    "/tokens/{token_id}",
    { name: "delete_token", takes: ["token_id"] },
    function* (call) {
      call.assertAdmin();
      call.app.revocations.ofToken(call.app.tokens.validate(call.id("token_id")));
      return null;
    },
  ),
  adminAction(
    "GET",
    "/tokens/{token_id}/endpoints",
    { name: "endpoints", takes: ["token_id"] },
    function* (call) {
      call.assertAdmin();
      return endpointsOf(call.app, call.app.tokens.validate(call.id("token_id")));
    },
  ),
];
