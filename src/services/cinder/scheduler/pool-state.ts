/**
 * What a scheduler process believes of one pool: what its service reported last, less what has been
 * promised since. Upstream: cinder/scheduler/host_manager.py (PoolState) at 2014.2.
 */
import type { Micros } from "../../../kernel/index.js";
import { float, repr, type JsonObject } from "../../../python/index.js";
import type { Service } from "../db/services.js";
import { withPool } from "../hosts.js";
import type { Capabilities, PoolStats } from "./rpcapi.js";

/** A report, and when it came. */
export interface Report {
  readonly capabilities: Capabilities;
  readonly at: Micros;
}

export class PoolState {
  /** `host#pool`. */
  readonly host: string;
  readonly pool: string;
  service: Service;
  /** What its types can ask for: the pool's own, and what is the backend's. */
  capabilities: JsonObject = {};
  total_capacity_gb = 0;
  free_capacity_gb: PoolStats["free_capacity_gb"] | undefined;
  allocated_capacity_gb = 0;
  reserved_percentage = 0;
  /** When it was last reported or promised from. */
  #updated: Micros | undefined;

  constructor(service: Service, stats: PoolStats) {
    this.host = withPool(service.host, stats.pool_name);
    this.pool = stats.pool_name;
    this.service = service;
  }

  /** Believe a report, unless something was promised after it came. */
  update(service: Service, { capabilities, at }: Report, stats: PoolStats): void {
    const { pools: _, ...backend } = capabilities;
    this.service = service;
    this.capabilities = { ...stats, ...backend };
    if (this.#updated !== undefined && this.#updated > at) return;
    this.#updated = at;
    this.total_capacity_gb = stats.total_capacity_gb;
    this.free_capacity_gb = stats.free_capacity_gb;
    this.allocated_capacity_gb = stats.allocated_capacity_gb;
    this.reserved_percentage = stats.reserved_percentage;
  }

  /** Promise room for a volume. */
  consume(size: number, now: Micros): void {
    this.allocated_capacity_gb += size;
    if (typeof this.free_capacity_gb === "number") this.free_capacity_gb -= size;
    this.#updated = now;
  }

  /** What is free but for what is kept back, rounded down. @param free a number of GB */
  usable(free: number): number {
    return Math.floor(free * (1 - this.reserved_percentage / 100));
  }

  repr(): string {
    const free = this.free_capacity_gb ?? null;
    return `host '${this.host}': free_capacity_gb: ${repr(free)}, pools: None`;
  }
}

/** `%s` of a number that `math.floor` gave. */
export const floored = (gigabytes: number): string => float(gigabytes);
