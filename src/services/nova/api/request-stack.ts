/**
 * What happens to a request between its route and its controller: which action of a server it asks
 * for, whose project it names. What it shares with other projects is in the framework. Upstream:
 * nova/api/openstack/wsgi.py (Resource._process_stack, get_method) at 2014.2; nova §1.2, §5.
 */
import {
  checkBody,
  noSuchAction,
  peekedAction,
  type PeekedAction,
  type RequestContext,
} from "../../../framework/index.js";
import type { HttpRequest, Params } from "../../../http/index.js";
import { networkActions } from "./actions/network-action-table.js";
import { plainFault } from "./faults.js";
import { badRequest } from "./input.js";
import { isForm } from "./resource-paths.js";
import { serverActions } from "./server-actions.js";

const JSON_TYPE = "application/vnd.openstack.compute+json";

/** @throws HttpFault 400 or 404 */
export function admit(ctxt: RequestContext, { tenant_id }: Params, request: HttpRequest): void {
  if (isForm(request)) throw plainFault(404);
  lookUpAction(request);
  checkBody(request, JSON_TYPE);
  if (tenant_id === undefined || tenant_id === ctxt.project_id) return;
  throw badRequest(
    `Malformed request URL: URL's project_id '${tenant_id}' doesn't match Context's project_id '${ctxt.project_id ?? "None"}'`,
  );
}

/** What can be asked of whom. Methods of a flavor's that an extension wrote count as well. */
const ACTIONS = new Map<string, { readonly has: (name: string) => boolean }>([
  ["servers", serverActions],
  ["flavors", new Set(["addTenantAccess", "removeTenantAccess", "create", "delete"])],
  ["os-baremetal-nodes", new Set(["add_interface", "remove_interface"])],
  ["os-networks", networkActions],
]);

/** An action is known before anybody is asked whether the caller may. @throws HttpFault 400 or 404 */
function lookUpAction(request: HttpRequest): void {
  const [, resource = ""] = /^\/[^/]+\/[^/]+\/([^/]+)\/[^/]+\/action\/?$/u.exec(request.path) ?? [];
  const known = ACTIONS.get(resource);
  if (known === undefined) return;
  const { name } = namedAction(request);
  if (!known.has(name)) throw noSuchAction(name);
}

/** What the one key of the body names. @throws HttpFault 400; 404 for what has no keys */
export function namedAction(request: HttpRequest): PeekedAction {
  const peeked = peekedAction(request, JSON_TYPE);
  if (peeked === undefined) throw plainFault(404);
  return peeked;
}

/** The one of `actions` that the body's one key names. @throws HttpFault 400; 404 for what has no keys */
export function requestedAction<T>(
  request: HttpRequest,
  actions: ReadonlyMap<string, T>,
): PeekedAction & { readonly action: T } {
  const peeked = namedAction(request);
  const action = actions.get(peeked.name);
  if (action === undefined) throw noSuchAction(peeked.name);
  return { ...peeked, action };
}
