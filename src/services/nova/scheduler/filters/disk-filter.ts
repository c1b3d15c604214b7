/** Enough disk left; not a default filter. Upstream: nova/scheduler/filters/disk_filter.py. */
import type { FilterEnv, HostFilter } from "./filter.js";

export const diskFilter = ({ flags }: FilterEnv): HostFilter => ({
  name: "DiskFilter",
  oncePerRequest: false,
  forRequest({ instanceType }) {
    const ratio = flags.disk_allocation_ratio;
    const { root_gb, ephemeral_gb, swap } = instanceType;
    const requested = 1024 * (root_gb + ephemeral_gb) + swap;
    return (host) => {
      const total = host.total_usable_disk_gb * 1024;
      const limit = total * ratio;
      const used = total - host.free_disk_mb;
      if (!(limit - used >= requested)) return false;
      host.limits.disk_gb = limit / 1024;
      return true;
    };
  },
});
