/** Only where nova-compute is enabled and alive. Upstream: nova/scheduler/filters/compute_filter.py. */
import { seconds } from "../../../../kernel/index.js";
import { str } from "../../../../python/index.js";
import type { FilterEnv, HostFilter } from "./filter.js";

export const computeFilter = ({ db, serviceDownTime }: FilterEnv): HostFilter => ({
  name: "ComputeFilter",
  oncePerRequest: true,
  forRequest() {
    const { now } = db.kernel;
    const limit = seconds(serviceDownTime);
    const age = (heartbeat: number): number => Math.abs(now - heartbeat);
    return {
      // The rule of `serviceIsUp`, on a date that was parsed when the row was written.
      passes: ({ disabled, heartbeat }) => !disabled && age(heartbeat) <= limit,
      compared({ disabled, heartbeat }) {
        if (disabled) return "disabled";
        const state = age(heartbeat) <= limit ? "up" : "down";
        return `${state}, ${Math.round(age(heartbeat) / 1e6)} s`;
      },
      debug: (host) =>
        host.disabled ? [`${host.repr()} is disabled, reason: ${str(host.disabled_reason)}`] : [],
      remarks: (host, passed) =>
        passed || host.disabled
          ? []
          : [["warning", `${host.repr()} has not been heard from in a while`]],
    };
  },
});
