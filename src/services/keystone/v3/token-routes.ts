/**
 * Tokens in v3, on both ports. The caller's token and the one it is about travel in headers.
 * Upstream: keystone/auth/controllers.py, keystone/auth/routers.py at 2014.2.
 */
import type { Row } from "../../../framework/index.js";
import { respond, type HttpRequest, type HttpResponse } from "../../../http/index.js";
import type { JsonObject } from "../../../python/index.js";
import { Forbidden } from "../exception.js";
import { domainDict, projectDict } from "../managers/assignment.js";
import { domainsOf, projectsOf } from "../managers/effective-roles.js";
import { consumeUse } from "../managers/trusts.js";
import { route } from "../policy.js";
import type { Token } from "../store/rows.js";
import { revocationList } from "../tokens/revocation-list.js";
import { catalogV3 } from "../tokens/catalog.js";
import { argumentsOf, bind } from "../web/arguments.js";
import { rendered, v3Action, type V3Call } from "../web/v3-action.js";
import { authenticateV3 } from "./authenticate.js";
import { issueToken, substitutions, validatedToken } from "./bodies.js";
import { linked, listed } from "./listing.js";

const TOKENS = "/auth/tokens";

/** The token that the request is about. @throws TokenNotFound */
function subject({ app, request }: Pick<V3Call, "app" | "request">): Row<Token> {
  return app.tokens.validate(request.headers["x-subject-token"] ?? "");
}

const withCatalog = ({ query }: HttpRequest): boolean => query.get("nocatalog") === undefined;

const tokenAnswer = (status: number, id: string, body: JsonObject | null): HttpResponse =>
  respond(status, body, { vary: "X-Auth-Token", "x-subject-token": id });

const subjectId = ({ request }: V3Call): string => request.headers["x-subject-token"] ?? "";

const shown = (call: V3Call, token: Row<Token>): JsonObject =>
  validatedToken(call.app, token, withCatalog(call.request));

/** The caller's token, but where it is the admin token, which is nobody's. */
const ownToken = ({ caller }: V3Call): Row<Token> | undefined =>
  caller.bootstrap ? undefined : caller.token();

export const v3TokenRoutes = [
  route("POST", `/v3${TOKENS}`, null, function* ({ app, request, params }) {
    const args = argumentsOf(request.body, params);
    bind({ name: "authenticate_for_token", takes: [], optional: ["auth"] }, args);
    const grant = yield* authenticateV3(app, args["auth"] ?? null);
    const { id, body } = issueToken(app, grant, withCatalog(request));
    if (typeof grant.trustId === "string") consumeUse(app, grant.trustId);
    return tokenAnswer(201, id, body);
  }),
  v3Action("GET", TOKENS, { name: "validate_token", takes: [] }, function* (call) {
    const token = subject(call);
    return tokenAnswer(200, subjectId(call), shown(call, token));
  }),
  v3Action("HEAD", TOKENS, { name: "check_token", takes: [] }, function* (call) {
    const token = subject(call);
    shown(call, token);
    return tokenAnswer(200, subjectId(call), null);
  }),
  v3Action("DELETE", TOKENS, { name: "revoke_token", takes: [] }, function* (call) {
    call.app.revocations.ofToken(subject(call));
    return rendered(call, null);
  }),
  v3Action(
    "GET",
    `${TOKENS}/OS-PKI/revoked`,
    { name: "revocation_list", takes: [], optional: ["auth"] },
    function* (call) {
      return rendered(call, revocationList(call.app));
    },
  ),
  v3Action("GET", "/auth/catalog", { name: "get_auth_catalog", takes: [] }, function* (call) {
    const token = ownToken(call);
    // Without a project there is no catalog to speak of.
    if (token === undefined || token.project_id === null) throw new Forbidden();
    const catalog = catalogV3(call.app.database, substitutions(call.app, token));
    return rendered(call, { catalog, links: { self: `${call.base}/v3/auth/catalog` } });
  }),
  v3Action("GET", "/auth/projects", { name: "get_auth_projects", takes: [] }, function* (call) {
    const token = ownToken(call);
    const own = token === undefined ? [] : projectsOf(call.app, token.user_id);
    const options = { collection: "projects", filters: [] };
    return listed(call, own.map(projectDict), options, (project) =>
      linked(call.base, "projects", project),
    );
  }),
  v3Action("GET", "/auth/domains", { name: "get_auth_domains", takes: [] }, function* (call) {
    const token = ownToken(call);
    const own = token === undefined ? [] : domainsOf(call.app, token.user_id);
    const options = { collection: "domains", filters: [] };
    return listed(call, own.map(domainDict), options, (domain) =>
      linked(call.base, "domains", domain),
    );
  }),
];
