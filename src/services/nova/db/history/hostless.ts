/**
 * When servers were on no host: before their build comes to one, and while they are offloaded. For those who look from outside for what is
 * wrong: a request of that time is refused when its message is to be sent, and the row may name a host again by now. Upstream has
 * nothing of the kind; who looks for the host is nova/compute/rpcapi.py (_compute_host) at 2014.2.
 */
import { RowHistory, type Table } from "../../../../framework/index.js";
import type { Stretch } from "../../../../framework/mishaps.js";
import type { Kernel } from "../../../../kernel/index.js";
import type { InstanceRow } from "../schema.js";

/** Stretches one after the other; the last has no end while it lasts. */
export const hostless = (
  kernel: Kernel,
  instances: Table<InstanceRow>,
): RowHistory<InstanceRow, readonly Stretch[]> =>
  new RowHistory<InstanceRow, readonly Stretch[]>(
    instances,
    ({ uuid }) => uuid,
    (known = [], before, after) => {
      const was = before !== undefined && before.host === null;
      const is = after.host === null;
      if (was === is) return known;
      if (is) return [...known, { from: kernel.now, to: Infinity }];
      return known.map((stretch) =>
        stretch.to === Infinity ? { ...stretch, to: kernel.now } : stretch,
      );
    },
  );
