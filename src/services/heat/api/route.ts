/**
 * Routes of heat-api, below `/v1/{tenant_id}`, and what a handler is given. A method that takes no body refuses
 * one, and one that needs one its absence, as Python does where it is called. Upstream:
 * heat/api/openstack/v1/__init__.py, heat/common/wsgi.py (Resource, JSONRequestDeserializer) at 2014.2.
 */
import {
  routeMaker,
  type ApiRoute,
  type Call,
  type RoutePolicy,
} from "../../../framework/index.js";
import {
  HttpFault,
  explanation,
  respond,
  type HttpRequest,
  type HttpResponse,
  type ParametersOf,
} from "../../../http/index.js";
import type { Op } from "../../../kernel/index.js";
import {
  dumps,
  isObject,
  loads,
  ValueError,
  type Json,
  type JsonObject,
} from "../../../python/index.js";
import type { HeatContext } from "../context.js";
import { RequestLimitExceeded } from "../exception.js";
import { stackIdentity, type StackIdentity } from "../identifier.js";
import type { HeatApp } from "./app.js";
import type { HeatRule } from "./policy.js";

export type HeatRoute = ApiRoute<HeatApp, HeatContext, HeatRule>;

export type HeatCall<Names extends string = string> = Call<
  HeatApp,
  HeatContext,
  HeatRule,
  unknown,
  Names
>;

const make = routeMaker<HeatApp, HeatContext, HeatRule>();

type Method = HeatRoute["method"];

/** What a method of a controller makes of a body. */
export type Body = "none" | "optional" | "required";

/** A route below the tenant's. @param body what the method takes */
export const route = <const P extends string>(
  method: Method,
  path: P,
  policy: RoutePolicy<HeatRule>,
  body: Body,
  handler: (call: HeatCall<ParametersOf<`/v1/{tenant_id}${P}`>>) => Op<HttpResponse>,
): HeatRoute =>
  make(method, `/v1/{tenant_id}${path}`, policy, (call) => {
    const given = hasBody(call.request);
    if (body === "none" ? given : body === "required" && !given) throw malformed();
    return handler(call);
  });

/** The stack of a path. */
export const identityIn = ({ ctxt, params }: HeatCall<"stack_name" | "stack_id">): StackIdentity =>
  stackIdentity(ctxt.tenant_id, params.stack_name, params.stack_id);

/** webob's own words for what cannot be called so. */
export const malformed = (): HttpFault => new HttpFault(400, explanation(400));

export const badRequest = (text: string): HttpFault => new HttpFault(400, text);

/** Whether there is one that is read: JSON by its type, or without one, and a dictionary. */
export function hasBody({ headers, body }: HttpRequest): boolean {
  const [given = ""] = (headers["content-type"] ?? "").split(";");
  const type = given.trim();
  const json = type === "" || type.startsWith("text/plain") || type === "application/json";
  return json && (typeof body === "string" ? body.startsWith("{") : isObject(body));
}

/** What is read whatever the method. @throws HttpFault 400, RequestLimitExceeded */
export function checkBody(request: HttpRequest, most: number): void {
  if (!hasBody(request)) return;
  const { body } = request;
  const text = typeof body === "string" ? body : dumps(body);
  if (text.length > most) {
    const [size, limit] = [String(text.length), String(most)];
    const message = `JSON body size (${size} bytes) exceeds maximum allowed size (${limit} bytes).`;
    throw new RequestLimitExceeded({ message });
  }
  if (typeof body !== "string") return;
  try {
    loads(body);
  } catch (error) {
    if (error instanceof ValueError) throw badRequest(error.message);
    throw error;
  }
}

/** The body, where there must be one. */
export function bodyOf({ body }: HttpRequest): JsonObject {
  const value = typeof body === "string" ? loads(body) : body;
  return isObject(value) ? value : {};
}

export const json = (status: number, body: Json, headers = {}): HttpResponse =>
  respond(status, body, { "content-type": "application/json", ...headers });
