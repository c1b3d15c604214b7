/**
 * The actions by which a server becomes another flavor or goes to another host. Upstream:
 * nova/api/openstack/compute/servers.py (_action_resize and those that settle it),
 * contrib/admin_actions.py (_migrate), contrib/evacuate.py at 2014.2; nova §3.1.
 */
import { respond } from "../../../../http/index.js";
import * as vm from "../../states/vm-states.js";
import { checkEvacuation, evacuate, evacuateFault } from "../compute/evacuate.js";
import { liveMigrate, wantedMove } from "../compute/live-migrate.js";
import {
  confirmFault,
  migrateFault,
  resizeFault,
  revertFault,
  wantedResize,
} from "../compute/resize-body.js";
import { confirmResize, migrate, resize, revertResize } from "../compute/resize.js";
import type { ServerAction } from "./action.js";

const MISSING = "Instance could not be found";

const MOVABLE: readonly vm.VmState[] = [vm.ACTIVE, vm.STOPPED];

export const moveActions = {
  resize: {
    policy: null,
    check: wantedResize,
    missing: MISSING,
    needs: { method: "resize", from: MOVABLE },
    task: null,
    run: resize,
    fault: resizeFault,
  },
  confirmResize: {
    policy: null,
    missing: MISSING,
    needs: { method: "confirm_resize", from: [vm.RESIZED] },
    task: null,
    *answers({ app, ctxt }, instance) {
      yield* confirmResize(app, ctxt, instance);
      return respond(204);
    },
    fault: confirmFault,
  },
  revertResize: {
    policy: null,
    missing: MISSING,
    needs: { method: "revert_resize", from: [vm.RESIZED] },
    task: null,
    run: revertResize,
    fault: revertFault,
  },
  migrate: {
    policy: "compute_extension:admin_actions:migrate",
    missing: undefined,
    needs: { method: "resize", from: MOVABLE },
    task: null,
    run: migrate,
    fault: migrateFault,
  },
  "os-migrateLive": {
    policy: "compute_extension:admin_actions:migrateLive",
    check: wantedMove,
    missing: undefined,
    needs: null,
    task: null,
    run: liveMigrate,
    fault: (error) => error,
  },
  evacuate: {
    policy: "compute_extension:evacuate",
    check: checkEvacuation,
    missing: undefined,
    needs: null,
    task: null,
    answers: evacuate,
    fault: evacuateFault,
  },
} satisfies Record<string, ServerAction>;
