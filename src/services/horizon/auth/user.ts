/**
 * Who is logged in, made anew from the session for each request; Keystone is not asked whether the token still lives.
 * Upstream: openstack_auth/user.py (User), backend.py (get_user, get_all_permissions), utils.py (is_token_valid) at 1.1.7.
 */
import { textOf, isObject, type Json, type JsonObject } from "../../../python/index.js";
import { SETTINGS } from "../settings.js";
import type { SessionData, TokenRecord } from "../web/session.js";

/** Where a service of the catalog is in one region. */
export type Endpoint = JsonObject;

export class User {
  readonly token: TokenRecord;
  readonly endpoint: string;
  readonly servicesRegion: string | undefined;

  constructor(token: TokenRecord, endpoint: string, servicesRegion?: string) {
    this.token = token;
    this.endpoint = endpoint;
    this.servicesRegion = servicesRegion ?? defaultServicesRegion(token.serviceCatalog);
  }

  /** Undefined if nobody is logged in. */
  static of({ token, region_endpoint = "", services_region }: SessionData): User | undefined {
    return token === undefined ? undefined : new User(token, region_endpoint, services_region);
  }

  get id(): string {
    return this.token.user.id;
  }

  get username(): string {
    return this.token.user.name;
  }

  get tenantId(): string {
    return this.token.project.id ?? "";
  }

  hasRole(name: string): boolean {
    return this.token.roles.some((role) => role.name.toLowerCase() === name);
  }

  /** The first service of that type. */
  service(type: string): JsonObject | undefined {
    return this.token.serviceCatalog.find((service) => service["type"] === type);
  }

  /** Upstream: openstack_dashboard/api/base.py (is_service_enabled). */
  serviceEnabled(type: string): boolean {
    const service = this.service(type);
    if (service === undefined) return false;
    return endpointsOf(service).some(
      (endpoint) => type === "identity" || endpoint["region"] === this.servicesRegion,
    );
  }
}

export const endpointsOf = (service: JsonObject): readonly Endpoint[] => {
  const endpoints = service["endpoints"];
  return Array.isArray(endpoints) ? (endpoints as readonly Json[]).filter(isObject) : [];
};

/** The first region of the first service that is not Keystone. */
const defaultServicesRegion = (catalog: readonly JsonObject[]): string | undefined => {
  const services = catalog.filter((service) => service["type"] !== "identity");
  const [endpoint] = services.flatMap(endpointsOf);
  return endpoint === undefined ? undefined : textOf(endpoint, "region");
};

/** @param now the date, as `utcnow` has it */
export function isTokenValid(
  { expires }: TokenRecord,
  now: number,
  parse: (text: string) => number,
): boolean {
  if (expires === null) return false;
  return parse(expires.replace(/Z$/u, "")) - SETTINGS.token_timeout_margin * 1e6 > now;
}
