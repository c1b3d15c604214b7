/**
 * Not on hosts that have much to do already; not default filters. Upstream:
 * nova/scheduler/filters/num_instances_filter.py, io_ops_filter.py.
 */
import type { HostState } from "../host-state.js";
import { fixed, type PerHost } from "./aggregates/per-host.js";
import type { FilterEnv, HostFilter } from "./filter.js";

export const numInstancesFilter = ({ flags }: FilterEnv): HostFilter =>
  fewInstancesFilter("NumInstancesFilter", () => fixed(flags.max_instances_per_host));

export const ioOpsFilter = ({ flags }: FilterEnv): HostFilter =>
  fewIoOpsFilter("IoOpsFilter", () => fixed(flags.max_io_ops_per_host));

/** @param mostFor how many instances each host may have, asked for once a request */
export const fewInstancesFilter = (name: string, mostFor: () => PerHost): HostFilter =>
  belowFilter(
    name,
    mostFor,
    ({ num_instances }) => num_instances,
    "num_instances check: Max instances per host",
  );

/** @param mostFor how many busy instances each host may have, asked for once a request */
export const fewIoOpsFilter = (name: string, mostFor: () => PerHost): HostFilter =>
  belowFilter(name, mostFor, ({ num_io_ops }) => num_io_ops, "I/O ops check: Max IOs per host");

const belowFilter = (
  name: string,
  mostFor: () => PerHost,
  has: (host: HostState) => number,
  check: string,
): HostFilter => ({
  name,
  oncePerRequest: false,
  forRequest() {
    const most = mostFor();
    const isBelow = (host: HostState): boolean => has(host) < most.of(host);
    return {
      passes: isBelow,
      compared: (host) => `${has(host)} ${isBelow(host) ? "<" : ">="} ${most.of(host)}`,
      debug: (host, passed) =>
        passed ? [] : [`${host.repr()} fails ${check} is set to ${most.of(host)}`],
      remarks: most.remarks,
    };
  },
});
