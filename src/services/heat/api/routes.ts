/** Every route of heat-api. Upstream: heat/api/openstack/v1/__init__.py at 2014.2. */
import { eventRoutes } from "./events.js";
import { resourceRoutes } from "./resources.js";
import type { HeatRoute } from "./route.js";
import { snapshotRoutes } from "./snapshots.js";
import { softwareRoutes } from "./software.js";
import { stackRoutes } from "./stacks.js";

export const heatRoutes: readonly HeatRoute[] = [
  ...stackRoutes,
  ...snapshotRoutes,
  ...resourceRoutes,
  ...eventRoutes,
  ...softwareRoutes,
];
