/**
 * The ports that a server's network cache has lost: forgotten although they are there, since whoever refreshes it starts from the copy
 * that came with its own server, or gone although Nova has not deleted them. No process reads this, and upstream has nothing of the
 * kind. Upstream: nova/network/neutronv2/api.py (_gather_port_ids_and_networks, _build_network_info_model) at 2014.2.
 */
import { RowHistory, type Table } from "../../../../framework/index.js";
import { seconds, type Kernel, type Micros } from "../../../../kernel/index.js";
import type { InfoCacheRow } from "../schema.js";

export interface CachedPorts {
  /** When the cache was last written, and what that has brought. */
  readonly at: Micros;
  readonly brought: readonly string[];
  readonly forgotten: readonly string[];
  /** Left out while nobody was building or deleting the server. */
  readonly gone: readonly string[];
}

/** Who has waited for the one before it writes at once: within the time that a few requests to Neutron take. */
const NEXT = seconds(5);

/** @param keepsPorts whether nobody gives back the ports of a server */
export const lostPorts = (
  kernel: Kernel,
  caches: Table<InfoCacheRow>,
  keepsPorts: (instance_uuid: string) => boolean,
): RowHistory<InfoCacheRow, CachedPorts> =>
  new RowHistory(
    caches,
    ({ instance_uuid }) => instance_uuid,
    (known, before, after) => {
      if (after.deleted !== 0) return known;
      const [was, is] = [portsOf(before), portsOf(after)];
      const { at = -Infinity, brought = [], forgotten = [], gone = [] } = known ?? {};
      const next = kernel.now - at <= NEXT;
      const lost = was.filter((port) => !is.includes(port));
      const isForgotten = (port: string): boolean => next && brought.includes(port);
      const stillLost = (port: string): boolean => !is.includes(port);
      return {
        at: kernel.now,
        brought: is.filter((port) => !was.includes(port)),
        // What somebody takes away on purpose has been there for longer.
        forgotten: [...forgotten.filter(stillLost), ...lost.filter(isForgotten)],
        gone: keepsPorts(after.instance_uuid)
          ? [...gone.filter(stillLost), ...lost.filter((port) => !isForgotten(port))]
          : gone,
      };
    },
  );

export const portsOf = (row: Readonly<InfoCacheRow> | undefined): string[] =>
  (row?.network_info ?? []).flatMap(({ id }) => (typeof id === "string" ? [id] : []));
