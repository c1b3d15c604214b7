/**
 * Not on hosts that have much to do already; not default filters. Upstream:
 * nova/scheduler/filters/num_instances_filter.py, io_ops_filter.py.
 */
import type { FilterEnv, HostFilter } from "./filter.js";

export const numInstancesFilter = ({ flags }: FilterEnv): HostFilter => ({
  name: "NumInstancesFilter",
  oncePerRequest: false,
  forRequest() {
    const most = flags.max_instances_per_host;
    return {
      passes: (host) => host.num_instances < most,
      compared: (host) => below(host.num_instances, most),
      debug: (host, passed) =>
        passed
          ? []
          : [`${host.repr()} fails num_instances check: Max instances per host is set to ${most}`],
    };
  },
});

export const ioOpsFilter = ({ flags }: FilterEnv): HostFilter => ({
  name: "IoOpsFilter",
  oncePerRequest: false,
  forRequest() {
    const most = flags.max_io_ops_per_host;
    return {
      passes: (host) => host.num_io_ops < most,
      compared: (host) => below(host.num_io_ops, most),
      debug: (host, passed) =>
        passed ? [] : [`${host.repr()} fails I/O ops check: Max IOs per host is set to ${most}`],
    };
  },
});

const below = (has: number, most: number): string => `${has} ${has < most ? "<" : ">="} ${most}`;
