/**
 * Neutron's contexts on the wire: other keys than Nova's. Who is told of them by notification reads
 * `tenant_id`, which Nova's do not have. Upstream: neutron/context.py (ContextBase.to_dict),
 * neutron/common/rpc.py (RequestContextSerializer) at 2014.2.
 */
import type { Serializer } from "../../bus/index.js";
import { contextFromWire, type RequestContext } from "../../framework/index.js";
import type { JsonObject } from "../../python/index.js";

export const neutronContext = (ctxt: RequestContext): JsonObject => ({
  user_id: ctxt.user_id,
  tenant_id: ctxt.project_id,
  project_id: ctxt.project_id,
  is_admin: ctxt.is_admin,
  read_deleted: ctxt.read_deleted,
  roles: ctxt.roles,
  // `str()` of a datetime.
  timestamp: ctxt.timestamp.replace("T", " "),
  request_id: ctxt.request_id,
  tenant: ctxt.project_id,
  user: ctxt.user_id,
  tenant_name: ctxt.project_name,
  project_name: ctxt.project_name,
  user_name: ctxt.user_name,
  auth_token: ctxt.auth_token,
});

export const neutronSerializer: Serializer<RequestContext> = {
  serializeContext: neutronContext,
  deserializeContext: contextFromWire,
  deserializeEntity: (_ctxt, value) => value,
};
