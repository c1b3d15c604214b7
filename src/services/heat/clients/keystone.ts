/**
 * Keystone, for whoever a stack is made for: the token of the request, or one that is asked for with a name and a
 * password that were kept, or by a trust that was; and where the services are. Users of stacks are in stack-users.ts.
 * Upstream: heat/common/heat_keystoneclient.py (KeystoneClientV3) at 2014.2.
 */
import { EndpointNotFound, NotFound, type Requester } from "../../../framework/apiclient/index.js";
import type { FlagsOf } from "../../../framework/index.js";
import { seconds, type Op } from "../../../kernel/index.js";
import {
  bytesRepr,
  Exception,
  isObject,
  textOf,
  type Json,
  type JsonObject,
} from "../../../python/index.js";
import {
  IdentityV3,
  passwordToken,
  rescopedToken,
  trustToken,
  type DomainRef,
  type ScopedToken,
} from "../../keystone/client/index.js";
import { AuthorizationFailure, HeatError, MissingCredentialError } from "../exception.js";
import type { clientFlags } from "./flags.js";
import type { ClientContext, ClientEnv } from "./context.js";

class EmptyCatalog extends Exception {
  static override readonly module: string = "keystoneclient.openstack.common.apiclient.exceptions";
  override readonly name: string = "EmptyCatalog";
}

/** Before a token ends, another one is asked for. */
const STALE = seconds(30);
const DEFAULT_DOMAIN: DomainRef = { id: "default" };

/** What is kept of a trust. */
export interface Trust {
  readonly trust_id: string;
  readonly trustor_user_id: string | null;
}

export class KeystonePlugin {
  readonly #env: ClientEnv;
  readonly #context: ClientContext;
  readonly #flags: FlagsOf<typeof clientFlags>;
  readonly #http: Requester;
  /** Of the third version: `http://controller:5000/v3`. */
  readonly endpoint: string;
  /** That of the users of stacks, by its id or its name. */
  readonly domain: DomainRef | undefined;
  #token: ScopedToken | undefined;

  /** @throws HeatError for a domain without an administrator */
  constructor(env: ClientEnv, context: ClientContext) {
    const { flags } = env;
    this.#env = env;
    this.#context = context;
    this.#flags = flags;
    this.#http = env.http;
    this.endpoint = (context.auth_url ?? env.authUri).replace("v2.0", "v3");
    const { stack_user_domain_id: id, stack_user_domain_name: name } = flags;
    const { stack_domain_admin: admin, stack_domain_admin_password: password } = flags;
    if (given(id)) this.domain = { id };
    else if (given(name)) this.domain = { name };
    else {
      const what = "stack_user_domain_id or stack_user_domain_name not set in heat.conf";
      env.log("warning", `${what} falling back to using default`);
    }
    if (this.domain === undefined || (given(admin) && given(password))) return;
    throw new HeatError(
      'heat.conf misconfigured, cannot specify "stack_user_domain_id" or "stack_user_domain_name" without "stack_domain_admin" and "stack_domain_admin_password"',
    );
  }

  /** `_v3_client_init`. @throws AuthorizationFailure, ClientException */
  *#login(): Op<ScopedToken> {
    const { auth_token, auth_token_info: info, tenant_id, username, password } = this.#context;
    const http = this.#http;
    if (this.#context.trust_id !== null) return yield* this.#impersonated(this.#context.trust_id);
    if (isObject(info)) {
      const { access, token } = info;
      const said = isObject(access) ? access : isObject(token) ? token : undefined;
      if (said === undefined) throw new AuthorizationFailure();
      return { id: auth_token ?? "", expires: "", token: said };
    }
    if (auth_token !== null) {
      return yield* rescopedToken(http, this.endpoint, auth_token, tenant_id);
    }
    if (password === null) {
      this.#env.log("error", "Keystone v3 API connection failed, no password trust or auth_token!");
      throw new AuthorizationFailure();
    }
    return yield* passwordToken(http, this.endpoint, {
      username: username ?? "",
      password,
      userDomain: DEFAULT_DOMAIN,
      scope: { project: { id: tenant_id ?? "" } },
    });
  }

  /** As the trustor, by a token that no other token comes of. @throws AuthorizationFailure, ClientException */
  *#impersonated(trust: string): Op<ScopedToken> {
    const { log, service } = this.#env;
    const login = {
      username: service.admin_user,
      password: service.admin_password,
      userDomain: DEFAULT_DOMAIN,
    };
    const found = yield* trustToken(this.#http, this.endpoint, login, trust);
    if (!isObject(found.token["OS-TRUST:trust"])) {
      log("error", "trust token re-scoping failed!");
      throw new AuthorizationFailure();
    }
    if (userIn(found) !== this.#context.trustor_user_id) {
      log("error", "Trust impersonation failed");
      throw new AuthorizationFailure();
    }
    return found;
  }

  /** What making the client is upstream: by a trust it logs in at once. */
  *ready(): Op<void> {
    if (this.#context.trust_id !== null) yield* this.#client();
  }

  *#client(): Op<ScopedToken> {
    const { kernel } = this.#env;
    const known = this.#token;
    const fresh =
      known !== undefined &&
      (known.expires === "" || kernel.calendar.parse(known.expires) - STALE > kernel.now);
    if (fresh) return known;
    return (this.#token = yield* this.#login());
  }

  /** The token to ask other services with. @throws AuthorizationFailure, ClientException */
  *authToken(): Op<string> {
    return (yield* this.#client()).id;
  }

  /** Who Keystone says that it is. */
  *userId(): Op<string> {
    return userIn(yield* this.#client());
  }

  /** @param kind `publicURL` @throws EndpointNotFound, EmptyCatalog */
  *urlFor(type: string, kind: string): Op<string> {
    const { token } = yield* this.#client();
    const catalog = token["serviceCatalog"] ?? token["catalog"] ?? null;
    const services = objectsIn(catalog);
    if (services.length === 0) throw new EmptyCatalog("The service catalog is empty.");
    const region = this.#flags.region_name_for_services;
    const [url] = services
      .filter((service) => service["type"] === type)
      .flatMap((service) => objectsIn(service["endpoints"] ?? null))
      .filter((endpoint) => !given(region) || endpoint["region"] === region)
      .flatMap((endpoint) => urlOf(endpoint, kind));
    if (url !== undefined) return url;
    const where = given(region) ? ` in ${region} region` : "";
    throw new EndpointNotFound(`${kind} endpoint for ${type} service${where} not found`);
  }

  /** As the user. */
  *own(): Op<IdentityV3> {
    return new IdentityV3(this.#http, this.endpoint, yield* this.authToken());
  }

  /** Whose name and password are in the configuration. */
  *#serviceUserId(): Op<string> {
    const { admin_user, admin_password: password, admin_tenant_name } = this.#env.service;
    const project = { name: admin_tenant_name, domain: DEFAULT_DOMAIN };
    const login = { username: admin_user, password, userDomain: DEFAULT_DOMAIN };
    return userIn(
      yield* passwordToken(this.#http, this.endpoint, { ...login, scope: { project } }),
    );
  }

  /**
   * `create_trust_context`: what Heat needs to do things later in the name of who asks.
   * @throws MissingCredentialError for roles that the user does not have
   */
  *createTrust(): Op<Trust> {
    const { trust_id, trustor_user_id } = this.#context;
    if (trust_id !== null) return { trust_id, trustor_user_id };
    const trustee_user_id = yield* this.#serviceUserId();
    const trustor = yield* this.#client();
    const roles = this.#flags.trusts_delegated_roles;
    try {
      const { id } = yield* (yield* this.own()).createTrust({
        impersonation: true,
        project_id: projectIn(trustor),
        ...(roles.length > 0 && { roles: roles.map((name) => ({ name })) }),
        trustee_user_id,
        trustor_user_id: userIn(trustor),
      });
      return { trust_id: typeof id === "string" ? id : "", trustor_user_id: userIn(trustor) };
    } catch (error) {
      if (!(error instanceof NotFound)) throw error;
      const shown = `[${roles.map(bytesRepr).join(", ")}]`;
      const words = `Failed to find roles ${shown} for user ${userIn(trustor)}`;
      this.#env.log("debug", words);
      throw new MissingCredentialError({ required: `roles ${shown}` });
    }
  }

  *deleteTrust(id: string): Op<void> {
    try {
      yield* (yield* this.own()).deleteTrust(id);
    } catch (error) {
      if (!(error instanceof NotFound)) throw error;
    }
  }
}

/** Of the user in a token of either version. */
const userIn = ({ token: { user = null } }: ScopedToken): string =>
  isObject(user) ? textOf(user, "id") : "";

const projectIn = ({ token }: ScopedToken): string => {
  const { project, token: old } = token;
  if (isObject(project)) return textOf(project, "id");
  const tenant = isObject(old) ? old["tenant"] : undefined;
  return isObject(tenant) ? textOf(tenant, "id") : "";
};

const given = (text: string | null): text is string => text !== null && text !== "";

const objectsIn = (list: Json): readonly JsonObject[] =>
  Array.isArray(list) ? (list as readonly Json[]).filter(isObject) : [];

/** In a catalog of either version. */
function urlOf(endpoint: JsonObject, kind: string): string[] {
  const { interface: interfaceOf, url } = endpoint;
  const found = interfaceOf === kind.replace(/[URL]+$/u, "") ? url : endpoint[kind];
  return typeof found === "string" ? [found] : [];
}
