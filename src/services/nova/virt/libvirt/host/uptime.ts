/**
 * What `env LANG=C uptime` prints on a host that has been up since the run began. Nobody is logged in, and nothing is
 * measured of its load, which reads 0.00. Upstream: nova/virt/libvirt/driver.py (get_host_uptime) at 2014.2, procps 3.3.
 */
import type { Calendar, Micros } from "../../../../../kernel/index.js";

const MINUTE = 60_000_000;

export function uptimeOf(now: Micros, calendar: Calendar): string {
  const minutes = Math.floor(now / MINUTE);
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24];
  const day = days === 0 ? "" : `${days} ${days === 1 ? "day" : "days"}, `;
  const rest = String(minutes % 60);
  const time =
    hours === 0 ? `${rest} min` : `${String(hours).padStart(2)}:${rest.padStart(2, "0")}`;
  const clock = calendar.stamp(now).slice(11, 19);
  return ` ${clock} up ${day}${time},  0 users,  load average: 0.00, 0.00, 0.00\n`;
}
