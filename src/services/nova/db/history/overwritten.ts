/**
 * The states of servers that were written over, and nothing was ended: no row says so, but no other write looks like it.
 * nova-api itself makes a server active or in error for reset-state, and when it restores one that is on no host. A task that
 * fails when its server has been moved meanwhile puts that in error. Upstream: nova/compute/api.py (restore), nova/compute/manager.py
 * (_set_instance_error_state), nova/api/openstack/compute/contrib/admin_actions.py (_reset_state) at 2014.2.
 */
import { RowHistory, type Table } from "../../../../framework/index.js";
import type { Kernel, Micros } from "../../../../kernel/index.js";
import * as vm from "../../states/vm-states.js";
import type { InstanceRow } from "../schema.js";

export interface Overwritten {
  readonly at: Micros;
  /** What was being done then. */
  readonly task_state: string | null;
}

export const overwritten = (
  kernel: Kernel,
  instances: Table<InstanceRow>,
): RowHistory<InstanceRow, readonly Overwritten[]> =>
  new RowHistory(
    instances,
    ({ uuid }) => uuid,
    (known = [], before, after) => {
      if (before === undefined || before.vm_state === vm.SOFT_DELETED) return undefined;
      const { vm_state, task_state } = before;
      if (after.task_state !== null || !WRITTEN.includes(after.vm_state)) return undefined;
      if (vm_state === after.vm_state && task_state === null) return undefined;
      const { actor = "" } = kernel.current ?? {};
      const late =
        actor.startsWith("nova-conductor") && isAwaited(before) && after.vm_state === vm.ERROR;
      if (!late && !actor.startsWith("nova-api")) return undefined;
      return [...known, { at: kernel.now, task_state }];
    },
  );

const WRITTEN: readonly string[] = [vm.ACTIVE, vm.ERROR];

/** Whether a server has been moved and nobody has begun with the answer to that. */
const isAwaited = ({ vm_state, task_state }: Readonly<InstanceRow>): boolean =>
  vm_state === vm.RESIZED && task_state === null;
