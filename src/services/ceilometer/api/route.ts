/** Routes of ceilometer-api: no rule of policy.json stands before them. Upstream: ceilometer/api/controllers/v2.py at 2014.2. */
import {
  routeMaker,
  type ApiRoute,
  type Call,
  type RequestContext,
} from "../../../framework/index.js";
import { respond, type HttpRequest, type HttpResponse } from "../../../http/index.js";
import { toJson, type Json } from "../../../python/index.js";
import type { CeilometerApp } from "./app.js";
import type { CeilometerRule } from "./policy.js";
import { UrlArguments } from "./wsme/arguments.js";
import { MissingArgument } from "./wsme/errors.js";

export type CeilometerRoute = ApiRoute<CeilometerApp, RequestContext, CeilometerRule>;

export type CeilometerCall<Names extends string = string> = Call<
  CeilometerApp,
  RequestContext,
  CeilometerRule,
  unknown,
  Names
>;

export const route = routeMaker<CeilometerApp, RequestContext, CeilometerRule>();

/** What the URL says, as `read` reads it; nothing else may stand in it. @throws UnknownArgument */
export function urlArguments<T>({ query }: HttpRequest, read: (from: UrlArguments) => T): T {
  const from = new UrlArguments(query);
  const found = read(from);
  from.end();
  return found;
}

/** The body that a method has a parameter for. @throws MissingArgument */
export function bodyOf({ body, query }: HttpRequest, parameter: string): Json {
  new UrlArguments(query).end();
  if (body === null) throw new MissingArgument(parameter);
  return body;
}

export const ok = (body: unknown, status = 200): HttpResponse => respond(status, toJson(body));
