/**
 * The compute API for one user: every request that the commands and `NovaApi` make. Answers are
 * handed on as they came. Upstream: the managers of novaclient/v1_1.
 */
import type { Env } from "../../framework/index.js";
import type { HttpResponse } from "../../http/index.js";
import type { Op } from "../../kernel/index.js";
import { isObject, type Json, type JsonObject, str, urlencode } from "../../python/index.js";
import { Session, type Credentials, type SessionOptions } from "../keystone/session.js";
import { ClientException } from "../rest/exceptions.js";
import { Transport, type TransportOptions } from "../rest/transport.js";
import type { ServerFilters } from "./types.js";

const COMPUTE: SessionOptions = {
  endpoint: { serviceType: "compute", endpointType: "publicURL" },
};

export class NovaClient {
  readonly transport: Transport;
  readonly session: Session;

  constructor(
    env: Env,
    credentials: Credentials,
    options: TransportOptions & Partial<SessionOptions> = {},
  ) {
    const { endpoint = COMPUTE.endpoint, bypassUrl } = options;
    this.transport = new Transport(env, options);
    this.session = new Session(this.transport, credentials, { endpoint, bypassUrl });
  }

  /** Servers, newest first; in brief each has only id, name and links. */
  servers(filters: ServerFilters = {}, detailed = true): Op<JsonObject[]> {
    const pairs = new Map<string, string>();
    for (const [name, value] of Object.entries(filters)) {
      if (value !== undefined && truthy(value)) pairs.set(name, str(value));
    }
    const query = pairs.size > 0 ? `?${urlencode(pairs)}` : "";
    return this.#list(`/servers${detailed ? "/detail" : ""}${query}`, "servers");
  }

  server(id: string): Op<JsonObject> {
    return this.#get(`/servers/${id}`, "server");
  }

  /** Create servers, through the volume extension if block devices are given, as upstream. */
  *createServer(body: JsonObject): Op<JsonObject> {
    const { server } = body;
    const devices =
      isObject(server) &&
      (server["block_device_mapping"] ?? server["block_device_mapping_v2"]) !== undefined;
    const path = devices ? "/os-volumes_boot" : "/servers";
    return member(yield* this.session.request("POST", path, body), "server");
  }

  *deleteServer(id: string): Op<void> {
    yield* this.session.request("DELETE", `/servers/${id}`);
  }

  /** `shelve`, `unshelve`, `shelveOffload` ... */
  *action(id: string, name: string, info: Json = null): Op<void> {
    yield* this.session.request("POST", `/servers/${id}/action`, { [name]: info });
  }

  /** `isPublic` null asks for private flavors too. */
  flavors(isPublic: true | null = true, detailed = true): Op<JsonObject[]> {
    const query = isPublic === null ? "?is_public=None" : "";
    return this.#list(`/flavors${detailed ? "/detail" : ""}${query}`, "flavors");
  }

  flavor(id: string): Op<JsonObject> {
    return this.#get(`/flavors/${id}`, "flavor");
  }

  *createFlavor(flavor: JsonObject): Op<JsonObject> {
    return member(yield* this.session.request("POST", "/flavors", { flavor }), "flavor");
  }

  *deleteFlavor(id: string): Op<void> {
    yield* this.session.request("DELETE", `/flavors/${id}`);
  }

  /** The projects that a private flavor was granted to. */
  flavorAccess(id: string): Op<JsonObject[]> {
    return this.#list(`/flavors/${id}/os-flavor-access`, "flavor_access");
  }

  /** `addTenantAccess`, `removeTenantAccess`. @returns who may use it from now on */
  *changeFlavorAccess(id: string, action: string, tenant: string): Op<JsonObject[]> {
    const body = { [action]: { tenant } };
    return members(
      yield* this.session.request("POST", `/flavors/${id}/action`, body),
      "flavor_access",
    );
  }

  extraSpecs(flavorId: string): Op<JsonObject> {
    return this.#get(`/flavors/${flavorId}/os-extra_specs`, "extra_specs");
  }

  images(detailed = true, limit?: number): Op<JsonObject[]> {
    const query = limit === undefined ? "" : `?limit=${String(limit)}`;
    return this.#list(`/images${detailed ? "/detail" : ""}${query}`, "images");
  }

  image(id: string): Op<JsonObject> {
    return this.#get(`/images/${id}`, "image");
  }

  services(host?: string, binary?: string): Op<JsonObject[]> {
    const filters: string[] = [];
    if (host !== undefined && host !== "") filters.push(`host=${host}`);
    if (binary !== undefined && binary !== "") filters.push(`binary=${binary}`);
    const query = filters.length > 0 ? `?${filters.join("&")}` : "";
    return this.#list(`/os-services${query}`, "services");
  }

  *#get(path: string, key: string): Op<JsonObject> {
    return member(yield* this.session.request("GET", path), key);
  }

  *#list(path: string, key: string): Op<JsonObject[]> {
    return members(yield* this.session.request("GET", path), key);
  }
}

function members(response: HttpResponse, key: string): JsonObject[] {
  const list = isObject(response.body) ? response.body[key] : undefined;
  if (!Array.isArray(list)) throw unreadable(response, key);
  return (list as Json[]).filter(isObject);
}

function member(response: HttpResponse, key: string): JsonObject {
  const found = isObject(response.body) ? response.body[key] : undefined;
  if (isObject(found)) return found;
  throw unreadable(response, key);
}

/** Upstream ends in a bare KeyError or TypeError here. */
function unreadable(response: HttpResponse, key: string): ClientException {
  const message = `The answer has no "${key}"`;
  const requestId = response.headers["x-compute-request-id"];
  return new ClientException({ code: response.status, message, requestId });
}

const truthy = (value: Json): boolean =>
  value !== null && value !== false && value !== 0 && value !== "";
