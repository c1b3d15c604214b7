/**
 * The resources of a stack over REST, what they are told, and what is done with all of them. Upstream:
 * heat/api/openstack/v1/resources.py, actions.py, build_info.py at 2014.2.
 */
import type { HttpResponse } from "../../../http/index.js";
import type { Op } from "../../../kernel/index.js";
import {
  bytesRepr,
  dictOrder,
  parseInteger,
  str,
  ValueError,
  type Json,
  type JsonObject,
} from "../../../python/index.js";
import { above } from "../identifier.js";
import type { HeatApp } from "./app.js";
import { identityOf, linkTo } from "./links.js";
import {
  bodyOf,
  badRequest,
  hasBody,
  identityIn,
  json,
  route,
  type HeatCall,
  type HeatRoute,
} from "./route.js";

/** Keys that are not shown, or under another name. */
const HIDDEN: readonly string[] = [
  "stack_name",
  "stack_identity",
  "resource_action",
  "nested_stack_id",
  "metadata",
];

/** `format_resource`. */
function formatResource(app: HeatApp, resource: JsonObject): JsonObject {
  const shown = Object.entries(resource).flatMap(([key, value]): [string, Json][] => {
    if (key === "resource_identity") return [["links", linksOf(app, value, resource)]];
    if (HIDDEN.includes(key)) return [];
    const { resource_action: action } = resource;
    if (key === "resource_status" && typeof action === "string") {
      return [[key, `${action}_${str(value)}`]];
    }
    if (key === "resource_name")
      return [
        ["logical_resource_id", value],
        [key, value],
      ];
    return [[key, value]];
  });
  return Object.fromEntries(shown);
}

function linksOf(app: HeatApp, value: Json, { nested_stack_id = null }: JsonObject): JsonObject[] {
  const identity = identityOf(value);
  return [
    linkTo(app, identity),
    linkTo(app, above(identity), "stack"),
    ...(nested_stack_id === null ? [] : [linkTo(app, identityOf(nested_stack_id), "nested")]),
  ];
}

type OfStack = HeatCall<"stack_name" | "stack_id">;
type OfResource = HeatCall<"stack_name" | "stack_id" | "resource_name">;

function* index(call: OfStack): Op<HttpResponse> {
  const { app, ctxt, request } = call;
  const nested_depth = depthIn(request.query.get("nested_depth") ?? "");
  const stack_identity = identityIn(call);
  const found = yield* app.engine.list_stack_resources(ctxt, { stack_identity, nested_depth });
  return json(200, { resources: found.map((resource) => formatResource(app, resource)) });
}

/** `int(text or 0)`. @throws ValueError */
function depthIn(text: string): number {
  if (text === "") return 0;
  const depth = parseInteger(text.trim());
  if (depth !== undefined) return depth;
  throw new ValueError(`invalid literal for int() with base 10: ${bytesRepr(text)}`);
}

const described = (call: OfResource): Op<JsonObject> =>
  call.app.engine.describe_stack_resource(call.ctxt, {
    stack_identity: identityIn(call),
    resource_name: call.params.resource_name,
  });

function* show(call: OfResource): Op<HttpResponse> {
  return json(200, { resource: formatResource(call.app, yield* described(call)) });
}

function* metadata(call: OfResource): Op<HttpResponse> {
  const { metadata: found = null } = yield* described(call);
  return json(200, { metadata: found });
}

function* signal(call: OfResource): Op<HttpResponse> {
  const { app, ctxt, request, params } = call;
  yield* app.engine.resource_signal(ctxt, {
    stack_identity: identityIn(call),
    resource_name: params.resource_name,
    details: hasBody(request) ? bodyOf(request) : null,
  });
  return json(200, null);
}

const ACTIONS = {
  suspend: "stack_suspend",
  resume: "stack_resume",
  check: "stack_check",
  cancel_update: "stack_cancel_update",
} as const;

function* act(call: OfStack): Op<HttpResponse> {
  const { app, ctxt, request } = call;
  const [action, ...others] = dictOrder(Object.keys(bodyOf(request)));
  if (action === undefined) throw badRequest("No action specified");
  if (others.length > 0) throw badRequest("Multiple actions specified");
  const known = Object.entries(ACTIONS).find(([name]) => name === action);
  if (known === undefined) throw badRequest(`Invalid action ${action} specified`);
  yield* app.engine[known[1]](ctxt, { stack_identity: identityIn(call) });
  return json(200, null);
}

function* buildInfo({ app, ctxt }: HeatCall): Op<HttpResponse> {
  const engine = yield* app.engine.get_revision(ctxt, {});
  return json(200, {
    api: { revision: app.flags.heat_revision },
    engine: { revision: engine },
  });
}

const STACK = "/stacks/{stack_name}/{stack_id}";
const RESOURCE = `${STACK}/resources/{resource_name}` as const;

export const resourceRoutes: readonly HeatRoute[] = [
  route("GET", `${STACK}/resources`, "resource:index", "none", index),
  route("GET", RESOURCE, "resource:show", "none", show),
  route("GET", `${RESOURCE}/metadata`, "resource:metadata", "none", metadata),
  route("POST", `${RESOURCE}/signal`, "resource:signal", "optional", signal),
  route("POST", `${STACK}/actions`, "actions:action", "optional", act),
  route("GET", "/build_info", "build_info:build_info", "none", buildInfo),
];
