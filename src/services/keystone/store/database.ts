/**
 * Keystone's database: its tables, and what more than one manager asks of them. Not in it: the tables
 * of federation, OAuth and id mapping. Upstream: keystone/identity/backends/sql.py and its like in each
 * part; other-services §1.1.
 */
import { Table, type Row } from "../../../framework/index.js";
import type { Kernel } from "../../../kernel/index.js";
import type { JsonObject } from "../../../python/index.js";
import type * as rows from "./rows.js";

/** The domain that v2 knows no name for. */
export const DEFAULT_DOMAIN = "default";

export class KeystoneDatabase {
  readonly kernel: Kernel;
  readonly domains: Table<rows.Domain>;
  readonly users: Table<rows.User>;
  readonly groups: Table<rows.Group>;
  readonly memberships: Table<rows.Membership>;
  readonly projects: Table<rows.Project>;
  readonly roles: Table<rows.Role>;
  readonly assignments: Table<rows.Assignment>;
  readonly regions: Table<rows.Region>;
  readonly services: Table<rows.ServiceEntry>;
  readonly endpoints: Table<rows.Endpoint>;
  readonly credentials: Table<rows.Credential>;
  readonly policies: Table<rows.PolicyFile>;
  readonly trusts: Table<rows.Trust>;
  readonly tokens: Table<rows.Token>;
  readonly revocations: Table<rows.RevocationEvent>;
  /** By token, the body with which it was issued: what it says does not change. */
  readonly issued = new Map<string, JsonObject>();

  constructor(kernel: Kernel) {
    this.kernel = kernel;
    const project = "keystone";
    const entities = <R extends rows.Entity>(name: string, ...indexes: (keyof R & string)[]) =>
      new Table<R>(kernel, { project, name, key: "uuid", indexes });
    this.domains = entities("domain");
    this.users = entities("user", "name");
    this.groups = entities("group", "name");
    this.projects = entities("project", "name");
    this.roles = entities("role", "name");
    this.regions = entities("region");
    this.services = entities("service");
    this.endpoints = entities("endpoint", "service_id", "legacy_endpoint_id");
    this.credentials = entities("credential", "user_id");
    this.policies = entities("policy");
    this.trusts = entities("trust", "trustor_user_id", "trustee_user_id");
    this.assignments = new Table(kernel, { project, name: "assignment", indexes: ["actor_id"] });
    this.memberships = new Table(kernel, {
      project,
      name: "user_group_membership",
      indexes: ["group_id", "user_id"],
    });
    this.tokens = new Table(kernel, {
      project,
      name: "token",
      key: "token",
      indexes: ["user_id", "trust_id"],
    });
    this.revocations = new Table(kernel, { project, name: "revocation_event" });
  }

  /** Which API issued it: what the other one says of it is made anew. Upstream: get_token_version. */
  isOfV2({ token }: rows.Token): boolean {
    return this.issued.get(token)?.["access"] !== undefined;
  }

  /** The ids of the groups that a user is in. */
  groupsOf(user_id: string): string[] {
    return this.memberships.find({ user_id }).map(({ group_id }) => group_id);
  }

  /** The users in a group. */
  membersOf(group_id: string): Row<rows.User>[] {
    return this.memberships
      .find({ group_id })
      .flatMap(({ user_id }) => this.users.get(user_id) ?? []);
  }

  /** Give a role; false if it was given before. */
  grant(grant: Omit<rows.Assignment, "inherited">, inherited = false): boolean {
    const { type, actor_id, target_id, role_id } = grant;
    const row = { type, actor_id, target_id, role_id, inherited };
    if (this.assignments.first(row) !== undefined) return false;
    this.assignments.insert(row);
    return true;
  }
}
