/**
 * Which rows a tenant sees at all: its own, shared ones and external networks; an admin sees all.
 * Upstream: `_model_query` of neutron/db/common_db_mixin.py with the hook of db/external_net_db.py.
 */
import type { RequestContext } from "../../../framework/index.js";

interface Owned {
  readonly tenant_id: string;
  readonly shared?: boolean;
  readonly router_external?: boolean;
}

export const isVisible = (ctxt: RequestContext, row: Owned): boolean =>
  ctxt.is_admin ||
  row.tenant_id === ctxt.project_id ||
  row.shared === true ||
  row.router_external === true;
