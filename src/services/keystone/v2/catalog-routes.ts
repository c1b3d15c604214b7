/**
 * Services and endpoints in v2, on the admin port. A v2 endpoint is up to three rows, one for each
 * interface, tied together by their legacy id. Nothing looks at what a URL is. Upstream:
 * keystone/catalog/controllers.py (Service, Endpoint) at 2014.2.
 */
import {
  type Json,
  type JsonObject,
  KeyError,
  asDict,
  dictOrder,
  str,
  truth,
} from "../../../python/index.js";
import { NotFound, ValidationError } from "../exception.js";
import {
  createEndpoint,
  createService,
  deleteService,
  endpointDict,
  ensureRegion,
  getService,
  serviceDict,
} from "../managers/catalog.js";
import { adminAction } from "../web/v2-action.js";

const SERVICES = "/OS-KSADM/services";
const SERVICE = `${SERVICES}/{service_id}`;
const INTERFACES = ["public", "internal", "admin"] as const;

export const v2CatalogRoutes = [
  adminAction(
    "GET",
    SERVICES,
    { name: "get_services", takes: [] },
    function* ({ app, assertAdmin }) {
      assertAdmin();
      return { "OS-KSADM:services": app.database.services.find().map(serviceDict) };
    },
  ),
  adminAction(
    "POST",
    SERVICES,
    { name: "create_service", takes: ["OS_KSADM_service"] },
    function* ({ app, args, assertAdmin }) {
      assertAdmin();
      const asked = asDict(args["OS_KSADM_service"] ?? null, "copy");
      const service = createService(app, { ...asked, id: app.newId() });
      return { "OS-KSADM:service": serviceDict(service) };
    },
  ),
  adminAction(
    "GET",
    SERVICE,
    { name: "get_service", takes: ["service_id"] },
    function* ({ app, id, assertAdmin }) {
      assertAdmin();
      return { "OS-KSADM:service": serviceDict(getService(app, id("service_id"))) };
    },
  ),
  adminAction(
    "DELETE",
    SERVICE,
    { name: "delete_service", takes: ["service_id"] },
    function* ({ app, id, assertAdmin }) {
      assertAdmin();
      deleteService(app, id("service_id"));
      return null;
    },
  ),
  adminAction(
    "GET",
    "/endpoints",
    { name: "get_endpoints", takes: [] },
    function* ({ app, assertAdmin }) {
      assertAdmin();
      return { endpoints: legacyEndpoints(app.database.endpoints.find().map(endpointDict)) };
    },
  ),
  adminAction(
    "POST",
    "/endpoints",
    { name: "create_endpoint", takes: ["endpoint"] },
    function* ({ app, args, assertAdmin }) {
      assertAdmin();
      const asked = asDict(args["endpoint"] ?? null, "get");
      for (const key of ["publicurl", "service_id"]) requireAttribute(asked, key);
      const region = asked["region"] ?? null;
      if (region !== null) ensureRegion(app, region);
      const urls = INTERFACES.map((face) => [face, asked[`${face}url`] ?? null] as const);
      const given = urls.filter(([, url]) => truth(url));
      const rest = Object.entries(asked).filter(([name]) => !isUrl(name) && name !== "region");
      if (!("region" in asked)) throw new KeyError("region");
      const legacy_endpoint_id = app.newId();
      for (const [face, url] of given) {
        const shared = { ...Object.fromEntries<Json | undefined>(rest), legacy_endpoint_id };
        const id = app.newId();
        createEndpoint(app, { ...shared, id, interface: face, url, region_id: region });
      }
      const said = Object.entries(asked).filter(([name, url]) => !isUrl(name) || truth(url));
      return {
        endpoint: { ...Object.fromEntries<Json | undefined>(said), id: legacy_endpoint_id },
      };
    },
  ),
  adminAction(
    "DELETE",
    "/endpoints/{endpoint_id}",
    { name: "delete_endpoint", takes: ["endpoint_id"] },
    function* ({ app, id, assertAdmin }) {
      assertAdmin();
      const { endpoints } = app.database;
      const rows = endpoints.find({ legacy_endpoint_id: id("endpoint_id") });
      if (rows.length === 0) throw new NotFound({ what: "endpoint", id: id("endpoint_id") });
      for (const { uuid } of rows) endpoints.remove(uuid);
      return null;
    },
  ),
];

const isUrl = (name: string): boolean => INTERFACES.some((face) => name === `${face}url`);

/** @throws ValidationError */
function requireAttribute(ref: JsonObject, attribute: string): void {
  const value = ref[attribute] ?? null;
  if (value !== null && value !== "") return;
  throw new ValidationError({}, `${attribute} field is required and cannot be empty`);
}

/** Rows of one legacy id as one; those that v3 has made have none and are not seen. */
function legacyEndpoints(endpoints: readonly JsonObject[]): JsonObject[] {
  const groups = new Map<string, Record<string, Json>>();
  for (const endpoint of endpoints) {
    const { legacy_endpoint_id, interface: face, url, region_id, ...shared } = endpoint;
    if (typeof legacy_endpoint_id !== "string") continue;
    let group = groups.get(legacy_endpoint_id);
    if (group === undefined) {
      group = { ...shared, id: legacy_endpoint_id, region: region_id ?? null };
      groups.set(legacy_endpoint_id, group);
    }
    group[`${str(face ?? null)}url`] = url ?? null;
  }
  return dictOrder([...groups.keys()]).map((id) => groups.get(id) ?? {});
}
