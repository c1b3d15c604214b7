/**
 * Regions, services and endpoints in v3: one endpoint for each interface. Upstream:
 * keystone/catalog/controllers.py (RegionV3, ServiceV3, EndpointV3) at 2014.2.
 */
import { type Json, type JsonObject, contains, item, str } from "../../../python/index.js";
import type { HttpResponse } from "../../../http/index.js";
import type { KeystoneApp } from "../app.js";
import { ValidationError } from "../exception.js";
import * as catalog from "../managers/catalog.js";
import { normalizedDict } from "../web/v2-action.js";
import { rendered, v3Action, type V3Call } from "../web/v3-action.js";
import { linked } from "./listing.js";
import { resourceRoutes, type Kind } from "./resource.js";

const regions: Kind = {
  member: "region",
  part: "catalog",
  loaded: false,
  filters: ["parent_region_id"],
  cut: "silently",
  all: ({ database }) => database.regions.find().map(catalog.regionDict),
  one: (app, id) => catalog.regionDict(catalog.getRegion(app, id)),
  *create({ app }, ref) {
    const id = ref["id"] ? str(ref["id"]) : app.newId();
    return catalog.regionDict(catalog.createRegion(app, { ...ref, id }));
  },
  *update({ app }, id, ref) {
    return catalog.regionDict(catalog.updateRegion(app, id, ref));
  },
  *remove({ app }, id) {
    catalog.deleteRegion(app, id);
  },
};

const services: Kind = {
  member: "service",
  part: "catalog",
  filters: ["type", "name"],
  columns: ["type"],
  all: ({ database }) => database.services.find().map(catalog.serviceDict),
  one: (app, id) => catalog.serviceDict(catalog.getService(app, id)),
  *create({ app }, ref) {
    return catalog.serviceDict(catalog.createService(app, { ...ref, id: app.newId() }));
  },
  *update({ app }, id, ref) {
    return catalog.serviceDict(catalog.updateService(app, id, ref));
  },
  *remove({ app }, id) {
    catalog.deleteService(app, id);
  },
};

const endpoints: Kind = {
  member: "endpoint",
  part: "catalog",
  filters: ["interface", "service_id"],
  all: ({ database }) => database.endpoints.find().map(catalog.endpointDict),
  one: (app, id) => catalog.endpointDict(catalog.getEndpoint(app, id)),
  shown: shownEndpoint,
  *create({ app }, ref) {
    catalog.getService(app, ref["service_id"] ?? null);
    const whole = { ...withRegion(app, ref), id: app.newId() };
    return catalog.endpointDict(catalog.createEndpoint(app, whole));
  },
  *update({ app }, id, ref) {
    if ("service_id" in ref) catalog.getService(app, ref["service_id"] ?? null);
    return catalog.endpointDict(catalog.updateEndpoint(app, id, withRegion(app, ref)));
  },
  *remove({ app }, id) {
    catalog.deleteEndpoint(app, id);
  },
};

/** Clients of old say `region`, which is made if it is not there. */
function withRegion(app: KeystoneApp, ref: JsonObject): JsonObject {
  const { region = null, ...rest } = ref;
  if ((ref["region_id"] ?? null) !== null || region === null) return ref;
  catalog.ensureRegion(app, region);
  return { ...rest, region_id: region };
}

/** An endpoint says its region twice, and not what v2 calls it. */
function shownEndpoint(dict: JsonObject): JsonObject {
  const { legacy_endpoint_id: _, ...shown } = dict;
  return { ...shown, region: dict["region_id"] ?? null };
}

export const v3CatalogRoutes = [
  ...[regions, services, endpoints].flatMap(resourceRoutes),
  v3Action(
    "PUT",
    "/regions/{region_id}",
    { name: "create_region", takes: ["region"], optional: ["region_id"], validates: "region" },
    function* (call) {
      const id = call.id("region_id");
      const region: Json = call.args["region"] ?? null;
      if (contains(region, "id") && item(region, "id") !== id) {
        const given = str(item(region, "id"));
        throw new ValidationError({}, `Conflicting region IDs specified: "${id}" != "${given}"`);
      }
      const made = yield* regions.create(call, { ...normalizedDict(region), id });
      return created(call, made);
    },
  ),
];

const created = (call: V3Call, region: JsonObject): HttpResponse => ({
  ...rendered(call, { region: linked(call.base, "regions", region) }),
  status: 201,
});
