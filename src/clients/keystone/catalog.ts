/**
 * The answer to a login: a token, its tenant and where the services are. Read as it comes, nothing
 * is asked for again. Upstream: novaclient/service_catalog.py.
 */
import { isObject, type Json, type JsonObject, textOf } from "../../python/index.js";
import { AmbiguousEndpoints, AuthorizationFailure, EndpointNotFound } from "../rest/exceptions.js";

/** Which of a service's endpoints is meant. */
export interface EndpointFilter {
  /** `compute`. */
  readonly serviceType: string;
  /** `publicURL`, `internalURL` or `adminURL`. */
  readonly endpointType: string;
  readonly region?: string | undefined;
  readonly serviceName?: string | undefined;
}

export class ServiceCatalog {
  readonly token: string;
  readonly tenantId: string;
  readonly #services: readonly JsonObject[];

  /** @throws AuthorizationFailure if `body` is no answer to a scoped login */
  constructor(body: Json) {
    const access = member(body, "access");
    const token = member(access, "token");
    this.token = text(token, "id");
    this.tenantId = text(member(token, "tenant"), "id");
    const services = access["serviceCatalog"];
    this.#services = Array.isArray(services) ? (services as Json[]).filter(isObject) : [];
  }

  /** The URL that `filter` leads to. @throws EndpointNotFound, AmbiguousEndpoints */
  urlFor(filter: EndpointFilter): string {
    const matching = this.#services.flatMap((service) => {
      if (service["type"] !== filter.serviceType) return [];
      if (filter.serviceName !== undefined && service["name"] !== filter.serviceName) return [];
      const endpoints = service["endpoints"];
      return Array.isArray(endpoints) ? (endpoints as Json[]).filter(isObject) : [];
    });
    const { region } = filter;
    const there = matching.filter(
      (endpoint) =>
        region === undefined || textOf(endpoint, "region").toLowerCase() === region.toLowerCase(),
    );
    const [endpoint, ...others] = there;
    if (endpoint === undefined) throw new EndpointNotFound();
    if (others.length > 0) throw new AmbiguousEndpoints("AmbiguousEndpoints: more than one");
    return text(endpoint, filter.endpointType).replace(/\/+$/, "");
  }
}

function member(value: Json, key: string): JsonObject {
  const found = isObject(value) ? value[key] : undefined;
  if (isObject(found)) return found;
  throw new AuthorizationFailure();
}

function text(value: JsonObject, key: string): string {
  const found = value[key];
  if (typeof found === "string") return found;
  throw new AuthorizationFailure();
}
