/** Options of nova-conductor at 2014.2. Upstream: nova/scheduler/driver.py, nova/utils.py, nova/conductor. */
import { integer, option, string } from "../../../framework/index.js";

export const conductorFlags = {
  conductor_manager: option(
    "conductor.manager",
    string(
      "nova.conductor.manager.ConductorManager",
      "Full class name for the Manager for conductor",
    ),
  ),
  conductor_workers: option(
    "conductor.workers",
    integer(0, "Number of workers for the conductor; 0: one for each CPU, which is one", {
      // Each is a process of its own.
      max: 100,
    }),
  ),
  migrate_max_retries: integer(
    -1,
    "Number of times to retry live-migration before failing. If == -1, try until out of hosts. " +
      "If == 0, only try once, no retries.",
  ),
  scheduler_max_attempts: integer(3, "Maximum number of attempts to schedule an instance", {
    min: 1,
  }),
} as const;
