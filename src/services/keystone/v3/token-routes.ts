/**
 * Tokens in v3, on both ports. The caller's token and the one it is about travel in headers.
 * Upstream: keystone/auth/controllers.py; other-services §1.2.
 */
import type { Row } from "../../../framework/index.js";
import { respond, type HttpRequest } from "../../../http/index.js";
import type { KeystoneApp } from "../app.js";
import { catalogV3 } from "../tokens/catalog.js";
import type { Token } from "../database.js";
import { ForbiddenAction, NotFound } from "../exception.js";
import { route } from "../policy.js";
import { domainV3, linksAt, projectV3, substitutions, tokenBody } from "./bodies.js";
import { authenticateV3 } from "./authenticate.js";

const VARY = { vary: "X-Auth-Token" };

const TOKENS = "/v3/auth/tokens";

/** The token that the request is about. @throws HttpFault 404 */
function subject(app: KeystoneApp, request: HttpRequest): Row<Token> {
  const id = request.headers["x-subject-token"] ?? "";
  const token = app.tokens.get(id);
  if (token === undefined) throw new NotFound({ what: "token", id });
  return token;
}

const withCatalog = ({ query }: HttpRequest): boolean => query.get("nocatalog") === undefined;

export const v3TokenRoutes = [
  route("POST", TOKENS, null, function* ({ app, request }) {
    const token = yield* authenticateV3(app, request.body);
    const body = tokenBody(app, token, withCatalog(request));
    return respond(201, body, { ...VARY, "x-subject-token": token.token });
  }),
  route("GET", TOKENS, "identity:validate_token", function* ({ app, request }) {
    const token = subject(app, request);
    const body = tokenBody(app, token, withCatalog(request));
    return respond(200, body, { ...VARY, "x-subject-token": token.token });
  }),
  route("HEAD", TOKENS, "identity:check_token", function* ({ app, request }) {
    subject(app, request);
    return respond(200, null, VARY);
  }),
  route(
    "DELETE",
    TOKENS,
    { inside: "identity:revoke_token" },
    function* ({ app, ctxt: caller, request, enforce }) {
      caller.token();
      const token = subject(app, request);
      enforce(token);
      app.tokens.revoke(token.token);
      return respond(204, null, VARY);
    },
  ),
  route("GET", "/v3/auth/catalog", "identity:get_auth_catalog", function* ({ app, ctxt: caller }) {
    const token = caller.token();
    // Without a project there is no catalog to speak of.
    if (token.project_id === null)
      throw new ForbiddenAction({ action: "identity:get_auth_catalog" });
    const catalog = catalogV3(app.database, substitutions(app, token));
    return respond(200, { catalog, links: linksAt(caller.base)("auth/catalog") });
  }),
  route(
    "GET",
    "/v3/auth/projects",
    "identity:get_auth_projects",
    function* ({ app: { database }, ctxt: caller }) {
      const { user_id } = caller.token();
      const grants = database.assignments.find({ actor_id: user_id, type: "UserProject" });
      const ids = new Set(grants.map(({ target_id }) => target_id));
      const own = [...ids].flatMap((id) => database.projects.get(id) ?? []);
      const links = linksAt(caller.base);
      const projects = own.map((project) => projectV3(project, links));
      return respond(200, { projects, links: links("auth/projects") });
    },
  ),
  route(
    "GET",
    "/v3/auth/domains",
    "identity:get_auth_domains",
    function* ({ app: { database }, ctxt: caller }) {
      const { user_id } = caller.token();
      const grants = database.assignments.find({ actor_id: user_id, type: "UserDomain" });
      const ids = new Set(grants.map(({ target_id }) => target_id));
      const own = [...ids].flatMap((id) => database.domains.get(id) ?? []);
      const links = linksAt(caller.base);
      const domains = own.map((domain) => domainV3(domain, links));
      return respond(200, { domains, links: links("auth/domains") });
    },
  ),
];
