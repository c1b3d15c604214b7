/**
 * Snapshots of stacks over REST, of which Juno can make, show and delete some, and restore none. Upstream:
 * heat/api/openstack/v1/stacks.py (snapshot, show_snapshot, delete_snapshot, list_snapshots) at 2014.2.
 */
import { respond, type HttpResponse } from "../../../http/index.js";
import type { Op } from "../../../kernel/index.js";
import { bodyOf, identityIn, json, route, type HeatCall, type HeatRoute } from "./route.js";

type OfStack = HeatCall<"stack_name" | "stack_id">;
type OfSnapshot = HeatCall<"stack_name" | "stack_id" | "snapshot_id">;

/** What the engine says is not put into anything. */
function* take(call: OfStack): Op<HttpResponse> {
  const { app, ctxt, request } = call;
  const { name = null } = bodyOf(request);
  return json(
    200,
    yield* app.engine.stack_snapshot(ctxt, { stack_identity: identityIn(call), name }),
  );
}

function* list(call: OfStack): Op<HttpResponse> {
  const { app, ctxt } = call;
  const stack_identity = identityIn(call);
  return json(200, { snapshots: yield* app.engine.stack_list_snapshots(ctxt, { stack_identity }) });
}

function* show(call: OfSnapshot): Op<HttpResponse> {
  const { app, ctxt, params } = call;
  const { snapshot_id } = params;
  const stack_identity = identityIn(call);
  const snapshot = yield* app.engine.show_snapshot(ctxt, { stack_identity, snapshot_id });
  return json(200, { snapshot });
}

function* remove(call: OfSnapshot): Op<HttpResponse> {
  const { app, ctxt, params } = call;
  const { snapshot_id } = params;
  yield* app.engine.delete_snapshot(ctxt, { stack_identity: identityIn(call), snapshot_id });
  return respond(204);
}

const ALL = "/stacks/{stack_name}/{stack_id}/snapshots";
const ONE = `${ALL}/{snapshot_id}` as const;

export const snapshotRoutes: readonly HeatRoute[] = [
  route("POST", ALL, "stacks:snapshot", "required", take),
  route("GET", ALL, "stacks:list_snapshots", "none", list),
  route("GET", ONE, "stacks:show_snapshot", "none", show),
  route("DELETE", ONE, "stacks:delete_snapshot", "none", remove),
];
