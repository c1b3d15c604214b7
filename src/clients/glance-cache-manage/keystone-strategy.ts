/**
 * A login at Keystone with its v2.0. A URL without that version is asked in the way of a Keystone that nobody has any more,
 * and finds nothing. Upstream: glance/common/auth.py (KeystoneStrategy, get_endpoint) at 2014.2.
 */
import type { Requester } from "../../framework/apiclient/index.js";
import { ConnectionError, type HttpResponse, type RequestOptions } from "../../http/index.js";
import type { Op } from "../../kernel/index.js";
import { isObject, textOf, type Json, type JsonObject } from "../../python/index.js";
import { GlanceException, NotAuthenticated } from "./errors.js";

export interface Credentials {
  readonly authUrl: string;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly tenant: string | undefined;
  readonly region: string | undefined;
}

export interface Authenticated {
  readonly token: string;
  /** Where Glance is. */
  readonly endpoint: string;
}

/** Whether the path of a URL begins with a version. */
export const isNumbered = (url: string): boolean => /^\w+:\/\/[^/]*\/?v[0-9.]+/u.test(url);

export class KeystoneStrategy {
  readonly #http: Requester;
  readonly #credentials: Credentials;

  constructor(http: Requester, credentials: Credentials) {
    this.#http = http;
    this.#credentials = credentials;
  }

  /** @throws GlanceException for what is missing or refused */
  *authenticate(): Op<Authenticated> {
    const { authUrl, username, password, tenant } = this.#credentials;
    const base = authUrl.replace(/\/+$/u, "");
    const v2 = base.endsWith("v2.0");
    if (username === undefined) throw missing("username");
    if (password === undefined) throw missing("password");
    if (v2 && tenant === undefined) throw missing("tenant");
    const url = `${base}/tokens`;
    const passwordCredentials = { username, password };
    const body = { auth: { tenantName: tenant, passwordCredentials } };
    const old = { "X-Auth-User": username, "X-Auth-Key": password };
    const { status, body: answer } = v2
      ? yield* this.#request("POST", url, { body })
      : yield* this.#request("GET", url, { headers: old });
    if (status === 200 && v2) return this.#found(answer);
    switch (status) {
      case 400:
        throw new GlanceException(`Connect error/bad request to Auth service at URL ${url}.`);
      case 401:
        throw new NotAuthenticated();
      case 404:
        throw new GlanceException(`Auth service at URL ${url} not found.`);
      default:
        throw new GlanceException(`Unexpected response: ${String(status)}`);
    }
  }

  /** Nobody there is as good as a bad request. */
  *#request(method: string, url: string, options: RequestOptions): Op<HttpResponse> {
    try {
      return yield* this.#http.request(method, url, options);
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error;
      return { status: 400, headers: {}, body: error.message };
    }
  }

  #found(answer: Json): Authenticated {
    const access = objectIn(answer, "access");
    const endpoints = objectsIn(access["serviceCatalog"])
      .filter(({ type }) => type === "image")
      .flatMap(({ endpoints }) => objectsIn(endpoints))
      .filter(({ region }) => [undefined, region].includes(this.#credentials.region));
    if (endpoints.length > 1) {
      throw new GlanceException(
        `Multiple 'image' service matches for region ${this.#credentials.region ?? "None"}. This generally means that a region is required and you have not supplied one.`,
      );
    }
    const endpoint = endpoints[0] === undefined ? "" : textOf(endpoints[0], "publicURL");
    if (endpoint === "") {
      throw new GlanceException("Response from Keystone does not contain a Glance endpoint.");
    }
    return { token: textOf(objectIn(access, "token"), "id"), endpoint };
  }
}

const missing = (required: string): GlanceException =>
  new GlanceException(`Missing required credential: ${required}`);

function objectIn(value: Json, key: string): JsonObject {
  const member = isObject(value) ? value[key] : undefined;
  return isObject(member) ? member : {};
}

const objectsIn = (value: Json | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? (value as readonly Json[]).filter(isObject) : [];
