/**
 * What is asked of a host itself, which its driver answers: libvirt's knows how long it has been up, and nothing of the rest.
 * Upstream: nova/compute/manager.py (set_host_enabled, host_maintenance_mode, host_power_action, get_host_uptime) at
 * 2014.2.
 */
import type { ArgsIn } from "../../../bus/index.js";
import type { Json } from "../../../python/index.js";
import { bindsArguments, wrapException } from "./decorators.js";
import type { computeApi } from "./rpcapi.js";

type Args<M extends keyof (typeof computeApi)["methods"]> = ArgsIn<typeof computeApi, M>;

export const setHostEnabled = wrapException<Args<"set_host_enabled">, Json>(
  "set_host_enabled",
  bindsArguments("set_host_enabled", (compute, _ctxt, { enabled }) =>
    compute.driver.setHostEnabled(enabled),
  ),
);

export const hostMaintenanceMode = wrapException<Args<"host_maintenance_mode">, Json>(
  "host_maintenance_mode",
  bindsArguments("host_maintenance_mode", (compute, _ctxt, { mode }) =>
    compute.driver.hostMaintenanceMode(mode),
  ),
);

export const hostPowerAction = wrapException<Args<"host_power_action">, Json>(
  "host_power_action",
  bindsArguments("host_power_action", (compute, _ctxt, { action }) =>
    compute.driver.hostPowerAction(action),
  ),
);

export const getHostUptime = wrapException<Args<"get_host_uptime">, string>(
  "get_host_uptime",
  bindsArguments("get_host_uptime", (compute) =>
    compute.driver.hostUptime(compute.env.kernel.now, compute.env.kernel.calendar),
  ),
);
