/** Enough memory left, oversubscribed. Upstream: nova/scheduler/filters/ram_filter.py. */
import { floatStr } from "../../../../python/index.js";
import type { HostState } from "../host-state.js";
import type { FilterEnv, HostFilter } from "./filter.js";

export const ramFilter = ({ flags }: FilterEnv): HostFilter => ({
  name: "RamFilter",
  oncePerRequest: false,
  forRequest({ instanceType }) {
    const ratio = flags.ram_allocation_ratio;
    const requested = instanceType.memory_mb;
    const usable = ({ total_usable_ram_mb: total, free_ram_mb: free }: HostState): number =>
      total * ratio - (total - free);
    return {
      passes(host) {
        if (!(usable(host) >= requested)) return false;
        // The host itself tests against this when it claims.
        host.limits.memory_mb = host.total_usable_ram_mb * ratio;
        return true;
      },
      compared: (host) => relation(requested, usable(host)),
      debug: (host, passed) =>
        passed
          ? []
          : [
              `${host.repr()} does not have ${requested} MB usable ram, it only has ${floatStr(usable(host))} MB usable ram.`,
            ],
    };
  },
});

/** `64 <= 3584`, `2048 > 1024`. */
export const relation = (asked: number, left: number): string =>
  `${asked} ${asked <= left ? "<=" : ">"} ${Number(left.toPrecision(12))}`;
