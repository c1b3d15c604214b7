/**
 * Rows of Keystone's tables. Ids are 32 hexadecimal digits in the column `uuid`, because a row's `id`
 * is its number here; on the wire it is `id`. What a client sends beyond a table's columns is in
 * `extra`, and comes back beside them. Upstream: the models of each keystone/.../backends/sql.py at
 * 2014.2; other-services §1.1.
 */
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

export interface Group extends Entity {
  readonly name: string;
  readonly domain_id: string;
  readonly description: string | null;
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

/** Users by group. */
export interface Membership {
  readonly group_id: string;
  readonly user_id: string;
}

export interface Assignment {
  readonly type: "UserProject" | "UserDomain" | "GroupProject" | "GroupDomain";
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

/** Secrets of a user that are no passwords: access keys of EC2, certificates. */
export interface Credential extends Entity {
  readonly user_id: string;
  readonly project_id: string | null;
  readonly blob: string;
  readonly type: string;
}

/** A policy file of another service; Keystone stores it, and nobody asks for it. */
export interface PolicyFile extends Entity {
  readonly blob: string;
  readonly type: string;
}

/** One user lets another one act for it. A row stays when the trust is taken back. */
export interface Trust extends Entity {
  readonly trustor_user_id: string;
  readonly trustee_user_id: string;
  readonly project_id: string | null;
  readonly impersonation: boolean;
  readonly expires_at: string | null;
  /** null: as often as it likes. */
  readonly remaining_uses: number | null;
  readonly role_ids: readonly string[];
}

/** Which tokens are dead: those that agree in all that is no null, and are older. */
export interface RevocationEvent {
  readonly trust_id: string | null;
  readonly audit_id: string | null;
  readonly domain_id: string | null;
  readonly project_id: string | null;
  readonly user_id: string | null;
  readonly role_id: string | null;
  readonly issued_before: string;
  readonly revoked_at: string;
}

/** A token as it was issued; what it said then is in `issued`. */
export interface Token {
  /** The token itself, or what is kept of one that is too long for that. */
  readonly token: string;
  readonly user_id: string;
  readonly project_id: string | null;
  readonly domain_id: string | null;
  readonly trust_id: string | null;
  readonly role_ids: readonly string[];
  readonly methods: readonly string[];
  readonly audit_ids: readonly string[];
  readonly issued_at: string;
  readonly expires: string;
  readonly valid: boolean;
}
