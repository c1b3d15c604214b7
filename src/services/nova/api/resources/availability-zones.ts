/**
 * Zones, and for administrators the hosts in them. Upstream: contrib/availability_zone.py,
 * nova/availability_zones.py (get_availability_zones) at 2014.2; nova §5.5.
 */
import { storedDate } from "../../../../framework/index.js";
import { respond } from "../../../../http/index.js";
import type { JsonObject } from "../../../../python/index.js";
import type { NovaApp } from "../app.js";
import { enabledZones, zoneOfService, zonesOf } from "../aggregates/host-zones.js";
import { route, type NovaRoute } from "../route.js";

const POLICY = "compute_extension:availability_zone";

export const availabilityZoneRoutes: readonly NovaRoute[] = [
  route("GET", "/os-availability-zone", `${POLICY}:list`, function* ({ app }) {
    const hidden = app.flags.internal_service_availability_zone;
    const zones = listed(app)
      .filter(({ name }) => name !== hidden)
      .map(({ name, available }) => view(name, available, null));
    return respond(200, { availabilityZoneInfo: zones });
  }),
  route("GET", "/os-availability-zone/detail", `${POLICY}:detail`, function* ({ app }) {
    const zones = listed(app).map(({ name, available }) =>
      view(name, available, available ? hostsIn(app, name) : null),
    );
    return respond(200, { availabilityZoneInfo: zones });
  }),
];

const view = (zoneName: string, available: boolean, hosts: JsonObject | null): JsonObject => ({
  zoneName,
  zoneState: { available },
  hosts,
});

interface Zone {
  readonly name: string;
  readonly available: boolean;
}

/** Those in which some service is enabled, alive or not, and then all others. */
function listed(app: NovaApp): Zone[] {
  const available = [...enabledZones(app).keys()];
  const others = [...zonesOf(app, true).keys()].filter((name) => !available.includes(name));
  return [
    ...available.map((name) => ({ name, available: true })),
    ...others.map((name) => ({ name, available: false })),
  ];
}

/** Host by host its enabled services: `available` says whether one is alive. */
function hostsIn(app: NovaApp, zone: string): JsonObject {
  const hosts = new Map<string, JsonObject>();
  for (const row of app.db.services.find({ disabled: false })) {
    if (zoneOfService(app, row) !== zone) continue;
    hosts.set(row.host, {
      ...hosts.get(row.host),
      [row.binary]: {
        available: app.services.isUp(row),
        active: true,
        updated_at: storedDate(row.updated_at),
      },
    });
  }
  return Object.fromEntries(hosts);
}
