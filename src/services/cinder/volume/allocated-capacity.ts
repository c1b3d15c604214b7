/**
 * How much of each pool the volumes take by their sizes, as the manager adds it up in its memory: a
 * driver reports what is free, not what was promised. Upstream: cinder/volume/manager.py
 * (_count_allocated_capacity, _append_volume_stats) at 2014.2.
 */
import { poolOf } from "../hosts.js";
import type { Capabilities } from "../scheduler/rpcapi.js";
import type { BackendStats } from "./drivers/lvm.js";

export class AllocatedCapacity {
  readonly #defaultPool: string;
  readonly #pools = new Map<string, number>();

  /** @param defaultPool of volumes whose host names none */
  constructor(defaultPool: string) {
    this.#defaultPool = defaultPool;
  }

  /** The service has started: it counts anew. */
  clear(): void {
    this.#pools.clear();
  }

  /** A volume came, grew, or went (`size` below 0). */
  add(host: string | null, size: number): void {
    const pool = poolOf(host ?? "") ?? this.#defaultPool;
    this.#pools.set(pool, (this.#pools.get(pool) ?? 0) + size);
  }

  /** The driver's report with what it lacks. */
  complete({ pools, ...backend }: BackendStats): Capabilities {
    return {
      ...backend,
      pools: pools.map((pool) => ({
        ...pool,
        allocated_capacity_gb: this.#pools.get(pool.pool_name) ?? 0,
      })),
    };
  }
}
