/**
 * Cinder's contexts on the wire: other keys than Nova's. Its catalog keeps the services that Cinder
 * calls for a user, compute and object-store.
 * Upstream: cinder/context.py (RequestContext.to_dict), cinder/rpc.py at 2014.2.
 */
import type { Serializer } from "../../bus/index.js";
import { contextFromWire, type RequestContext } from "../../framework/index.js";
import type { JsonObject } from "../../python/index.js";

export const CATALOG_TYPES: readonly string[] = ["compute", "object-store"];

const toWire = (ctxt: RequestContext): JsonObject => ({
  user_id: ctxt.user_id,
  project_id: ctxt.project_id,
  project_name: ctxt.project_name,
  domain: null,
  user_domain: null,
  project_domain: null,
  is_admin: ctxt.is_admin,
  read_deleted: ctxt.read_deleted,
  roles: ctxt.roles,
  remote_address: ctxt.remote_address,
  timestamp: ctxt.timestamp,
  request_id: ctxt.request_id,
  auth_token: ctxt.auth_token,
  quota_class: ctxt.quota_class,
  service_catalog: ctxt.service_catalog,
  tenant: ctxt.project_id,
  user: ctxt.user_id,
  user_identity: `${ctxt.user_id ?? "-"} ${ctxt.project_id ?? "-"} - - -`,
});

export const cinderSerializer: Serializer<RequestContext> = {
  serializeContext: toWire,
  deserializeContext: (wire) => contextFromWire({ ...wire, catalog_types: CATALOG_TYPES }),
  deserializeEntity: (_ctxt, value) => value,
};
