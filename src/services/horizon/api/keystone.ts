/**
 * Keystone as Horizon's login asks it, v2.0: tokens with a password and with another token, the projects of a token, and
 * its end. Upstream: openstack_auth/backend.py, views.py (delete_token), utils.py (get_project_list) at 1.1.7;
 * keystoneclient/v2_0/client.py at 0.11.1.
 */
import { asLibrary, type AuthRequest } from "../../../framework/apiclient/index.js";
import type { Env } from "../../../framework/index.js";
import { ConnectionError, type HttpResponse } from "../../../http/index.js";
import type { Op } from "../../../kernel/index.js";
import { isObject, textOf, type Json, type JsonObject } from "../../../python/index.js";
import { KeystoneError } from "../../keystone/client.js";
import type { User } from "../auth/user.js";
import { NotAuthorized } from "../web/exceptions.js";
import type { TokenRecord } from "../web/session.js";
import type { HorizonRequest } from "../web/request.js";
import { urlFor } from "./base.js";

export interface Tenant {
  readonly id: string;
  readonly name: string;
}

/** @throws KeystoneError for any refusal, and of status 0 where nobody answers */
function* ask(
  env: Env,
  method: string,
  url: string,
  { token, body }: { readonly token?: string; readonly body?: { readonly auth: AuthRequest } } = {},
): Op<HttpResponse> {
  const http = asLibrary(env.http, "python-keystoneclient");
  let response: HttpResponse;
  try {
    response = yield* http.request(method, url, {
      ...(token !== undefined && { headers: { "x-auth-token": token } }),
      ...(body !== undefined && { body }),
    });
  } catch (error) {
    if (!(error instanceof ConnectionError)) throw error;
    throw new KeystoneError(0, `Unable to establish connection to ${url}`);
  }
  if (response.status < 400) return response;
  const error = isObject(response.body) ? response.body["error"] : undefined;
  const message = isObject(error) ? textOf(error, "message") : "";
  throw new KeystoneError(response.status, `${message} (HTTP ${String(response.status)})`);
}

/** `POST {authUrl}/tokens`. @throws KeystoneError */
export function* authenticate(env: Env, authUrl: string, auth: AuthRequest): Op<JsonObject> {
  const { body } = yield* ask(env, "POST", `${authUrl}/tokens`, { body: { auth } });
  const access = isObject(body) ? body["access"] : undefined;
  if (isObject(access)) return access;
  throw new KeystoneError(0, "Invalid access");
}

/** `GET {authUrl}/tenants`, as Keystone has them. @throws KeystoneError */
export function* tenantsOf(env: Env, authUrl: string, token: string, query = ""): Op<Tenant[]> {
  const { body } = yield* ask(env, "GET", `${authUrl}/tenants${query}`, { token });
  const list = isObject(body) ? body["tenants"] : undefined;
  const tenants = Array.isArray(list) ? (list as readonly Json[]).filter(isObject) : [];
  return tenants.map((tenant) => ({ id: textOf(tenant, "id"), name: textOf(tenant, "name") }));
}

/** `DELETE {endpoint}/tokens/{id}`. @throws KeystoneError */
export function* deleteToken(env: Env, endpoint: string, token: string): Op<void> {
  yield* ask(env, "DELETE", `${endpoint}/tokens/${token}`, { token });
}

/** The projects of who is logged in: a login with the token, then its projects, by name. @throws KeystoneError */
export function* tenantList({ env }: HorizonRequest, { endpoint, token }: User): Op<Tenant[]> {
  const access = yield* authenticate(env, endpoint, { token: { id: token.id } });
  const tenants = yield* tenantsOf(env, endpoint, tokenOf(access).id);
  const key = ({ name }: Tenant): string => name.toLowerCase();
  return tenants.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

/**
 * What an administrator asks Keystone for, at its other address: `GET {adminURL}/tenants`. Upstream:
 * openstack_dashboard/api/keystone.py (keystoneclient) at 2014.2.
 */
export function* askAsAdmin(request: HorizonRequest, method: string, path: string): Op<JsonObject> {
  if (!request.user.hasRole("admin")) throw new NotAuthorized("");
  const url = `${urlFor(request, "identity", "adminURL")}${path}`;
  const { body } = yield* ask(request.env, method, url, { token: request.user.token.id });
  return isObject(body) ? body : {};
}

/** All projects there are. */
export function* allTenants(request: HorizonRequest): Op<JsonObject[]> {
  return listIn((yield* askAsAdmin(request, "GET", "/tenants"))["tenants"]);
}

/** What is kept of an answer to a login. */
export function tokenOf(access: JsonObject): TokenRecord {
  const token = objectIn(access, "token");
  const user = objectIn(access, "user");
  const tenant = token["tenant"];
  const roles = user["roles"];
  const catalog = access["serviceCatalog"];
  const expires = token["expires"];
  return {
    id: textOf(token, "id"),
    expires: typeof expires === "string" ? expires : null,
    user: { id: textOf(user, "id"), name: textOf(user, "name") },
    project: isObject(tenant)
      ? { id: textOf(tenant, "id"), name: textOf(tenant, "name") }
      : { id: null, name: null },
    roles: listIn(roles).map((role) => ({ name: textOf(role, "name") })),
    serviceCatalog: listIn(catalog),
  };
}

const objectIn = (value: JsonObject, key: string): JsonObject => {
  const found = value[key];
  return isObject(found) ? found : {};
};

export const listIn = (value: Json | undefined): JsonObject[] =>
  Array.isArray(value) ? (value as readonly Json[]).filter(isObject) : [];
