/** Enough memory left, oversubscribed. Upstream: nova/scheduler/filters/ram_filter.py. */
import type { FilterEnv, HostFilter } from "./filter.js";

export const ramFilter = ({ flags }: FilterEnv): HostFilter => ({
  name: "RamFilter",
  oncePerRequest: false,
  forRequest({ instanceType }) {
    const ratio = flags.ram_allocation_ratio;
    const requested = instanceType.memory_mb;
    return (host) => {
      const total = host.total_usable_ram_mb;
      const limit = total * ratio;
      const used = total - host.free_ram_mb;
      if (!(limit - used >= requested)) return false;
      // The host itself tests against this when it claims.
      host.limits.memory_mb = limit;
      return true;
    };
  },
});
