/**
 * A time of the database in a body. The columns of MySQL have whole seconds, and what the driver is
 * given beyond them is dropped. Upstream: nova/openstack/common/jsonutils.py (to_primitive) over
 * MySQLdb (DateTime2literal).
 */
export function storedTime(stamp: string): string;
export function storedTime(stamp: string | null): string | null;
export function storedTime(stamp: string | null): string | null {
  return stamp === null ? null : `${stamp.slice(0, 19)}.000000`;
}
