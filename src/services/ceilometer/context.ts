/**
 * The context of what Ceilometer sends: an administrator's, of nobody in particular, under a request id of
 * its own. Upstream: ceilometer/openstack/common/context.py at 2014.2.
 */
import type { Env } from "../../framework/index.js";
import type { Serializer } from "../../bus/index.js";
import { textOf, type JsonObject } from "../../python/index.js";

export interface CeilometerContext {
  readonly request_id: string;
  toWire(): JsonObject;
}

const of = (env: Env, is_admin: boolean): CeilometerContext => {
  const request_id = env.requestId();
  return {
    request_id,
    toWire: () => ({
      user: null,
      tenant: null,
      domain: null,
      user_domain: null,
      project_domain: null,
      is_admin,
      read_only: false,
      show_deleted: false,
      auth_token: null,
      request_id,
      instance_uuid: null,
      user_identity: "- - - - -",
    }),
  };
};

/** `get_admin_context()`. */
export const adminContext = (env: Env): CeilometerContext => of(env, true);

/** `RequestContext()`: nobody's. */
export const userContext = (env: Env): CeilometerContext => of(env, false);

export const ceilometerSerializer: Serializer<CeilometerContext> = {
  serializeContext: (ctxt) => ctxt.toWire(),
  deserializeContext: (wire) => ({ request_id: textOf(wire, "request_id"), toWire: () => wire }),
  deserializeEntity: (_ctxt, value) => value,
};

/** `RequestContext('admin', 'admin', is_admin=True)`, whose first argument is a token. */
export function agentContext(env: Env): CeilometerContext {
  const admin = adminContext(env);
  const { request_id } = admin;
  const wire = {
    ...admin.toWire(),
    user: "admin",
    auth_token: "admin",
    user_identity: "admin - - - -",
  };
  return { request_id, toWire: () => wire };
}
