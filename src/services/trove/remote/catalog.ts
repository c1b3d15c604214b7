/**
 * Where another service is, for a user of Trove: an option says so, or the catalog that came with the user's
 * token. Upstream: trove/common/remote.py (get_endpoint, normalize_url) at 2014.2.
 */
import { isObject, str, type Json, type JsonObject } from "../../../python/index.js";
import type { TroveContext } from "../context.js";
import { EmptyCatalog, NoServiceEndpoint, RegionAmbiguity } from "../exception.js";

/** What the options say of one service. */
export interface ServiceLocation {
  /** Without the tenant. */
  readonly url: string | null;
  readonly service_type: string;
  readonly region: string | null;
}

/** @throws EmptyCatalog, NoServiceEndpoint, RegionAmbiguity */
export function endpointOf(
  { service_catalog, tenant }: TroveContext,
  { url, service_type, region }: ServiceLocation,
): string {
  if (url !== null && url !== "") return `${url.endsWith("/") ? url : `${url}/`}${tenant}`;
  if (service_catalog.length === 0) throw new EmptyCatalog({});
  const urls = service_catalog
    .filter((service) => service["type"] === service_type)
    .flatMap(endpointsOf)
    .filter((endpoint) => region === null || region === "" || endpoint["region"] === region)
    .flatMap((endpoint) => endpoint["publicURL"] ?? []);
  const [found, ...others] = urls;
  const endpoint_region = region;
  if (found === undefined) {
    const endpoint_type = "publicURL";
    throw new NoServiceEndpoint({ service_type, endpoint_region, endpoint_type });
  }
  if (others.length > 0) throw new RegionAmbiguity({ service_type, endpoint_region });
  return str(found);
}

const endpointsOf = ({ endpoints }: JsonObject): JsonObject[] =>
  Array.isArray(endpoints) ? (endpoints as readonly Json[]).filter(isObject) : [];
