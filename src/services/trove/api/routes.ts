/** Every route of trove-api. Upstream: trove/common/api.py, trove/extensions/routes at 2014.2. */
import { backupRoutes } from "./resources/backups.js";
import { clusterRoutes } from "./resources/clusters.js";
import { configurationRoutes } from "./resources/configurations.js";
import { databaseRoutes } from "./resources/databases.js";
import { datastoreRoutes } from "./resources/datastores.js";
import { flavorRoutes } from "./resources/flavors.js";
import { instanceActionRoutes } from "./resources/instance-actions.js";
import { instanceRoutes } from "./resources/instances.js";
import { limitRoutes } from "./resources/limits.js";
import { accountRoutes } from "./resources/mgmt/accounts.js";
import { mgmtClusterRoutes } from "./resources/mgmt/clusters.js";
import { mgmtGuestRoutes } from "./resources/mgmt/guests.js";
import { hostRoutes } from "./resources/mgmt/hosts.js";
import { mgmtInstanceRoutes } from "./resources/mgmt/instances.js";
import { mgmtParameterRoutes } from "./resources/mgmt/parameters.js";
import { quotaRoutes } from "./resources/mgmt/quotas.js";
import { parameterRoutes } from "./resources/parameters.js";
import { securityGroupRoutes } from "./resources/security-groups.js";
import { userRoutes } from "./resources/users.js";
import type { TroveRoute } from "./route.js";

export const troveRoutes: readonly TroveRoute[] = [
  ...instanceRoutes,
  ...instanceActionRoutes,
  ...clusterRoutes,
  ...databaseRoutes,
  ...userRoutes,
  ...backupRoutes,
  ...configurationRoutes,
  ...datastoreRoutes,
  ...flavorRoutes,
  ...limitRoutes,
  ...securityGroupRoutes,
  ...parameterRoutes,
  ...mgmtInstanceRoutes,
  ...mgmtClusterRoutes,
  ...mgmtGuestRoutes,
  ...quotaRoutes,
  ...hostRoutes,
  ...accountRoutes,
  ...mgmtParameterRoutes,
];
