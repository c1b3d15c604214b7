/**
 * Users of stacks and their projects, in a domain of Heat's if there is one: its administrator makes them and takes
 * them away. Without a domain they are the asker's to make. Upstream: heat/common/heat_keystoneclient.py
 * (KeystoneClientV3: create_stack_domain_* and their like) at 2014.2.
 */
import { Forbidden, NotFound } from "../../../framework/apiclient/index.js";
import type { Op } from "../../../kernel/index.js";
import { dumps, str, textOf, ValueError, type JsonObject } from "../../../python/index.js";
import { IdentityV3, passwordToken, type DomainRef } from "../../keystone/client/index.js";
import { HeatError } from "../exception.js";
import type { ClientContext, ClientEnv } from "./context.js";
import type { KeystonePlugin } from "./keystone.js";

/** Of an EC2 credential. */
export interface AccessKey {
  readonly id: string;
  readonly access: string;
  readonly secret: string;
}

/** Characters of a user's name. */
const NAME_LIMIT = 64;

export class StackUsers {
  readonly #env: ClientEnv;
  readonly #context: ClientContext;
  readonly #keystone: KeystonePlugin;
  #admin: IdentityV3 | undefined;
  #domainId: string | undefined;

  constructor(env: ClientEnv, context: ClientContext, keystone: KeystonePlugin) {
    this.#env = env;
    this.#context = context;
    this.#keystone = keystone;
  }

  get #domain(): DomainRef | undefined {
    return this.#keystone.domain;
  }

  #own(): Op<IdentityV3> {
    return this.#keystone.own();
  }

  /** As the administrator of the domain of Heat's users. */
  *#domainAdmin(domain: DomainRef): Op<IdentityV3> {
    yield* this.#keystone.ready();
    if (this.#admin !== undefined) return this.#admin;
    const { http, flags } = this.#env;
    const { endpoint } = this.#keystone;
    const { stack_domain_admin: username, stack_domain_admin_password: password } = flags;
    const login = { username: username ?? "", password, userDomain: domain, scope: { domain } };
    const { id } = yield* passwordToken(http, endpoint, login);
    return (this.#admin = new IdentityV3(http, endpoint, id));
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
    const { heat_stack_user_role: role } = this.#env.flags;
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
    const token = yield* passwordToken(
      this.#env.http,
      this.#keystone.endpoint,
      { ...login, scope },
      false,
    );
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
    yield* unlessGone(this.#deleteDomainUser(domain, userId, projectId));
  }

  *#deleteDomainUser(domain: DomainRef, userId: string, projectId: string): Op<void> {
    const admin = yield* this.#checked(domain, userId, projectId, "delete");
    yield* admin.deleteUser(userId);
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

function* unlessGone(op: Op<void>): Op<void> {
  try {
    yield* op;
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
  }
}
