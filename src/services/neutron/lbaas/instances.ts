/**
 * The pools that an agent of load balancing has, kept in step with what neutron-server says they are. Upstream:
 * neutron/services/loadbalancer/agent/agent_manager.py (LbaasAgentManager: instance_mapping, sync_state,
 * collect_stats) at 2014.2.
 */
import type { Env } from "../../../framework/index.js";
import { FlagError } from "../../../framework/flags/index.js";
import { aloud, caught, type Op } from "../../../kernel/index.js";
import { dictOrder, str } from "../../../python/index.js";
import { DeviceNotFoundOnAgent } from "../load-balancing/errors.js";
import { HAPROXY_NS } from "../load-balancing/rows.js";
import { HaproxyNSDriver, type DriverOptions } from "./namespace-driver.js";
import type { LbaasPlugin } from "./plugin.js";

const DRIVER = "neutron.services.loadbalancer.drivers.haproxy.namespace_driver.HaproxyNSDriver";

export class Instances {
  readonly #env: Env;
  readonly #plugin: LbaasPlugin;
  readonly #driver: HaproxyNSDriver;
  readonly #pools = new Set<string>();
  #needsResync = false;

  /** @throws FlagError for drivers with which the agent would end at its start */
  constructor(env: Env, drivers: readonly string[], options: DriverOptions) {
    const other = drivers.find((name) => name !== DRIVER);
    if (other !== undefined) {
      const what = `Error importing loadbalancer device driver: ${other}`;
      throw new FlagError(`flag device_driver: ${what}; only ${DRIVER} is simulated`);
    }
    if (drivers.length > 1) {
      const what = `Multiple device drivers with the same name found: ${HAPROXY_NS}`;
      throw new FlagError(`flag device_driver: ${what}`);
    }
    this.#env = env;
    this.#plugin = options.plugin;
    this.#driver = new HaproxyNSDriver(env, options);
  }

  get count(): number {
    return this.#pools.size;
  }

  /** At the next look it asks for everything. */
  outOfStep(): void {
    this.#needsResync = true;
  }

  add(pool: string): void {
    this.#pools.add(pool);
  }

  /** The driver of a pool. @throws DeviceNotFoundOnAgent */
  driverOf(pool: string): HaproxyNSDriver {
    if (this.#pools.has(pool)) return this.#driver;
    throw new DeviceNotFoundOnAgent({ pool_id: pool });
  }

  /** `delete_pool`. @throws DeviceNotFoundOnAgent */
  *delete(pool: string): Op<void> {
    const driver = this.driverOf(pool);
    if (driver.exists(pool)) yield* driver.undeploy(pool);
    this.#pools.delete(pool);
  }

  /** `sync_state`. */
  *sync(): Op<void> {
    const known = dictOrder([...this.#pools]);
    try {
      const ready = dictOrder(yield* this.#plugin.getReadyDevices());
      for (const pool of known.filter((id) => !ready.includes(id))) yield* this.#destroy(pool);
      for (const pool of ready) yield* this.#reload(pool);
    } catch (thrown) {
      yield* this.#failed("Unable to retrieve ready devices", thrown);
    }
    yield* this.#driver.removeOrphans([...this.#pools]);
  }

  /** `periodic_resync`. */
  *resync(): Op<void> {
    if (!this.#needsResync) return;
    this.#needsResync = false;
    yield* aloud(this.sync());
  }

  /** `collect_stats`. */
  *collectStats(): Op<void> {
    for (const pool of dictOrder([...this.#pools])) {
      const stats = this.#driver.stats(pool);
      if (stats === undefined) continue;
      try {
        yield* this.#plugin.updatePoolStats(pool, stats);
      } catch (thrown) {
        yield* this.#failed(`Error updating statistics on pool ${pool}`, thrown);
      }
    }
  }

  *destroyAll(): Op<void> {
    for (const pool of dictOrder([...this.#pools])) {
      this.#env.log("info", `Destroying pool ${pool} due to agent disabling`);
      yield* this.#destroy(pool);
    }
  }

  *#reload(pool: string): Op<void> {
    try {
      const device = yield* this.#plugin.getLogicalDevice(pool);
      if (device.driver !== HAPROXY_NS) {
        this.#env.log("error", `No device driver on agent: ${str(device.driver)}.`);
        yield* this.#plugin.updateStatus("pool", pool, "ERROR");
        return;
      }
      yield* this.#driver.deploy(device);
      this.#pools.add(pool);
      yield* this.#plugin.poolDeployed(pool);
    } catch (thrown) {
      yield* this.#failed(`Unable to deploy instance for pool: ${pool}`, thrown);
    }
  }

  *#destroy(pool: string): Op<void> {
    const driver = this.driverOf(pool);
    try {
      yield* driver.undeploy(pool);
      this.#pools.delete(pool);
      yield* this.#plugin.poolDestroyed(pool);
    } catch (thrown) {
      yield* this.#failed(`Unable to destroy device for pool: ${pool}`, thrown);
    }
  }

  *#failed(what: string, thrown: unknown): Op<void> {
    const { name, message } = yield* caught(thrown);
    this.#env.log("error", `${what}: ${name}: ${message}`);
    this.outOfStep();
  }
}
