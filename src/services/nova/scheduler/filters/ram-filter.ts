/** Enough memory left, oversubscribed. Upstream: nova/scheduler/filters/ram_filter.py. */
import { floatStr } from "../../../../python/index.js";
import type { HostState } from "../host-state.js";
import { fixed, type PerHost } from "./aggregates/per-host.js";
import type { FilterEnv, HostFilter } from "./filter.js";

export const ramFilter = ({ flags }: FilterEnv): HostFilter =>
  memoryFilter("RamFilter", () => fixed(flags.ram_allocation_ratio));

/** @param ratioFor how much each host may be oversubscribed, asked for once a request */
export const memoryFilter = (name: string, ratioFor: () => PerHost): HostFilter => ({
  name,
  oncePerRequest: false,
  forRequest({ instanceType }) {
    const ratio = ratioFor();
    const requested = instanceType.memory_mb;
    const usable = (host: HostState): number => {
      const { total_usable_ram_mb: total, free_ram_mb: free } = host;
      return total * ratio.of(host) - (total - free);
    };
    return {
      passes(host) {
        if (!(usable(host) >= requested)) return false;
        // The host itself tests against this when it claims.
        host.limits.memory_mb = host.total_usable_ram_mb * ratio.of(host);
        return true;
      },
      compared: (host) => relation(requested, usable(host)),
      debug: (host, passed) =>
        passed
          ? []
          : [
              `${host.repr()} does not have ${requested} MB usable ram, it only has ${floatStr(usable(host))} MB usable ram.`,
            ],
      remarks: ratio.remarks,
    };
  },
});

/** `64 <= 3584`, `2048 > 1024`. */
export const relation = (asked: number, left: number): string =>
  `${asked} ${asked <= left ? "<=" : ">"} ${Number(left.toPrecision(12))}`;
