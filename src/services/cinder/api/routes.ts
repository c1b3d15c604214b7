/** Every route of cinder-api. Upstream: cinder/api/v1/router.py, v2/router.py, contrib/ at 2014.2. */
import { metadataRoutes } from "./resources/metadata.js";
import { snapshotRoutes } from "./resources/snapshots.js";
import { extraSpecRoutes } from "./resources/types/extra-specs.js";
import { typeRoutes } from "./resources/types/types.js";
import { volumeActionRoutes } from "./resources/volume-actions.js";
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
];
