/**
 * For which requests nova-api set a server to be deleted that was deleted softly: the state is written over by the delete
 * itself, and no row says so. A host gives back no quota for these. Upstream: nova/compute/api.py (_delete),
 * nova/compute/manager.py:2426-2433 (_delete_instance) at 2014.2.
 */
import { RowHistory, type Table } from "../../../../framework/index.js";
import type { Kernel } from "../../../../kernel/index.js";
import { DELETING } from "../../states/task-states.js";
import { SOFT_DELETED } from "../../states/vm-states.js";
import type { InstanceRow } from "../schema.js";

export const deletedAgain = (
  kernel: Kernel,
  instances: Table<InstanceRow>,
): RowHistory<InstanceRow, ReadonlySet<string>> =>
  new RowHistory(
    instances,
    ({ uuid }) => uuid,
    (known, _before, { vm_state, task_state }) => {
      const { actor = "", request } = kernel.current ?? {};
      if (vm_state !== SOFT_DELETED || task_state !== DELETING) return undefined;
      if (request === undefined || !actor.startsWith("nova-api")) return undefined;
      return new Set([...(known ?? []), request]);
    },
  );
