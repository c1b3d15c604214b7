/**
 * Health monitors, which are nobody's until they are associated with pools; each association has a status. Upstream:
 * neutron/services/loadbalancer/plugin.py (create_health_monitor, create_pool_health_monitor and their like),
 * db/loadbalancer/loadbalancer_db.py at 2014.2.
 */
import type { RequestContext } from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import type { JsonObject } from "../../../../python/index.js";
import {
  DelayOrTimeoutInvalid,
  HealthMonitorInUse,
  PoolMonitorAssociationExists,
} from "../../load-balancing/errors.js";
import type { NeutronApp } from "../app.js";
import { DBError, texts } from "../columns.js";
import { isVisible } from "../visibility.js";
import type { AgentDriver } from "./agent-driver.js";
import type { LoadBalancingStore } from "./store.js";

export class HealthMonitors {
  readonly #app: NeutronApp;
  readonly #store: LoadBalancingStore;
  readonly #driver: AgentDriver;

  constructor(app: NeutronApp, store: LoadBalancingStore, driver: AgentDriver) {
    this.#app = app;
    this.#store = store;
    this.#driver = driver;
  }

  get(ctxt: RequestContext, id: string): JsonObject {
    return this.#store.healthMonitorView(this.#store.healthMonitor(ctxt, id));
  }

  list(ctxt: RequestContext): JsonObject[] {
    return this.#app.database.healthMonitors
      .find()
      .filter((row) => isVisible(ctxt, row))
      .map((row) => this.#store.healthMonitorView(row));
  }

  /** @throws DelayOrTimeoutInvalid */
  *create(_ctxt: RequestContext, said: JsonObject): Op<JsonObject> {
    const attrs = texts(said);
    refuseShortDelay(attrs["delay"] as number, attrs["timeout"] as number);
    const row = this.#app.database.healthMonitors.insert({
      uuid: this.#app.newId("health monitor"),
      tenant_id: attrs["tenant_id"] as string,
      type: attrs["type"] as string,
      delay: attrs["delay"] as number,
      timeout: attrs["timeout"] as number,
      max_retries: attrs["max_retries"] as number,
      http_method: attrs["http_method"] as string,
      url_path: attrs["url_path"] as string,
      expected_codes: attrs["expected_codes"] as string,
      admin_state_up: attrs["admin_state_up"] as boolean,
    });
    return this.#store.healthMonitorView(row);
  }

  /** The agents of all its pools are told. @throws DelayOrTimeoutInvalid, NoActiveLbaasAgent */
  *update(ctxt: RequestContext, id: string, attrs: JsonObject): Op<JsonObject> {
    const { healthMonitors, poolMonitorAssociations } = this.#app.database;
    const row = this.#store.healthMonitor(ctxt, id);
    const before = this.#store.healthMonitorView(row);
    const { delay = row.delay, timeout = row.timeout } = attrs;
    refuseShortDelay(delay as number, timeout as number);
    healthMonitors.update(id, texts(attrs));
    const view = this.get(ctxt, id);
    for (const { pool_id } of poolMonitorAssociations.find({ monitor_id: id })) {
      this.#store.pool(ctxt, pool_id);
      yield* this.#driver.updatePoolHealthMonitor(ctxt, before, view, pool_id);
    }
    return view;
  }

  /** @throws HealthMonitorInUse, HealthMonitorNotFound */
  *delete(ctxt: RequestContext, id: string): Op<void> {
    const { healthMonitors, poolMonitorAssociations } = this.#app.database;
    if (poolMonitorAssociations.first({ monitor_id: id }) !== undefined) {
      throw new HealthMonitorInUse({ monitor_id: id });
    }
    healthMonitors.remove(this.#store.healthMonitor(ctxt, id).uuid);
  }

  /**
   * `create_pool_health_monitor`. @returns the ids of all monitors of the pool
   * @throws PoolMonitorAssociationExists, PoolNotFound, DBError for a monitor that is not, NoActiveLbaasAgent
   */
  *associate(ctxt: RequestContext, monitor_id: string, pool_id: string): Op<JsonObject> {
    const { healthMonitors, poolMonitorAssociations } = this.#app.database;
    if (poolMonitorAssociations.first({ pool_id, monitor_id }) !== undefined) {
      throw new PoolMonitorAssociationExists({ monitor_id, pool_id });
    }
    this.#store.pool(ctxt, pool_id);
    if (healthMonitors.get(monitor_id) === undefined) {
      const what = "Cannot add or update a child row: a foreign key constraint fails";
      throw new DBError(`(IntegrityError) (1452, '${what}')`);
    }
    poolMonitorAssociations.insert({
      pool_id,
      monitor_id,
      status: "PENDING_CREATE",
      status_description: null,
    });
    const all = poolMonitorAssociations.find({ pool_id }).map((one) => one.monitor_id);
    yield* this.#driver.createPoolHealthMonitor(ctxt, this.get(ctxt, monitor_id), pool_id);
    return { health_monitor: all };
  }

  /** `get_pool_health_monitor`. @throws PoolMonitorAssociationNotFound, HealthMonitorNotFound */
  association(ctxt: RequestContext, monitor_id: string, pool_id: string): JsonObject {
    const { status, status_description } = this.#store.association(monitor_id, pool_id);
    const { tenant_id } = this.#store.healthMonitor(ctxt, monitor_id);
    return { pool_id, monitor_id, status, status_description, tenant_id };
  }

  /** `delete_pool_health_monitor`. @throws PoolMonitorAssociationNotFound, PoolNotFound, NoActiveLbaasAgent */
  *disassociate(ctxt: RequestContext, monitor_id: string, pool_id: string): Op<void> {
    this.#store.setAssociationStatus(monitor_id, pool_id, "PENDING_DELETE");
    const view = this.get(ctxt, monitor_id);
    this.#store.pool(ctxt, pool_id);
    const { id } = this.#store.association(monitor_id, pool_id);
    this.#app.database.poolMonitorAssociations.remove(id);
    yield* this.#driver.deletePoolHealthMonitor(ctxt, view, pool_id);
  }
}

/** @throws DelayOrTimeoutInvalid */
function refuseShortDelay(delay: number, timeout: number): void {
  if (delay < timeout) throw new DelayOrTimeoutInvalid();
}
