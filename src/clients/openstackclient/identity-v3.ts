/**
 * Version 3 of Keystone's API as its library asks it: things of a kind, all of them under one pattern of
 * paths. What is null is not said at all. Upstream: keystoneclient/base.py (CrudManager, filter_kwargs),
 * keystoneclient/v3/, 0.11.1.
 */
import { EndpointNotFound, type Requester } from "../../framework/apiclient/index.js";
import type { HttpResponse } from "../../http/index.js";
import type { Op } from "../../kernel/index.js";
import {
  dictOrder,
  isObject,
  str,
  urlencode,
  type Json,
  type JsonObject,
} from "../../python/index.js";
import { asked } from "../openstack/identity.js";
import type { Lookup } from "./find.js";

/** How the things of one kind are called: a class in small letters, and the keys of bodies and paths. */
export interface KindV3 {
  readonly what: string;
  readonly key: string;
  readonly collection: string;
}

const kind = (key: string, collection = `${key}s`): KindV3 => ({ what: key, key, collection });

export const CREDENTIALS_V3 = kind("credential");
export const DOMAINS_V3 = kind("domain");
export const ENDPOINTS_V3 = kind("endpoint");
export const GROUPS_V3 = kind("group");
export const POLICIES_V3 = kind("policy", "policies");
export const PROJECTS_V3 = kind("project");
export const ROLES_V3 = kind("role");
export const ROLE_ASSIGNMENTS_V3 = kind("role_assignment");
export const SERVICES_V3 = kind("service");
export const USERS_V3 = kind("user");

export class IdentityV3 {
  readonly #http: Requester;
  readonly #token: string;
  readonly #url: string | undefined;

  constructor(http: Requester, token: string, url: string | undefined) {
    this.#http = http;
    this.#token = token;
    this.#url = url;
  }

  /** `at` what stands before the collection: `/groups/<id>`. */
  *list({ collection }: KindV3, query: JsonObject = {}, at = ""): Op<JsonObject[]> {
    const { body } = yield* this.#ask("GET", `${at}/${collection}${queryOf(query)}`);
    const list = isObject(body) ? body[collection] : undefined;
    return Array.isArray(list) ? (list as readonly Json[]).filter(isObject) : [];
  }

  *get({ key, collection }: KindV3, id: string): Op<JsonObject> {
    return memberOf(yield* this.#ask("GET", `/${collection}/${id}`), key);
  }

  *create({ key, collection }: KindV3, members: JsonObject): Op<JsonObject> {
    const body = { [key]: withoutNone(members) };
    return memberOf(yield* this.#ask("POST", `/${collection}`, body), key);
  }

  *update({ key, collection }: KindV3, id: string, members: JsonObject): Op<void> {
    yield* this.#ask("PATCH", `/${collection}/${id}`, { [key]: withoutNone(members) });
  }

  *delete({ collection }: KindV3, id: string, at = ""): Op<void> {
    yield* this.#ask("DELETE", `${at}/${collection}/${id}`);
  }

  *put({ collection }: KindV3, id: string, at: string): Op<void> {
    yield* this.#ask("PUT", `${at}/${collection}/${id}`);
  }

  /** @throws NotFound if it is not there */
  *head({ collection }: KindV3, id: string, at: string): Op<void> {
    yield* this.#ask("HEAD", `${at}/${collection}/${id}`);
  }

  /** A thing by id, else by the name that Keystone looks for. */
  lookup(of: KindV3): Lookup<JsonObject> {
    return {
      what: of.what,
      get: (id) => this.get(of, id),
      named: (name) => this.list(of, { name }),
    };
  }

  /** @throws EndpointNotFound, without a word, if it is not known where to ask */
  *#ask(method: string, path: string, body?: Json): Op<HttpResponse> {
    if (this.#url === undefined) throw new EndpointNotFound();
    const url = `${this.#url.replace(/\/+$/u, "")}${encodeURI(path).replaceAll("%25", "%")}`;
    const headers = { "X-Auth-Token": this.#token, Accept: "*/*" };
    return yield* asked(this.#http, method, url, { headers, body });
  }
}

function queryOf(query: JsonObject): string {
  const said = withoutNone(query);
  const names = dictOrder(Object.keys(said));
  if (names.length === 0) return "";
  return `?${urlencode(new Map(names.map((name) => [name, str(said[name] ?? null)])))}`;
}

const withoutNone = (members: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null));

function memberOf({ body }: HttpResponse, key: string): JsonObject {
  const member = isObject(body) ? body[key] : undefined;
  return isObject(member) ? member : {};
}
