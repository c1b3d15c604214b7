/**
 * Who has deleted servers, and for which request: nova-api does it itself for one whose host it has not heard of, loops and
 * starts of hosts do it for no user's request, and no row tells one from another. No process reads this, and upstream has
 * nothing of the kind. Upstream: nova/compute/api.py (_delete, _local_delete), nova/compute/manager.py (_delete_instance) at 2014.2.
 */
import { RowHistory, type Table } from "../../../../framework/index.js";
import type { Kernel } from "../../../../kernel/index.js";
import type { InstanceRow } from "../schema.js";

export interface Deleter {
  /** The process whose greenthread wrote the row: nova-api, or the conductor that a host has asked. */
  readonly actor: string;
  readonly request: string | undefined;
}

export const deleters = (
  kernel: Kernel,
  instances: Table<InstanceRow>,
): RowHistory<InstanceRow, Deleter> =>
  new RowHistory(
    instances,
    ({ uuid }) => uuid,
    (known, before, after) => {
      if (after.deleted === 0 || before?.deleted !== 0) return known;
      const { actor = "", request } = kernel.current ?? {};
      return { actor, request };
    },
  );
