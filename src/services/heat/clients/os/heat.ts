/**
 * Heat itself over REST, where configurations of software are kept. Upstream:
 * heat/engine/clients/os/heat_plugin.py at 2014.2, python-heatclient 0.2.12 (v1/software_configs.py,
 * v1/software_deployments.py).
 */
import { asLibrary } from "../../../../framework/apiclient/index.js";
import { reason, type HttpResponse } from "../../../../http/index.js";
import type { Op } from "../../../../kernel/index.js";
import {
  Exception,
  isObject,
  quote,
  type Json,
  type JsonObject,
} from "../../../../python/index.js";
import type { ClientContext, ClientEnv } from "../context.js";
import type { KeystonePlugin } from "../keystone.js";

/** Heat's refusal, as its client names it. */
export class HeatHttpError extends Exception {
  static override readonly module: string = "heatclient.exc";
  override readonly name: string;
  readonly status: number;

  constructor(status: number, message: string) {
    super(`ERROR: ${message}`);
    this.status = status;
    this.name = NAMES.get(status) ?? "HTTPException";
  }
}

const NAMES: ReadonlyMap<number, string> = new Map([
  [400, "HTTPBadRequest"],
  [401, "HTTPUnauthorized"],
  [403, "HTTPForbidden"],
  [404, "HTTPNotFound"],
  [405, "HTTPMethodNotAllowed"],
  [409, "HTTPConflict"],
  [413, "HTTPOverLimit"],
  [500, "HTTPInternalServerError"],
  [503, "HTTPServiceUnavailable"],
]);

export class HeatPlugin {
  readonly #env: ClientEnv;
  readonly #context: ClientContext;
  readonly #keystone: KeystonePlugin;

  constructor(env: ClientEnv, context: ClientContext, keystone: KeystonePlugin) {
    this.#env = env;
    this.#context = context;
    this.#keystone = keystone;
  }

  /** `get_heat_url`. */
  *url(): Op<string> {
    const { clients_heat_url: url, clients_heat_endpoint_type: kind } = this.#env.flags;
    if (url === null || url === "") return yield* this.#keystone.urlFor("orchestration", kind);
    return url.replaceAll("%(tenant_id)s", this.#context.tenant_id ?? "None");
  }

  isNotFound(error: unknown): boolean {
    return error instanceof HeatHttpError && error.status === 404;
  }

  softwareConfig(id: string): Op<JsonObject> {
    return this.#one("GET", `/software_configs/${onTheWire(id)}`, "software_config");
  }

  createSoftwareConfig(config: JsonObject): Op<JsonObject> {
    return this.#one("POST", "/software_configs", "software_config", config);
  }

  *deleteSoftwareConfig(id: string): Op<void> {
    yield* this.#ask("DELETE", `/software_configs/${id}`);
  }

  softwareDeployment(id: string): Op<JsonObject> {
    return this.#one("GET", `/software_deployments/${id}`, "software_deployment");
  }

  createSoftwareDeployment(deployment: JsonObject): Op<JsonObject> {
    return this.#one("POST", "/software_deployments", "software_deployment", deployment);
  }

  updateSoftwareDeployment(id: string, changes: JsonObject): Op<JsonObject> {
    return this.#one("PUT", `/software_deployments/${id}`, "software_deployment", changes);
  }

  *deleteSoftwareDeployment(id: string): Op<void> {
    yield* this.#ask("DELETE", `/software_deployments/${id}`);
  }

  *#one(method: string, path: string, key: string, sent?: JsonObject): Op<JsonObject> {
    const { body } = yield* this.#ask(method, path, sent);
    const found = isObject(body) ? body[key] : undefined;
    return isObject(found) ? found : {};
  }

  /** @throws HeatHttpError */
  *#ask(method: string, path: string, body?: JsonObject): Op<HttpResponse> {
    const { clients_heat_url: standalone } = this.#env.flags;
    const { auth_url, username, password } = this.#context;
    const own = standalone !== null && standalone !== "";
    const login = own
      ? { "x-auth-user": username ?? "", "x-auth-key": password ?? "" }
      : { "x-auth-token": yield* this.#keystone.authToken() };
    const http = asLibrary(this.#env.http, "python-heatclient");
    const response = yield* http.request(method, (yield* this.url()) + path, {
      headers: { ...login, ...(auth_url !== null && { "x-auth-url": auth_url }) },
      ...(body !== undefined && { body }),
    });
    if (response.status < 400) return response;
    throw new HeatHttpError(response.status, messageOf(response));
  }
}

/** Whatever is asked for by an id, as a whole script is: requests cuts a fragment off, and quotes what URLs have not. */
const onTheWire = (id: string): string =>
  (id.split("#")[0] ?? "").replace(/[^\w!$%&'()*+,\-./:;=?@[\]~]/gu, (character) =>
    quote(character),
  );

function messageOf({ status, body }: HttpResponse): string {
  const error: Json = isObject(body) ? (body["error"] ?? null) : null;
  const message = isObject(error) ? error["message"] : undefined;
  return typeof message === "string" && message !== "" ? message : reason(status);
}
