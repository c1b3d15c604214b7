/**
 * Chooses hosts: filters them, weighs those that pass, takes the best, and counts what it will use
 * before choosing for the next instance. All instances of a request find a host, or none does.
 * Upstream: nova/scheduler/filter_scheduler.py at 2014.2; nova §1.5.
 */
import type { Notifier } from "../../../bus/index.js";
import type { FlagsOf, RequestContext } from "../../../framework/index.js";
import type { Op, Stream } from "../../../kernel/index.js";
import { floatStr } from "../../../python/index.js";
import type { NovaDatabase } from "../db/database.js";
import { NoValidHost } from "../exception.js";
import { DecisionSheet } from "./decision-sheet.js";
import type { FilterEnv, HostFilter } from "./filters/filter.js";
import { chooseFilters } from "./filters/registry.js";
import type { schedulerFlags } from "./flags.js";
import { groupOf } from "./groups.js";
import { HostManager } from "./host-manager.js";
import type { Consumer, HostState } from "./host-state.js";
import type { SchedulerNotes } from "./notes.js";
import type { SchedulingRequest } from "./request.js";
import type { Destination, FilterProperties, RequestSpec } from "./rpcapi.js";
import { chooseWeighers } from "./weights/registry.js";
import { heaviest, weights, type Weigher } from "./weights/weigher.js";

export interface FilterSchedulerOptions extends FilterEnv {
  readonly notifier: Notifier;
  readonly notes: SchedulerNotes;
  /** Where the choice among the best comes from. */
  readonly chance: Stream;
}

export class FilterScheduler {
  readonly #db: NovaDatabase;
  readonly #flags: FlagsOf<typeof schedulerFlags>;
  readonly #notifier: Notifier;
  readonly #chance: Stream;
  readonly #hosts: HostManager;
  readonly #weighers: readonly Weigher[];
  readonly #notes: SchedulerNotes;

  constructor(options: FilterSchedulerOptions) {
    this.#db = options.db;
    this.#flags = options.flags;
    this.#notifier = options.notifier;
    this.#chance = options.chance;
    this.#notes = options.notes;
    const names = options.flags.scheduler_default_filters;
    this.#hosts = new HostManager(options.db, filtersOf(names, options), options.notes);
    this.#weighers = chooseWeighers(options.flags);
  }

  /**
   * A destination for each instance, in their order.
   * @throws NoValidHost if any found none; SchedulerHostFilterNotFound
   */
  *selectDestinations(
    ctxt: RequestContext,
    requestSpec: RequestSpec,
    filterProperties: FilterProperties,
  ): Op<Destination[]> {
    const payload = { request_spec: requestSpec };
    yield* this.#notifier.info(ctxt, "scheduler.select_destinations.start", payload);
    const selected = this.#schedule(ctxt, requestSpec, filterProperties);
    // What was consumed for those that did find a host is not given back.
    if (selected.length < requestSpec.num_instances) throw new NoValidHost({ reason: "" });
    yield* this.#notifier.info(ctxt, "scheduler.select_destinations.end", payload);
    return selected.map(({ host, nodename, limits }) => ({ host, nodename, limits }));
  }

  #schedule(
    context: RequestContext,
    requestSpec: RequestSpec,
    filterProperties: FilterProperties,
  ): HostState[] {
    const filterNames = this.#flags.scheduler_default_filters;
    const group = groupOf(this.#db, context, filterProperties, filterNames, this.#notes);
    const told = filterProperties.group_hosts;
    const request: SchedulingRequest = {
      context,
      requestSpec,
      instanceType: requestSpec.instance_type,
      filterProperties,
      // What a message says itself is believed, though nobody of Juno's says it.
      groupHosts: group?.hosts ?? (told && new Set(told)),
      groupPolicies: group?.policies ?? filterProperties.group_policies ?? [],
    };
    const consumer = requestSpec.instance_properties as unknown as Consumer;
    const now = this.#db.utcnow();
    const notes = this.#notes;
    const selected: HostState[] = [];
    let hosts = this.#hosts.allHostStates();
    for (let index = 0; index < requestSpec.num_instances; index++) {
      const sheet = notes.decisions ? new DecisionSheet(request, index, hosts) : undefined;
      // Who failed for one instance is not asked again for the next.
      hosts = this.#hosts.filtered(hosts, request, index, sheet);
      if (hosts.length === 0) {
        if (sheet !== undefined) notes.decided(sheet.facts([], [], 0, undefined));
        break;
      }
      const chosen = this.#choose(hosts, sheet);
      selected.push(chosen);
      this.#hosts.consume(chosen, consumer, now);
      group?.hosts.add(chosen.host);
    }
    return selected;
  }

  /** One of the best by chance, out of as many as the flag says. */
  #choose(hosts: readonly HostState[], sheet: DecisionSheet | undefined): HostState {
    const notes = this.#notes;
    notes.debug(() => `Filtered [${hosts.map((host) => host.repr()).join(", ")}]`);
    for (const { remark } of this.#weighers) if (remark !== undefined) notes.log("warning", remark);
    const weight = weights(this.#weighers, hosts);
    const ranked = (): (readonly [HostState, number])[] =>
      [...weight]
        .map((one, at) => [hosts[at] as HostState, one] as const)
        .sort(([, a], [, b]) => b - a);
    notes.debug(() => `Weighed [${ranked().map(weighedHost).join(", ")}]`);
    const size = Math.max(1, Math.min(this.#flags.scheduler_host_subset_size, hosts.length));
    const chosen = this.#chance.pick(heaviest(hosts, weight, size));
    if (sheet !== undefined) {
      notes.decided(sheet.facts(ranked(), this.#weighers, size, chosen));
    }
    return chosen;
  }
}

const weighedHost = ([host, weight]: readonly [HostState, number]): string =>
  `WeighedHost [host: ${host.repr()}, weight: ${floatStr(weight)}]`;

/** The filters by name, made when they are first asked for. */
function filtersOf(names: readonly string[], env: FilterEnv): () => readonly HostFilter[] {
  let filters: readonly HostFilter[] | undefined;
  return () => (filters ??= chooseFilters(names, env));
}
