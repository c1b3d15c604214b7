/**
 * What this scheduler process knows of all nodes, and which of them may take an instance. The order
 * of hosts is that of their compute_nodes rows; upstream's is that of a Python dictionary, which no
 * one could rely on. It decides between hosts of equal weight. Upstream:
 * nova/scheduler/host_manager.py (HostManager).
 */
import type { Row } from "../../../framework/index.js";
import type { NovaDatabase } from "../db/database.js";
import type { ComputeNodeRow, ServiceRow } from "../db/schema.js";
import type { Verdict } from "../../../framework/observations.js";
import type { DecisionSheet } from "./decision-sheet.js";
import type { HostFilter, HostTest } from "./filters/filter.js";
import { HostState, type Consumer } from "./host-state.js";
import type { SchedulerNotes } from "./notes.js";
import type { SchedulingRequest } from "./request.js";

export class HostManager {
  readonly #db: NovaDatabase;
  readonly #filters: () => readonly HostFilter[];
  readonly #notes: SchedulerNotes;
  /** The rows as they were last seen. Rows are values, so the same row has nothing new to say. */
  #nodes: readonly Row<ComputeNodeRow>[] = [];
  #services: readonly Row<ServiceRow>[] = [];
  /** The state of each of `#nodes`; undefined for one without a service. */
  #states: readonly (HostState | undefined)[] = [];
  #found: readonly HostState[] = [];
  #byService = new Map<number, HostState[]>();
  /** Of nodes that were known at the look before, and that nobody has spoken of yet. */
  #gone: readonly HostState[] = [];
  /** Consumed from, in vain: their rows will be believed again. */
  #unpromised = new Set<HostState>();

  /** @param filters asked for at each request, which fails if one of them does not exist */
  constructor(db: NovaDatabase, filters: () => readonly HostFilter[], notes: SchedulerNotes) {
    this.#db = db;
    this.#filters = filters;
    this.#notes = notes;
  }

  /**
   * Every node with a service, brought up to date as far as its row is newer than what was promised.
   * Upstream reads and compares all of them; here only rows that changed are looked at.
   */
  allHostStates(): readonly HostState[] {
    const { compute_nodes, services: serviceTable } = this.#db;
    const nodes = compute_nodes.find({ deleted: 0 });
    const services = serviceTable.find({ deleted: 0 });
    if (sameIds(nodes, this.#nodes) && sameIds(services, this.#services)) {
      this.#refresh(nodes, services);
    } else {
      this.#rebuild(nodes, services);
    }
    this.#nodes = nodes;
    this.#services = services;
    if (this.#notes.heard) this.#tellOfRows();
    this.#gone = [];
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
   * @param sheet what is to be noted down, if anything is
   * @throws SchedulerHostFilterNotFound
   */
  filtered(
    hosts: readonly HostState[],
    request: SchedulingRequest,
    index: number,
    sheet?: DecisionSheet,
  ): readonly HostState[] {
    const filters = this.#filters();
    const { ignore_hosts = [], force_hosts = [], force_nodes = [] } = request.filterProperties;
    let left = hosts;
    if (ignore_hosts.length > 0) {
      left = this.#withoutIgnored(left, ignore_hosts, sheet);
      if (left.length === 0) return left;
    }
    if (force_hosts.length > 0) left = this.#forced(left, "host", force_hosts, sheet);
    if (force_nodes.length > 0) left = this.#forced(left, "nodename", force_nodes, sheet);
    if ((force_hosts.length > 0 || force_nodes.length > 0) && left.length > 0) {
      sheet?.passAll();
      return left;
    }
    this.#notes.debug(() => `Starting with ${left.length} host(s)`);
    for (const filter of filters) {
      const { name } = filter;
      if (filter.remark !== undefined) this.#notes.log("warning", filter.remark);
      if (filter.oncePerRequest && index > 0) {
        sheet?.skip(name);
        continue;
      }
      left = this.#sifted(left, filter.forRequest(request), name, sheet);
      if (left.length === 0) {
        this.#notes.log("info", `Filter ${name} returned 0 hosts`);
        return left;
      }
      const { length } = left;
      this.#notes.debug(() => `Filter ${name} returned ${length} host(s)`);
    }
    return left;
  }

  #withoutIgnored(
    hosts: readonly HostState[],
    ignored: readonly (string | null)[],
    sheet: DecisionSheet | undefined,
  ): readonly HostState[] {
    const out = [...new Set(ignored)].flatMap((name) => hosts.filter(({ host }) => host === name));
    sheet?.leaveOut(out, "ignored");
    const names = out.map(({ host }) => host).join(", ");
    this.#notes.log("info", `Host filter ignoring hosts: ${names}`);
    return hosts.filter(({ host }) => !ignored.includes(host));
  }

  #forced(
    hosts: readonly HostState[],
    by: "host" | "nodename",
    forced: readonly string[],
    sheet: DecisionSheet | undefined,
  ): readonly HostState[] {
    const left = hosts.filter((host) => forced.includes(host[by]));
    sheet?.leaveOut(
      hosts.filter((host) => !forced.includes(host[by])),
      `not ${forced.join(", ")}`,
    );
    const [what, key] = by === "host" ? ["hosts", "force_hosts"] : ["nodes", "force_nodes"];
    this.#notes.log(
      "info",
      left.length > 0
        ? `Host filter forcing available ${what} to ${left.map((host) => host[by]).join(", ")}`
        : `No ${what} matched due to not matching '${key}' value of '${forced.join(", ")}'`,
    );
    return left;
  }

  /** Those of `hosts` that pass, with what is said of each where somebody keeps it. */
  #sifted(
    hosts: readonly HostState[],
    test: HostTest | undefined,
    name: string,
    sheet: DecisionSheet | undefined,
  ): readonly HostState[] {
    const notes = this.#notes;
    if (test === undefined) {
      sheet?.sieve(
        name,
        hosts.map((host) => sheet.verdict(host, true, undefined)),
      );
      return hosts;
    }
    const { wanted } = notes;
    if (!wanted && sheet === undefined && test.remarks === undefined) {
      return hosts.filter((host) => test.passes(host));
    }
    const verdicts: Verdict[] = [];
    const left = hosts.filter((host) => {
      const passed = test.passes(host);
      if (sheet !== undefined) verdicts.push(sheet.verdict(host, passed, test));
      for (const [level, message] of test.remarks?.(host, passed) ?? []) notes.log(level, message);
      if (wanted) for (const line of test.debug?.(host, passed) ?? []) notes.debug(() => line);
      return passed;
    });
    sheet?.sieve(name, verdicts);
    return left;
  }

  /** What upstream says whenever it reads the rows. */
  #tellOfRows(): void {
    for (let at = 0; at < this.#nodes.length; at++) {
      const state = this.#states[at];
      if (state === undefined) {
        this.#notes.log("warning", `No service for compute ID ${this.#nodes[at]?.id ?? ""}`);
        continue;
      }
      const disk = state.surplusDisk;
      if (disk === undefined) continue;
      const [physical, database] = disk;
      this.#notes.log(
        "warning",
        `Host has more disk space than database expected (${physical}gb > ${database}gb)`,
      );
    }
    for (const { host, nodename } of this.#gone) {
      this.#notes.log("info", `Removing dead compute node ${host}:${nodename} from scheduler`);
    }
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

  /**
   * Nodes or services have come or gone. What is known of the nodes that stay is kept, also where other rows tell
   * of them now: a service that was deleted is back under its name.
   */
  #rebuild(nodes: readonly Row<ComputeNodeRow>[], services: readonly Row<ServiceRow>[]): void {
    const known = new Map(this.#found.map((state) => [keyOf(state.host, state.nodename), state]));
    const before = new Set(this.#found);
    const live = new Map(services.map((service) => [service.id, service]));
    this.#unpromised.clear();
    this.#byService = new Map();
    this.#states = nodes.map((node) => {
      const service = live.get(node.service_id);
      if (service === undefined) return undefined;
      const { host } = service;
      const key = keyOf(host, node.hypervisor_hostname);
      const state = known.get(key) ?? new HostState(host, node.hypervisor_hostname);
      known.set(key, state);
      state.updateFromComputeNode(node);
      const siblings = this.#byService.get(service.id);
      if (siblings === undefined) this.#byService.set(service.id, [state]);
      else siblings.push(state);
      return state;
    });
    const found = new Set(this.#states.filter((state) => state !== undefined));
    this.#found = [...found];
    this.#gone = [...before].filter((state) => !found.has(state));
    for (const service of services) this.#updateService(service);
  }

  #updateService(service: Row<ServiceRow>): void {
    for (const state of this.#byService.get(service.id) ?? []) {
      state.updateService(service, this.#db.kernel.calendar);
    }
  }
}

/** `(host, node)`. */
const keyOf = (host: string, node: string): string => `${host}\0${node}`;

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
