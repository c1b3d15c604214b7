/**
 * Which zone a host is in. Host aggregates are not simulated, so every compute host is in the default
 * zone and all other services are in the internal one. Upstream: nova/availability_zones.py; nova
 * §1.2 row 19, §5.5.
 */
import type { NovaApp } from "./app.js";

/** The zone of a service: only compute hosts are in one that users see. */
export function zoneOfService({ flags }: NovaApp, topic: string): string {
  return topic === "compute"
    ? flags.default_availability_zone
    : flags.internal_service_availability_zone;
}

/** The zones in which some service is enabled, whether it is alive or not. */
export function enabledZones(app: NovaApp): Set<string> {
  const zones = new Set<string>();
  for (const { topic, disabled } of app.db.services.find()) {
    if (!disabled) zones.add(zoneOfService(app, topic));
    if (zones.size === 2) break;
  }
  return zones;
}
