/**
 * What a login has brought, whichever version of Keystone's API it was made by: a token, whose it is, and
 * where the services are. Upstream: keystoneclient/access.py, service_catalog.py, 0.11.1.
 */
import { EndpointNotFound, type AccessInfo } from "../../../framework/apiclient/index.js";
import { isObject, textOf, type Json, type JsonObject } from "../../../python/index.js";
import { endpointsByType, urlFor } from "../../openstack/identity.js";

export interface Access {
  readonly token: string;
  readonly userId: string | undefined;
  readonly projectId: string | undefined;
  /** The token in the library's words: `id`, `expires`, `user_id`, and `tenant_id` if it has one. */
  readonly summary: JsonObject;
  /** @throws EndpointNotFound */
  publicUrl(type: string, region: string | undefined): string;
  /** Of Keystone itself, for who is in a project or a domain. @throws EndpointNotFound */
  adminUrl(region: string | undefined): string | undefined;
  /** The endpoints of a type of service, by type. */
  catalog(type: string, region: string | undefined): ReadonlyMap<string, readonly JsonObject[]>;
}

/** By version 2.0. */
export class AccessV2 implements Access {
  readonly #access: AccessInfo;

  constructor(access: AccessInfo) {
    this.#access = access;
  }

  get token(): string {
    return this.#access.token;
  }

  get userId(): string | undefined {
    return this.#access.userId;
  }

  get projectId(): string | undefined {
    return this.#access.tenantId;
  }

  /** The login as the library for v2.0 has it. */
  get info(): AccessInfo {
    return this.#access;
  }

  get summary(): JsonObject {
    const { token, expires = null, userId, tenantId } = this.#access;
    return {
      ...{ id: token, expires },
      ...(userId !== undefined && { user_id: userId }),
      ...(tenantId !== undefined && { tenant_id: tenantId }),
    };
  }

  publicUrl(type: string, region: string | undefined): string {
    return urlFor(this.#access, { type, endpointType: "publicURL", region }, false);
  }

  adminUrl(region: string | undefined): string | undefined {
    if (this.projectId === undefined) return undefined;
    return urlFor(this.#access, { type: "identity", endpointType: "admin", region });
  }

  catalog(type: string, region: string | undefined): ReadonlyMap<string, readonly JsonObject[]> {
    return endpointsByType(this.#access, { type, region });
  }
}

/** By version 3. */
export class AccessV3 implements Access {
  readonly token: string;
  readonly #body: JsonObject;

  /** `body`: the member `token` of the answer, whose header has the token itself. */
  constructor(token: string, body: JsonObject) {
    this.token = token;
    this.#body = body;
  }

  get userId(): string | undefined {
    return this.#idOf("user");
  }

  get projectId(): string | undefined {
    return this.#idOf("project");
  }

  get summary(): JsonObject {
    const [user, domain, project] = [this.userId, this.#idOf("domain"), this.projectId];
    return {
      ...{ id: this.token, expires: this.#body["expires_at"] ?? null },
      ...(user !== undefined && { user_id: user }),
      ...(domain !== undefined && { domain_id: domain }),
      ...(project !== undefined && { tenant_id: project }),
    };
  }

  publicUrl(type: string, region: string | undefined): string {
    const url = this.#url(type, "public", region);
    if (url !== undefined) return url;
    throw new EndpointNotFound(`publicURL endpoint for ${type} service not found`);
  }

  adminUrl(region: string | undefined): string | undefined {
    if (this.projectId === undefined && this.#idOf("domain") === undefined) return undefined;
    const url = this.#url("identity", "admin", region);
    if (url !== undefined) return url.replaceAll("/v2.0", "/v3");
    const where = region === undefined ? "" : ` in ${region} region`;
    throw new EndpointNotFound(`admin endpoint for identity service${where} not found`);
  }

  catalog(type: string, region: string | undefined): ReadonlyMap<string, readonly JsonObject[]> {
    const found = new Map<string, JsonObject[]>();
    for (const service of objectsIn(this.#body["catalog"])) {
      if (service["type"] !== type) continue;
      const endpoints = objectsIn(service["endpoints"]);
      const there = endpoints.filter((its) => region === undefined || its["region"] === region);
      found.set(type, there);
    }
    return found;
  }

  #url(type: string, kind: string, region: string | undefined): string | undefined {
    if (objectsIn(this.#body["catalog"]).length === 0) {
      throw new EndpointNotFound("The service catalog is empty.");
    }
    const endpoints = this.catalog(type, region).get(type) ?? [];
    const found = endpoints.find((endpoint) => endpoint["interface"] === kind);
    return found === undefined ? undefined : textOf(found, "url");
  }

  #idOf(member: string): string | undefined {
    const thing = this.#body[member];
    return isObject(thing) ? textOf(thing, "id") : undefined;
  }
}

const objectsIn = (list: Json | undefined): JsonObject[] =>
  Array.isArray(list) ? (list as readonly Json[]).filter(isObject) : [];
