/**
 * The service catalog of a token: endpoint URLs are templates, filled in per tenant and user. An
 * endpoint whose template cannot be filled in is left out; a service without a name ends the v2
 * catalog. Upstream: keystone/catalog/core.py (format_url), keystone/catalog/backends/sql.py at 2014.2.
 */
import { AttributeError, str, type JsonObject } from "../../../python/index.js";
import type { KeystoneDatabase } from "../store/database.js";

/** What a template may name: texts, and numbers for ports. */
export type Substitutions = Readonly<Record<string, string | number>>;

/** Python's `%` with names, which `$(name)s` is turned into. */
const DIRECTIVE = /%(?:%|\(([^)]*)\)([sdi])|[^]?)/g;

/** `http://h:8774/v2/$(tenant_id)s` filled in; undefined if it cannot be. */
export function formatUrl(template: string, values: Substitutions): string | undefined {
  const malformed: string[] = [];
  const url = template.replaceAll("$(", "%(").replace(DIRECTIVE, (all, name, kind) => {
    if (all === "%%") return "%";
    const value = Object.hasOwn(values, String(name)) ? values[String(name)] : undefined;
    if (value !== undefined && (kind === "s" || typeof value === "number")) return String(value);
    malformed.push(all);
    return "";
  });
  return malformed.length > 0 ? undefined : url;
}

/** Service by service, with one endpoint for each interface. */
export function catalogV3(database: KeystoneDatabase, values: Substitutions): JsonObject[] {
  return database.services.find({ enabled: true }).map((service) => {
    const name = service.extra["name"];
    return {
      endpoints: database.endpoints
        .find({ service_id: service.uuid, enabled: true })
        .flatMap((endpoint) => {
          const url = formatUrl(endpoint.url, values);
          if (url === undefined) return [];
          const { uuid: id, interface: face, region_id, extra } = endpoint;
          return [{ ...extra, id, interface: face, region: region_id, region_id, url }];
        }),
      id: service.uuid,
      type: service.type,
      ...(name && { name }),
    };
  });
}

type Interfaces = Record<string, string | null>;

/** Type by type, with one endpoint for each region and its interfaces as members. */
export function catalogV2(database: KeystoneDatabase, values: Substitutions): JsonObject[] {
  const services = new Map<string, { name: string; regions: Map<string | null, Interfaces> }>();
  for (const endpoint of database.endpoints.find({ enabled: true })) {
    const service = database.services.get(endpoint.service_id);
    if (service?.enabled !== true) continue;
    const url = formatUrl(endpoint.url, values);
    if (url === undefined) continue;
    const { type, extra } = service;
    if (!Object.hasOwn(extra, "name")) {
      throw new AttributeError("'Service' object has no attribute 'name'");
    }
    let entry = services.get(type);
    if (entry === undefined) {
      services.set(type, (entry = { name: str(extra["name"] ?? null), regions: new Map() }));
    }
    const known = entry.regions.get(endpoint.region_id);
    // The id is that of the interface that was met first.
    const shape = known ?? { region: endpoint.region_id, id: endpoint.uuid, publicURL: "" };
    shape[`${endpoint.interface}URL`] = url;
    if (known === undefined) entry.regions.set(endpoint.region_id, shape);
  }
  return [...services].map(([type, { name, regions }]) => ({
    endpoints: [...regions.values()],
    endpoints_links: [],
    type,
    name,
  }));
}
