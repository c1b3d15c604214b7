/**
 * Events, their types and traits, for administrators alone. Upstream: ceilometer/api/controllers/v2.py
 * (EventsController, EventTypesController, TraitsController, requires_admin) at 2014.2.
 */
import type { RequestContext } from "../../../../framework/index.js";
import { HttpFault, type HttpResponse } from "../../../../http/index.js";
import type { Op } from "../../../../kernel/index.js";
import { floatStr, type JsonObject } from "../../../../python/index.js";
import { TRAIT_NAMES, TRAIT_TYPES, type Event, type Trait } from "../../event/event.js";
import { getEvents, getEventTypes, getTraits, getTraitTypes } from "../../storage/events.js";
import { isoformat } from "../../times.js";
import { limitedToProject, limitedToUser } from "../policy.js";
import { eventFilter } from "../query/events.js";
import { QUERY_ATTRIBUTES } from "../query/query.js";
import { ok, route, urlArguments, type CeilometerCall } from "../route.js";
import { EntityNotFound, ProjectNotAuthorized } from "../wsme/errors.js";

export const eventRoutes = [
  route("GET", "/v2/events", null, list),
  route("GET", "/v2/events/{id}", null, show),
  route("GET", "/v2/event_types", null, types),
  route("GET", "/v2/event_types/{type}", null, function* () {
    throw new HttpFault(404, "");
  }),
  route("GET", "/v2/event_types/{type}/traits", null, descriptions),
  route("GET", "/v2/event_types/{type}/traits/{name}", null, traits),
];

/** `requires_admin`, which is asked before WSME is. @throws HttpFault */
function assertAdmin(ctxt: RequestContext): void {
  const project = limitedToProject(ctxt);
  if ((limitedToUser(ctxt) ?? "") === "" || project === null || project === "") return;
  throw new HttpFault(401, new ProjectNotAuthorized(project).message);
}

function* list({ app, ctxt, request }: CeilometerCall): Op<HttpResponse> {
  assertAdmin(ctxt);
  const query = urlArguments(request, (url) => url.things("q", QUERY_ATTRIBUTES));
  return ok(getEvents(app.db, eventFilter(app.env.kernel, query)).map(eventView));
}

function* show({ app, ctxt, params: { id }, request }: CeilometerCall<"id">): Op<HttpResponse> {
  assertAdmin(ctxt);
  urlArguments(request, () => undefined);
  const [event] = getEvents(app.db, { message_id: id });
  if (event === undefined) throw new EntityNotFound("Event", id);
  return ok(eventView(event));
}

function* types({ app, ctxt, request }: CeilometerCall): Op<HttpResponse> {
  assertAdmin(ctxt);
  urlArguments(request, () => undefined);
  return ok(getEventTypes(app.db));
}

function* descriptions({
  app,
  ctxt,
  params: { type },
  request,
}: CeilometerCall<"type">): Op<HttpResponse> {
  assertAdmin(ctxt);
  urlArguments(request, () => undefined);
  return ok(
    getTraitTypes(app.db, type).map(({ desc, data_type }) => ({
      name: desc,
      type: TRAIT_NAMES.get(data_type) ?? "none",
    })),
  );
}

function* traits({
  app,
  ctxt,
  params: { type, name },
  request,
}: CeilometerCall<"type" | "name">): Op<HttpResponse> {
  assertAdmin(ctxt);
  urlArguments(request, () => undefined);
  return ok(getTraits(app.db, type, name).map(traitView));
}

const eventView = ({ message_id, event_type, generated, traits: all }: Event): JsonObject => ({
  message_id,
  event_type,
  generated: isoformat(generated),
  traits: all.map(traitView),
});

const traitView = ({ name, dtype, value }: Trait): JsonObject => ({
  name,
  type: TRAIT_NAMES.get(dtype) ?? "none",
  value: textOf(dtype, value),
});

function textOf(dtype: Trait["dtype"], value: string | number): string {
  if (dtype === TRAIT_TYPES.datetime) return isoformat(String(value));
  return dtype === TRAIT_TYPES.float ? floatStr(Number(value)) : String(value);
}
