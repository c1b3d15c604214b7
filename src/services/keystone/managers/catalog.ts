/**
 * Regions, services and endpoints: made, changed, removed, as v2 and v3 both ask for it. Their
 * changes are told in-process only. Upstream: keystone/catalog/core.py,
 * keystone/catalog/backends/sql.py at 2014.2.
 */
import { str, type Json, type JsonObject } from "../../../python/index.js";
import type { Row } from "../../../framework/index.js";
import type { KeystoneApp } from "../app.js";
import { Conflict, NotFound, RegionDeletionError, ValidationError } from "../exception.js";
import type { Endpoint, Region, ServiceEntry } from "../store/rows.js";
import { change, dictOf, insert } from "../store/model.js";
import { ENDPOINT, REGION, SERVICE } from "../store/models.js";

type Made = JsonObject & { readonly id: string };

export const regionDict = (row: Row<Region>): JsonObject => dictOf(REGION, row);
export const serviceDict = (row: Row<ServiceEntry>): JsonObject => dictOf(SERVICE, row);
export const endpointDict = (row: Row<Endpoint>): JsonObject => dictOf(ENDPOINT, row);

/** @throws NotFound */
export function getRegion({ database }: KeystoneApp, id: Json): Row<Region> {
  const region = typeof id === "string" ? database.regions.get(id) : undefined;
  if (region === undefined) throw new NotFound({ what: "region", id });
  return region;
}

/** @throws Conflict, NotFound for an unknown parent */
export function createRegion(app: KeystoneApp, ref: Made): Row<Region> {
  if (app.database.regions.get(ref.id) !== undefined) {
    throw new Conflict({ type: "region", details: `Duplicate ID, ${ref.id}.` });
  }
  checkParent(app, ref);
  return insert(REGION, app.database.regions, { description: "", ...ref });
}

/** What is no column is lost here, as upstream forgets to keep it. @throws NotFound */
export function updateRegion(app: KeystoneApp, id: string, ref: JsonObject): Row<Region> {
  checkParent(app, ref);
  const before = getRegion(app, id);
  const row = change(REGION, app.database.regions, before, ref);
  return app.database.regions.update(row.uuid, { extra: before.extra }) ?? row;
}

/** Its child regions go with it. @throws NotFound, RegionDeletionError */
export function deleteRegion(app: KeystoneApp, id: string): void {
  getRegion(app, id);
  if (hasEndpoints(app, id)) throw new RegionDeletionError({ region_id: id });
  removeTree(app, id);
}

/** A region that an endpoint names is made if it is not there. */
export function ensureRegion(app: KeystoneApp, id: Json): void {
  if (typeof id === "string" && app.database.regions.get(id) !== undefined) return;
  createRegion(app, { id: str(id) });
}

/** @throws NotFound */
export function getService({ database }: KeystoneApp, id: Json): Row<ServiceEntry> {
  const service = typeof id === "string" ? database.services.get(id) : undefined;
  if (service === undefined) throw new NotFound({ what: "service", id });
  return service;
}

export const createService = ({ database }: KeystoneApp, ref: Made): Row<ServiceEntry> =>
  insert(SERVICE, database.services, { enabled: true, ...ref });

/** @throws NotFound */
export const updateService = (app: KeystoneApp, id: string, ref: JsonObject): Row<ServiceEntry> =>
  change(SERVICE, app.database.services, getService(app, id), ref);

/** @throws NotFound */
export function deleteService(app: KeystoneApp, id: string): void {
  const { services, endpoints } = app.database;
  getService(app, id);
  for (const { uuid } of endpoints.find({ service_id: id })) endpoints.remove(uuid);
  services.remove(id);
}

/** @throws NotFound */
export function getEndpoint({ database }: KeystoneApp, id: string): Row<Endpoint> {
  const endpoint = database.endpoints.get(id);
  if (endpoint === undefined) throw new NotFound({ what: "endpoint", id });
  return endpoint;
}

/** @throws NotFound for an unknown service; ValidationError for an unknown region */
export function createEndpoint(app: KeystoneApp, ref: Made): Row<Endpoint> {
  getService(app, ref["service_id"] ?? null);
  const region = ref["region_id"] ?? null;
  if (region !== null && app.database.regions.get(str(region)) === undefined) {
    throw new ValidationError({ attribute: "endpoint region_id", target: "region table" });
  }
  return insert(ENDPOINT, app.database.endpoints, ref);
}

/** @throws NotFound */
export function updateEndpoint(app: KeystoneApp, id: string, ref: JsonObject): Row<Endpoint> {
  const region = ref["region_id"] ?? null;
  if (region !== null) getRegion(app, region);
  return change(ENDPOINT, app.database.endpoints, getEndpoint(app, id), ref);
}

/** @throws NotFound */
export function deleteEndpoint(app: KeystoneApp, id: string): void {
  app.database.endpoints.remove(getEndpoint(app, id).uuid);
}

function checkParent(app: KeystoneApp, ref: JsonObject): void {
  const parent = ref["parent_region_id"] ?? null;
  if (parent !== null) getRegion(app, parent);
}

function hasEndpoints({ database }: KeystoneApp, region: string): boolean {
  if (database.endpoints.first({ region_id: region }) !== undefined) return true;
  const children = childrenOf(database.regions.find(), region);
  return children.some(({ uuid }) => database.endpoints.first({ region_id: uuid }) !== undefined);
}

function removeTree({ database }: KeystoneApp, region: string): void {
  for (const { uuid } of childrenOf(database.regions.find(), region)) database.regions.remove(uuid);
  database.regions.remove(region);
}

/** All regions below `id`; a region that is its own ancestor counts once. */
function childrenOf(regions: readonly Row<Region>[], id: string): Row<Region>[] {
  const found = new Map<string, Row<Region>>();
  const look = (parent: string): void => {
    for (const region of regions) {
      if (region.parent_region_id !== parent || found.has(region.uuid) || region.uuid === id)
        continue;
      found.set(region.uuid, region);
      look(region.uuid);
    }
  };
  look(id);
  return [...found.values()];
}
