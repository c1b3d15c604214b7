/**
 * Every request that commands, programs and other services make of nova-api. It knows a way to the
 * service and no login. Answers are handed on as they came, once they are what was asked for.
 * Upstream: the managers of novaclient/v1_1.
 */
import { ClientException } from "../../../framework/apiclient/index.js";
import type { HttpResponse } from "../../../http/index.js";
import type { Op } from "../../../kernel/index.js";
import { isObject, str, urlencode, type Json, type JsonObject } from "../../../python/index.js";
import type {
  CreatedServer,
  Flavor,
  FlavorAccess,
  Image,
  OnTheWire,
  Resource,
  Server,
  ServerEvent,
  ServerFilters,
  ServiceEntry,
} from "./resources.js";

/** The compute endpoint of one user, who is logged in there or will be at the first request. */
export interface ComputeEndpoint {
  /** Ask; `path` begins with a slash. @throws ClientException for 400 and up, ConnectionError */
  request(method: string, path: string, body?: Json): Op<HttpResponse>;
}

type Guard<T> = (json: JsonObject) => json is OnTheWire<T>;

/** What has these members as text counts as a `T`; the rest is nova-api's word. */
const withTexts =
  <T>(...names: readonly (keyof T & string)[]): Guard<T> =>
  (json): json is OnTheWire<T> =>
    names.every((name) => typeof json[name] === "string");

const isObjectAtAll = (json: JsonObject): json is JsonObject => isObject(json);
const isResource = withTexts<Resource>("id");
const isServer = withTexts<Server>("id", "name", "status");
const isCreatedServer = withTexts<CreatedServer>("id");
const isFlavor = withTexts<Flavor>("id", "name");
const isImage = withTexts<Image>("id", "name", "status");
const isService = withTexts<ServiceEntry>("binary", "host", "state");
const isAccess = withTexts<FlavorAccess>("flavor_id", "tenant_id");

export class NovaClient {
  readonly #endpoint: ComputeEndpoint;

  constructor(endpoint: ComputeEndpoint) {
    this.#endpoint = endpoint;
  }

  /** Servers in full, newest first. */
  servers(filters: ServerFilters = {}): Op<OnTheWire<Server>[]> {
    return this.#list(`/servers/detail${queryOf(filters)}`, "servers", isServer);
  }

  /** Servers with id, name and links only, newest first. */
  serversInBrief(filters: ServerFilters = {}): Op<OnTheWire<Resource>[]> {
    return this.#list(`/servers${queryOf(filters)}`, "servers", isResource);
  }

  server(id: string): Op<OnTheWire<Server>> {
    return this.#get(`/servers/${id}`, "server", isServer);
  }

  /** Create servers, through the volume extension if block devices are given, as upstream. */
  *createServer(body: JsonObject): Op<OnTheWire<CreatedServer>> {
    const { server } = body;
    const devices =
      isObject(server) &&
      (server["block_device_mapping"] ?? server["block_device_mapping_v2"]) !== undefined;
    const path = devices ? "/os-volumes_boot" : "/servers";
    return member(yield* this.#endpoint.request("POST", path, body), "server", isCreatedServer);
  }

  *deleteServer(id: string): Op<void> {
    yield* this.#endpoint.request("DELETE", `/servers/${id}`);
  }

  /** `shelve`, `unshelve`, `shelveOffload` ... */
  *action(id: string, name: string, info: Json = null): Op<void> {
    yield* this.#endpoint.request("POST", `/servers/${id}/action`, { [name]: info });
  }

  /**
   * Tell of events, as an administrator. @returns them, each with the `code` of what became of it:
   * 200 taken, 404 no such server, 422 the server is on no host
   * @throws NotFound if none was taken
   */
  *createServerExternalEvents(events: readonly ServerEvent[]): Op<JsonObject[]> {
    const response = yield* this.#endpoint.request("POST", "/os-server-external-events", {
      events,
    });
    return members(response, "events", isObjectAtAll);
  }

  /** `isPublic` null asks for private flavors too. */
  flavors(isPublic: true | null = true): Op<OnTheWire<Flavor>[]> {
    return this.#list(`/flavors/detail${publicQuery(isPublic)}`, "flavors", isFlavor);
  }

  /** With id, name and links only. */
  flavorsInBrief(isPublic: true | null = true): Op<OnTheWire<Resource>[]> {
    return this.#list(`/flavors${publicQuery(isPublic)}`, "flavors", isResource);
  }

  flavor(id: string): Op<OnTheWire<Flavor>> {
    return this.#get(`/flavors/${id}`, "flavor", isFlavor);
  }

  *createFlavor(flavor: JsonObject): Op<OnTheWire<Flavor>> {
    return member(
      yield* this.#endpoint.request("POST", "/flavors", { flavor }),
      "flavor",
      isFlavor,
    );
  }

  *deleteFlavor(id: string): Op<void> {
    yield* this.#endpoint.request("DELETE", `/flavors/${id}`);
  }

  /** The projects that a private flavor was granted to. */
  flavorAccess(id: string): Op<OnTheWire<FlavorAccess>[]> {
    return this.#list(`/flavors/${id}/os-flavor-access`, "flavor_access", isAccess);
  }

  /** `addTenantAccess`, `removeTenantAccess`. @returns who may use it from now on */
  *changeFlavorAccess(id: string, action: string, tenant: string): Op<OnTheWire<FlavorAccess>[]> {
    const body = { [action]: { tenant } };
    const response = yield* this.#endpoint.request("POST", `/flavors/${id}/action`, body);
    return members(response, "flavor_access", isAccess);
  }

  extraSpecs(flavorId: string): Op<JsonObject> {
    return this.#get(`/flavors/${flavorId}/os-extra_specs`, "extra_specs", isObjectAtAll);
  }

  images(limit?: number): Op<OnTheWire<Image>[]> {
    const query = limit === undefined ? "" : `?limit=${String(limit)}`;
    return this.#list(`/images/detail${query}`, "images", isImage);
  }

  /** With id, name and links only. */
  imagesInBrief(): Op<OnTheWire<Resource>[]> {
    return this.#list("/images", "images", isResource);
  }

  image(id: string): Op<OnTheWire<Image>> {
    return this.#get(`/images/${id}`, "image", isImage);
  }

  services(host?: string, binary?: string): Op<OnTheWire<ServiceEntry>[]> {
    const filters: string[] = [];
    if (host !== undefined && host !== "") filters.push(`host=${host}`);
    if (binary !== undefined && binary !== "") filters.push(`binary=${binary}`);
    const query = filters.length > 0 ? `?${filters.join("&")}` : "";
    return this.#list(`/os-services${query}`, "services", isService);
  }

  *#get<T>(path: string, key: string, guard: Guard<T>): Op<OnTheWire<T>> {
    return member(yield* this.#endpoint.request("GET", path), key, guard);
  }

  *#list<T>(path: string, key: string, guard: Guard<T>): Op<OnTheWire<T>[]> {
    return members(yield* this.#endpoint.request("GET", path), key, guard);
  }
}

function queryOf(filters: ServerFilters): string {
  const pairs = new Map<string, string>();
  for (const [name, value] of Object.entries(filters)) {
    if (value !== undefined && truthy(value)) pairs.set(name, str(value));
  }
  return pairs.size > 0 ? `?${urlencode(pairs)}` : "";
}

const publicQuery = (isPublic: true | null): string => (isPublic === null ? "?is_public=None" : "");

function members<T>(response: HttpResponse, key: string, guard: Guard<T>): OnTheWire<T>[] {
  const list = isObject(response.body) ? response.body[key] : undefined;
  if (!Array.isArray(list)) throw unreadable(response, key);
  return (list as readonly Json[]).map((item) => {
    if (isObject(item) && guard(item)) return item;
    throw unreadable(response, key);
  });
}

function member<T>(response: HttpResponse, key: string, guard: Guard<T>): OnTheWire<T> {
  const found = isObject(response.body) ? response.body[key] : undefined;
  if (isObject(found) && guard(found)) return found;
  throw unreadable(response, key);
}

/** Upstream ends in a bare KeyError, TypeError or AttributeError here. */
function unreadable(response: HttpResponse, key: string): ClientException {
  const message = `The answer has no "${key}"`;
  const requestId = response.headers["x-compute-request-id"];
  return new ClientException({ code: response.status, message, requestId });
}

const truthy = (value: Json): boolean =>
  value !== null && value !== false && value !== 0 && value !== "";
