/**
 * Signals of servers and alarms to resources, by the URLs that those have handed out. Upstream:
 * heat/api/cfn/v1/signal.py (SignalController) under heat/api/cfn/v1/__init__.py at 2014.2.
 */
import {
  HttpFault,
  respond,
  type Application,
  type HttpRequest,
  type HttpResponse,
} from "../../../http/index.js";
import { caught, type Op } from "../../../kernel/index.js";
import { PythonTypeError, ValueError, type Json } from "../../../python/index.js";
import { above, identityOfArn, lastOfPath } from "../identifier.js";
import { describeStackResource } from "./describe.js";
import { HeatApiException, mapped } from "./faults.js";
import type { SignalOptions } from "./signal-options.js";
import { xmlOf } from "./xml.js";

const WAIT_CONDITION = /^\/v1(?:\.0)?\/waitcondition\/(.*)$/su;
const SIGNAL = /^\/v1(?:\.0)?\/signal\/(.*)$/su;

/** What is behind the layers: two paths, and of the queries of CloudFormation the one that servers ask. */
export function signals(options: SignalOptions): Application {
  return (request) => {
    const [, condition] = WAIT_CONDITION.exec(request.path) ?? [];
    if (condition !== undefined && request.method === "PUT") {
      return waitCondition(options, request, condition);
    }
    const [, resource] = SIGNAL.exec(request.path) ?? [];
    if (resource !== undefined && request.method === "POST") {
      return signal(options, request, resource);
    }
    const isQuery = /^\/v1(?:\.0)?\/?$/u.test(request.path);
    if (isQuery && request.query.get("Action") === "DescribeStackResource") {
      return describeStackResource(options, request);
    }
    if (isQuery) throw new HeatApiException("APINotImplemented");
    throw new HttpFault(404, "The resource could not be found.");
  };
}

function* waitCondition(
  options: SignalOptions,
  request: HttpRequest,
  arn: string,
): Op<HttpResponse> {
  // Without a body the method lacks an argument, and nobody makes a fault of it.
  if (request.body === null) {
    throw new PythonTypeError("update_waitcondition() takes exactly 4 arguments (3 given)");
  }
  const resource = resourceOf(arn);
  const json = wantsJson(request);
  const metadata = yield* told(options, request, resource);
  if (metadata instanceof HeatApiException) return metadata.response(json);
  const result = { resource: resource.name, metadata };
  return json
    ? respond(200, result, { "content-type": "application/json" })
    : respond(200, xmlOf(result), { "content-type": "application/xml" });
}

/** Nothing is answered, unless JSON was asked for. */
function* signal(options: SignalOptions, request: HttpRequest, arn: string): Op<HttpResponse> {
  const json = wantsJson(request);
  const error = yield* told(options, request, resourceOf(arn));
  if (error instanceof HeatApiException) return error.response(json);
  return respond(200, json ? null : "", {
    "content-type": json ? "application/json" : "text/html; charset=UTF-8",
  });
}

interface NamedResource {
  readonly stack: ReturnType<typeof above>;
  readonly name: string;
}

/** @throws ValueError for what is no ARN of Heat's */
function resourceOf(arn: string): NamedResource {
  const identity = identityOfArn(arn);
  if (identity === undefined) throw new ValueError(`"${arn}" is not a valid Heat ARN`);
  return { stack: above(identity), name: lastOfPath(identity) };
}

/** The resource's metadata, or what the engine's refusal is called. */
function* told(
  { engine, contextOf }: SignalOptions,
  request: HttpRequest,
  { stack, name }: NamedResource,
): Op<Json | HeatApiException> {
  try {
    return yield* engine.resource_signal(contextOf(request), {
      stack_identity: stack,
      resource_name: name,
      details: request.body,
    });
  } catch (thrown) {
    return mapped(yield* caught(thrown));
  }
}

const wantsJson = ({ query }: HttpRequest): boolean => query.get("ContentType") === "JSON";
