/**
 * `Action=DescribeStackResource`: how the tools in a server look what it is to do, with a key of the server's own. None
 * of CloudFormation's other queries is simulated. Upstream: heat/api/cfn/v1/stacks.py (describe_stack_resource),
 * heat/api/aws/utils.py at 2014.2.
 */
import { respond, type HttpRequest, type HttpResponse } from "../../../http/index.js";
import { caught, type Op } from "../../../kernel/index.js";
import {
  isObject,
  KeyError,
  repr,
  str,
  type Json,
  type JsonObject,
} from "../../../python/index.js";
import { arnOf, identityOfArn, type StackIdentity } from "../identifier.js";
import { mapped } from "./faults.js";
import type { SignalOptions } from "./signal-options.js";
import { xmlOf } from "./xml.js";

/** What the engine's keys are called here. */
const NAMES: Readonly<Record<string, string>> = {
  description: "Description",
  updated_time: "LastUpdatedTimestamp",
  resource_name: "LogicalResourceId",
  metadata: "Metadata",
  physical_resource_id: "PhysicalResourceId",
  resource_status_reason: "ResourceStatusReason",
  resource_type: "ResourceType",
  stack_identity: "StackId",
  stack_name: "StackName",
};

export function* describeStackResource(
  { engine, contextOf }: SignalOptions,
  request: HttpRequest,
): Op<HttpResponse> {
  const { query } = request;
  const ctxt = contextOf(request);
  const json = query.get("ContentType") === "JSON";
  let found: JsonObject;
  try {
    const stack = query.get("StackName");
    if (stack === undefined) throw new KeyError(repr("StackName"));
    const byArn = identityOfArn(stack);
    const stack_identity = byArn ?? (yield* engine.identify_stack(ctxt, { stack_name: stack }));
    const resource_name = query.get("LogicalResourceId") ?? "";
    found = yield* engine.describe_stack_resource(ctxt, { stack_identity, resource_name });
  } catch (thrown) {
    return mapped(yield* caught(thrown)).response(json);
  }
  const result = { DescribeStackResourceResult: { StackResourceDetail: detailOf(found) } };
  const response = { DescribeStackResourceResponse: result };
  return json
    ? respond(200, response, { "content-type": "application/json" })
    : respond(200, xmlOf(response), { "content-type": "application/xml" });
}

function detailOf(resource: JsonObject): JsonObject {
  const renamed = Object.entries(NAMES).flatMap(([name, shown]): [string, Json][] => {
    const value = resource[name];
    if (value === undefined) return [];
    return [[shown, name === "stack_identity" ? arnIn(value) : value]];
  });
  const { resource_action = null, resource_status = null } = resource;
  const status = `${str(resource_action)}_${str(resource_status)}`;
  return Object.fromEntries<Json>([...renamed, ["ResourceStatus", status]]);
}

const arnIn = (identity: Json): string =>
  isObject(identity) ? arnOf(identity as unknown as StackIdentity) : str(identity);
