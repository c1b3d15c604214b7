/**
 * The login of the central agent, made anew at each run of its task; one that failed is remembered as such, and
 * whatever needs it fails then. Upstream: ceilometer/central/manager.py, ceilometer/central/discovery.py at 2014.2.
 */
import { asLibrary, type AccessInfo } from "../../../framework/apiclient/index.js";
import type { Env } from "../../../framework/index.js";
import { reason } from "../../../http/index.js";
import { caught, type Op } from "../../../kernel/index.js";
import {
  AttributeError,
  isObject,
  textOf,
  type Exception,
  type Json,
} from "../../../python/index.js";
import { authenticate, KeystoneError, messageIn } from "../../keystone/client.js";
import type { Discovery } from "../agent/pollster.js";
import { serviceCredentials } from "../service-credentials.js";

export class CentralKeystone {
  readonly #env: Env;
  #access: AccessInfo | undefined;
  #error: Exception | undefined;

  constructor(env: Env) {
    this.#env = env;
  }

  *logIn(): Op<void> {
    const { authUrl, username, password, tenantName } = serviceCredentials(this.#env);
    const http = asLibrary(this.#env.http, "python-keystoneclient");
    const auth = { tenantName, passwordCredentials: { username, password } };
    this.#access = undefined;
    try {
      this.#access = yield* authenticate(http, authUrl, auth);
    } catch (thrown) {
      this.#error = yield* caught(thrown);
    }
  }

  /** @throws AttributeError where there was no login */
  get access(): AccessInfo {
    if (this.#access !== undefined) return this.#access;
    const name = this.#error?.name ?? "NoneType";
    throw new AttributeError(`'${name}' object has no attribute 'service_catalog'`);
  }

  /** Addresses of a service in the catalog. @throws AttributeError */
  urls(serviceType: string): string[] {
    const { endpointType, region } = serviceCredentials(this.#env);
    return this.access
      .endpoints({ serviceType, region })
      .map((endpoint) => textOf(endpoint, endpointType))
      .filter((url) => url !== "");
  }

  /** Every tenant that there is. @throws AttributeError, KeystoneError, ConnectionError */
  *tenants(): Op<readonly Json[]> {
    const { token } = this.access;
    const [identity = {}] = this.access.endpoints({ serviceType: "identity" });
    const http = asLibrary(this.#env.http, "python-keystoneclient");
    const url = `${textOf(identity, "adminURL")}/tenants`;
    const { status, body } = yield* http.request("GET", url, {
      headers: { "x-auth-token": token },
    });
    if (status !== 200) {
      const message = messageIn(body) ?? reason(status);
      throw new KeystoneError(status, `${message} (HTTP ${String(status)})`);
    }
    const list = isObject(body) ? body["tenants"] : undefined;
    return Array.isArray(list) ? (list as readonly Json[]) : [];
  }
}

/** The discoveries of the central agent. */
export const centralDiscoveries = (
  env: Env,
  keystone: CentralKeystone,
): ReadonlyMap<string, Discovery> =>
  new Map<string, Discovery>([
    [
      "endpoint",
      function* (param) {
        if (param === undefined || param === "") return [];
        const urls = keystone.urls(param);
        if (urls.length === 0) env.log("warning", `No endpoints found for service ${param}`);
        return urls;
      },
    ],
    ["tenant", () => keystone.tenants()],
  ]);
