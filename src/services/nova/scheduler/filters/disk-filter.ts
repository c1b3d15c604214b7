/** Enough disk left; not a default filter. Upstream: nova/scheduler/filters/disk_filter.py. */
import { floatStr } from "../../../../python/index.js";
import type { HostState } from "../host-state.js";
import type { FilterEnv, HostFilter } from "./filter.js";
import { relation } from "./ram-filter.js";

export const diskFilter = ({ flags }: FilterEnv): HostFilter => ({
  name: "DiskFilter",
  oncePerRequest: false,
  forRequest({ instanceType }) {
    const ratio = flags.disk_allocation_ratio;
    const { root_gb, ephemeral_gb, swap } = instanceType;
    const requested = 1024 * (root_gb + ephemeral_gb) + swap;
    const usable = (host: HostState): number => {
      const total = host.total_usable_disk_gb * 1024;
      return total * ratio - (total - host.free_disk_mb);
    };
    return {
      passes(host) {
        if (!(usable(host) >= requested)) return false;
        host.limits.disk_gb = (host.total_usable_disk_gb * 1024 * ratio) / 1024;
        return true;
      },
      compared: (host) => relation(requested, usable(host)),
      debug: (host, passed) =>
        passed
          ? []
          : [
              `${host.repr()} does not have ${requested} MB usable disk, it only has ${floatStr(usable(host))} MB usable disk.`,
            ],
    };
  },
});
