/**
 * The third version of Keystone's API as services use it: tokens that are scoped as one likes, users,
 * projects, roles, credentials and trusts. It knows a URL and a token. Upstream: python-keystoneclient 0.11.1
 * (v3/client.py, v3/users.py, v3/projects.py, v3/roles.py, v3/credentials.py, v3/contrib/trusts.py, auth/identity/v3.py).
 */
import { asLibrary, fromResponse, type Requester } from "../../../framework/apiclient/index.js";
import type { HttpResponse } from "../../../http/index.js";
import type { Op } from "../../../kernel/index.js";
import { isObject, quote, type Json, type JsonObject } from "../../../python/index.js";

/** A token, and all that was said of it. */
export interface ScopedToken {
  readonly id: string;
  /** `2014-09-18T05:03:09.000000Z`; empty where nothing was said. */
  readonly expires: string;
  readonly token: JsonObject;
}

/** By id or by name. */
export type DomainRef = { readonly id: string } | { readonly name: string };

export interface PasswordLogin {
  readonly username: string;
  readonly password: string | null;
  readonly userDomain: DomainRef;
  readonly scope:
    | { readonly project: { readonly id: string } }
    | { readonly project: { readonly name: string; readonly domain: DomainRef } }
    | { readonly domain: DomainRef };
}

const LIBRARY = "python-keystoneclient";

/** @throws ClientException */
function* ask(
  http: Requester,
  token: string | undefined,
  method: string,
  url: string,
  body?: Json,
): Op<HttpResponse> {
  const response = yield* asLibrary(http, LIBRARY).request(method, url, {
    headers: token === undefined ? {} : { "x-auth-token": token },
    ...(body !== undefined && { body }),
  });
  if (response.status < 400) return response;
  throw fromResponse(response, method, url);
}

/** @param endpoint `http://controller:5000/v3` @throws ClientException */
function* loggedIn(
  http: Requester,
  endpoint: string,
  identity: JsonObject,
  scope: JsonObject,
  query = "",
): Op<ScopedToken> {
  const auth = { auth: { identity, scope } };
  const response = yield* ask(http, undefined, "POST", `${endpoint}/auth/tokens${query}`, auth);
  const token = isObject(response.body) ? response.body["token"] : undefined;
  const said = isObject(token) ? token : {};
  const expires = said["expires_at"];
  return {
    id: response.headers["x-subject-token"] ?? "",
    expires: typeof expires === "string" ? expires : "",
    token: said,
  };
}

/** @param catalog whether the token shall bring the catalog along @throws ClientException */
export function passwordToken(
  http: Requester,
  endpoint: string,
  { username, password, userDomain, scope }: PasswordLogin,
  catalog = true,
): Op<ScopedToken> {
  const user = { name: username, domain: { ...userDomain }, password };
  const identity = { methods: ["password"], password: { user } };
  return loggedIn(http, endpoint, identity, { ...scope }, catalog ? "" : "?nocatalog");
}

/** What the trustee of a trust may do by it. @throws ClientException */
export function trustToken(
  http: Requester,
  endpoint: string,
  { username, password, userDomain }: Omit<PasswordLogin, "scope">,
  id: string,
): Op<ScopedToken> {
  const user = { name: username, domain: { ...userDomain }, password };
  const identity = { methods: ["password"], password: { user } };
  return loggedIn(http, endpoint, identity, { "OS-TRUST:trust": { id } });
}

/** The token of a token, for a project. @throws ClientException */
export const rescopedToken = (
  http: Requester,
  endpoint: string,
  id: string,
  projectId: string | null,
): Op<ScopedToken> =>
  loggedIn(http, endpoint, { methods: ["token"], token: { id } }, { project: { id: projectId } });

export class IdentityV3 {
  readonly #http: Requester;
  readonly #endpoint: string;
  readonly #token: string;

  constructor(http: Requester, endpoint: string, token: string) {
    this.#http = http;
    this.#endpoint = endpoint;
    this.#token = token;
  }

  /** `GET /roles?name=...`. @throws ClientException */
  roles(name: string): Op<JsonObject[]> {
    return this.#list(`/roles?name=${quote(name)}`, "roles");
  }

  *grantRole(project: string, user: string, role: string): Op<void> {
    yield* this.#ask("PUT", `/projects/${project}/users/${user}/roles/${role}`);
  }

  user(id: string): Op<JsonObject> {
    return this.#one("GET", `/users/${id}`, "user");
  }

  createUser(user: JsonObject): Op<JsonObject> {
    return this.#one("POST", "/users", "user", { user });
  }

  updateUser(id: string, user: JsonObject): Op<JsonObject> {
    return this.#one("PATCH", `/users/${id}`, "user", { user });
  }

  *deleteUser(id: string): Op<void> {
    yield* this.#ask("DELETE", `/users/${id}`);
  }

  project(id: string): Op<JsonObject> {
    return this.#one("GET", `/projects/${id}`, "project");
  }

  createProject(project: JsonObject): Op<JsonObject> {
    return this.#one("POST", "/projects", "project", { project });
  }

  *deleteProject(id: string): Op<void> {
    yield* this.#ask("DELETE", `/projects/${id}`);
  }

  domain(id: string): Op<JsonObject> {
    return this.#one("GET", `/domains/${id}`, "domain");
  }

  createCredential(credential: JsonObject): Op<JsonObject> {
    return this.#one("POST", "/credentials", "credential", { credential });
  }

  *deleteCredential(id: string): Op<void> {
    yield* this.#ask("DELETE", `/credentials/${id}`);
  }

  createTrust(trust: JsonObject): Op<JsonObject> {
    return this.#one("POST", "/OS-TRUST/trusts", "trust", { trust });
  }

  *deleteTrust(id: string): Op<void> {
    yield* this.#ask("DELETE", `/OS-TRUST/trusts/${id}`);
  }

  *#list(path: string, key: string): Op<JsonObject[]> {
    const { body } = yield* this.#ask("GET", path);
    const list = isObject(body) ? body[key] : undefined;
    return Array.isArray(list) ? (list as readonly Json[]).filter(isObject) : [];
  }

  *#one(method: string, path: string, key: string, sent?: Json): Op<JsonObject> {
    const { body } = yield* this.#ask(method, path, sent);
    const found = isObject(body) ? body[key] : undefined;
    return isObject(found) ? found : {};
  }

  #ask(method: string, path: string, body?: Json): Op<HttpResponse> {
    return ask(this.#http, this.#token, method, `${this.#endpoint}${path}`, body);
  }
}
