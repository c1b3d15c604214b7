/**
 * Nova as Horizon asks it, with the user's token. One that is refused has the library try to log in at Nova itself, where
 * nobody can. Upstream: openstack_dashboard/api/nova.py at 2014.2; novaclient/client.py (_cs_request, _v1_auth) at 2.20.0.
 */
import { asLibrary, fromResponse, Unauthorized } from "../../../framework/apiclient/index.js";
import type { HttpResponse } from "../../../http/index.js";
import type { Op } from "../../../kernel/index.js";
import { isObject, textOf, urlencode, type Json, type JsonObject } from "../../../python/index.js";
import { NovaClient, type Flavor, type OnTheWire, type Server } from "../../nova/client/index.js";
import { SETTINGS } from "../settings.js";
import type { HorizonRequest } from "../web/request.js";
import { urlFor } from "./base.js";

export type NovaServer = OnTheWire<Server>;
export type NovaFlavor = OnTheWire<Flavor>;

/** A call to Nova. @throws ClientException, ConnectionError, ServiceCatalogException */
export function* novaRequest(
  request: HorizonRequest,
  method: string,
  path: string,
  body?: Json,
): Op<HttpResponse> {
  const { user, env } = request;
  const http = asLibrary(env.http, "python-novaclient");
  const url = urlFor(request, "compute");
  const headers = { "x-auth-token": user.token.id, "x-auth-project-id": user.tenantId };
  const response = yield* http.request(method, `${url}${path}`, {
    headers,
    ...(body !== undefined && { body }),
  });
  if (response.status < 400) return response;
  const error = fromResponse(response, method, path);
  if (!(error instanceof Unauthorized)) throw error;
  const again = yield* http.request("GET", url, {
    headers: {
      "x-auth-user": user.username,
      "x-auth-key": user.token.id,
      "x-auth-project-id": user.tenantId,
    },
  });
  throw again.status === 401 ? error : fromResponse(again, "GET", url);
}

export const novaClient = (request: HorizonRequest): NovaClient =>
  new NovaClient(
    { request: (method, path, body) => novaRequest(request, method, path, body) },
    request.user.tenantId,
  );

/** Its extensions, once in a request. */
export const novaExtensions = (request: HorizonRequest): Op<JsonObject[]> =>
  request.memoized("nova.list_extensions", () => novaClient(request).extensions());

export function* novaExtension(request: HorizonRequest, name: string): Op<boolean> {
  return (yield* novaExtensions(request)).some((extension) => extension["name"] === name);
}

export interface ServerPage {
  readonly servers: readonly NovaServer[];
  readonly more: boolean;
}

/** The project's own servers, or all of them; the page from `marker` on, if they are to come in pages. */
export function* serverList(
  request: HorizonRequest,
  {
    paginate = false,
    all_tenants = false,
    ...search
  }: { readonly paginate?: boolean; readonly all_tenants?: boolean } & Readonly<
    Record<string, string | boolean>
  > = {},
): Op<ServerPage> {
  const size = SETTINGS.api_result_page_size;
  const pairs = new Map<string, string>();
  if (all_tenants) pairs.set("all_tenants", "True");
  for (const [name, value] of Object.entries(search)) {
    if (typeof value === "string" && value !== "") pairs.set(name, value);
  }
  if (paginate) pairs.set("limit", String(size + 1));
  if (!all_tenants) pairs.set("project_id", request.user.tenantId);
  const { body } = yield* novaRequest(
    request,
    "GET",
    `/servers/detail?${urlencode(sorted(pairs))}`,
  );
  const list = isObject(body) ? (body["servers"] as unknown as NovaServer[]) : [];
  if (paginate && list.length > size) return { servers: list.slice(0, size), more: true };
  return { servers: list, more: paginate && list.length === SETTINGS.api_result_limit };
}

/** By their names, as novaclient sends them. */
const sorted = (pairs: ReadonlyMap<string, string>): Map<string, string> =>
  new Map([...pairs].toSorted(([a], [b]) => (a < b ? -1 : 1)));

export const serverGet = (request: HorizonRequest, id: string): Op<NovaServer> =>
  novaClient(request).server(id);

/** Public flavors, once in a request. */
export const flavorList = (request: HorizonRequest): Op<NovaFlavor[]> =>
  request.memoized("nova.flavor_list", () => novaClient(request).flavors());

export const flavorGet = (request: HorizonRequest, id: string): Op<NovaFlavor> =>
  novaClient(request).flavor(id);

/** Limits by name; one below 0 is none, one that is used below 0 is nothing. */
export function* absoluteLimits(
  request: HorizonRequest,
  reserved = false,
): Op<Readonly<Record<string, number>>> {
  const { absolute } = yield* novaClient(request).limits({ reserved });
  const limits: Record<string, number> = {};
  for (const [name, value] of Object.entries(isObject(absolute) ? absolute : {})) {
    const number = Number(value);
    const used = name.startsWith("total") && name.endsWith("Used");
    limits[name] = number < 0 ? (used ? 0 : Infinity) : number;
  }
  return limits;
}

/** Hosts that run nova-compute, as often as they do. Upstream: `host_list`. */
export function* hostNames(request: HorizonRequest): Op<readonly string[]> {
  const { body } = yield* novaRequest(request, "GET", "/os-hosts");
  const { hosts } = isObject(body) ? body : {};
  return (Array.isArray(hosts) ? (hosts as readonly Json[]) : [])
    .filter(isObject)
    .filter((host) => host["service"] === "compute")
    .map((host) => textOf(host, "host_name"));
}
