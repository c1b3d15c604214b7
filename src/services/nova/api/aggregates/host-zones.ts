/**
 * Which zone a host is in: what its aggregates say, else the default one; services that run no servers are in the internal one.
 * Upstream keeps the zone of a host in memory for an hour and forgets it when its aggregates change here; another nova-api goes on
 * with the old one, which is not modelled. Upstream: nova/availability_zones.py; nova §1.2 row 19, §5.5.
 */
import { valuesOfHost } from "../../db/aggregates/aggregates.js";
import type { NovaApp } from "../app.js";

const KEY = "availability_zone";

/** `set_availability_zones`: a host in several zones is in one with a comma in its name. */
export function zoneOfService(
  { flags, db }: NovaApp,
  { topic, host }: { readonly topic: string; readonly host: string },
): string {
  if (topic !== "compute") return flags.internal_service_availability_zone;
  const zones = valuesOfHost(db, host, KEY);
  return zones.length === 0 ? flags.default_availability_zone : zones.join(",");
}

/** `get_instance_availability_zone`: no host is looked up like any other, and found in the default zone. */
export function zoneOfHost({ flags, db }: NovaApp, host: string | null): string {
  const [zone = flags.default_availability_zone] = host === null ? [] : valuesOfHost(db, host, KEY);
  return zone;
}

/** The zones in which some service is enabled, alive or not, each with its hosts. */
export function enabledZones(app: NovaApp): Map<string, Set<string>> {
  return zonesOf(app, false);
}

/** The zones of services, enabled or disabled, in the order in which they are met. */
export function zonesOf(app: NovaApp, disabled: boolean): Map<string, Set<string>> {
  const zones = new Map<string, Set<string>>();
  for (const service of app.db.services.find({ disabled })) {
    const zone = zoneOfService(app, service);
    const hosts = zones.get(zone) ?? new Set<string>();
    zones.set(zone, hosts.add(service.host));
  }
  return zones;
}
