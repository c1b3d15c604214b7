/**
 * Tokens in v3, on both ports. The caller's token and the one it is about travel in headers.
 * Upstream: keystone/auth/controllers.py; other-services §1.2.
 */
import type { Row } from "../../../framework/index.js";
import { respond, type HttpRequest, type Route } from "../../../http/index.js";
import type { KeystoneApp } from "../app.js";
import type { Caller } from "../caller.js";
import { catalogV3 } from "../tokens/catalog.js";
import type { Token } from "../database.js";
import { forbidden, notFound } from "../faults.js";
import { domainV3, linksAt, projectV3, substitutions, tokenBody } from "./bodies.js";
import { authenticateV3 } from "./authenticate.js";

const VARY = { vary: "X-Auth-Token" };

export function v3TokenRoutes(app: KeystoneApp, base: string): Route<Caller>[] {
  const { database } = app;
  const links = linksAt(base);
  const path = "/v3/auth/tokens";

  function subject(request: HttpRequest): Row<Token> {
    const id = request.headers["x-subject-token"] ?? "";
    const token = app.tokens.get(id);
    if (token === undefined) throw notFound("token", id);
    return token;
  }

  const withCatalog = ({ query }: HttpRequest): boolean => query.get("nocatalog") === undefined;

  return [
    {
      method: "POST",
      path,
      *handler(_caller, request) {
        const token = yield* authenticateV3(app, request.body);
        const body = tokenBody(app, token, withCatalog(request));
        return respond(201, body, { ...VARY, "x-subject-token": token.token });
      },
    },
    {
      method: "GET",
      path,
      *handler(caller, request) {
        caller.requireServiceOrAdmin();
        const token = subject(request);
        const body = tokenBody(app, token, withCatalog(request));
        return respond(200, body, { ...VARY, "x-subject-token": token.token });
      },
    },
    {
      method: "HEAD",
      path,
      *handler(caller, request) {
        caller.requireServiceOrAdmin();
        subject(request);
        return respond(200, null, VARY);
      },
    },
    {
      method: "DELETE",
      path,
      *handler(caller, request) {
        caller.token();
        const token = subject(request);
        caller.requireAdminOr(token.user_id, "identity:revoke_token");
        app.tokens.revoke(token.token);
        return respond(204, null, VARY);
      },
    },
    {
      method: "GET",
      path: "/v3/auth/catalog",
      *handler(caller) {
        const token = caller.token();
        // Without a project there is no catalog to speak of.
        if (token.project_id === null) throw forbidden("identity:get_auth_catalog");
        const catalog = catalogV3(database, substitutions(app, token));
        return respond(200, { catalog, links: links("auth/catalog") });
      },
    },
    {
      method: "GET",
      path: "/v3/auth/projects",
      *handler(caller) {
        const { user_id } = caller.token();
        const grants = database.assignments.find({ actor_id: user_id, type: "UserProject" });
        const ids = new Set(grants.map(({ target_id }) => target_id));
        const own = [...ids].flatMap((id) => database.projects.get(id) ?? []);
        const projects = own.map((project) => projectV3(project, links));
        return respond(200, { projects, links: links("auth/projects") });
      },
    },
    {
      method: "GET",
      path: "/v3/auth/domains",
      *handler(caller) {
        const { user_id } = caller.token();
        const grants = database.assignments.find({ actor_id: user_id, type: "UserDomain" });
        const ids = new Set(grants.map(({ target_id }) => target_id));
        const own = [...ids].flatMap((id) => database.domains.get(id) ?? []);
        const domains = own.map((domain) => domainV3(domain, links));
        return respond(200, { domains, links: links("auth/domains") });
      },
    },
  ];
}
