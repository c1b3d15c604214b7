/** Every route of cinder-api. Upstream: cinder/api/v1/router.py, v2/router.py, contrib/ at 2014.2. */
import { metadataRoutes } from "./resources/metadata.js";
import { snapshotRoutes } from "./resources/snapshots.js";
import { qosAssociationRoutes } from "./resources/qos/qos-associations.js";
import { qosSpecsRoutes } from "./resources/qos/qos-specs.js";
import { limitRoutes } from "./resources/quotas/limits.js";
import { quotaClassRoutes } from "./resources/quotas/quota-classes.js";
import { quotaSetRoutes } from "./resources/quotas/quota-sets.js";
import { availabilityZoneRoutes } from "./resources/services/availability-zones.js";
import { extensionRoutes } from "./resources/services/extensions.js";
import { hostRoutes } from "./resources/services/hosts.js";
import { schedulerStatsRoutes } from "./resources/services/scheduler-stats.js";
import { serviceRoutes } from "./resources/services/services.js";
import { transferRoutes } from "./resources/transfers.js";
import { encryptionRoutes } from "./resources/types/encryption.js";
import { extraSpecRoutes } from "./resources/types/extra-specs.js";
import { typeRoutes } from "./resources/types/types.js";
import { volumeActionRoutes } from "./resources/volume-actions.js";
import { volumeEncryptionRoutes } from "./resources/volume-encryption.js";
import { volumeRoutes } from "./resources/volumes.js";
import type { CinderRoute } from "./route.js";
import { versionRoutes } from "./versions.js";

export const cinderRoutes: readonly CinderRoute[] = [
  ...versionRoutes,
  ...volumeRoutes,
  ...volumeActionRoutes,
  ...snapshotRoutes,
  ...metadataRoutes,
  ...typeRoutes,
  ...extraSpecRoutes,
  ...encryptionRoutes,
  ...volumeEncryptionRoutes,
  ...qosSpecsRoutes,
  ...qosAssociationRoutes,
  ...quotaSetRoutes,
  ...quotaClassRoutes,
  ...limitRoutes,
  ...serviceRoutes,
  ...availabilityZoneRoutes,
  ...schedulerStatsRoutes,
  ...hostRoutes,
  ...extensionRoutes,
  ...transferRoutes,
];
