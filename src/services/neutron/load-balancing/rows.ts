/**
 * The rows of load balancers and the statuses that they go through. Upstream:
 * neutron/db/loadbalancer/loadbalancer_db.py, neutron/services/loadbalancer/agent_scheduler.py,
 * neutron/db/servicetype_db.py, neutron/plugins/common/constants.py at 2014.2.
 */
import { column, nullableColumn, type Columns } from "../../../framework/index.js";

/** The agent's type, and its port's owner. */
export const LOADBALANCER_AGENT = "Loadbalancer agent";
export const LOADBALANCER = "neutron:LOADBALANCER";
/** The only device driver that there is here (HaproxyNSDriver). */
export const HAPROXY_NS = "haproxy_ns";

export type LoadBalancingStatus =
  "ACTIVE" | "PENDING_CREATE" | "PENDING_UPDATE" | "PENDING_DELETE" | "INACTIVE" | "ERROR";

const PENDING_OR_ACTIVE: readonly string[] = ["ACTIVE", "PENDING_CREATE", "PENDING_UPDATE"];

/** `ACTIVE_PENDING_STATUSES`: it is there, or is to be. */
export const isActivePending = (status: string): boolean => PENDING_OR_ACTIVE.includes(status);

interface WithStatus {
  readonly status: LoadBalancingStatus;
  readonly status_description: string | null;
}

export interface Vip extends WithStatus {
  readonly uuid: string;
  readonly tenant_id: string;
  readonly name: string;
  readonly description: string;
  /** None before its port is made. */
  readonly port_id: string | null;
  readonly protocol_port: number;
  readonly protocol: string;
  readonly pool_id: string;
  /** Upstream: a row in `sessionpersistences`. */
  readonly session_persistence: SessionPersistence | null;
  readonly admin_state_up: boolean;
  readonly connection_limit: number;
}

export interface SessionPersistence {
  readonly type: string;
  readonly cookie_name: string | null;
}

export interface Pool extends WithStatus {
  readonly uuid: string;
  readonly tenant_id: string;
  readonly vip_id: string | null;
  readonly name: string;
  readonly description: string;
  readonly subnet_id: string;
  readonly protocol: string;
  readonly lb_method: string;
  readonly admin_state_up: boolean;
  /** Upstream: a row in `providerresourceassociations`. */
  readonly provider: string;
}

export interface Member extends WithStatus {
  readonly uuid: string;
  readonly tenant_id: string;
  readonly pool_id: string;
  readonly address: string;
  readonly protocol_port: number;
  readonly weight: number;
  readonly admin_state_up: boolean;
}

/** It has no status of its own: each association with a pool has one. */
export interface HealthMonitor {
  readonly uuid: string;
  readonly tenant_id: string;
  readonly type: string;
  readonly delay: number;
  readonly timeout: number;
  readonly max_retries: number;
  readonly http_method: string;
  readonly url_path: string;
  readonly expected_codes: string;
  readonly admin_state_up: boolean;
}

export interface PoolMonitorAssociation extends WithStatus {
  readonly pool_id: string;
  readonly monitor_id: string;
}

export interface PoolStatistics {
  readonly pool_id: string;
  readonly bytes_in: number;
  readonly bytes_out: number;
  readonly active_connections: number;
  readonly total_connections: number;
}

export interface PoolAgentBinding {
  readonly pool_id: string;
  readonly agent_id: string;
}

const OWNED = { uuid: column("text"), tenant_id: nullableColumn("text") };
const STATUS = { status: column("text"), status_description: nullableColumn("text") };
const NAMED = { name: nullableColumn("text"), description: nullableColumn("text") };
const PROTOCOL = { protocol: column("text"), admin_state_up: column("boolean") };

export const vipColumns: Columns<Vip> = {
  ...OWNED,
  ...STATUS,
  ...NAMED,
  ...PROTOCOL,
  port_id: nullableColumn("text"),
  protocol_port: column("integer"),
  pool_id: column("text"),
  session_persistence: nullableColumn("json"),
  connection_limit: nullableColumn("integer"),
};

export const poolColumns: Columns<Pool> = {
  ...OWNED,
  ...STATUS,
  ...NAMED,
  ...PROTOCOL,
  vip_id: nullableColumn("text"),
  subnet_id: column("text"),
  lb_method: column("text"),
  provider: column("text"),
};

export const memberColumns: Columns<Member> = {
  ...OWNED,
  ...STATUS,
  pool_id: column("text"),
  address: column("text"),
  protocol_port: column("integer"),
  weight: column("integer"),
  admin_state_up: column("boolean"),
};

export const healthMonitorColumns: Columns<HealthMonitor> = {
  ...OWNED,
  type: column("text"),
  delay: column("integer"),
  timeout: column("integer"),
  max_retries: column("integer"),
  http_method: nullableColumn("text"),
  url_path: nullableColumn("text"),
  expected_codes: nullableColumn("text"),
  admin_state_up: column("boolean"),
};

export const associationColumns: Columns<PoolMonitorAssociation> = {
  ...STATUS,
  pool_id: column("text"),
  monitor_id: column("text"),
};

export const statisticsColumns: Columns<PoolStatistics> = {
  pool_id: column("text"),
  bytes_in: column("bigint"),
  bytes_out: column("bigint"),
  active_connections: column("bigint"),
  total_connections: column("bigint"),
};
