/**
 * Keystone's database. Ids are 32 hexadecimal digits in the column `uuid`, because a row's `id` is
 * its number here; on the wire it is `id`. What a client sends beyond a table's columns is in
 * `extra`, and comes back beside them. Not in it: groups, trusts, credentials, revocation events.
 * Upstream: keystone/identity/backends/sql.py and its like in each part; other-services §1.1.
 */
import { Table, type Row } from "../../../framework/index.js";
import type { Kernel } from "../../../kernel/index.js";
import type { JsonObject } from "../../../python/index.js";

/** What every table of Keystone has but those of tokens and grants. */
export interface Entity {
  readonly uuid: string;
  readonly extra: JsonObject;
}

export interface Domain extends Entity {
  readonly name: string;
  readonly enabled: boolean;
}

export interface User extends Entity {
  readonly name: string;
  readonly domain_id: string;
  /** Upstream keeps a salted hash; there is nothing to protect here. */
  readonly password: string | null;
  readonly enabled: boolean;
  readonly default_project_id: string | null;
}

export interface Project extends Entity {
  readonly name: string;
  readonly domain_id: string;
  readonly description: string | null;
  readonly enabled: boolean;
}

export interface Role extends Entity {
  readonly name: string;
}

export interface Assignment {
  readonly type: "UserProject" | "UserDomain";
  readonly actor_id: string;
  readonly target_id: string;
  readonly role_id: string;
  readonly inherited: boolean;
}

export interface Region extends Entity {
  readonly description: string;
  readonly parent_region_id: string | null;
  readonly url: string | null;
}

/** Name and description of a service are no columns. */
export interface ServiceEntry extends Entity {
  readonly type: string;
  readonly enabled: boolean;
}

/** One interface of an endpoint. */
export interface Endpoint extends Entity {
  /** Ties the three interfaces together that v2 takes for one endpoint. */
  readonly legacy_endpoint_id: string | null;
  readonly interface: string;
  readonly region_id: string | null;
  readonly service_id: string;
  /** With `$(tenant_id)s` and `$(user_id)s` in it. */
  readonly url: string;
  readonly enabled: boolean;
}

/** A token as it was issued; what it said then is in `issued`. */
export interface Token {
  readonly token: string;
  readonly user_id: string;
  readonly project_id: string | null;
  readonly domain_id: string | null;
  readonly role_ids: readonly string[];
  readonly methods: readonly string[];
  readonly audit_ids: readonly string[];
  readonly issued_at: string;
  readonly expires: string;
  readonly valid: boolean;
}

/** The domain that v2 knows no name for. */
export const DEFAULT_DOMAIN = "default";

export class KeystoneDatabase {
  readonly kernel: Kernel;
  readonly domains: Table<Domain>;
  readonly users: Table<User>;
  readonly projects: Table<Project>;
  readonly roles: Table<Role>;
  readonly assignments: Table<Assignment>;
  readonly regions: Table<Region>;
  readonly services: Table<ServiceEntry>;
  readonly endpoints: Table<Endpoint>;
  readonly tokens: Table<Token>;
  /** By token, the body with which it was issued: what it says does not change. */
  readonly issued = new Map<string, JsonObject>();

  constructor(kernel: Kernel) {
    const project = "keystone";
    const key = "uuid";
    this.kernel = kernel;
    this.domains = new Table(kernel, { project, name: "domain", key });
    this.users = new Table(kernel, { project, name: "user", key, indexes: ["name"] });
    this.projects = new Table(kernel, { project, name: "project", key, indexes: ["name"] });
    this.roles = new Table(kernel, { project, name: "role", key, indexes: ["name"] });
    this.assignments = new Table(kernel, { project, name: "assignment", indexes: ["actor_id"] });
    this.regions = new Table(kernel, { project, name: "region", key });
    this.services = new Table(kernel, { project, name: "service", key });
    this.endpoints = new Table(kernel, {
      project,
      name: "endpoint",
      key,
      indexes: ["service_id", "legacy_endpoint_id"],
    });
    this.tokens = new Table(kernel, {
      project,
      name: "token",
      key: "token",
      indexes: ["user_id"],
    });
  }

  /** Which API issued it: what the other one says of it is made anew. Upstream: get_token_version. */
  isOfV2({ token }: Token): boolean {
    return this.issued.get(token)?.["access"] !== undefined;
  }

  /** The roles that a user has on a project, in order of their granting. */
  rolesOn(userId: string, targetId: string): Row<Role>[] {
    return this.assignments
      .find({ actor_id: userId, target_id: targetId })
      .map(({ role_id }) => this.roles.get(role_id))
      .filter((role) => role !== undefined);
  }

  /** The projects that a user has a role on. Upstream: list_projects_for_user. */
  projectsOf(userId: string): Row<Project>[] {
    const grants = this.assignments.find({ actor_id: userId, type: "UserProject" });
    const ids = new Set(grants.map(({ target_id }) => target_id));
    return [...ids].flatMap((id) => this.projects.get(id) ?? []);
  }

  /** Give a role; false if it was given before. */
  grant(type: Assignment["type"], userId: string, targetId: string, roleId: string): boolean {
    const grant = { type, actor_id: userId, target_id: targetId, role_id: roleId };
    if (this.assignments.first(grant) !== undefined) return false;
    this.assignments.insert({ ...grant, inherited: false });
    return true;
  }
}
