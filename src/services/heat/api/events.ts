/**
 * What has happened to the resources of a stack, over REST. One resource's are picked out of all of them here.
 * Upstream: heat/api/openstack/v1/events.py at 2014.2.
 */
import { HttpFault, type HttpResponse } from "../../../http/index.js";
import type { Op } from "../../../kernel/index.js";
import { str, type Json, type JsonObject } from "../../../python/index.js";
import { above, lastOfPath } from "../identifier.js";
import type { HeatApp } from "./app.js";
import { allowedParams, filterParams, identityOf, linkTo } from "./links.js";
import { identityIn, json, route, type HeatCall, type HeatRoute } from "./route.js";

const SUMMARY: readonly string[] = [
  "event_identity",
  "event_time",
  "resource_name",
  "resource_status",
  "resource_status_reason",
  "physical_resource_id",
];

/** `format_event`. @param keys those that are shown; without, all */
function formatEvent(app: HeatApp, event: JsonObject, keys?: readonly string[]): JsonObject {
  const shown = Object.entries(event).flatMap(([key, value]): [string, Json][] => {
    if (keys?.includes(key) === false) return [];
    if (key === "event_identity") {
      const identity = identityOf(value);
      const resource = above(identity);
      const links = [
        linkTo(app, identity),
        linkTo(app, resource, "resource"),
        linkTo(app, above(resource), "stack"),
      ];
      return [
        ["id", lastOfPath(identity)],
        ["links", links],
      ];
    }
    if (["stack_identity", "stack_name", "resource_action"].includes(key)) return [];
    const { resource_action: action } = event;
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

type OfStack = HeatCall<"stack_name" | "stack_id">;
type OfResource = HeatCall<"stack_name" | "stack_id" | "resource_name">;

const FILTERS = ["resource_status", "resource_action", "resource_name", "resource_type"];

function* listed(call: OfStack): Op<JsonObject[]> {
  const { app, ctxt, request } = call;
  const {
    limit = null,
    marker = null,
    sort_dir = null,
    sort_keys = null,
  } = allowedParams(request.query, ["limit", "marker", "sort_dir"], ["sort_keys"]);
  return yield* app.engine.list_events(ctxt, {
    stack_identity: identityIn(call),
    filters: filterParams(request.query, FILTERS),
    ...{ limit, marker, sort_keys, sort_dir },
  });
}

function* index(call: OfStack): Op<HttpResponse> {
  const events = yield* listed(call);
  return json(200, { events: events.map((event) => formatEvent(call.app, event, SUMMARY)) });
}

function* ofResource(call: OfResource): Op<HttpResponse> {
  const { resource_name } = call.params;
  const events = (yield* listed(call)).filter((event) => event["resource_name"] === resource_name);
  if (events.length === 0) {
    throw new HttpFault(404, `No events found for resource ${resource_name}`);
  }
  return json(200, { events: events.map((event) => formatEvent(call.app, event, SUMMARY)) });
}

function* show(
  call: HeatCall<"stack_name" | "stack_id" | "resource_name" | "event_id">,
): Op<HttpResponse> {
  const { app, ctxt, params } = call;
  const { resource_name, event_id } = params;
  const events = yield* app.engine.list_events(ctxt, {
    stack_identity: identityIn(call),
    ...{ filters: null, limit: null, marker: null, sort_keys: null, sort_dir: null },
  });
  const event = events.find(
    ({ resource_name: name, event_identity }) =>
      name === resource_name && lastOfPath(identityOf(event_identity ?? null)) === event_id,
  );
  if (event === undefined) throw new HttpFault(404, `No event ${event_id} found`);
  return json(200, { event: formatEvent(app, event) });
}

const STACK = "/stacks/{stack_name}/{stack_id}";
const OF_RESOURCE = `${STACK}/resources/{resource_name}/events` as const;

export const eventRoutes: readonly HeatRoute[] = [
  route("GET", `${STACK}/events`, "events:index", "none", index),
  route("GET", OF_RESOURCE, "events:index", "none", ofResource),
  route("GET", `${OF_RESOURCE}/{event_id}`, "events:show", "none", show),
];
