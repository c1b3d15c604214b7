/** Every route of trove-api. Upstream: trove/common/api.py, trove/extensions/routes at 2014.2; there are no clusters. */
import { datastoreRoutes } from "./resources/datastores.js";
import { flavorRoutes } from "./resources/flavors.js";
import { instanceActionRoutes } from "./resources/instance-actions.js";
import { instanceRoutes } from "./resources/instances.js";
import { limitRoutes } from "./resources/limits.js";
import type { TroveRoute } from "./route.js";

export const troveRoutes: readonly TroveRoute[] = [
  ...instanceRoutes,
  ...instanceActionRoutes,
  ...datastoreRoutes,
  ...flavorRoutes,
  ...limitRoutes,
];
