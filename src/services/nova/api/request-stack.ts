/**
 * What happens to a request between its route and its controller: which action of a server it asks
 * for, whose project it names. What it shares with other projects is in the framework. Upstream:
 * nova/api/openstack/wsgi.py (Resource._process_stack, get_method) at 2014.2; nova §1.2, §5.
 */
import {
  checkBody,
  noSuchAction,
  peekedAction,
  type RequestContext,
} from "../../../framework/index.js";
import type { HttpRequest, Params } from "../../../http/index.js";
import type { Json } from "../../../python/index.js";
import type { ServerAction } from "./actions/action.js";
import { plainFault } from "./faults.js";
import { badRequest } from "./input.js";
import { isForm } from "./resource-paths.js";
import { serverActions } from "./server-actions.js";

const JSON_TYPE = "application/vnd.openstack.compute+json";

/** @throws HttpFault 400 or 404 */
export function admit(ctxt: RequestContext, { tenant_id }: Params, request: HttpRequest): void {
  if (isForm(request)) throw plainFault(404);
  if (/\/servers\/[^/]+\/action\/?$/u.test(request.path)) requestedAction(request);
  checkBody(request, JSON_TYPE);
  if (tenant_id === undefined || tenant_id === ctxt.project_id) return;
  throw badRequest(
    `Malformed request URL: URL's project_id '${tenant_id}' doesn't match Context's project_id '${ctxt.project_id ?? "None"}'`,
  );
}

export interface RequestedAction {
  readonly name: string;
  readonly action: ServerAction;
  readonly argument: Json;
}

/** The action that the body's one key names. @throws HttpFault 400; 404 for what has no keys */
export function requestedAction(request: HttpRequest): RequestedAction {
  const peeked = peekedAction(request, JSON_TYPE);
  if (peeked === undefined) throw plainFault(404);
  const action = serverActions.get(peeked.name);
  if (action === undefined) throw noSuchAction(peeked.name);
  return { ...peeked, action };
}
