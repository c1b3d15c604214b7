/** Every route of every REST service, made by the service itself out of real parts. */
import type { RoutePolicy } from "../../src/framework/index.js";
import type { Addressed } from "../../src/http/index.js";
import { glanceRoutes } from "../../src/services/glance/api/routes.js";
import { registryRoutes } from "../../src/services/glance/registry/routes.js";
import { keystoneRoutes } from "../../src/services/keystone/routes.js";
import { neutronRoutes } from "../../src/services/neutron/api/routes.js";
import { NovaApp } from "../../src/services/nova/api/app.js";
import { novaRoutes } from "../../src/services/nova/api/routes.js";
import { NovaDatabase } from "../../src/services/nova/db/database.js";
import { ImageApi } from "../../src/services/nova/image/api.js";
import { NeutronV2Api } from "../../src/services/nova/network-api/neutronv2/api.js";
import { TestBed } from "../services/harness.js";

/** What the page says of a route. */
export interface RouteLine extends Addressed {
  readonly policy?: RoutePolicy<string>;
}

/** The routes of each port, by the process and what it is called. */
export function restServices(): ReadonlyMap<string, readonly RouteLine[]> {
  const bed = new TestBed();
  const { kernel } = bed;

  const api = bed.env("nova-api");
  const network = new NeutronV2Api(api);
  const nova = new NovaApp(api, new NovaDatabase(kernel), {
    images: new ImageApi(api),
    network,
    securityGroups: network.securityGroups,
  });

  return new Map<string, readonly RouteLine[]>([
    ["keystone, port 5000", keystoneRoutes.main],
    ["keystone, port 35357", keystoneRoutes.admin],
    ["glance-api", glanceRoutes],
    ["glance-registry", registryRoutes],
    ["neutron-server", neutronRoutes],
    ["nova-api", novaRoutes(nova)],
  ]);
}
