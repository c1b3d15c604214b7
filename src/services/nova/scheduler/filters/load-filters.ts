/**
 * Not on hosts that have much to do already; not default filters. Upstream:
 * nova/scheduler/filters/num_instances_filter.py, io_ops_filter.py.
 */
import type { FilterEnv, HostFilter } from "./filter.js";

export const numInstancesFilter = ({ flags }: FilterEnv): HostFilter => ({
  name: "NumInstancesFilter",
  oncePerRequest: false,
  forRequest: () => (host) => host.num_instances < flags.max_instances_per_host,
});

export const ioOpsFilter = ({ flags }: FilterEnv): HostFilter => ({
  name: "IoOpsFilter",
  oncePerRequest: false,
  forRequest: () => (host) => host.num_io_ops < flags.max_io_ops_per_host,
});
