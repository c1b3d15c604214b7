/**
 * The service catalog of a token: endpoint URLs are templates, filled in per tenant and user. An
 * endpoint whose template cannot be filled in is left out. Upstream: keystone/catalog/backends/sql.py.
 */
import type { JsonObject } from "../../../python/index.js";
import type { KeystoneDatabase } from "../database.js";

/** What a template may name. */
export type Substitutions = Readonly<Record<string, string>>;

/** `http://h:8774/v2/$(tenant_id)s` filled in; undefined if it names what nobody knows. */
export function formatUrl(template: string, values: Substitutions): string | undefined {
  const wanted = [...template.matchAll(/\$\(([^)]*)\)(s?)/g)];
  if (wanted.some(([, name, s]) => s !== "s" || !Object.hasOwn(values, name ?? ""))) {
    return undefined;
  }
  const url = template.replaceAll(/\$\(([^)]*)\)s/g, (_, name: string) => values[name] ?? "");
  return url.includes("$(") ? undefined : url;
}

/** Service by service, with one endpoint for each interface. */
export function catalogV3(database: KeystoneDatabase, values: Substitutions): JsonObject[] {
  return database.services.find({ enabled: true }).map((service) => ({
    endpoints: database.endpoints
      .find({ service_id: service.uuid, enabled: true })
      .flatMap((endpoint) => {
        const url = formatUrl(endpoint.url, values);
        if (url === undefined) return [];
        const { uuid: id, interface: face, region } = endpoint;
        return [{ id, interface: face, region, region_id: region, url }];
      }),
    id: service.uuid,
    type: service.type,
    ...(service.name !== "" && { name: service.name }),
  }));
}

/** Type by type, with one endpoint for each region and its interfaces as members. */
export function catalogV2(database: KeystoneDatabase, values: Substitutions): JsonObject[] {
  const services = new Map<
    string,
    { name: string; regions: Map<string, Record<string, string>> }
  >();
  for (const endpoint of database.endpoints.find({ enabled: true })) {
    const service = database.services.get(endpoint.service_id);
    if (service?.enabled !== true) continue;
    const url = formatUrl(endpoint.url, values);
    if (url === undefined) continue;
    const { type, name } = service;
    let entry = services.get(type);
    if (entry === undefined) services.set(type, (entry = { name, regions: new Map() }));
    const known = entry.regions.get(endpoint.region);
    // The id is that of the interface that was met first.
    const shape = known ?? { region: endpoint.region, id: endpoint.uuid, publicURL: "" };
    shape[`${endpoint.interface}URL`] = url;
    if (known === undefined) entry.regions.set(endpoint.region, shape);
  }
  return [...services].map(([type, { name, regions }]) => ({
    endpoints: [...regions.values()],
    endpoints_links: [],
    type,
    name,
  }));
}
