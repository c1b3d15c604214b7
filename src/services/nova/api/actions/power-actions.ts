/**
 * The actions that a server's guest feels at once: it stands still, is put by, starts again. Upstream:
 * nova/api/openstack/compute/contrib/admin_actions.py (_pause, _unpause, _suspend, _resume), servers.py
 * (_action_reboot), nova/compute/api.py at 2014.2; nova §3.1.
 */
import { ALLOW_HARD_REBOOT } from "../../states/rebootable.js";
import * as task from "../../states/task-states.js";
import * as vm from "../../states/vm-states.js";
import { checkReboot, reboot, REBOOTABLE_WHILE } from "../compute/reboot.js";
import { conflictOrUnprocessable, stateConflict } from "../faults.js";
import { castToHost, type ServerAction } from "./action.js";

export const powerActions = {
  pause: {
    policy: "compute_extension:admin_actions:pause",
    missing: undefined,
    needs: { method: "pause", from: [vm.ACTIVE] },
    task: { state: task.PAUSING, record: "pause" },
    run: castToHost("pause_instance"),
    fault: conflictOrUnprocessable,
  },
  unpause: {
    policy: "compute_extension:admin_actions:unpause",
    missing: undefined,
    needs: { method: "unpause", from: [vm.PAUSED] },
    task: { state: task.UNPAUSING, record: "unpause" },
    run: castToHost("unpause_instance"),
    fault: conflictOrUnprocessable,
  },
  suspend: {
    policy: "compute_extension:admin_actions:suspend",
    missing: undefined,
    needs: { method: "suspend", from: [vm.ACTIVE] },
    task: { state: task.SUSPENDING, record: "suspend" },
    run: castToHost("suspend_instance"),
    fault: conflictOrUnprocessable,
  },
  resume: {
    policy: "compute_extension:admin_actions:resume",
    missing: undefined,
    needs: { method: "resume", from: [vm.SUSPENDED] },
    task: { state: task.RESUMING, record: "resume" },
    run: castToHost("resume_instance"),
    fault: conflictOrUnprocessable,
  },
  reboot: {
    policy: null,
    check: checkReboot,
    missing: "Instance could not be found",
    needs: { method: "reboot", from: ALLOW_HARD_REBOOT, whileDoing: REBOOTABLE_WHILE },
    task: null,
    run: reboot,
    fault: stateConflict,
  },
} satisfies Record<string, ServerAction>;
