/**
 * What this scheduler process knows of all nodes, and which of them may take an instance. The order
 * of hosts is that of their compute_nodes rows; upstream's is that of a Python dictionary, which no
 * one could rely on. It decides between hosts of equal weight. Upstream:
 * nova/scheduler/host_manager.py (HostManager).
 */
import type { Row } from "../../../framework/index.js";
import type { NovaDatabase } from "../db/database.js";
import type { ComputeNodeRow, ServiceRow } from "../db/schema.js";
import type { HostFilter } from "./filters/filter.js";
import { HostState, type Consumer } from "./host-state.js";
import type { SchedulingRequest } from "./request.js";

export class HostManager {
  readonly #db: NovaDatabase;
  readonly #filters: readonly HostFilter[];
  /** The rows as they were last seen. Rows are values, so the same row has nothing new to say. */
  #nodes: readonly Row<ComputeNodeRow>[] = [];
  #services: readonly Row<ServiceRow>[] = [];
  /** Of the two tables, when they were. */
  #revisions: readonly [nodes: number, services: number] = [-1, -1];
  /** The state of each of `#nodes`; undefined for one without a service. */
  #states: readonly (HostState | undefined)[] = [];
  #found: readonly HostState[] = [];
  #byService = new Map<number, HostState[]>();
  /** Consumed from, in vain: their rows will be believed again. */
  #unpromised = new Set<HostState>();

  constructor(db: NovaDatabase, filters: readonly HostFilter[]) {
    this.#db = db;
    this.#filters = filters;
  }

  /**
   * Every node with a service, brought up to date as far as its row is newer than what was promised.
   * Upstream reads and compares all of them; here only rows that changed are looked at.
   */
  allHostStates(): readonly HostState[] {
    const { compute_nodes, services: serviceTable } = this.#db;
    const [nodesAt, servicesAt] = this.#revisions;
    const nodes = compute_nodes.revision === nodesAt ? this.#nodes : compute_nodes.find();
    const services = serviceTable.revision === servicesAt ? this.#services : serviceTable.find();
    this.#revisions = [compute_nodes.revision, serviceTable.revision];
    if (sameIds(nodes, this.#nodes) && sameIds(services, this.#services)) {
      this.#refresh(nodes, services);
    } else {
      this.#rebuild(nodes, services);
    }
    this.#nodes = nodes;
    this.#services = services;
    return this.#found;
  }

  /** Count what an instance will use on `state` before its host does. */
  consume(state: HostState, instance: Consumer, now: string): void {
    state.consumeFromInstance(instance, now);
    if (!state.promised) this.#unpromised.add(state);
  }

  /**
   * Which of `hosts` may take the instance number `index` of the request. Forced hosts and nodes
   * pass without a test, even dead or full ones.
   */
  filtered(
    hosts: readonly HostState[],
    request: SchedulingRequest,
    index: number,
  ): readonly HostState[] {
    const { ignore_hosts = [], force_hosts = [], force_nodes = [] } = request.filterProperties;
    let left = hosts;
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

  #refresh(nodes: readonly Row<ComputeNodeRow>[], services: readonly Row<ServiceRow>[]): void {
    for (const state of this.#unpromised) state.believeRow();
    this.#unpromised.clear();
    eachChanged(nodes, this.#nodes, (node, at) => {
      this.#states[at]?.updateFromComputeNode(node);
    });
    eachChanged(services, this.#services, (service) => {
      this.#updateService(service);
    });
  }

  /** Nodes or services have come or gone. What is known of the nodes that stay is kept. */
  #rebuild(nodes: readonly Row<ComputeNodeRow>[], services: readonly Row<ServiceRow>[]): void {
    const known = new Map(this.#nodes.map(({ id }, at) => [id, this.#states[at]]));
    const live = new Map(services.map((service) => [service.id, service]));
    this.#unpromised.clear();
    this.#byService = new Map();
    this.#states = nodes.map((node) => {
      const service = live.get(node.service_id);
      if (service === undefined) return undefined;
      const { host } = service;
      const before = known.get(node.id);
      const state = before?.host === host ? before : new HostState(host, node.hypervisor_hostname);
      state.updateFromComputeNode(node);
      const siblings = this.#byService.get(service.id);
      if (siblings === undefined) this.#byService.set(service.id, [state]);
      else siblings.push(state);
      return state;
    });
    this.#found = this.#states.filter((state) => state !== undefined);
    for (const service of services) this.#updateService(service);
  }

  #updateService(service: Row<ServiceRow>): void {
    for (const state of this.#byService.get(service.id) ?? []) {
      state.updateService(service, this.#db.kernel.calendar);
    }
  }
}

/** The items of `now` that are others than at their place in `before`, of the same length. */
function eachChanged<T>(
  now: readonly T[],
  before: readonly T[],
  look: (item: T, at: number) => void,
): void {
  if (now === before) return;
  for (let at = 0; at < now.length; at++) {
    if (now[at] !== before[at]) look(now[at] as T, at);
  }
}

function sameIds(a: readonly { id: number }[], b: readonly { id: number }[]): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) {
    if (a[at] !== b[at] && a[at]?.id !== b[at]?.id) return false;
  }
  return true;
}
