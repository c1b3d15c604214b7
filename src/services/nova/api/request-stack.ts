/**
 * What happens to a request between its route and its controller: which action it asks for, whether
 * its body can be read, whose project it names. Bodies are JSON here; XML is not simulated and refused
 * as a content type that nobody knows. Upstream: nova/api/openstack/wsgi.py (Resource._process_stack,
 * get_method, action_peek_json, deserialize), nova/api/sizelimit.py at 2014.2; nova §1.2, §5.
 */
import type { RequestContext } from "../../../framework/index.js";
import {
  type HttpFault,
  respond,
  type HttpRequest,
  type HttpResponse,
  type Params,
} from "../../../http/index.js";
import { dumps, isObject, type Json } from "../../../python/index.js";
import { plainFault } from "./faults.js";
import { badRequest } from "./input.js";
import { serverActions, type ServerAction } from "./server-actions.js";

const JSON_TYPES: readonly string[] = [
  "application/json",
  "application/vnd.openstack.compute+json",
];

/** @throws HttpFault 400 or 404 */
export function admit(ctxt: RequestContext, { tenant_id }: Params, request: HttpRequest): void {
  if (/\/servers\/[^/]+\/action\/?$/u.test(request.path)) requestedAction(request);
  checkBody(request);
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

/** `action_peek_json`: the body's one key. @throws HttpFault 400; 404 for what has no keys */
export function requestedAction({ body, headers }: HttpRequest): RequestedAction {
  if (!isJson(headers)) throw badRequest("There is no such action: None");
  if (body === null || typeof body === "string") throw malformed();
  if (typeof body !== "object") throw plainFault(404);
  const [name, ...others] = Object.keys(body);
  if (name === undefined || others.length > 0) throw malformed();
  if (!isObject(body)) throw plainFault(404);
  const action = serverActions.get(name);
  if (action === undefined) throw badRequest(`There is no such action: ${name}`);
  return { name, action, argument: body[name] ?? null };
}

function checkBody({ method, headers, body }: HttpRequest): void {
  if ((method !== "POST" && method !== "PUT") || body === null) return;
  if (!isJson(headers)) throw badRequest("Unsupported Content-Type");
  // A body that is text is none that JSON could read.
  if (typeof body === "string") throw malformed();
}

/** Clients of the simulation send JSON unless they say otherwise. */
function isJson(headers: HttpRequest["headers"]): boolean {
  const [type = ""] = (headers["content-type"] ?? "application/json").split(";");
  return JSON_TYPES.includes(type.trim().toLowerCase());
}

const malformed = (): HttpFault => badRequest("Malformed request body");

/** `RequestBodySizeLimiter`: the answer is webob's, as it stands before all controllers. */
export function tooLarge({ body }: HttpRequest, most: number): HttpResponse | undefined {
  if (body === null) return undefined;
  const text = typeof body === "string" ? body : dumps(body);
  if (text.length <= most) return undefined;
  return respond(413, "413 Request Entity Too Large\n\nRequest is too large.\n\n   ", {
    "content-type": "text/plain; charset=UTF-8",
  });
}

/** A path may say in which format it wants its answer; there is one. */
export const withoutFormat = (request: HttpRequest): HttpRequest =>
  request.path.endsWith(".json") ? { ...request, path: request.path.slice(0, -5) } : request;
