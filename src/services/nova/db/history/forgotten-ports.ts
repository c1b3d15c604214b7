/**
 * The ports that a server's network cache has forgotten although they were there: whoever refreshes it starts from the copy that
 * came with its own server, and one that was read before a port was attached has none of that. No process reads this, and upstream has
 * nothing of the kind. Upstream: nova/network/neutronv2/api.py (_gather_port_ids_and_networks) at 2014.2.
 */
import { RowHistory, type Table } from "../../../../framework/index.js";
import { seconds, type Kernel, type Micros } from "../../../../kernel/index.js";
import type { InfoCacheRow } from "../schema.js";

export interface CachedPorts {
  /** When the cache was last written, and what that has brought. */
  readonly at: Micros;
  readonly brought: readonly string[];
  readonly forgotten: readonly string[];
}

/** Who has waited for the one before it writes at once: within the time that a few requests to Neutron take. */
const NEXT = seconds(5);

export const forgottenPorts = (
  kernel: Kernel,
  caches: Table<InfoCacheRow>,
): RowHistory<InfoCacheRow, CachedPorts> =>
  new RowHistory(
    caches,
    ({ instance_uuid }) => instance_uuid,
    (known, before, after) => {
      if (after.deleted !== 0) return known;
      const [was, is] = [portsOf(before), portsOf(after)];
      const { at = -Infinity, brought = [], forgotten = [] } = known ?? {};
      const next = kernel.now - at <= NEXT;
      return {
        at: kernel.now,
        brought: is.filter((port) => !was.includes(port)),
        forgotten: [
          ...forgotten.filter((port) => !is.includes(port)),
          // What somebody takes away on purpose has been there for longer.
          ...was.filter((port) => next && brought.includes(port) && !is.includes(port)),
        ],
      };
    },
  );

const portsOf = (row: Readonly<InfoCacheRow> | undefined): string[] =>
  (row?.network_info ?? []).flatMap(({ id }) => (typeof id === "string" ? [id] : []));
