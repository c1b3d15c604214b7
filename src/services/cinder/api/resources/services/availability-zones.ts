/**
 * The zones of the volume services; one of them enabled makes its zone available, alive or not. Upstream:
 * cinder/api/contrib/availability_zones.py, cinder/api/views/availability_zones.py at 2014.2.
 */
import { respond } from "../../../../../http/index.js";
import { BOTH, inVersions } from "../../route.js";

export const availabilityZoneRoutes = inVersions(BOTH, (route) => [
  route("GET", "/os-availability-zone", null, function* ({ app }) {
    const zones = app.zones.list().map(({ name, available }) => ({
      zoneName: name,
      zoneState: { available },
    }));
    return respond(200, { availabilityZoneInfo: zones });
  }),
]);
