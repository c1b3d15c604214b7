/**
 * Keystone as python-keystoneclient asks it, for every program that logs in through that library:
 * its errors, a login with a password, its reading of the catalog. Nova's program has code of its
 * own. Upstream: keystoneclient/session.py, keystoneclient/auth/identity/v2.py,
 * keystoneclient/service_catalog.py, 0.11.1.
 */
import {
  AccessInfo,
  EndpointNotFound,
  fromResponse,
  requestToken,
  type Requester,
} from "../../framework/apiclient/index.js";
import {
  ConnectionError,
  ReadTimeout,
  reason,
  type HttpResponse,
  type RequestOptions,
} from "../../http/index.js";
import type { Op } from "../../kernel/index.js";
import { Exception, isObject, type Json, type JsonObject } from "../../python/index.js";

export const KEYSTONE_AGENT = "python-keystoneclient";

/** No answer. Upstream: ConnectionRefused and RequestTimeout, which have no status. */
class Unanswered extends Exception {
  static override readonly module: string = "keystoneclient.exceptions";
  override readonly name: string = "ConnectionRefused";
}

/** The answer, which is none of a refusal. @throws ClientException, Unanswered */
export function* asked(
  http: Requester,
  method: string,
  url: string,
  options: RequestOptions,
): Op<HttpResponse> {
  try {
    return accepted(yield* http.request(method, url, options), method, url);
  } catch (error) {
    throw error instanceof ConnectionError ? unanswered(error, url) : error;
  }
}

/** A token for a user, by password. @throws ClientException, Unanswered */
export function* passwordLogin(
  http: Requester,
  authUrl: string,
  { username, password, tenantId, tenantName }: PasswordLogin,
): Op<AccessInfo> {
  const who = { passwordCredentials: { username, password } };
  const scope =
    tenantId !== undefined ? { tenantId } : tenantName !== undefined ? { tenantName } : {};
  const url = `${authUrl.replace(/\/+$/u, "")}/tokens`;
  try {
    const response = yield* requestToken(http, authUrl, { ...who, ...scope });
    const access = AccessInfo.from(accepted(response, "POST", url).body);
    if (access === undefined) throw new EndpointNotFound("Invalid Response");
    return access;
  } catch (error) {
    throw error instanceof ConnectionError ? unanswered(error, url) : error;
  }
}

export interface PasswordLogin {
  readonly username: string;
  readonly password: string;
  readonly tenantId: string | undefined;
  readonly tenantName: string | undefined;
}

export interface CatalogQuery {
  /** `identity`. */
  readonly type?: string | undefined;
  /** `publicURL`, or `public`. */
  readonly endpointType?: string | undefined;
  readonly region?: string | undefined;
  /** A member that the endpoint has, and its value. */
  readonly having?: readonly [member: string, value: string];
}

/** Endpoints by the type of their service. The last service of a type is the one that counts. */
export function endpointsByType(
  { catalog = [] }: AccessInfo,
  { type, endpointType, region }: CatalogQuery,
): Map<string, JsonObject[]> {
  const found = new Map<string, JsonObject[]>();
  for (const service of catalog) {
    const { type: its, endpoints } = service;
    if (typeof its !== "string" || (type !== undefined && type !== its)) continue;
    const all = Array.isArray(endpoints) ? (endpoints as readonly Json[]).filter(isObject) : [];
    const kept = all.filter(
      (endpoint) =>
        (endpointType === undefined || urlKey(endpointType) in endpoint) &&
        (region === undefined || endpoint["region"] === region),
    );
    found.set(its, kept);
  }
  return found;
}

/**
 * The URL of a service. `region` in the words of the refusal only if it was asked for by name.
 * @throws EndpointNotFound
 */
export function urlFor(
  access: AccessInfo,
  query: CatalogQuery & { readonly type: string; readonly endpointType: string },
  named = true,
): string {
  const { type, endpointType, region, having } = query;
  if ((access.catalog ?? []).length === 0) {
    throw new EndpointNotFound("The service catalog is empty.");
  }
  const endpoints = (endpointsByType(access, query).get(type) ?? []).filter(
    (endpoint) => having === undefined || endpoint[having[0]] === having[1],
  );
  const url = endpoints[0]?.[urlKey(endpointType)];
  if (typeof url === "string") return url;
  const where = named && region !== undefined ? ` in ${region} region` : "";
  throw new EndpointNotFound(`${endpointType} endpoint for ${type} service${where} not found`);
}

const urlKey = (endpointType: string): string =>
  endpointType.includes("URL") ? endpointType : `${endpointType}URL`;

/** @throws ClientException */
function accepted(response: HttpResponse, method: string, url: string): HttpResponse {
  const { status, body } = response;
  if (status < 400) return response;
  const error = isObject(body) ? body["error"] : undefined;
  const said = isObject(error) ? error["message"] : undefined;
  const message = typeof said === "string" && said !== "" ? said : reason(status);
  throw fromResponse({ ...response, body: { error: { message } } }, method, url);
}

const unanswered = (error: ConnectionError, url: string): Unanswered =>
  new Unanswered(
    error instanceof ReadTimeout
      ? `Request to ${url} timed out`
      : `Unable to establish connection to ${url}`,
  );
