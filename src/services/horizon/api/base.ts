/** Where services are, for who is logged in. Upstream: openstack_dashboard/api/base.py (url_for) at 2014.2. */
import { textOf } from "../../../python/index.js";
import { endpointsOf } from "../auth/user.js";
import { ServiceCatalogException } from "../web/exceptions.js";
import type { HorizonRequest } from "../web/request.js";

/** Which of a service's addresses. */
type EndpointType = "publicURL" | "adminURL";

/** @throws ServiceCatalogException if the catalog has no such service in the user's region */
export function urlFor(
  { user }: HorizonRequest,
  type: string,
  of: EndpointType = "publicURL",
): string {
  const service = user.service(type);
  const all = service === undefined ? [] : endpointsOf(service);
  const here = all.filter((endpoint) => endpoint["region"] === user.servicesRegion);
  const endpoints = type === "identity" && here.length === 0 ? all : here;
  const found = endpoints.find((endpoint) => endpoint[of] !== undefined);
  if (found === undefined) throw new ServiceCatalogException(type);
  return textOf(found, of).replace(/\/+$/u, "");
}
