/**
 * Keystone, for whoever a stack is made for: the token of the request, or one that is asked for with a
 * name and a password that were kept; where the services are; users for resources. Those are made in a
 * domain of Heat's, if there is one. Trusts are not simulated. Upstream:
 * heat/common/heat_keystoneclient.py (KeystoneClientV3) at 2014.2.
 */
import {
  EndpointNotFound,
  Forbidden,
  NotFound,
  type Requester,
} from "../../../framework/apiclient/index.js";
import type { FlagsOf } from "../../../framework/index.js";
import { seconds, type Op } from "../../../kernel/index.js";
import {
  dumps,
  Exception,
  isObject,
  str,
  textOf,
  ValueError,
  type Json,
  type JsonObject,
} from "../../../python/index.js";
import {
  IdentityV3,
  passwordToken,
  rescopedToken,
  type DomainRef,
  type ScopedToken,
} from "../../keystone/client/index.js";
import { AuthorizationFailure, HeatError } from "../exception.js";
import type { clientFlags } from "./flags.js";
import type { ClientContext, ClientEnv } from "./context.js";

/** Of an EC2 credential. */
export interface AccessKey {
  readonly id: string;
  readonly access: string;
  readonly secret: string;
}

class EmptyCatalog extends Exception {
  static override readonly module: string = "keystoneclient.openstack.common.apiclient.exceptions";
  override readonly name: string = "EmptyCatalog";
}

/** Characters of a user's name. */
const NAME_LIMIT = 64;
/** Before a token ends, another one is asked for. */
const STALE = seconds(30);
const DEFAULT_DOMAIN: DomainRef = { id: "default" };

export class KeystonePlugin {
  readonly #env: ClientEnv;
  readonly #context: ClientContext;
  readonly #flags: FlagsOf<typeof clientFlags>;
  readonly #http: Requester;
  readonly #endpoint: string;
  /** By its id or its name. */
  readonly #domain: DomainRef | undefined;
  #token: ScopedToken | undefined;
  #admin: { readonly api: IdentityV3; readonly token: ScopedToken } | undefined;
  #domainId: string | undefined;

  /** @throws HeatError for a domain without an administrator */
  constructor(env: ClientEnv, context: ClientContext) {
    const { flags } = env;
    this.#env = env;
    this.#context = context;
    this.#flags = flags;
    this.#http = env.http;
    this.#endpoint = (context.auth_url ?? env.authUri).replace("v2.0", "v3");
    const { stack_user_domain_id: id, stack_user_domain_name: name } = flags;
    const { stack_domain_admin: admin, stack_domain_admin_password: password } = flags;
    if (given(id)) this.#domain = { id };
    else if (given(name)) this.#domain = { name };
    else {
      const what = "stack_user_domain_id or stack_user_domain_name not set in heat.conf";
      env.log("warning", `${what} falling back to using default`);
    }
    if (this.#domain === undefined || (given(admin) && given(password))) return;
    throw new HeatError(
      'heat.conf misconfigured, cannot specify "stack_user_domain_id" or "stack_user_domain_name" without "stack_domain_admin" and "stack_domain_admin_password"',
    );
  }

  /** `_v3_client_init`. @throws AuthorizationFailure, ClientException */
  *#login(): Op<ScopedToken> {
    const { auth_token, auth_token_info: info, tenant_id, username, password } = this.#context;
    const http = this.#http;
    if (isObject(info)) {
      const { access, token } = info;
      const said = isObject(access) ? access : isObject(token) ? token : undefined;
      if (said === undefined) throw new AuthorizationFailure();
      return { id: auth_token ?? "", expires: "", token: said };
    }
    if (auth_token !== null) {
      return yield* rescopedToken(http, this.#endpoint, auth_token, tenant_id);
    }
    if (password === null) {
      this.#env.log("error", "Keystone v3 API connection failed, no password trust or auth_token!");
      throw new AuthorizationFailure();
    }
    return yield* passwordToken(http, this.#endpoint, {
      username: username ?? "",
      password,
      userDomain: DEFAULT_DOMAIN,
      scope: { project: { id: tenant_id ?? "" } },
    });
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
    const { user } = (yield* this.#client()).token;
    return isObject(user) ? textOf(user, "id") : "";
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
  *#own(): Op<IdentityV3> {
    return new IdentityV3(this.#http, this.#endpoint, yield* this.authToken());
  }

  /** As the administrator of the domain of Heat's users. */
  *#domainAdmin(domain: DomainRef): Op<IdentityV3> {
    const known = this.#admin;
    if (known !== undefined) return known.api;
    const { stack_domain_admin: username, stack_domain_admin_password: password } = this.#flags;
    const token = yield* passwordToken(this.#http, this.#endpoint, {
      username: username ?? "",
      password,
      userDomain: domain,
      scope: { domain },
    });
    const api = new IdentityV3(this.#http, this.#endpoint, token.id);
    this.#admin = { api, token };
    return api;
  }

  *#domainIdOf(domain: DomainRef): Op<string> {
    if ("id" in domain) return domain.id;
    if (this.#domainId === undefined) {
      const found = yield* (yield* this.#domainAdmin(domain)).domain(domain.name);
      this.#domainId = textOf(found, "id");
    }
    return this.#domainId;
  }

  #legacy(what: string): void {
    this.#env.log(
      "warning",
      `Falling back to legacy non-domain ${what}, configure domain in heat.conf`,
    );
  }

  /** A project for the users of a stack. @returns its id: the tenant's own where there is no domain */
  *createStackDomainProject(stackId: string): Op<string> {
    const { tenant_id } = this.#context;
    const domain = this.#domain;
    if (domain === undefined) {
      this.#legacy("project");
      return tenant_id ?? "";
    }
    const project = yield* (yield* this.#domainAdmin(domain)).createProject({
      domain_id: domainValue(domain),
      name: `${str(tenant_id)}-${stackId}`.slice(0, NAME_LIMIT),
      description: "Heat stack user project",
      enabled: true,
    });
    return textOf(project, "id");
  }

  *deleteStackDomainProject(projectId: string): Op<void> {
    const domain = this.#domain;
    if (domain === undefined) {
      this.#legacy("project");
      return;
    }
    const admin = yield* this.#domainAdmin(domain);
    let project: JsonObject;
    try {
      project = yield* admin.project(projectId);
    } catch (error) {
      if (!(error instanceof Forbidden)) throw error;
      const what = `Unable to get details for project ${projectId}, not deleting`;
      this.#env.log("warning", what);
      return;
    }
    if (project["domain_id"] !== (yield* this.#domainIdOf(domain))) {
      this.#env.log("warning", "Not deleting non heat-domain project");
      return;
    }
    yield* unlessGone(admin.deleteProject(projectId));
  }

  /** @returns its id @throws HeatError, ClientException */
  *createStackDomainUser(username: string, projectId: string, password: string | null): Op<string> {
    const domain = this.#domain;
    if (domain === undefined) this.#legacy("user create");
    const api = domain === undefined ? yield* this.#own() : yield* this.#domainAdmin(domain);
    const project = domain === undefined ? this.#context.tenant_id : projectId;
    const { heat_stack_user_role: role } = this.#flags;
    const [found, ...others] = yield* api.roles(role);
    if (found === undefined || others.length > 0) {
      const what = `Failed to add user ${username} to role ${role}, check role exists!`;
      this.#env.log("error", what);
      throw new HeatError(`Can't find role ${role}`);
    }
    if (username.length > NAME_LIMIT) {
      const what = `Truncating the username ${username} to the last 64 characters.`;
      this.#env.log("warning", what);
    }
    const user = yield* api.createUser({
      default_project_id: project,
      ...(domain !== undefined && { domain_id: domainValue(domain) }),
      enabled: true,
      name: username.slice(-NAME_LIMIT),
      ...(password !== null && { password }),
    });
    yield* api.grantRole(project ?? "", textOf(user, "id"), textOf(found, "id"));
    return textOf(user, "id");
  }

  /** @throws HeatError without a domain */
  *stackDomainUserToken(username: string, projectId: string, password: string): Op<string> {
    const domain = this.#domain;
    if (domain === undefined) {
      throw new HeatError(
        "Cannot get stack domain user token, no stack domain id configured, please fix your heat.conf",
      );
    }
    const login = { username, password, userDomain: domain };
    const scope = { project: { id: projectId } };
    const token = yield* passwordToken(this.#http, this.#endpoint, { ...login, scope }, false);
    return token.id;
  }

  /** The administrator, once the user is known to be one of the stack's. @throws ValueError */
  *#checked(domain: DomainRef, userId: string, projectId: string, action: string): Op<IdentityV3> {
    const admin = yield* this.#domainAdmin(domain);
    const user = yield* admin.user(userId);
    if (user["domain_id"] !== (yield* this.#domainIdOf(domain))) {
      throw new ValueError(`User ${action} in invalid domain`);
    }
    if (user["default_project_id"] !== projectId) {
      throw new ValueError(`User ${action} in invalid project`);
    }
    return admin;
  }

  /** @throws ValueError for a user that is none of the stack's */
  *deleteStackDomainUser(userId: string, projectId: string): Op<void> {
    const domain = this.#domain;
    if (domain === undefined) {
      this.#legacy("user delete");
      yield* this.deleteStackUser(userId);
      return;
    }
    const admin = this.#checked(domain, userId, projectId, "delete");
    yield* unlessGone(
      (function* () {
        yield* (yield* admin).deleteUser(userId);
      })(),
    );
  }

  *deleteStackUser(userId: string): Op<void> {
    yield* unlessGone((yield* this.#own()).deleteUser(userId));
  }

  /** @throws ValueError for a user that is none of the stack's */
  *setStackDomainUserEnabled(userId: string, projectId: string, enabled: boolean): Op<void> {
    const domain = this.#domain;
    const action = enabled ? "enable" : "disable";
    if (domain === undefined) this.#legacy(action);
    const api =
      domain === undefined
        ? yield* this.#own()
        : yield* this.#checked(domain, userId, projectId, action);
    yield* api.updateUser(userId, { enabled });
  }

  *setStackUserEnabled(userId: string, enabled: boolean): Op<void> {
    yield* (yield* this.#own()).updateUser(userId, { enabled });
  }

  /** A credential by which requests can be signed. */
  *createStackDomainUserKeypair(userId: string, projectId: string): Op<AccessKey> {
    const domain = this.#domain;
    if (domain === undefined) this.#legacy("keypair");
    const api = domain === undefined ? yield* this.#own() : yield* this.#domainAdmin(domain);
    const { ids } = this.#env;
    const access = ids.uuid().replaceAll("-", "");
    const secret = ids.uuid().replaceAll("-", "");
    const made = yield* api.createCredential({
      blob: dumps({ access, secret }),
      project_id: domain === undefined ? this.#context.tenant_id : projectId,
      type: "ec2",
      user_id: userId,
    });
    return { id: textOf(made, "id"), access, secret };
  }

  *deleteStackDomainUserKeypair(userId: string, projectId: string, credentialId: string): Op<void> {
    const domain = this.#domain;
    if (domain === undefined) {
      this.#legacy("keypair");
      yield* this.deleteEc2Keypair(credentialId);
      return;
    }
    const admin = yield* this.#checked(domain, userId, projectId, "delete_keypair");
    yield* unlessGone(admin.deleteCredential(credentialId));
  }

  *deleteEc2Keypair(credentialId: string): Op<void> {
    yield* unlessGone((yield* this.#own()).deleteCredential(credentialId));
  }
}

/** Upstream sends a name where an id is asked for (bug 1376213). */
const domainValue = (domain: DomainRef): string => ("id" in domain ? domain.id : domain.name);

const given = (text: string | null): text is string => text !== null && text !== "";

const objectsIn = (list: Json): readonly JsonObject[] =>
  Array.isArray(list) ? (list as readonly Json[]).filter(isObject) : [];

/** In a catalog of either version. */
function urlOf(endpoint: JsonObject, kind: string): string[] {
  const { interface: interfaceOf, url } = endpoint;
  const found = interfaceOf === kind.replace(/[URL]+$/u, "") ? url : endpoint[kind];
  return typeof found === "string" ? [found] : [];
}

function* unlessGone(op: Op<void>): Op<void> {
  try {
    yield* op;
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
  }
}
