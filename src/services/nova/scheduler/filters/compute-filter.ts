/** Only where nova-compute is enabled and alive. Upstream: nova/scheduler/filters/compute_filter.py. */
import { seconds } from "../../../../kernel/index.js";
import type { FilterEnv, HostFilter } from "./filter.js";

export const computeFilter = ({ db, serviceDownTime }: FilterEnv): HostFilter => ({
  name: "ComputeFilter",
  oncePerRequest: true,
  forRequest() {
    const { now } = db.kernel;
    const limit = seconds(serviceDownTime);
    // The rule of `serviceIsUp`, on a date that was parsed when the row was written.
    return (host) => !host.disabled && Math.abs(now - host.heartbeat) <= limit;
  },
});
