/** No filter at all. Upstream: nova/scheduler/filters/all_hosts_filter.py. */
import type { HostFilter } from "./filter.js";

export const allHostsFilter: HostFilter = {
  name: "AllHostsFilter",
  oncePerRequest: true,
  forRequest: () => undefined,
};
