/** Finds the server that a URL names. Upstream: nova/api/openstack/common.py (get_instance). */
import type { RequestContext } from "../../../framework/index.js";
import { HttpFault } from "../../../http/index.js";
import { instanceFromRow } from "../db/instances.js";
import type { Instance } from "../objects/instance.js";
import type { NovaApp } from "./app.js";

/** The caller's own, or any for administrators. @throws HttpFault 404 */
export function findServer(app: NovaApp, ctxt: RequestContext, id: string): Instance {
  const row = app.db.instances.get(id);
  if (row === undefined || (!ctxt.is_admin && row.project_id !== ctxt.project_id)) {
    throw new HttpFault(404, `Instance ${id} could not be found.`);
  }
  return instanceFromRow(app.db, app.store, row);
}
