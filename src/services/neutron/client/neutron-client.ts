/**
 * Neutron as its clients see it: the contract for whoever needs networks and ports. It speaks to a
 * URL, with a user's token or with credentials of its own. Upstream: python-neutronclient 2.3
 * (v2_0/client.py), nova/network/neutronv2/__init__.py (get_client).
 */
import {
  authorized,
  type Requester,
  type TokenSource,
} from "../../../framework/apiclient/index.js";
import {
  ConnectionError,
  reason,
  type HttpResponse,
  type QueryValue,
} from "../../../http/index.js";
import { seconds, type Op } from "../../../kernel/index.js";
import { dumps, isObject, repr, type Json, type JsonObject } from "../../../python/index.js";
import { ConnectionFailed, NeutronClientException, Unauthorized } from "./errors.js";

/** The token of a user, for what it is worth. */
export const userToken = (token: string | null): TokenSource => ({
  *token() {
    if (token === null) throw new Unauthorized(401, "Unauthorized", "Unauthorized");
    return token;
  },
  renew: () => false,
});

export interface NeutronClientOptions {
  readonly http: Requester;
  /** `http://controller:9696`. */
  readonly url: string;
  readonly tokens: TokenSource;
  /** Seconds to wait for an answer (`url_timeout`). Default 30. */
  readonly timeout?: number;
}

type Search = Readonly<Record<string, QueryValue>>;

/** The names of the collections that this client reads, as in bodies. */
export type Collection =
  | "networks"
  | "subnets"
  | "ports"
  | "security_groups"
  | "security_group_rules"
  | "floatingips"
  | "agents"
  | "extensions";

export class NeutronClient {
  readonly #options: NeutronClientOptions;

  constructor(options: NeutronClientOptions) {
    this.#options = options;
  }

  /**
   * `GET /v2.0/ports?...`: the objects that match. A list asks for any of its values.
   * @throws NeutronClientException, Unauthorized, ConnectionFailed
   */
  *list(collection: Collection, search: Search = {}): Op<readonly JsonObject[]> {
    const body = yield* this.#request("GET", pathOf(collection), search);
    return (body?.[collection] ?? []) as readonly JsonObject[];
  }

  /** `GET /v2.0/ports/{id}`. @throws as `list` */
  show(collection: Collection, id: string, search: Search = {}): Op<JsonObject> {
    return this.#one("GET", collection, `${pathOf(collection)}/${id}`, search);
  }

  /** @throws as `list` */
  create(collection: Collection, object: JsonObject): Op<JsonObject> {
    return this.#one("POST", collection, pathOf(collection), {}, object);
  }

  /** @throws as `list` */
  update(collection: Collection, id: string, changes: JsonObject): Op<JsonObject> {
    return this.#one("PUT", collection, `${pathOf(collection)}/${id}`, {}, changes);
  }

  /** @throws as `list` */
  *delete(collection: Collection, id: string): Op<void> {
    yield* this.#request("DELETE", `${pathOf(collection)}/${id}`, {});
  }

  /** The limits of a tenant, -1 for none. @throws as `list` */
  *showQuota(tenantId: string): Op<Readonly<Record<string, number>>> {
    const body = yield* this.#request("GET", `/v2.0/quotas/${tenantId}`, {});
    return (body?.["quota"] ?? {}) as Readonly<Record<string, number>>;
  }

  /** @throws as `list` */
  *updateQuota(tenantId: string, limits: Readonly<Record<string, number>>): Op<void> {
    yield* this.#request("PUT", `/v2.0/quotas/${tenantId}`, {}, { quota: limits });
  }

  *#one(
    method: string,
    collection: Collection,
    path: string,
    search: Search,
    object?: JsonObject,
  ): Op<JsonObject> {
    const member = collection.slice(0, -1);
    const body = yield* this.#request(method, path, search, object && { [member]: object });
    return (body?.[member] ?? {}) as JsonObject;
  }

  *#request(
    method: string,
    path: string,
    query: Search,
    body?: JsonObject,
  ): Op<JsonObject | undefined> {
    const response = yield* authorized(this.#options.tokens, (token) =>
      this.#send(token, method, path, query, body),
    );
    if (response.status < 300) return objectOf(response.body);
    throw errorOf(response);
  }

  *#send(
    token: string,
    method: string,
    path: string,
    query: Search,
    body: JsonObject | undefined,
  ): Op<HttpResponse> {
    const { http, url, timeout = 30 } = this.#options;
    try {
      return yield* http.request(method, `${url}${path}`, {
        query,
        headers: { "x-auth-token": token },
        timeout: seconds(timeout),
        ...(body === undefined ? {} : { body }),
      });
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error;
      const message = `Connection to neutron failed: ${error.message}`;
      throw new ConnectionFailed(0, "ConnectionFailed", message);
    }
  }
}

const pathOf = (collection: Collection): string => `/v2.0/${collection.replaceAll("_", "-")}`;

const objectOf = (body: Json | undefined): JsonObject | undefined =>
  isObject(body) ? body : undefined;

/**
 * What python-neutronclient 2.3.9 makes of a refusal (v2_0/client.py, _handle_fault_response,
 * exception_handler_v20): Neutron's own error, any other JSON, or a text such as a proxy's page.
 */
function errorOf({ status, body }: HttpResponse): NeutronClientException {
  if (status === 401) {
    const error = objectOf(objectOf(body)?.["NeutronError"]);
    return new Unauthorized(
      status,
      "Unauthorized",
      textOr(error?.["message"], textOfBody(status, body)),
    );
  }
  const parsed = isObject(body) ? body : { message: textOfBody(status, body) };
  const error = objectOf(parsed["NeutronError"]);
  if (error !== undefined) {
    const detail = textOr(error["detail"], "");
    const message = textOr(error["message"], "") + (detail === "" ? "" : `\n${detail}`);
    return new NeutronClientException(status, textOr(error["type"], ""), message);
  }
  const message = textOr(parsed["message"], "");
  return new NeutronClientException(
    status,
    "",
    message === "" ? `${String(status)}-${repr(parsed)}` : message,
  );
}

/** Of an answer without a body, the words of its status. */
function textOfBody(status: number, body: Json): string {
  if (body === null || body === "") return reason(status);
  return typeof body === "string" ? body : dumps(body);
}

const textOr = (value: Json | undefined, otherwise: string): string =>
  typeof value === "string" ? value : otherwise;
