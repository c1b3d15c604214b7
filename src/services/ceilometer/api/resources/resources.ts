/** Resources, with links to their meters. Upstream: ceilometer/api/controllers/v2.py (ResourcesController) at 2014.2. */
import type { HttpResponse } from "../../../../http/index.js";
import type { Op } from "../../../../kernel/index.js";
import type { JsonObject } from "../../../../python/index.js";
import { getMeters, getResources, type StoredResource } from "../../storage/samples.js";
import { isoformat } from "../../times.js";
import type { CeilometerApp } from "../app.js";
import { flattened } from "../flatten.js";
import { limitedToProject } from "../policy.js";
import { QUERY_ATTRIBUTES } from "../query/query.js";
import { queryArguments, RESOURCE_KEYS } from "../query/simple.js";
import { ok, route, urlArguments, type CeilometerCall } from "../route.js";
import { EntityNotFound } from "../wsme/errors.js";
import { sampleFilter } from "./samples.js";

export const resourceRoutes = [
  route("GET", "/v2/resources", null, list),
  route("GET", "/v2/resources/{id}", null, show),
];

function* list({ app, ctxt, request }: CeilometerCall): Op<HttpResponse> {
  const { query, meterLinks } = urlArguments(request, (url) => ({
    query: url.things("q", QUERY_ATTRIBUTES),
    meterLinks: url.integer("meter_links"),
  }));
  const asked = queryArguments(app.env.kernel, ctxt, query, RESOURCE_KEYS);
  const withMeters =
    meterLinks === null ? !request.query.names().includes("meter_links") : meterLinks !== 0;
  return ok(
    getResources(app.db, sampleFilter(asked)).map((each) => resourceView(app, each, withMeters)),
  );
}

function* show({ app, ctxt, params: { id }, request }: CeilometerCall<"id">): Op<HttpResponse> {
  urlArguments(request, () => undefined);
  const [found] = getResources(app.db, { resource: id, project: limitedToProject(ctxt) });
  if (found === undefined) throw new EntityNotFound("Resource", id);
  return ok(resourceView(app, found, true));
}

function resourceView(app: CeilometerApp, each: StoredResource, withMeters: boolean): JsonObject {
  const { resource_id: id } = each;
  const meters = withMeters ? getMeters(app.db, { resource: id }) : [];
  return {
    resource_id: id,
    project_id: each.project_id,
    user_id: each.user_id,
    first_sample_timestamp: isoformat(each.first_sample_timestamp),
    last_sample_timestamp: isoformat(each.last_sample_timestamp),
    metadata: flattened(each.metadata),
    source: each.source,
    links: [
      { href: `${app.hostUrl}/v2/resources/${id}`, rel: "self" },
      ...meters.map(({ counter_name: name }) => ({
        href: `${app.hostUrl}/v2/meters/${name}?q.field=resource_id&q.value=${id}`,
        rel: name,
      })),
    ],
  };
}
