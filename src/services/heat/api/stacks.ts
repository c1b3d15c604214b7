/**
 * Stacks over REST. Those who know one by its name alone are sent on to where it is. Upstream: heat/api/openstack/v1/stacks.py,
 * heat/api/openstack/v1/views/stacks_view.py at 2014.2.
 */
import { plainFault, respond, HttpFault, type HttpResponse } from "../../../http/index.js";
import { done, type Op } from "../../../kernel/index.js";
import { str, truth, type Json, type JsonObject } from "../../../python/index.js";
import { identityOfArn } from "../identifier.js";
import { extractBool } from "../param-utils.js";
import type { HeatApp } from "./app.js";
import { InstantiationData } from "./instantiation.js";
import { allowedParams, filterParams, identityOf, linkTo, nextLink, urlOf } from "./links.js";
import {
  bodyOf,
  badRequest,
  identityIn,
  json,
  route,
  type HeatCall,
  type HeatRoute,
} from "./route.js";

/** Keys of a stack in a list. */
const BASIC: readonly string[] = [
  "stack_identity",
  "stack_name",
  "description",
  "stack_status",
  "stack_status_reason",
  "creation_time",
  "deletion_time",
  "updated_time",
  "stack_owner",
  "parent",
];

/** `format_stack`. @param keys those that are shown; without, all */
export function formatStack(app: HeatApp, stack: JsonObject, keys?: readonly string[]): JsonObject {
  const shown: [string, Json][] = Object.entries(stack).flatMap(
    ([key, value]): [string, Json][] => {
      if (keys?.includes(key) === false || key === "stack_action") return [];
      if (key === "stack_identity") {
        const identity = identityOf(value);
        return [
          ["id", identity.stack_id],
          ["links", [linkTo(app, identity)]],
        ];
      }
      const { stack_action: action } = stack;
      if (key === "stack_status" && typeof action === "string") {
        return [[key, `${action}_${str(value)}`]];
      }
      return [[key, value]];
    },
  );
  return Object.fromEntries(shown);
}

const FILTERS = ["status", "name", "action", "tenant", "username", "owner_id"];

function* index(call: HeatCall): Op<HttpResponse> {
  const { app, ctxt, request, enforce } = call;
  const { query } = request;
  enforce(null, "stacks:index");
  if (truth(query.get("global_tenant") ?? "")) enforce(null, "stacks:global_index");
  const {
    limit = null,
    marker = null,
    sort_dir = null,
    sort_keys = null,
  } = allowedParams(query, ["limit", "marker", "sort_dir"], ["sort_keys"]);
  const flag = (name: string): boolean => {
    const value = query.get(name) ?? "";
    return value === "" ? false : extractBool(value);
  };
  const listing = {
    filters: filterParams(query, FILTERS),
    tenant_safe: true,
    show_deleted: flag("show_deleted"),
    show_nested: flag("show_nested"),
  };
  const counted = flag("with_count");
  const page = { limit, marker, sort_keys, sort_dir };
  const found = yield* app.engine.list_stacks(ctxt, { ...page, ...listing });
  const count = counted ? yield* app.engine.count_stacks(ctxt, listing) : undefined;
  const stacks = found.map((stack) => formatStack(app, stack, BASIC));
  const links = nextLink(app, request, stacks);
  return json(200, {
    stacks,
    ...(links.length > 0 && { links }),
    ...(count !== undefined && { count }),
  });
}

function* detail({ app, ctxt }: HeatCall): Op<HttpResponse> {
  const stacks = yield* app.engine.list_stacks(ctxt, EVERYTHING);
  return json(200, { stacks: stacks.map((stack) => formatStack(app, stack)) });
}

const EVERYTHING = {
  limit: null,
  marker: null,
  sort_keys: null,
  sort_dir: null,
  filters: null,
  tenant_safe: true,
  show_deleted: false,
  show_nested: false,
};

function* create({ app, ctxt, request }: HeatCall): Op<HttpResponse> {
  const data = new InstantiationData(app, bodyOf(request));
  const stack_name = data.stackName();
  const given = yield* data.request();
  const identity = yield* app.engine.create_stack(ctxt, { stack_name, ...given, owner_id: null });
  const stack = formatStack(app, { stack_identity: identity });
  return json(201, { stack }, { location: urlOf(app, identity) });
}

function* preview({ app, ctxt, request }: HeatCall): Op<HttpResponse> {
  const data = new InstantiationData(app, bodyOf(request));
  const stack_name = data.stackName();
  const given = yield* data.request();
  const stack = yield* app.engine.preview_stack(ctxt, { stack_name, ...given });
  return json(200, { stack: formatStack(app, stack) });
}

/** @param path what stood below the name */
const lookup = (path = "") =>
  function* ({ app, ctxt, request, params }: HeatCall<"stack_name">): Op<HttpResponse> {
    const { stack_name } = params;
    const identity =
      identityOfArn(stack_name) ?? (yield* app.engine.identify_stack(ctxt, { stack_name }));
    return redirect(`${urlOf(app, identity)}${path}${request.query.toString()}`);
  };

/** webob's answer to who is sent on. */
const redirect = (location: string): HttpResponse => {
  const words = `The resource was found at ${location}; you should be redirected automatically.  `;
  return respond(302, `302 Found\n\n${words}`, {
    location,
    "content-type": "text/plain; charset=UTF-8",
  });
};

/** An ARN has slashes of its own. */
function arnLookup({
  app,
  request: { query },
  params: { stack_name, name, id },
}: HeatCall<"stack_name" | "name" | "id">): Op<HttpResponse> {
  const identity = identityOfArn(`${stack_name}/${name}/${id}`);
  if (identity === undefined) return done(plainFault(404));
  return done(redirect(`${urlOf(app, identity)}${query.toString()}`));
}

type OfStack = HeatCall<"stack_name" | "stack_id">;

function* show(call: OfStack): Op<HttpResponse> {
  const { app, ctxt } = call;
  const [stack] = yield* app.engine.show_stack(ctxt, { stack_identity: identityIn(call) });
  if (stack === undefined) throw new HttpFault(500, "");
  return json(200, { stack: formatStack(app, stack) });
}

function* template(call: OfStack): Op<HttpResponse> {
  const { app, ctxt } = call;
  const found = yield* app.engine.get_template(ctxt, { stack_identity: identityIn(call) });
  if (found === null) throw new HttpFault(404, "The resource could not be found.");
  return json(200, found);
}

/** @param patch whether parameters that are not given stay as they are */
const update = (patch: boolean) =>
  function* (call: OfStack): Op<HttpResponse> {
    const { app, ctxt, request } = call;
    const data = new InstantiationData(app, bodyOf(request));
    const given = yield* data.request();
    const args = patch ? { ...given.args, existing: true } : given.args;
    const stack_identity = identityIn(call);
    yield* app.engine.update_stack(ctxt, { stack_identity, ...given, args });
    return plainFault(202, "The request is accepted for processing.");
  };

function* remove(call: OfStack): Op<HttpResponse> {
  yield* call.app.engine.delete_stack(call.ctxt, { stack_identity: identityIn(call) });
  return respond(204);
}

function* abandon(call: OfStack): Op<HttpResponse> {
  const { app, ctxt } = call;
  return json(200, yield* app.engine.abandon_stack(ctxt, { stack_identity: identityIn(call) }));
}

function* validate({ app, ctxt, request }: HeatCall): Op<HttpResponse> {
  const data = new InstantiationData(app, bodyOf(request));
  const given = yield* data.template();
  const params = data.environment();
  const result = yield* app.engine.validate_template(ctxt, { template: given, params });
  const { Error: error } = result;
  if (error !== undefined) throw badRequest(str(error));
  return json(200, result);
}

function* resourceTypes({ app, ctxt, request }: HeatCall): Op<HttpResponse> {
  const support_status = request.query.get("support_status") ?? null;
  const resource_types = yield* app.engine.list_resource_types(ctxt, { support_status });
  return json(200, { resource_types });
}

function* resourceSchema({ app, ctxt, params }: HeatCall<"type_name">): Op<HttpResponse> {
  return json(200, yield* app.engine.resource_schema(ctxt, { type_name: params.type_name }));
}

function* generateTemplate({ app, ctxt, params }: HeatCall<"type_name">): Op<HttpResponse> {
  return json(200, yield* app.engine.generate_template(ctxt, { type_name: params.type_name }));
}

const STACK = "/stacks/{stack_name}/{stack_id}";
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"] as const;
const BELOW = ["resources", "events", "template", "actions"] as const;

export const stackRoutes: readonly HeatRoute[] = [
  route("POST", "/validate", "stacks:validate_template", "required", validate),
  route("GET", "/resource_types", "stacks:list_resource_types", "none", resourceTypes),
  route("GET", "/resource_types/{type_name}", "stacks:resource_schema", "none", resourceSchema),
  route(
    "GET",
    "/resource_types/{type_name}/template",
    "stacks:generate_template",
    "none",
    generateTemplate,
  ),
  route("GET", "/stacks", { inside: ["stacks:index", "stacks:global_index"] }, "none", index),
  route("POST", "/stacks", "stacks:create", "required", create),
  route("POST", "/stacks/preview", "stacks:preview", "required", preview),
  route("GET", "/stacks/detail", "stacks:detail", "none", detail),
  ...METHODS.map((method) =>
    route(method, "/stacks/{stack_name}", "stacks:lookup", "optional", lookup()),
  ),
  ...METHODS.map((method) =>
    route(method, "/stacks/{stack_name}/{name}/{id}", "stacks:lookup", "optional", arnLookup),
  ),
  ...BELOW.flatMap((path) =>
    (["GET", "POST"] as const).map((method) =>
      route(
        method,
        `/stacks/{stack_name}/${path}`,
        "stacks:lookup",
        "optional",
        lookup(`/${path}`),
      ),
    ),
  ),
  route("GET", STACK, "stacks:show", "none", show),
  route("GET", `${STACK}/template`, "stacks:template", "none", template),
  route("PUT", STACK, "stacks:update", "required", update(false)),
  route("PATCH", STACK, "stacks:update_patch", "required", update(true)),
  route("DELETE", STACK, "stacks:delete", "none", remove),
  route("DELETE", `${STACK}/abandon`, "stacks:abandon", "none", abandon),
];
