/** Options of every service of Nova that tells of instances. Upstream: nova/notifications.py, nova/utils.py at 2014.2. */
import { boolean, string } from "../../framework/index.js";

export const notificationFlags = {
  notify_on_state_change: string(
    "",
    "If set, send compute.instance.update notifications on instance state changes: " +
      '"vm_state" for those of VM state, "vm_and_task_state" for those of VM and task state.',
  ),
  notify_api_faults: boolean(
    false,
    "If set, send api.fault notifications on caught exceptions in the API service.",
  ),
  instance_usage_audit_period: string(
    "month",
    "Time period for which instance usages are generated, for compute.instance.exists",
    ["hour", "day", "month", "year"],
  ),
} as const;
