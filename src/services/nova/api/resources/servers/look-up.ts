/**
 * Finds the server that a URL names, the caller's own or any for administrators. Each controller has
 * words of its own for one that is not there. Upstream: nova/compute/api.py (get),
 * nova/api/openstack/common.py (get_instance) at 2014.2; nova §5.4.
 */
import type { RequestContext } from "../../../../../framework/index.js";
import { HttpFault } from "../../../../../http/index.js";
import { isUuidLike } from "../../../../../python/index.js";
import { instanceFromRow } from "../../../db/instances/instances.js";
import { InstanceNotFound } from "../../../exception.js";
import type { Instance } from "../../../objects/instance.js";
import type { NovaApp } from "../../app.js";
import type { NovaCall } from "../../route.js";

/** What is said of a server that is not there; without words, the exception's. */
export type Missing = string | undefined;

/** By id or, as in the days of EC2, by number. @throws HttpFault 404 */
export function findServer(
  app: NovaApp,
  ctxt: RequestContext,
  id: string,
  missing?: Missing,
): Instance {
  const numbered = /^(0|[1-9]\d*)$/u.test(id);
  const { instances } = app.db;
  const row = numbered
    ? instances.find().find((each) => String(each.id) === id)
    : instances.get(isUuidLike(id) ? id : "");
  if (row === undefined || (!ctxt.is_admin && row.project_id !== ctxt.project_id)) {
    const { message } = new InstanceNotFound({ instance_id: id });
    throw new HttpFault(404, missing ?? message);
  }
  return instanceFromRow(app.db, app.store, row);
}

/** The server that the URL names, to be shown. @throws HttpFault 404 */
export function getServer(call: NovaCall<"id">, missing?: Missing): Instance {
  const { app, ctxt, params, enforce } = call;
  const instance = findServer(app, ctxt, params.id, missing);
  enforce(instance, "compute:get");
  return instance;
}
