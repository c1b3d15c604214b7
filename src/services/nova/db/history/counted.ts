/**
 * When what a host counts as used last became another number: an audit finds the same again each minute, and only from
 * then on is it what the rows sum up to. No process reads this, and upstream has nothing of the kind. Upstream:
 * nova/compute/resource_tracker.py (abort_instance_claim, update_available_resource) at 2014.2.
 */
import { RowHistory, type Table } from "../../../../framework/index.js";
import type { Kernel, Micros } from "../../../../kernel/index.js";
import type { ComputeNodeRow } from "../schema.js";

/** By the id of a node's row. */
export const counted = (
  kernel: Kernel,
  nodes: Table<ComputeNodeRow>,
): RowHistory<ComputeNodeRow, Micros> =>
  new RowHistory(
    nodes,
    ({ id }) => String(id),
    (known, before, after) =>
      before?.memory_mb_used === after.memory_mb_used ? known : kernel.now,
  );
