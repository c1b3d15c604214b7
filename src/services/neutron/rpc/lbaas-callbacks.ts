/**
 * What agents of load balancing ask of neutron-server on `n-lbaas-plugin`, and what they say became of it. Upstream:
 * neutron/services/loadbalancer/drivers/common/agent_driver_base.py (LoadBalancerCallbacks) at 2014.2.
 */
import { endpoint, type Endpoint, type Serves } from "../../../bus/index.js";
import type { RequestContext, Row } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import { Exception, item, str, type Json, type JsonObject } from "../../../python/index.js";
import { NotFound, PortNotFound } from "../errors.js";
import { deviceIdOf } from "../load-balancing/device-id.js";
import { Invalid } from "../load-balancing/errors.js";
import {
  HAPROXY_NS,
  isActivePending,
  LOADBALANCER,
  LOADBALANCER_AGENT,
  type LoadBalancingStatus,
  type Pool,
} from "../load-balancing/rows.js";
import { lbaasPluginApi, type LogicalDevice } from "../load-balancing/rpcapi.js";
import type { Plugin } from "../plugin/index.js";

/** `one()` of a query that finds nothing. */
class NoResultFound extends Exception {
  static override readonly module: string = "sqlalchemy.orm.exc";
  override readonly name: string = "NoResultFound";
}

interface PortArgs {
  readonly port_id: string | null;
  readonly host: string;
}

export class LbaasCallbacks implements Serves<typeof lbaasPluginApi, RequestContext> {
  readonly #plugin: Plugin;

  constructor(plugin: Plugin) {
    this.#plugin = plugin;
  }

  endpoints(): Endpoint<RequestContext>[] {
    return [endpoint(lbaasPluginApi, this)];
  }

  /** The pools of an agent that are to run. */
  *get_ready_devices(_ctxt: RequestContext, { host }: { host: string }): Op<string[]> {
    const { app, loadBalancing } = this.#plugin;
    const agent = app.database.agentOn(host, LOADBALANCER_AGENT);
    if (agent === undefined) return [];
    return loadBalancing.scheduling.hostedBy(agent.uuid).filter((id) => {
      const pool = app.database.pools.get(id);
      return pool?.admin_state_up === true && isActivePending(pool.status);
    });
  }

  *get_logical_device(_ctxt: RequestContext, args: { pool_id: string }): Op<LogicalDevice> {
    const { app, loadBalancing, ports, subnets } = this.#plugin;
    const { healthMonitors, members, poolMonitorAssociations, vips } = app.database;
    const { store } = loadBalancing;
    const pool = this.#pool(args.pool_id);
    const pool_id = pool.uuid;
    const vip = pool.vip_id === null ? undefined : vips.get(pool.vip_id);
    const port =
      vip === undefined || vip.port_id === null ? undefined : app.database.ports.get(vip.port_id);
    const whole = port && {
      ...ports.view(port),
      fixed_ips: ports.addressesOf(port.uuid).map((ip) => ({
        ...ip,
        subnet: subnets.get(app.adminContext(), str(ip["subnet_id"] ?? null)),
      })),
    };
    return {
      pool: store.poolView(pool),
      ...(vip === undefined ? {} : { vip: { ...store.vipView(vip), port: whole ?? null } }),
      members: members
        .find({ pool_id })
        .filter(({ status }) => isActivePending(status) || status === "INACTIVE")
        .map((member) => store.memberView(member)),
      healthmonitors: poolMonitorAssociations
        .find({ pool_id })
        .filter(({ status }) => isActivePending(status))
        .flatMap(({ monitor_id }) => healthMonitors.get(monitor_id) ?? [])
        .map((monitor) => store.healthMonitorView(monitor)),
      driver: HAPROXY_NS,
    };
  }

  /** All that was to run runs now. */
  *pool_deployed(_ctxt: RequestContext, args: { pool_id: string }): Op<void> {
    const { members, poolMonitorAssociations, pools, vips } = this.#plugin.app.database;
    const pool = this.#pool(args.pool_id);
    const pool_id = pool.uuid;
    const status = "ACTIVE";
    if (isActivePending(pool.status)) pools.update(pool_id, { status });
    const vip = pool.vip_id === null ? undefined : vips.get(pool.vip_id);
    if (vip !== undefined && isActivePending(vip.status)) vips.update(vip.uuid, { status });
    for (const member of members.find({ pool_id })) {
      if (isActivePending(member.status)) members.update(member.uuid, { status });
    }
    for (const monitor of poolMonitorAssociations.find({ pool_id })) {
      if (isActivePending(monitor.status)) poolMonitorAssociations.update(monitor.id, { status });
    }
  }

  *pool_destroyed(): Op<void> {
    // Nobody looks at it.
  }

  /** What is gone meanwhile has no status. @throws Invalid */
  *update_status(
    ctxt: RequestContext,
    args: { obj_type: string; obj_id: Json; status: string },
  ): Op<void> {
    const { obj_type, obj_id } = args;
    const { app, loadBalancing } = this.#plugin;
    const { store } = loadBalancing;
    const status = args.status as LoadBalancingStatus;
    const id = obj_id as string;
    try {
      switch (obj_type) {
        case "pool":
          store.setPoolStatus(ctxt, id, status);
          return;
        case "vip":
          store.setVipStatus(ctxt, id, status);
          return;
        case "member":
          store.setMemberStatus(ctxt, id, status);
          return;
        case "health_monitor": {
          const [monitor, pool] = [item(obj_id, "monitor_id"), item(obj_id, "pool_id")];
          store.setAssociationStatus(monitor as string, pool as string, status);
          return;
        }
        default:
          throw new Invalid(`Unknown object type: ${str(obj_type)}`);
      }
    } catch (error) {
      if (!(error instanceof NotFound)) throw error;
      const what = `Cannot update status: ${obj_type} ${str(obj_id)} not found in the DB`;
      app.env.log("warning", `${what}, it was probably deleted concurrently`);
    }
  }

  /** The port of an address is up, and where its balancer is. */
  *plug_vip_port(ctxt: RequestContext, { port_id, host }: PortArgs): Op<void> {
    yield* this.#changePort(ctxt, port_id, {
      admin_state_up: true,
      device_owner: LOADBALANCER,
      device_id: deviceIdOf(str(host)),
      "binding:host_id": host,
    });
  }

  *unplug_vip_port(ctxt: RequestContext, { port_id }: PortArgs): Op<void> {
    const none = { admin_state_up: false, device_owner: "", device_id: "" };
    yield* this.#changePort(ctxt, port_id, none);
  }

  *update_pool_stats(
    ctxt: RequestContext,
    { pool_id, stats }: { pool_id: string; stats: JsonObject | null },
  ): Op<void> {
    this.#plugin.loadBalancing.pools.reported(ctxt, pool_id, stats ?? {});
  }

  /** All of the port is sent back with what is to change; one that is gone is none. */
  *#changePort(ctxt: RequestContext, id: string | null, changes: JsonObject): Op<void> {
    const { ports } = this.#plugin;
    if (id === null || id === "") return;
    try {
      yield* ports.update(ctxt, id, { ...ports.get(ctxt, id), ...changes });
    } catch (error) {
      if (!(error instanceof PortNotFound)) throw error;
    }
  }

  /** @throws NoResultFound */
  #pool(id: string): Row<Pool> {
    const pool = this.#plugin.app.database.pools.get(id);
    if (pool === undefined) throw new NoResultFound("No row was found for one()");
    return pool;
  }
}
