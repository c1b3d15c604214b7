/** Every route of every REST service: lists, for which nothing has to run. The reference page is made from them. */
import type { RoutePolicy } from "../../framework/index.js";
import type { Addressed } from "../../http/index.js";
import { ceilometerRoutes } from "../../services/ceilometer/api/routes.js";
import { cinderRoutes } from "../../services/cinder/api/routes.js";
import { cachedImageRoutes } from "../../services/glance/api/cache/cached-images.js";
import { glanceRoutes } from "../../services/glance/api/routes.js";
import { registryRoutes } from "../../services/glance/registry/routes.js";
import { heatRoutes } from "../../services/heat/api/routes.js";
import { keystoneRoutes } from "../../services/keystone/routes.js";
import { neutronRoutes } from "../../services/neutron/api/routes.js";
import { novaRoutes } from "../../services/nova/api/routes.js";
import { troveRoutes } from "../../services/trove/api/routes.js";

/** What the page says of a route. */
export interface RouteLine extends Addressed {
  readonly policy: RoutePolicy<string>;
}

/** The routes of each port, by the process and what it is called. */
export function restServices(): ReadonlyMap<string, readonly RouteLine[]> {
  return new Map<string, readonly RouteLine[]>([
    ["keystone, port 5000", keystoneRoutes.main],
    ["keystone, port 35357", keystoneRoutes.admin],
    ["glance-api", [...glanceRoutes, ...cachedImageRoutes]],
    ["glance-registry", registryRoutes],
    ["neutron-server", neutronRoutes],
    ["nova-api", novaRoutes],
    ["cinder-api", cinderRoutes],
    ["heat-api", heatRoutes],
    ["ceilometer-api", ceilometerRoutes],
    ["trove-api", troveRoutes],
  ]);
}
