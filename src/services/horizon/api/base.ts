/** Where services are, for who is logged in. Upstream: openstack_dashboard/api/base.py (url_for) at 2014.2. */
import { textOf } from "../../../python/index.js";
import { endpointsOf } from "../auth/user.js";
import { ServiceCatalogException } from "../web/exceptions.js";
import type { HorizonRequest } from "../web/request.js";

/** @throws ServiceCatalogException if the catalog has no such service in the user's region */
export function urlFor({ user }: HorizonRequest, type: string): string {
  const service = user.service(type);
  const all = service === undefined ? [] : endpointsOf(service);
  const here = all.filter((endpoint) => endpoint["region"] === user.servicesRegion);
  const endpoints = type === "identity" && here.length === 0 ? all : here;
  const found = endpoints.find((endpoint) => endpoint["publicURL"] !== undefined);
  if (found === undefined) throw new ServiceCatalogException(type);
  return textOf(found, "publicURL").replace(/\/+$/u, "");
}
