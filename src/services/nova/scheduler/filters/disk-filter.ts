/** Enough disk left; not a default filter. Upstream: nova/scheduler/filters/disk_filter.py. */
import { floatStr } from "../../../../python/index.js";
import type { HostState } from "../host-state.js";
import { fixed, type PerHost } from "./aggregates/per-host.js";
import type { FilterEnv, HostFilter } from "./filter.js";
import { relation } from "./ram-filter.js";

export const diskFilter = ({ flags }: FilterEnv): HostFilter =>
  disksFilter("DiskFilter", () => fixed(flags.disk_allocation_ratio));

/** @param ratioFor how much each host may be oversubscribed, asked for once a request */
export const disksFilter = (name: string, ratioFor: () => PerHost): HostFilter => ({
  name,
  oncePerRequest: false,
  forRequest({ instanceType }) {
    const ratio = ratioFor();
    const { root_gb, ephemeral_gb, swap } = instanceType;
    const requested = 1024 * (root_gb + ephemeral_gb) + swap;
    const usable = (host: HostState): number => {
      const total = host.total_usable_disk_gb * 1024;
      return total * ratio.of(host) - (total - host.free_disk_mb);
    };
    return {
      passes(host) {
        if (!(usable(host) >= requested)) return false;
        host.limits.disk_gb = (host.total_usable_disk_gb * 1024 * ratio.of(host)) / 1024;
        return true;
      },
      compared: (host) => relation(requested, usable(host)),
      debug: (host, passed) =>
        passed
          ? []
          : [
              `${host.repr()} does not have ${requested} MB usable disk, it only has ${floatStr(usable(host))} MB usable disk.`,
            ],
      remarks: ratio.remarks,
    };
  },
});
