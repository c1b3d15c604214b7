/**
 * Zones, and for administrators the hosts in them. Upstream: contrib/availability_zone.py at 2014.2;
 * nova §5.5.
 */
import { respond } from "../../../../http/index.js";
import type { JsonObject } from "../../../../python/index.js";
import type { NovaApp } from "../app.js";
import { zoneOfService } from "../host-zones.js";
import { route, type NovaRoute } from "../route.js";

const POLICY = "compute_extension:availability_zone";

export const availabilityZoneRoutes: readonly NovaRoute[] = [
  route("GET", "/os-availability-zone", `${POLICY}:list`, function* ({ app }) {
    const hidden = app.flags.internal_service_availability_zone;
    const zones = zonesOf(app).filter(({ zoneName }) => zoneName !== hidden);
    const shown = zones.map((zone) => ({ ...zone, hosts: null }));
    return respond(200, { availabilityZoneInfo: shown });
  }),
  route("GET", "/os-availability-zone/detail", `${POLICY}:detail`, function* ({ app }) {
    const zones = zonesOf(app).map((zone) =>
      zone.zoneState.available ? zone : { ...zone, hosts: null },
    );
    return respond(200, { availabilityZoneInfo: zones });
  }),
];

/** A zone is available as long as one of its services is enabled, alive or not. */
function zonesOf(app: NovaApp) {
  const zones = new Map<string, { available: boolean; hosts: Record<string, JsonObject> }>();
  for (const row of app.db.services.find()) {
    const name = zoneOfService(app, row.topic);
    const zone = zones.get(name) ?? { available: false, hosts: {} };
    zones.set(name, zone);
    if (row.disabled) continue;
    zone.available = true;
    const binary = {
      available: true,
      active: app.services.isUp(row),
      updated_at: row.updated_at,
    };
    zone.hosts[row.host] = { ...zone.hosts[row.host], [row.binary]: binary };
  }
  return [...zones].map(([zoneName, { available, hosts }]) => ({
    zoneName,
    zoneState: { available },
    hosts,
  }));
}
