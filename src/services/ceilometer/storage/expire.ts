/**
 * Removes samples that are older than so many seconds, and meters and resources of which none is left. Upstream:
 * ceilometer/storage/impl_sqlalchemy.py (clear_expired_metering_data) at 2014.2.
 */
import type { CeilometerDatabase } from "./database.js";

/** @returns how many samples went */
export function clearExpired({ kernel, ...tables }: CeilometerDatabase, ttl: number): number {
  const { meters, resources, samples } = tables;
  const end = kernel.calendar.stamp(kernel.now - ttl * 1_000_000);
  const expired = samples.find().filter(({ timestamp }) => timestamp < end);
  for (const { id } of expired) samples.remove(id);
  for (const { id } of meters.find()) {
    if (samples.count({ meter_id: id }) === 0) meters.remove(id);
  }
  for (const { id } of resources.find()) {
    if (samples.count({ resource_id: id }) === 0) resources.remove(id);
  }
  return expired.length;
}
