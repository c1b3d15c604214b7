/**
 * The addresses that pools are reached at. Each has a port of its own, named after it, which is down until an agent
 * plugs it. Upstream: neutron/services/loadbalancer/plugin.py (create_vip and its like),
 * db/loadbalancer/loadbalancer_db.py at 2014.2.
 */
import type { RequestContext, Row } from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import {
  isObject,
  truth,
  ValueError,
  type Json,
  type JsonObject,
} from "../../../../python/index.js";
import { NotAuthorized } from "../../errors.js";
import { ProtocolMismatch, StateInvalid, VipExists } from "../../load-balancing/errors.js";
import type { Pool, SessionPersistence, Vip } from "../../load-balancing/rows.js";
import type { NeutronApp } from "../app.js";
import { texts } from "../columns.js";
import type { Ports } from "../ports/ports.js";
import type { Subnets } from "../subnets/subnets.js";
import { isVisible } from "../visibility.js";
import type { AgentDriver } from "./agent-driver.js";
import { assertModificationAllowed, type LoadBalancingStore } from "./store.js";

export interface VipParts {
  readonly store: LoadBalancingStore;
  readonly driver: AgentDriver;
  readonly ports: Ports;
  readonly subnets: Subnets;
}

export class Vips {
  readonly #app: NeutronApp;
  readonly #parts: VipParts;

  constructor(app: NeutronApp, parts: VipParts) {
    this.#app = app;
    this.#parts = parts;
  }

  get(ctxt: RequestContext, id: string): JsonObject {
    const { store } = this.#parts;
    return store.vipView(store.vip(ctxt, id));
  }

  list(ctxt: RequestContext): JsonObject[] {
    return this.#app.database.vips
      .find()
      .filter((row) => isVisible(ctxt, row))
      .map((row) => this.#parts.store.vipView(row));
  }

  /** @throws PoolNotFound, NotAuthorized, ProtocolMismatch, VipExists, NoActiveLbaasAgent, what a port's creation throws */
  *create(ctxt: RequestContext, attrs: JsonObject): Op<JsonObject> {
    const { driver, store } = this.#parts;
    const { pools, vips } = this.#app.database;
    const pool_id = attrs["pool_id"] as string;
    const row = this.#insert(ctxt, texts(attrs), pool_id);
    try {
      yield* this.#createPort(ctxt, row, attrs);
    } catch (error) {
      vips.remove(row.uuid);
      throw error;
    }
    pools.update(store.pool(ctxt, pool_id).uuid, { vip_id: row.uuid });
    const view = this.get(ctxt, row.uuid);
    yield* driver.createVip(ctxt, view);
    return view;
  }

  #insert(ctxt: RequestContext, attrs: JsonObject, pool_id: string): Row<Vip> {
    const { vips } = this.#app.database;
    const tenant_id = attrs["tenant_id"] as string;
    const protocol = attrs["protocol"] as string;
    const pool = this.#parts.store.pool(ctxt, pool_id);
    this.#refuseMismatch(pool, { tenant_id, protocol });
    const asked = attrs["session_persistence"] ?? null;
    const session_persistence = truth(asked) ? persistenceOf(asked) : null;
    const uuid = this.#app.newId("vip");
    if (vips.first({ pool_id }) !== undefined) throw new VipExists({ pool_id });
    return vips.insert({
      uuid,
      tenant_id,
      name: attrs["name"] as string,
      description: attrs["description"] as string,
      port_id: null,
      protocol_port: attrs["protocol_port"] as number,
      protocol,
      pool_id,
      session_persistence,
      connection_limit: attrs["connection_limit"] as number,
      admin_state_up: attrs["admin_state_up"] as boolean,
      status: "PENDING_CREATE",
      status_description: null,
    });
  }

  /** @throws NotAuthorized, ProtocolMismatch, StateInvalid */
  #refuseMismatch(pool: Row<Pool>, vip: Pick<Vip, "tenant_id" | "protocol">): void {
    if (pool.tenant_id !== vip.tenant_id) throw new NotAuthorized();
    if (pool.protocol !== vip.protocol) {
      throw new ProtocolMismatch({ vip_proto: vip.protocol, pool_proto: pool.protocol });
    }
    if (pool.status !== "PENDING_DELETE") return;
    throw new StateInvalid({ state: pool.status, id: pool.uuid });
  }

  /** `_create_port_for_vip`. */
  *#createPort(ctxt: RequestContext, { uuid, tenant_id }: Row<Vip>, attrs: JsonObject): Op<void> {
    const { ports, subnets } = this.#parts;
    const subnet = subnets.row(ctxt, attrs["subnet_id"] ?? null);
    const address = attrs["address"] ?? null;
    const fixedIp = {
      subnet_id: subnet.uuid,
      ...(truth(address) ? { ip_address: address } : {}),
    };
    const port = yield* ports.create(ctxt, {
      tenant_id,
      name: `vip-${uuid}`,
      network_id: subnet.network_id,
      admin_state_up: false,
      device_id: "",
      device_owner: "",
      fixed_ips: [fixedIp],
    });
    this.#app.database.vips.update(uuid, { port_id: port["id"] as string });
  }

  /**
   * A persistence that is not said again is gone.
   * @throws StateInvalid, VipExists, PoolNotFound, NotAuthorized, ProtocolMismatch, NoActiveLbaasAgent
   */
  *update(ctxt: RequestContext, id: string, attrs: JsonObject): Op<JsonObject> {
    const { driver } = this.#parts;
    const before = this.get(ctxt, id);
    yield* this.#app.database.atomically(this.#change(ctxt, id, attrs));
    const view = this.get(ctxt, id);
    yield* driver.updateVip(ctxt, before, view);
    return view;
  }

  *#change(ctxt: RequestContext, id: string, attrs: JsonObject): Op<void> {
    const { store } = this.#parts;
    const { pools, vips } = this.#app.database;
    const { session_persistence: asked = null, ...changes } = texts(attrs);
    const vip = store.vip(ctxt, id);
    assertModificationAllowed(vip);
    const session_persistence = truth(asked) ? persistenceOf(asked) : null;
    const changed = { ...changes, session_persistence, status: "PENDING_UPDATE" } as const;
    const pool_id = changes["pool_id"] as string | undefined;
    const other = pool_id === undefined ? undefined : vips.first({ pool_id });
    if (other !== undefined && other.uuid !== id) {
      // What a query for the new pool would have flushed before.
      throw new VipExists({ pool_id });
    }
    vips.update(id, changed);
    if (pool_id === undefined) return;
    const pool = store.pool(ctxt, pool_id);
    assertModificationAllowed(pool);
    this.#refuseMismatch(pool, vip);
    pools.update(store.pool(ctxt, vip.pool_id).uuid, { vip_id: null });
    pools.update(pool.uuid, { vip_id: id });
  }

  /** Its row and its port go first; that there is no agent is found out afterwards. @throws NoActiveLbaasAgent */
  *delete(ctxt: RequestContext, id: string): Op<void> {
    const { driver, ports, store } = this.#parts;
    const { pools, vips } = this.#app.database;
    store.setVipStatus(ctxt, id, "PENDING_DELETE");
    const view = this.get(ctxt, id);
    const { port_id } = store.vip(ctxt, id);
    for (const pool of pools.find({ vip_id: id })) pools.update(pool.uuid, { vip_id: null });
    vips.remove(id);
    if (port_id !== null) yield* ports.delete(ctxt, port_id);
    yield* driver.deleteVip(ctxt, view);
  }
}

/** `_check_session_persistence_info`, and what becomes a row. @throws ValueError */
function persistenceOf(info: Json): SessionPersistence {
  const { type = null, cookie_name } = isObject(info) ? info : {};
  if (type === "APP_COOKIE") {
    if (!truth(cookie_name ?? null)) {
      throw new ValueError(
        "'cookie_name' should be specified for this type of session persistence.",
      );
    }
  } else if (cookie_name !== undefined) {
    throw new ValueError("'cookie_name' is not allowed for this type of session persistence");
  }
  return { type: type as string, cookie_name: (cookie_name ?? null) as string | null };
}
