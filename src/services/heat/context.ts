/**
 * Who asks Heat, and with what: its contexts bear the token with all that Keystone said of it, and the name
 * and password that a client may send along for later. Upstream: heat/common/context.py (RequestContext,
 * ContextMiddleware), heat/common/messaging.py (RequestContextSerializer) at 2014.2.
 */
import type { Serializer } from "../../bus/index.js";
import type { Env } from "../../framework/index.js";
import type { HttpRequest } from "../../http/index.js";
import type { Json, JsonObject } from "../../python/index.js";

export interface HeatContextValues {
  readonly auth_token?: string | null;
  /** Out of `X-Auth-User` alone. */
  readonly username?: string | null;
  readonly password?: string | null;
  readonly aws_creds?: string | null;
  /** The name. */
  readonly tenant?: string | null;
  readonly tenant_id?: string | null;
  readonly user_id?: string | null;
  readonly auth_url?: string | null;
  readonly roles?: readonly string[];
  readonly is_admin?: boolean;
  readonly trust_id?: string | null;
  readonly trustor_user_id?: string | null;
  readonly auth_token_info?: Json;
  readonly show_deleted?: boolean;
  readonly request_id: string;
}

export class HeatContext {
  readonly auth_token: string | null;
  readonly username: string | null;
  readonly password: string | null;
  readonly aws_creds: string | null;
  readonly tenant: string | null;
  readonly tenant_id: string | null;
  readonly user_id: string | null;
  readonly auth_url: string | null;
  readonly roles: readonly string[];
  readonly is_admin: boolean;
  readonly trust_id: string | null;
  readonly trustor_user_id: string | null;
  readonly auth_token_info: Json;
  readonly show_deleted: boolean;
  readonly request_id: string;

  constructor(values: HeatContextValues) {
    this.auth_token = values.auth_token ?? null;
    this.username = values.username ?? null;
    this.password = values.password ?? null;
    this.aws_creds = values.aws_creds ?? null;
    this.tenant = values.tenant ?? null;
    this.tenant_id = values.tenant_id ?? null;
    this.user_id = values.user_id ?? null;
    this.auth_url = values.auth_url ?? null;
    this.roles = values.roles ?? [];
    // `context_is_admin` of policy.json.
    this.is_admin = values.is_admin ?? this.roles.includes("admin");
    this.trust_id = values.trust_id ?? null;
    this.trustor_user_id = values.trustor_user_id ?? null;
    this.auth_token_info = values.auth_token_info ?? null;
    this.show_deleted = values.show_deleted ?? false;
    this.request_id = values.request_id;
  }

  /** `to_dict`. */
  toWire(): JsonObject {
    return {
      auth_token: this.auth_token,
      username: this.username,
      user_id: this.user_id,
      password: this.password,
      aws_creds: this.aws_creds,
      tenant: this.tenant,
      tenant_id: this.tenant_id,
      trust_id: this.trust_id,
      trustor_user_id: this.trustor_user_id,
      auth_token_info: this.auth_token_info,
      auth_url: this.auth_url,
      roles: this.roles,
      is_admin: this.is_admin,
      user: this.username,
      request_id: this.request_id,
      show_deleted: this.show_deleted,
    };
  }
}

export const heatSerializer: Serializer<HeatContext> = {
  serializeContext: (ctxt) => ctxt.toWire(),
  deserializeContext: (wire) => new HeatContext(wire as unknown as HeatContextValues),
  deserializeEntity: (_ctxt, value) => value,
};

/** Makes contexts out of what the token middleware says, and of what the client says beside its token. */
export const contextMaker =
  (env: Env) =>
  ({ headers, tokenInfo }: HttpRequest): HeatContext => {
    const username = headers["x-auth-user"] ?? null;
    return new HeatContext({
      auth_token: headers["x-auth-token"] ?? null,
      username,
      password: username === null ? null : (headers["x-auth-key"] ?? null),
      aws_creds: username === null ? (headers["x-auth-ec2-creds"] ?? null) : null,
      tenant: headers["x-tenant-name"] ?? null,
      tenant_id: headers["x-tenant-id"] ?? null,
      user_id: headers["x-user-id"] ?? null,
      auth_url: headers["x-auth-url"] ?? null,
      roles: headers["x-roles"]?.split(",") ?? [],
      auth_token_info: tokenInfo ?? null,
      request_id: env.currentRequest(),
    });
  };
