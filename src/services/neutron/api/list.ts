/**
 * The answer to a list request: filtered, in order and in pages where that is allowed, without what
 * the caller is not shown, with the fields that were asked for. Upstream: neutron/api/v2/base.py (_items).
 */
import type { Call, RequestContext } from "../../../framework/index.js";
import { respond, type HttpResponse } from "../../../http/index.js";
import { unchanging, type JsonObject } from "../../../python/index.js";
import type { Plugin } from "../plugin/index.js";
import type { Filters } from "../plugin/ports/port-query.js";
import { fieldsOf, filtersOf, passes, refuseRelations, select, without } from "./filters.js";
import type { NeutronApi } from "./neutron-api.js";
import { hiddenMembers, type NeutronRule, type Target } from "./policy.js";
import type { Resource } from "./resource.js";
import { linksOf, paged, pageOf, type Page, type Paging } from "./sorting.js";

type All = Call<NeutronApi, RequestContext, NeutronRule, Target, never>;

export function list(
  resource: Resource,
  { app, ctxt, request }: All,
  mayShow: (object: JsonObject) => boolean,
): HttpResponse {
  const { plugin } = app;
  const { collection, reads } = resource;
  const { query } = request;
  const fields = fieldsOf(query);
  const filters = filtersOf(query, resource.attributes);
  const page = pageOf(query, resource, pagingOf(resource, plugin));
  const ready = fields.length === 0 ? readyFor(resource, plugin, ctxt, filters, page) : undefined;
  if (ready !== undefined) return respond(200, { [collection]: unchanging(ready) });
  const marker = page.marker === undefined ? undefined : reads(plugin).get(ctxt, page.marker);
  refuseRelations(filters, resource);
  const found = reads(plugin)
    .list(ctxt, filters)
    .filter((object) => passes(object, filters, resource));
  const objects = paged(found, resource, page, marker).filter(mayShow);
  // What is hidden of the first is hidden of all.
  const hidden = hiddenMembers(ctxt, resource, objects[0] ?? {});
  const shown = objects.map((object) => select(without(object, hidden), fields));
  const links = linksOf(app.urlOf(request), query, page, objects);
  return respond(200, {
    [collection]: shown,
    ...(links === undefined ? {} : { [`${collection}_links`]: links }),
  });
}

function pagingOf({ lists }: Resource, { app: { flags } }: Plugin): Paging {
  const configured = lists === "as configured" || lists === "as configured, no bulk";
  return {
    pages: lists === "always" || (configured && flags.allow_pagination),
    sorts: lists === "always" || (configured && flags.allow_sorting),
    most: maximumOf(flags.pagination_max_limit),
  };
}

/** `pagination_max_limit`: -1 unless it is a number above 0, which `infinite` is not. */
function maximumOf(text: string): number {
  const most = /^\s*[+-]?\d+\s*$/.test(text) ? Number(text) : -1;
  return most === 0 ? -1 : most;
}

/** A tenant that asks for all that it has is given the list that is kept for it. */
function readyFor(
  { ofTenant }: Resource,
  plugin: Plugin,
  { is_admin, project_id }: RequestContext,
  filters: Filters,
  { sorts, limit }: Page,
): readonly JsonObject[] | undefined {
  if (ofTenant === undefined || is_admin || project_id === null) return undefined;
  if (sorts.length > 0 || limit !== undefined) return undefined;
  const [[name, wanted] = ["tenant_id", [project_id]], ...others] = filters;
  const own = name === "tenant_id" && Array.isArray(wanted) && wanted.length === 1;
  return own && wanted[0] === project_id && others.length === 0
    ? ofTenant(plugin, project_id)
    : undefined;
}
