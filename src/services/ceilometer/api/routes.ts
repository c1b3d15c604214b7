/** Every route of ceilometer-api. Upstream: ceilometer/api/controllers/v2.py (V2Controller) at 2014.2. */
import { alarmRoutes } from "./alarms/alarms.js";
import { alarmStateRoutes } from "./alarms/state.js";
import { capabilityRoutes } from "./resources/capabilities.js";
import { eventRoutes } from "./resources/events.js";
import { meterRoutes } from "./resources/meters.js";
import { queryRoutes } from "./resources/queries.js";
import { resourceRoutes } from "./resources/resources.js";
import { sampleRoutes } from "./resources/samples.js";
import type { CeilometerRoute } from "./route.js";

export const ceilometerRoutes: readonly CeilometerRoute[] = [
  ...meterRoutes,
  ...sampleRoutes,
  ...resourceRoutes,
  ...alarmRoutes,
  ...alarmStateRoutes,
  ...queryRoutes,
  ...eventRoutes,
  ...capabilityRoutes,
];
