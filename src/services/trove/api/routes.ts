/** Every route of trove-api. Upstream: trove/common/api.py, trove/extensions/routes at 2014.2; there are no clusters. */
import { backupRoutes } from "./resources/backups.js";
import { configurationRoutes } from "./resources/configurations.js";
import { databaseRoutes } from "./resources/databases.js";
import { datastoreRoutes } from "./resources/datastores.js";
import { flavorRoutes } from "./resources/flavors.js";
import { instanceActionRoutes } from "./resources/instance-actions.js";
import { instanceRoutes } from "./resources/instances.js";
import { limitRoutes } from "./resources/limits.js";
import { managementRoutes } from "./resources/management.js";
import { securityGroupRoutes } from "./resources/security-groups.js";
import { userRoutes } from "./resources/users.js";
import type { TroveRoute } from "./route.js";

export const troveRoutes: readonly TroveRoute[] = [
  ...instanceRoutes,
  ...instanceActionRoutes,
  ...databaseRoutes,
  ...userRoutes,
  ...backupRoutes,
  ...configurationRoutes,
  ...datastoreRoutes,
  ...flavorRoutes,
  ...limitRoutes,
  ...securityGroupRoutes,
  ...managementRoutes,
];
