/**
 * Regions, services and endpoints in v3: one endpoint for each interface. Upstream:
 * keystone/catalog/controllers.py (RegionV3, ServiceV3, EndpointV3) at 2014.2.
 */
import { str, type Json, type JsonObject } from "../../../python/index.js";
import type { HttpResponse } from "../../../http/index.js";
import type { KeystoneApp } from "../app.js";
import { ValidationError } from "../exception.js";
import * as catalog from "../managers/catalog.js";
import { contains, itemOf } from "../web/input.js";
import { normalizedDict } from "../web/v2-action.js";
import { rendered, v3Action, type V3Call } from "../web/v3-action.js";
import { requireSameId } from "./checks.js";
import { linked, listed } from "./listing.js";

type Member = "region" | "service" | "endpoint";

/** What one kind of thing does of its own. */
interface Kind<M extends Member> {
  readonly member: M;
  /** Whether it is loaded before the rule is asked about it: not so regions. */
  readonly loaded: boolean;
  readonly filters: readonly string[];
  readonly columns: readonly string[];
  readonly silent?: true;
  all(app: KeystoneApp): readonly JsonObject[];
  one(app: KeystoneApp, id: string): JsonObject;
  create(app: KeystoneApp, ref: JsonObject): JsonObject;
  update(app: KeystoneApp, id: string, ref: JsonObject): JsonObject;
  remove(app: KeystoneApp, id: string): void;
}

const regions: Kind<"region"> = {
  member: "region",
  loaded: false,
  filters: ["parent_region_id"],
  columns: ["parent_region_id"],
  silent: true,
  all: ({ database }) => database.regions.find().map(catalog.regionDict),
  one: (app, id) => catalog.regionDict(catalog.getRegion(app, id)),
  create(app, ref) {
    const id = ref["id"] ? str(ref["id"]) : app.newId();
    return catalog.regionDict(catalog.createRegion(app, { ...ref, id }));
  },
  update: (app, id, ref) => catalog.regionDict(catalog.updateRegion(app, id, ref)),
  remove: (app, id) => {
    catalog.deleteRegion(app, id);
  },
};

const services: Kind<"service"> = {
  member: "service",
  loaded: true,
  filters: ["type", "name"],
  columns: ["type"],
  all: ({ database }) => database.services.find().map(catalog.serviceDict),
  one: (app, id) => catalog.serviceDict(catalog.getService(app, id)),
  create: (app, ref) =>
    catalog.serviceDict(catalog.createService(app, { ...ref, id: app.newId() })),
  update: (app, id, ref) => catalog.serviceDict(catalog.updateService(app, id, ref)),
  remove: (app, id) => {
    catalog.deleteService(app, id);
  },
};

const endpoints: Kind<"endpoint"> = {
  member: "endpoint",
  loaded: true,
  filters: ["interface", "service_id"],
  columns: ["interface", "service_id"],
  all: ({ database }) => database.endpoints.find().map(catalog.endpointDict),
  one: (app, id) => catalog.endpointDict(catalog.getEndpoint(app, id)),
  create(app, ref) {
    catalog.getService(app, ref["service_id"] ?? null);
    const whole = { ...withRegion(app, ref), id: app.newId() };
    return catalog.endpointDict(catalog.createEndpoint(app, whole));
  },
  update(app, id, ref) {
    if ("service_id" in ref) catalog.getService(app, ref["service_id"] ?? null);
    return catalog.endpointDict(catalog.updateEndpoint(app, id, withRegion(app, ref)));
  },
  remove: (app, id) => {
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

/** As a member is shown. An endpoint says its region twice, and not what v2 calls it. */
function shownAs(member: Member, dict: JsonObject): JsonObject {
  if (member !== "endpoint") return dict;
  const { legacy_endpoint_id: _, ...shown } = dict;
  return { ...shown, region: dict["region_id"] ?? null };
}

export const v3CatalogRoutes = [
  ...routesOf(regions),
  ...routesOf(services),
  ...routesOf(endpoints),
  v3Action(
    "PUT",
    "/regions/{region_id}",
    { name: "create_region", takes: ["region"], optional: ["region_id"], validates: "region" },
    function* (call) {
      const id = call.id("region_id");
      const region: Json = call.args["region"] ?? null;
      if (contains(region, "id") && itemOf(region, "id") !== id) {
        const given = str(itemOf(region, "id"));
        throw new ValidationError({}, `Conflicting region IDs specified: "${id}" != "${given}"`);
      }
      const made = regions.create(call.app, { ...normalizedDict(region), id });
      return created(call, made);
    },
  ),
];

const created = (call: V3Call, region: JsonObject): HttpResponse => ({
  ...rendered(call, { region: linked(call.base, "regions", region) }),
  status: 201,
});

/** Make, list, show, change, remove. */
function routesOf<M extends Member>(kind: Kind<M>) {
  const { member } = kind;
  const collection = `${member}s` as const;
  const key = `${member}_id`;
  const one = `/${collection}/{${key}}`;
  const wrap = (call: V3Call, dict: JsonObject): JsonObject =>
    linked(call.base, collection, shownAs(member, dict));
  const shown = (call: V3Call, dict: JsonObject): HttpResponse =>
    rendered(call, { [member]: wrap(call, dict) });
  const target = kind.loaded
    ? (app: KeystoneApp, { id }: Pick<V3Call, "id">): void => {
        kind.one(app, id(key));
      }
    : undefined;
  const loads = target === undefined ? {} : { target };
  return [
    v3Action(
      "POST",
      `/${collection}`,
      { name: `create_${member}`, takes: [member], validates: member },
      function* (call) {
        return shown(call, kind.create(call.app, normalizedDict(call.args[member] ?? null)));
      },
    ),
    v3Action(
      "GET",
      `/${collection}`,
      { name: `list_${collection}`, takes: [], filtered: true },
      function* (call) {
        const { filters, columns, silent = false } = kind;
        const limit = call.app.limits.catalog;
        const options = { collection, filters, columns, limit, silent };
        return listed(call, kind.all(call.app), options, (dict) => wrap(call, dict));
      },
    ),
    v3Action("GET", one, { name: `get_${member}`, takes: [key], ...loads }, function* (call) {
      return shown(call, kind.one(call.app, call.id(key)));
    }),
    v3Action(
      "PATCH",
      one,
      { name: `update_${member}`, takes: [key, member], ...loads, validates: member },
      function* (call) {
        const id = call.id(key);
        const ref = requireSameId(id, call.args[member] ?? null);
        return shown(call, kind.update(call.app, id, ref));
      },
    ),
    v3Action("DELETE", one, { name: `delete_${member}`, takes: [key], ...loads }, function* (call) {
      kind.remove(call.app, call.id(key));
      return rendered(call, null);
    }),
  ];
}
