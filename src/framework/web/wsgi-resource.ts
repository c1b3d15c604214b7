/**
 * What happens to a request between its route and its controller in Nova and in the projects that
 * left it with its code: whether its body can be read, which action it asks for, what a fault looks like.
 * Bodies are JSON; XML is refused as a content type that nobody knows. Upstream:
 * nova/api/openstack/wsgi.py (Resource, Fault), nova/api/sizelimit.py, and the same files of cinder,
 * at 2014.2.
 */
import {
  HttpFault,
  respond,
  type Headers,
  type HttpRequest,
  type HttpResponse,
} from "../../http/index.js";
import { dumps, isObject, type Json } from "../../python/index.js";

const FAULT_NAMES: ReadonlyMap<number, string> = new Map([
  [400, "badRequest"],
  [401, "unauthorized"],
  [403, "forbidden"],
  [404, "itemNotFound"],
  [405, "badMethod"],
  [409, "conflictingRequest"],
  [413, "overLimit"],
  [415, "badMediaType"],
  [429, "overLimit"],
  [501, "notImplemented"],
  [503, "serviceUnavailable"],
]);

/**
 * `{badRequest: {code, message}}`.
 * @param retryAfter what the fault says of `Retry-After`, where it says it in its body
 */
export function namedFault(
  { status, message, headers }: HttpFault,
  retryAfter?: string,
): HttpResponse {
  const name = FAULT_NAMES.get(status) ?? "computeFault";
  const overLimit = (status === 413 || status === 429) && retryAfter !== undefined;
  const fault = { code: status, message, ...(overLimit && { retryAfter }) };
  return respond(
    status,
    { [name]: fault },
    { "content-type": "application/json; charset=UTF-8", ...headers },
  );
}

/** Clients of the simulation send JSON unless they say otherwise. @param own `application/vnd.openstack.compute+json` */
export function isJson(headers: Headers, own: string): boolean {
  const [type = ""] = (headers["content-type"] ?? "application/json").split(";");
  return ["application/json", own].includes(type.trim().toLowerCase());
}

/** @throws HttpFault 400 */
export function checkBody({ method, headers, body }: HttpRequest, own: string): void {
  if ((method !== "POST" && method !== "PUT") || body === null) return;
  if (!isJson(headers, own)) throw new HttpFault(400, "Unsupported Content-Type");
  // A body that is text is none that JSON could read.
  if (typeof body === "string") throw malformed();
}

export interface PeekedAction {
  readonly name: string;
  readonly argument: Json;
}

/**
 * `action_peek_json`: the body's one key; undefined for what has no keys.
 * @throws HttpFault 400
 */
export function peekedAction(
  { body, headers }: HttpRequest,
  own: string,
): PeekedAction | undefined {
  if (!isJson(headers, own)) throw noSuchAction("None");
  if (body === null || typeof body === "string") throw malformed();
  if (typeof body !== "object") return undefined;
  const [name, ...others] = Object.keys(body);
  if (name === undefined || others.length > 0) throw malformed();
  if (!isObject(body)) return undefined;
  return { name, argument: body[name] ?? null };
}

export const noSuchAction = (name: string): HttpFault =>
  new HttpFault(400, `There is no such action: ${name}`);

const malformed = (): HttpFault => new HttpFault(400, "Malformed request body");

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
