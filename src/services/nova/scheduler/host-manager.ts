/**
 * What this scheduler process knows of all nodes, and which of them may take an instance. The order
 * of hosts is that of their compute_nodes rows; upstream's is that of a Python dictionary, which no
 * one could rely on. It decides between hosts of equal weight. Upstream:
 * nova/scheduler/host_manager.py (HostManager).
 */
import type { NovaDatabase } from "../db/database.js";
import type { HostFilter } from "./filters/filter.js";
import { HostState } from "./host-state.js";
import type { SchedulingRequest } from "./request.js";

export class HostManager {
  readonly #db: NovaDatabase;
  readonly #filters: readonly HostFilter[];
  /** By compute_nodes id: a node that is made anew is believed anew. */
  #states = new Map<number, HostState>();

  constructor(db: NovaDatabase, filters: readonly HostFilter[]) {
    this.#db = db;
    this.#filters = filters;
  }

  /** Every node with a service, brought up to date as far as its row is newer than what was promised. */
  allHostStates(): HostState[] {
    const { services, compute_nodes, kernel } = this.#db;
    const states = this.#states;
    const found: HostState[] = [];
    const rows = compute_nodes.find();
    for (const row of rows) {
      const service = services.get(row.service_id);
      if (service === undefined) continue;
      let state = states.get(row.id);
      if (state?.host !== service.host) {
        state = new HostState(service.host, row.hypervisor_hostname);
        states.set(row.id, state);
      }
      state.updateFromComputeNode(row);
      state.updateService(service, kernel.calendar);
      found.push(state);
    }
    if (states.size > found.length) this.#forgetAllBut(rows.map(({ id }) => id));
    return found;
  }

  /**
   * Which of `hosts` may take the instance number `index` of the request. Forced hosts and nodes
   * pass without a test, even dead or full ones.
   */
  filtered(hosts: readonly HostState[], request: SchedulingRequest, index: number): HostState[] {
    const { ignore_hosts = [], force_hosts = [], force_nodes = [] } = request.filterProperties;
    let left = hosts as HostState[];
    if (ignore_hosts.length > 0) left = left.filter(({ host }) => !ignore_hosts.includes(host));
    if (force_hosts.length > 0) left = left.filter(({ host }) => force_hosts.includes(host));
    if (force_nodes.length > 0) {
      left = left.filter(({ nodename }) => force_nodes.includes(nodename));
    }
    if (force_hosts.length > 0 || force_nodes.length > 0) return left;
    for (const filter of this.#filters) {
      if (left.length === 0) return left;
      if (filter.oncePerRequest && index > 0) continue;
      const passes = filter.forRequest(request);
      if (passes !== undefined) left = left.filter(passes);
    }
    return left;
  }

  #forgetAllBut(ids: readonly number[]): void {
    const live = new Set(ids);
    this.#states = new Map([...this.#states].filter(([id]) => live.has(id)));
  }
}
