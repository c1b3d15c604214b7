/**
 * The answer to a login: a token, whose it is, and where the services are. Read as it came, nothing
 * is asked for again. Upstream: keystoneclient/access.py, novaclient/service_catalog.py.
 */
import { isObject, textOf, type Json, type JsonObject } from "../../python/index.js";

/** Which of a service's endpoints is meant. */
export interface EndpointFilter {
  /** `compute`. */
  readonly serviceType: string;
  readonly region?: string | undefined;
  readonly serviceName?: string | undefined;
}

export class AccessInfo {
  readonly token: string;
  /** `2014-09-18T05:03:09Z`. */
  readonly expires: string | undefined;
  /** Undefined if the token is unscoped. */
  readonly tenantId: string | undefined;
  readonly username: string | undefined;
  readonly userId: string | undefined;
  /** Undefined if there is none, as with an unscoped token of v2.0. */
  readonly catalog: readonly JsonObject[] | undefined;

  private constructor(token: string, access: JsonObject) {
    this.token = token;
    this.expires = textIn(access["token"], "expires");
    this.tenantId = textIn(memberOf(access["token"], "tenant"), "id");
    this.username = textIn(access["user"], "name");
    this.userId = textIn(access["user"], "id");
    const services = access["serviceCatalog"];
    this.catalog = services === undefined ? undefined : objectsIn(services);
  }

  /** What `body`, the answer of Keystone, says; undefined if that is no token. */
  static from(body: Json): AccessInfo | undefined {
    const access = memberOf(body, "access");
    const token = textIn(memberOf(access, "token"), "id");
    return token === undefined || !isObject(access) ? undefined : new AccessInfo(token, access);
  }

  get catalogEmpty(): boolean {
    return (this.catalog ?? []).length === 0;
  }

  /** The endpoints that `filter` leads to, in the order of the catalog. */
  endpoints({ serviceType, serviceName, region }: EndpointFilter): JsonObject[] {
    return (this.catalog ?? [])
      .filter((service) => service["type"] === serviceType)
      .filter((service) => serviceName === undefined || service["name"] === serviceName)
      .flatMap((service) => objectsIn(service["endpoints"]))
      .filter((endpoint) => region === undefined || sameWord(textOf(endpoint, "region"), region));
  }
}

const sameWord = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

const memberOf = (value: Json | undefined, key: string): Json | undefined =>
  isObject(value) ? value[key] : undefined;

function textIn(value: Json | undefined, key: string): string | undefined {
  const text = memberOf(value, key);
  return typeof text === "string" ? text : undefined;
}

const objectsIn = (list: Json | undefined): JsonObject[] =>
  Array.isArray(list) ? (list as readonly Json[]).filter(isObject) : [];
