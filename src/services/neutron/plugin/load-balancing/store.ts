/**
 * Load balancers as rows and as the API shows them, and their statuses. Upstream:
 * neutron/db/loadbalancer/loadbalancer_db.py (LoadBalancerPluginDb: _get_resource, update_status,
 * assert_modification_allowed, _make_*_dict) at 2014.2.
 */
import type { RequestContext, Row, Table } from "../../../../framework/index.js";
import { str, type Json, type JsonObject } from "../../../../python/index.js";
import type { NeutronDatabase } from "../../db/database.js";
import {
  HealthMonitorNotFound,
  MemberNotFound,
  PoolMonitorAssociationNotFound,
  PoolNotFound,
  StateInvalid,
  VipNotFound,
} from "../../load-balancing/errors.js";
import type {
  HealthMonitor,
  LoadBalancingStatus,
  Member,
  Pool,
  PoolMonitorAssociation,
  Vip,
} from "../../load-balancing/rows.js";
import { isVisible } from "../visibility.js";

export class LoadBalancingStore {
  readonly #database: NeutronDatabase;

  constructor(database: NeutronDatabase) {
    this.#database = database;
  }

  /** @throws VipNotFound if there is none or the tenant may not see it */
  vip(ctxt: RequestContext, id: Json): Row<Vip> {
    const row = visible(ctxt, this.#database.vips, id);
    if (row === undefined) throw new VipNotFound({ vip_id: str(id) });
    return row;
  }

  /** @throws PoolNotFound */
  pool(ctxt: RequestContext, id: Json): Row<Pool> {
    const row = visible(ctxt, this.#database.pools, id);
    if (row === undefined) throw new PoolNotFound({ pool_id: str(id) });
    return row;
  }

  /** @throws MemberNotFound */
  member(ctxt: RequestContext, id: Json): Row<Member> {
    const row = visible(ctxt, this.#database.members, id);
    if (row === undefined) throw new MemberNotFound({ member_id: str(id) });
    return row;
  }

  /** @throws HealthMonitorNotFound */
  healthMonitor(ctxt: RequestContext, id: Json): Row<HealthMonitor> {
    const row = visible(ctxt, this.#database.healthMonitors, id);
    if (row === undefined) throw new HealthMonitorNotFound({ monitor_id: str(id) });
    return row;
  }

  /** Whoever asks. @throws PoolMonitorAssociationNotFound */
  association(monitor_id: string, pool_id: string): Row<PoolMonitorAssociation> {
    const row = this.#database.poolMonitorAssociations.first({ pool_id, monitor_id });
    if (row !== undefined) return row;
    throw new PoolMonitorAssociationNotFound({ monitor_id, pool_id });
  }

  /** `_make_vip_dict`: its address is that of its port. */
  vipView(row: Row<Vip>): JsonObject {
    const { ipAllocations, ports } = this.#database;
    const port = row.port_id === null ? undefined : ports.get(row.port_id);
    const [ip] = port === undefined ? [] : ipAllocations.find({ port_id: port.uuid });
    const { session_persistence: persistence } = row;
    const cookie =
      persistence?.type === "APP_COOKIE" ? { cookie_name: persistence.cookie_name } : {};
    return {
      id: row.uuid,
      tenant_id: row.tenant_id,
      name: row.name,
      description: row.description,
      subnet_id: ip?.subnet_id ?? null,
      address: ip?.ip_address ?? null,
      port_id: row.port_id,
      protocol_port: row.protocol_port,
      protocol: row.protocol,
      pool_id: row.pool_id,
      session_persistence: persistence === null ? null : { type: persistence.type, ...cookie },
      connection_limit: row.connection_limit,
      admin_state_up: row.admin_state_up,
      status: row.status,
      status_description: row.status_description,
    };
  }

  /** `_make_pool_dict`. */
  poolView(row: Row<Pool>): JsonObject {
    const { members, poolMonitorAssociations } = this.#database;
    const monitors = poolMonitorAssociations.find({ pool_id: row.uuid });
    return {
      id: row.uuid,
      tenant_id: row.tenant_id,
      name: row.name,
      description: row.description,
      subnet_id: row.subnet_id,
      protocol: row.protocol,
      vip_id: row.vip_id,
      lb_method: row.lb_method,
      admin_state_up: row.admin_state_up,
      status: row.status,
      status_description: row.status_description,
      provider: row.provider,
      members: members.find({ pool_id: row.uuid }).map(({ uuid }) => uuid),
      health_monitors: monitors.map(({ monitor_id }) => monitor_id),
      health_monitors_status: monitors.map(({ monitor_id, status, status_description }) => ({
        monitor_id,
        status,
        status_description,
      })),
    };
  }

  /** `_make_member_dict`. */
  memberView(row: Row<Member>): JsonObject {
    return {
      id: row.uuid,
      tenant_id: row.tenant_id,
      pool_id: row.pool_id,
      address: row.address,
      protocol_port: row.protocol_port,
      weight: row.weight,
      admin_state_up: row.admin_state_up,
      status: row.status,
      status_description: row.status_description,
    };
  }

  /** `_make_health_monitor_dict`: what is said of HTTP, only where it is asked for. */
  healthMonitorView(row: Row<HealthMonitor>): JsonObject {
    const { url_path, http_method, expected_codes } = row;
    const http = row.type === "HTTP" || row.type === "HTTPS";
    const pools = this.#database.poolMonitorAssociations.find({ monitor_id: row.uuid });
    return {
      id: row.uuid,
      tenant_id: row.tenant_id,
      type: row.type,
      delay: row.delay,
      timeout: row.timeout,
      max_retries: row.max_retries,
      admin_state_up: row.admin_state_up,
      ...(http ? { url_path, http_method, expected_codes } : {}),
      pools: pools.map(({ pool_id, status, status_description }) => ({
        pool_id,
        status,
        status_description,
      })),
    };
  }

  /** @throws VipNotFound */
  setVipStatus(ctxt: RequestContext, id: string, status: LoadBalancingStatus): void {
    changeStatus(this.#database.vips, this.vip(ctxt, id), status);
  }

  /** @throws PoolNotFound */
  setPoolStatus(
    ctxt: RequestContext,
    id: string,
    status: LoadBalancingStatus,
    description: string | null = null,
  ): void {
    changeStatus(this.#database.pools, this.pool(ctxt, id), status, description);
  }

  /** @throws MemberNotFound */
  setMemberStatus(ctxt: RequestContext, id: string, status: LoadBalancingStatus): void {
    changeStatus(this.#database.members, this.member(ctxt, id), status);
  }

  /** `update_pool_health_monitor`. @throws PoolMonitorAssociationNotFound, StateInvalid */
  setAssociationStatus(monitor_id: string, pool_id: string, status: LoadBalancingStatus): void {
    const row = this.association(monitor_id, pool_id);
    assertModificationAllowed(row);
    this.#database.poolMonitorAssociations.update(row.id, { status, status_description: null });
  }
}

/** @throws StateInvalid, which names Python's function `id` instead of the row */
export function assertModificationAllowed({ status }: { readonly status: string }): void {
  if (status !== "PENDING_DELETE") return;
  throw new StateInvalid({ state: status, id: "<built-in function id>" });
}

interface Owned {
  readonly uuid: string;
  readonly tenant_id: string;
}

interface WithStatus extends Owned {
  readonly status: LoadBalancingStatus;
  readonly status_description: string | null;
}

function visible<R extends Owned>(
  ctxt: RequestContext,
  table: Table<R>,
  id: Json,
): Row<R> | undefined {
  const row = typeof id === "string" ? table.get(id) : undefined;
  return row !== undefined && isVisible(ctxt, row) ? row : undefined;
}

/** A description is written if there is one to write, or one to take away. */
function changeStatus<R extends WithStatus>(
  table: Table<R>,
  row: Row<R>,
  status: LoadBalancingStatus,
  description: string | null = null,
): void {
  const changes: Partial<WithStatus> = {
    ...(row.status === status ? {} : { status }),
    ...(description === null && row.status_description === null
      ? {}
      : { status_description: description }),
  };
  if (Object.keys(changes).length > 0) table.update(row.uuid, changes as Partial<R>);
}
