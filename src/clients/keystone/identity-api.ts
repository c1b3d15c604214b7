/**
 * The v2.0 API of Keystone as the program `keystone` asks it: requests to the admin URL of the
 * catalog, and a thing by its id or else by its name. Upstream: keystoneclient/httpclient.py,
 * base.py (ManagerWithFind), utils.py (find_resource), 0.11.1.
 */
import {
  CommandError,
  EndpointNotFound,
  NotFound,
  type AccessInfo,
  type Requester,
} from "../../framework/apiclient/index.js";
import type { HttpResponse } from "../../http/index.js";
import type { Op } from "../../kernel/index.js";
import {
  AttributeError,
  isObject,
  textOf,
  type Json,
  type JsonObject,
} from "../../python/index.js";
import { asked } from "../openstack/identity.js";

/** How the things of one kind are called, and where they are. */
export interface Kind {
  readonly what: string;
  readonly path: string;
  readonly one: string;
  readonly many: string;
}

export const USERS: Kind = { what: "user", path: "/users", one: "user", many: "users" };
export const TENANTS: Kind = { what: "tenant", path: "/tenants", one: "tenant", many: "tenants" };
export const ROLES: Kind = { what: "role", path: "/OS-KSADM/roles", one: "role", many: "roles" };
export const SERVICES: Kind = {
  what: "service",
  path: "/OS-KSADM/services",
  one: "OS-KSADM:service",
  many: "OS-KSADM:services",
};
export const ENDPOINTS: Kind = {
  what: "endpoint",
  path: "/endpoints",
  one: "endpoint",
  many: "endpoints",
};

export interface IdentityOptions {
  readonly token: string;
  /** Where a user logs in and changes the own password. */
  readonly authUrl: string | undefined;
  /** The rest is asked here; undefined if no catalog says where that is. */
  readonly adminUrl: string | undefined;
  /** Of a login; there is none with a token of the operator's. */
  readonly access: AccessInfo | undefined;
  readonly region: string | undefined;
  /** `--os-password`, as it was given. */
  readonly password: string;
}

export class IdentityApi {
  readonly #http: Requester;
  readonly #options: IdentityOptions;

  constructor(http: Requester, options: IdentityOptions) {
    this.#http = http;
    this.#options = options;
  }

  get region(): string | undefined {
    return this.#options.region;
  }

  get password(): string {
    return this.#options.password;
  }

  get tenantId(): string | undefined {
    return this.#options.access?.tenantId;
  }

  get userId(): string | undefined {
    return this.#options.access?.userId;
  }

  /** The login. @throws AttributeError if there was none */
  get access(): AccessInfo {
    const { access } = this.#options;
    if (access !== undefined) return access;
    throw new AttributeError("'NoneType' object has no attribute 'has_service_catalog'");
  }

  /** Things of a kind, all or those at another path. */
  *list({ path, many }: Kind, at = path): Op<JsonObject[]> {
    const { adminUrl, authUrl } = this.#options;
    // Without a catalog a user can still ask where to go.
    const base = adminUrl ?? (path === TENANTS.path ? authUrl : undefined);
    const list = memberOf((yield* this.#ask("GET", at, undefined, base)).body, many);
    return Array.isArray(list) ? (list as readonly Json[]).filter(isObject) : [];
  }

  /** What each extension says of itself. */
  *extensions(): Op<JsonObject[]> {
    const all = memberOf((yield* this.#ask("GET", "/extensions")).body, "extensions");
    const values = isObject(all) ? all["values"] : undefined;
    return Array.isArray(values) ? (values as readonly Json[]).filter(isObject) : [];
  }

  /** By id. @throws NotFound */
  *get({ path, one }: Kind, id: string): Op<JsonObject> {
    return objectIn((yield* this.#ask("GET", `${path}/${id}`)).body, one);
  }

  /** By id, else the only one of the name. @throws CommandError if there is none, or more than one */
  *find(kind: Kind, nameOrId: string): Op<JsonObject> {
    try {
      return yield* this.get(kind, nameOrId);
    } catch (error) {
      if (!(error instanceof NotFound)) throw error;
    }
    const { what } = kind;
    let found: JsonObject[];
    try {
      found = (yield* this.list(kind)).filter(({ name }) => name === nameOrId);
    } catch (error) {
      if (!(error instanceof NotFound)) throw error;
      found = [];
    }
    const [first, ...others] = found;
    if (first === undefined) {
      throw new CommandError(`No ${what} with a name or ID of '${nameOrId}' exists.`);
    }
    if (others.length > 0) {
      throw new CommandError(
        `Multiple ${what} matches found for '${nameOrId}', use an ID to be more specific.`,
      );
    }
    return first;
  }

  /** The id of what `find` finds. */
  *idOf(kind: Kind, nameOrId: string): Op<string> {
    return textOf(yield* this.find(kind, nameOrId), "id");
  }

  *create({ path, one }: Kind, members: JsonObject): Op<JsonObject> {
    return yield* this.post(path, { [one]: members }, one);
  }

  /** Any other POST; the member `one` of its answer. */
  *post(path: string, body: Json, one: string): Op<JsonObject> {
    return objectIn((yield* this.#ask("POST", path, body)).body, one);
  }

  /** Anything else. A body of undefined is none. */
  *change(method: string, path: string, body?: Json): Op<void> {
    yield* this.#ask(method, path, body);
  }

  /** The own password. */
  *changeOwnPassword(original: string, password: string): Op<void> {
    const body = { user: { password, original_password: original } };
    const path = `/OS-KSCRUD/users/${this.userId ?? "None"}`;
    yield* this.#ask("PATCH", path, body, this.#options.authUrl);
  }

  /** @throws EndpointNotFound, without a word, if it is not known where to ask */
  *#ask(
    method: string,
    path: string,
    body?: Json,
    base = this.#options.adminUrl,
  ): Op<HttpResponse> {
    if (base === undefined) throw new EndpointNotFound();
    const url = `${base.replace(/\/+$/u, "")}${requoted(path)}`;
    const headers = { "X-Auth-Token": this.#options.token, Accept: "*/*" };
    return yield* asked(this.#http, method, url, { headers, body });
  }
}

/** What requests makes of a path that is no URL. Upstream: requests/utils.py (requote_uri). */
const requoted = (path: string): string => encodeURI(path).replaceAll("%25", "%");

const memberOf = (body: Json, key: string): Json | undefined =>
  isObject(body) ? body[key] : undefined;

function objectIn(body: Json, key: string): JsonObject {
  const member = memberOf(body, key);
  return isObject(member) ? member : {};
}
