/**
 * Pools: who shares the load of an address, and how. A pool for which there is no agent stays, in ERROR. Upstream:
 * neutron/services/loadbalancer/plugin.py (create_pool and its like, stats), db/loadbalancer/loadbalancer_db.py at
 * 2014.2.
 */
import type { RequestContext, Row } from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import {
  parseInteger,
  str,
  ValueError,
  type Json,
  type JsonObject,
} from "../../../../python/index.js";
import { NoEligibleBackend, PoolInUse } from "../../load-balancing/errors.js";
import type { Pool } from "../../load-balancing/rows.js";
import type { NeutronApp } from "../app.js";
import { DBError, texts } from "../columns.js";
import { textsOf, type Filters } from "../ports/port-query.js";
import { isVisible } from "../visibility.js";
import type { AgentDriver } from "./agent-driver.js";
import type { ServiceProviders } from "./providers.js";
import { assertModificationAllowed, type LoadBalancingStore } from "./store.js";

/** The values of the column `pools_lb_method`: no validator looks at it. */
const METHODS: readonly string[] = ["ROUND_ROBIN", "LEAST_CONNECTIONS", "SOURCE_IP"];

const NO_STATISTICS = { bytes_in: 0, bytes_out: 0, active_connections: 0, total_connections: 0 };

export interface PoolParts {
  readonly store: LoadBalancingStore;
  readonly driver: AgentDriver;
  readonly providers: ServiceProviders;
}

export class Pools {
  readonly #app: NeutronApp;
  readonly #parts: PoolParts;

  constructor(app: NeutronApp, parts: PoolParts) {
    this.#app = app;
    this.#parts = parts;
  }

  get(ctxt: RequestContext, id: string): JsonObject {
    const { store } = this.#parts;
    return store.poolView(store.pool(ctxt, id));
  }

  /** At least those that pass `filters`. */
  list(ctxt: RequestContext, filters?: Filters): JsonObject[] {
    const { pools } = this.#app.database;
    const ids = filters && textsOf(filters, "id");
    const rows = ids === undefined ? pools.find() : ids.flatMap((id) => pools.get(id) ?? []);
    return rows.filter((row) => isVisible(ctxt, row)).map((row) => this.#parts.store.poolView(row));
  }

  /** @throws ServiceProviderNotFound, NoEligibleBackend, DBError */
  *create(ctxt: RequestContext, said: JsonObject): Op<JsonObject> {
    const attrs = texts(said);
    const { driver, providers, store } = this.#parts;
    const { pools, poolStatistics } = this.#app.database;
    const provider = providers.nameFor(attrs["provider"] as string | undefined);
    const row = pools.insert({
      uuid: this.#app.newId("pool"),
      tenant_id: attrs["tenant_id"] as string,
      vip_id: null,
      name: attrs["name"] as string,
      description: attrs["description"] as string,
      subnet_id: attrs["subnet_id"] as string,
      protocol: attrs["protocol"] as string,
      lb_method: methodOf(attrs),
      admin_state_up: attrs["admin_state_up"] as boolean,
      status: "PENDING_CREATE",
      status_description: null,
      provider,
    });
    const { uuid: pool_id } = row;
    poolStatistics.insert({ pool_id, ...NO_STATISTICS });
    const view = store.poolView(row);
    try {
      yield* driver.createPool(ctxt, view);
    } catch (error) {
      if (!(error instanceof NoEligibleBackend)) throw error;
      store.setPoolStatus(ctxt, pool_id, "ERROR", "No eligible backend");
      throw new NoEligibleBackend({ pool_id });
    }
    return view;
  }

  /** Which health monitors it has is not said here, whatever is sent. @throws StateInvalid, NoActiveLbaasAgent */
  *update(ctxt: RequestContext, id: string, attrs: JsonObject): Op<JsonObject> {
    const { driver, store } = this.#parts;
    const before = this.get(ctxt, id);
    const { health_monitors: _ignored, ...changes } = texts(attrs);
    assertModificationAllowed(store.pool(ctxt, id));
    if (changes["lb_method"] !== undefined) methodOf(changes);
    this.#app.database.pools.update(id, { ...changes, status: "PENDING_UPDATE" });
    const view = this.get(ctxt, id);
    yield* driver.updatePool(ctxt, before, view);
    return view;
  }

  /** Its members and what it has of monitors go with it. @throws PoolInUse while it has an address */
  *delete(ctxt: RequestContext, id: string): Op<void> {
    const { driver, store } = this.#parts;
    const { vips } = this.#app.database;
    store.pool(ctxt, id);
    if (vips.first({ pool_id: id }) !== undefined) throw new PoolInUse({ pool_id: id });
    store.setPoolStatus(ctxt, id, "PENDING_DELETE");
    const view = this.get(ctxt, id);
    yield* driver.deletePool(ctxt, view, () => {
      this.#erase(id);
    });
  }

  #erase(pool_id: string): void {
    const { database } = this.#app;
    for (const { id } of database.poolMonitorAssociations.find({ pool_id })) {
      database.poolMonitorAssociations.remove(id);
    }
    for (const { uuid } of database.members.find({ pool_id })) database.members.remove(uuid);
    database.poolStatistics.remove(pool_id);
    database.pools.remove(pool_id);
    database.poolAgentBindings.remove(pool_id);
  }

  /** What an agent has said last. */
  stats(ctxt: RequestContext, id: string): JsonObject {
    const { uuid } = this.#parts.store.pool(ctxt, id);
    const stats = this.#app.database.poolStatistics.get(uuid) ?? NO_STATISTICS;
    return {
      stats: {
        bytes_in: stats.bytes_in,
        bytes_out: stats.bytes_out,
        active_connections: stats.active_connections,
        total_connections: stats.total_connections,
      },
    };
  }

  /** `update_pool_stats`. @throws ValueError, PoolNotFound, MemberNotFound, StateInvalid */
  reported(ctxt: RequestContext, pool_id: string, stats: JsonObject): void {
    const { store } = this.#parts;
    const row: Row<Pool> = store.pool(ctxt, pool_id);
    assertModificationAllowed(row);
    const { poolStatistics } = this.#app.database;
    const counted = Object.fromEntries(
      Object.entries(NO_STATISTICS).map(([name, none]) => [name, counter(stats[name] ?? none)]),
    ) as Record<keyof typeof NO_STATISTICS, number>;
    for (const [key, value] of Object.entries(counted)) {
      if (typeof value !== "number" || value >= 0) continue;
      const what = `The ${key} field can not have negative value.`;
      throw new ValueError(`${what} Current value is ${String(value)}.`);
    }
    poolStatistics.update(row.uuid, counted);
    for (const [member, said] of Object.entries((stats["members"] ?? {}) as JsonObject)) {
      const { status = null } = said as JsonObject;
      if (status !== null && status !== "") {
        store.setMemberStatus(ctxt, member, str(status) as "ACTIVE" | "INACTIVE");
      }
    }
  }
}

/** HAProxy says numbers as text, and the column takes them. */
const counter = (value: Json): Json =>
  typeof value === "string" ? (parseInteger(value) ?? value) : value;

/** What becomes a value of an ENUM. @throws DBError for what is none */
function methodOf({ lb_method = null }: JsonObject): string {
  if (METHODS.includes(lb_method as string)) return lb_method as string;
  throw new DBError("(DataError) (1265, \"Data truncated for column 'lb_method' at row 1\")");
}
