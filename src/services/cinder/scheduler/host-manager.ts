/**
 * What a scheduler process knows of all pools: the reports that came to it, of services that are enabled
 * and have been heard of lately. A service that has not reported has no pool. Upstream:
 * cinder/scheduler/host_manager.py (HostManager) at 2014.2.
 */
import { serviceDownTime, type Env } from "../../../framework/index.js";
import { dictOrder } from "../../../python/index.js";
import type { CinderDatabase } from "../db/database.js";
import { enabledServices, serviceIsUp, type Service } from "../db/services.js";
import { withPool } from "../hosts.js";
import { VOLUME_TOPIC } from "../volume/rpcapi.js";
import { PoolState, type Report } from "./pool-state.js";
import type { Capabilities, Pool } from "./rpcapi.js";

export class HostManager {
  readonly #env: Env;
  readonly #db: CinderDatabase;
  readonly #downTime: number;
  /** The last report of each service. */
  readonly #reports = new Map<string, Report>();
  /** The pools of each service that was there at the last look, by their names. */
  readonly #hosts = new Map<string, Map<string, PoolState>>();

  constructor(env: Env, db: CinderDatabase) {
    this.#env = env;
    this.#db = db;
    this.#downTime = serviceDownTime(env.flags);
  }

  /** Take note of a report; only volume services are of interest. */
  report(serviceName: string, host: string, capabilities: Capabilities): void {
    if (serviceName !== "volume") return;
    this.#reports.set(host, { capabilities, at: this.#env.kernel.now });
  }

  /** All pools, in the order of a dictionary by `host.pool`. */
  poolStates(): PoolState[] {
    const active = new Set<string>();
    for (const service of enabledServices(this.#db, VOLUME_TOPIC)) {
      const { host } = service;
      if (serviceIsUp(this.#db, service, this.#downTime)) {
        this.#update(service);
        active.add(host);
      } else this.#env.log("warning", `volume service is down. (host: ${host})`);
    }
    for (const host of [...this.#hosts.keys()]) {
      if (active.has(host)) continue;
      this.#env.log("info", `Removing non-active host: ${host} from scheduler cache.`);
      this.#hosts.delete(host);
    }
    const pools = new Map<string, PoolState>();
    for (const host of active) {
      for (const [name, pool] of this.#hosts.get(host) ?? []) pools.set(`${host}.${name}`, pool);
    }
    return dictOrder([...pools.keys()]).flatMap((key) => pools.get(key) ?? []);
  }

  /** `get_pools`: as they were at the last look. */
  pools(): Pool[] {
    return [...this.#hosts].flatMap(([host, pools]) =>
      [...pools.values()].map(({ pool, capabilities }) => ({
        name: withPool(host, pool),
        capabilities,
      })),
    );
  }

  #update(service: Service): void {
    const { host } = service;
    const known = this.#hosts.get(host) ?? new Map<string, PoolState>();
    this.#hosts.set(host, known);
    const report = this.#reports.get(host);
    if (report === undefined) return;
    const reported = report.capabilities.pools;
    for (const stats of reported) {
      const pool = known.get(stats.pool_name) ?? new PoolState(service, stats);
      known.set(stats.pool_name, pool);
      pool.update(service, report, stats);
    }
    for (const name of [...known.keys()]) {
      if (!reported.some(({ pool_name }) => pool_name === name)) known.delete(name);
    }
  }
}
