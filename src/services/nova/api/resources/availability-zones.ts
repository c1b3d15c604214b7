/**
 * Zones, and for administrators the hosts in them. Upstream: contrib/availability_zone.py,
 * nova/availability_zones.py (get_availability_zones) at 2014.2; nova §5.5.
 */
import { storedDate } from "../../../../framework/index.js";
import { respond } from "../../../../http/index.js";
import type { JsonObject } from "../../../../python/index.js";
import type { NovaApp } from "../app.js";
import { zoneOfService } from "../host-zones.js";
import { route, type NovaRoute } from "../route.js";

const POLICY = "compute_extension:availability_zone";

export const availabilityZoneRoutes: readonly NovaRoute[] = [
  route("GET", "/os-availability-zone", `${POLICY}:list`, function* ({ app }) {
    const hidden = app.flags.internal_service_availability_zone;
    const zones = zonesOf(app)
      .filter(({ name }) => name !== hidden)
      .map(({ name, available }) => view(name, available, null));
    return respond(200, { availabilityZoneInfo: zones });
  }),
  route("GET", "/os-availability-zone/detail", `${POLICY}:detail`, function* ({ app }) {
    const zones = zonesOf(app).map(({ name, available }) =>
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
function zonesOf(app: NovaApp): Zone[] {
  const names = (disabled: boolean): string[] =>
    app.db.services.find({ disabled }).map(({ topic }) => zoneOfService(app, topic));
  const available = new Set(names(false));
  const others = new Set(names(true).filter((name) => !available.has(name)));
  return [
    ...[...available].map((name) => ({ name, available: true })),
    ...[...others].map((name) => ({ name, available: false })),
  ];
}

/** Host by host its enabled services: `available` says whether one is alive. */
function hostsIn(app: NovaApp, zone: string): JsonObject {
  const hosts = new Map<string, JsonObject>();
  for (const row of app.db.services.find({ disabled: false })) {
    if (zoneOfService(app, row.topic) !== zone) continue;
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
