/**
 * The states of servers that an operator has written over: no row says so, but nobody else's write looks like it.
 * nova-api itself makes a server active or in error for reset-state, and when it restores one that is on no host. Upstream:
 * nova/api/openstack/compute/contrib/admin_actions.py (_reset_state), nova/compute/api.py (restore) at 2014.2.
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
  new RowHistory(instances, (known = [], before, after) => {
    if (before === undefined || before.vm_state === vm.SOFT_DELETED) return undefined;
    const { vm_state, task_state } = before;
    if (after.task_state !== null || !WRITTEN.includes(after.vm_state)) return undefined;
    if (vm_state === after.vm_state && task_state === null) return undefined;
    if (kernel.current?.actor.startsWith("nova-api") !== true) return undefined;
    return [...known, { at: kernel.now, task_state }];
  });

const WRITTEN: readonly string[] = [vm.ACTIVE, vm.ERROR];
